package flows

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/loa-vn/loa/flows/understand"
)

var testActions = []Action{
	{Name: "price.find", Args: []string{"crop"}, Returns: []string{"text"}},
	{Name: "difficulty.record", Args: []string{"text", "crop?", "kind?"}, Returns: []string{"code"}},
	{Name: "vote.record", Args: []string{"item", "stance"}, Returns: []string{"item"}},
	{Name: "contact.consent"},
	{Name: "contact.stop"},
	{Name: "contact.erase"},
}

var testLists = []string{"commodities", "links"}

// testEngine compiles the library of these tests.
func testEngine(tb testing.TB) *Engine {
	tb.Helper()
	e, err := Compile(os.DirFS("testdata/library"), testActions, testLists)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// testHost is a small world that understands a few words.
type testHost struct {
	lang    string
	consent bool
	open    bool
	items   []any
	done    []string
	codes   int
	looked  map[string]int
}

func newTestHost() *testHost {
	return &testHost{lang: "vi", looked: map[string]int{}, items: []any{
		Values{"code": "DM-1", "title": "Đường bon Bu Prăng", "cost": int64(1200)},
		Values{"code": "DM-2", "title": "Kênh ở thôn 3", "cost": int64(800)},
		Values{"code": "DM-3", "title": "Chợ xã", "cost": int64(1800)},
	}}
}

func (h *testHost) Do(action string, args Values) (Values, error) {
	h.done = append(h.done, fmt.Sprintf("%s %v", action, args))
	switch action {
	case "price.find":
		if args["crop"] == "pepper" {
			return Values{"text": "tiêu 148.000"}, nil
		}
		return nil, nil
	case "contact.consent":
		h.consent = true
	case "difficulty.record":
		h.codes++
		return Values{"code": fmt.Sprintf("7K2F%d", h.codes)}, nil
	case "vote.record":
		return Values{"item": args["item"]}, nil
	case "fail":
		return nil, os.ErrClosed
	}
	return nil, nil
}

func (h *testHost) Options(list string) []Option {
	switch list {
	case "commodities":
		return []Option{{"coffee", "cà phê"}, {"pepper", "tiêu"}, {"avocado", "trái bơ"}, {"cattle", "bò hơi"}}
	case "links":
		return []Option{{"inputs", "vật tư"}, {"production", "sản xuất"}, {"selling", "bán"}}
	}
	return nil
}

func (h *testHost) Lookup(root string) any {
	h.looked[root]++
	switch root {
	case "contact":
		return Values{"consent": h.consent}
	case "round":
		return Values{"open": h.open, "items": h.items}
	}
	return nil
}

func (h *testHost) Lang() string { return h.lang }

func (h *testHost) Now() time.Time { return time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC) }

func (h *testHost) NewCode() string { return "7K2F9QC4" }

// Read knows the words of the test talks.
func (h *testHost) Read(text string, c understand.Context) understand.Reading {
	r := understand.Reading{Text: text, Intent: understand.None, Confidence: 0.3}
	said := understand.Fold(text)
	be := func(i understand.Intent, sure float64) { r.Intent, r.Confidence = i, sure }
	words := " " + said + " "
	for word, id := range map[string]string{"ca phe": "coffee", "tieu": "pepper"} {
		if strings.Contains(words, " "+word+" ") {
			r.Commodities = append(r.Commodities, id)
		}
	}
	if strings.Contains(words, " bo ") && said != "bo qua" {
		r.Ambiguous, r.Ask = []string{"avocado", "cattle"}, understand.AskCommodity
	}
	if strings.Contains(words, " chet nhanh ") {
		r.Kind = understand.KindProduction
	}
	whole := map[string]understand.Intent{
		"tc": understand.Stop, "xoa": understand.Erase, "quay lai": understand.Back, "bo qua": understand.Skip,
		"thoat": understand.Exit, "hd": understand.Help, "tiep": understand.Next, "ke hoach": understand.Plan, "plan": understand.Plan,
	}
	switch i, ok := whole[said]; {
	case ok:
		be(i, 1)
		return r
	case said == "huy":
		r.Ask = understand.AskHuy
		return r
	case strings.HasPrefix(said, "gia"):
		be(understand.Price, 0.9)
		return r
	case strings.HasPrefix(said, "kk"):
		be(understand.Difficulty, 0.9)
		return r
	}
	h.answer(&r, said, c)
	return r
}

func (h *testHost) answer(r *understand.Reading, said string, c understand.Context) {
	n, err := strconv.ParseFloat(strings.ReplaceAll(said, ",", "."), 64)
	choose := func() { r.Intent, r.Confidence = understand.Choice, 0.95 }
	switch c.Expect {
	case understand.ExpectChoice:
		if err == nil && int(n) >= 1 && int(n) <= len(c.Options) {
			r.Option = int(n)
			choose()
		}
		if said == "d" || said == "k" {
			r.Stance = map[string]string{"d": understand.Yes, "k": understand.No}[said]
			choose()
		}
	case understand.ExpectYesNo:
		if said == "1" || said == "2" {
			r.Stance = map[string]string{"1": understand.Yes, "2": understand.No}[said]
			choose()
		}
	case understand.ExpectCommodity:
		if err == nil {
			r.Number, r.HasNumber = n, true
		}
		if len(r.Commodities) == 1 {
			choose()
		}
	case understand.ExpectNumber:
		if err == nil {
			r.Number, r.HasNumber = n, true
			choose()
		}
	case understand.ExpectPrice:
		if k, ok := strings.CutSuffix(said, "k"); ok {
			n, _ := strconv.ParseInt(k, 10, 64)
			r.Price = n * 1000
			choose()
		}
	case understand.ExpectVillage:
		r.Village = r.Text
		if said == "bon bu prang" {
			r.VillageID = "BP"
			choose()
		}
	case understand.ExpectPhone:
		r.Phone = "+84" + said[1:]
		choose()
	case understand.ExpectDate:
		r.Date = "11-22"
		choose()
	case understand.ExpectRanking:
		if said == "ut 3 1" {
			r.Intent, r.Confidence, r.Priority = understand.Vote, 0.95, []int{3, 1}
		}
	}
	if said == "1d 2k" {
		r.Intent, r.Confidence = understand.Vote, 0.95
		r.Ballot = map[string]string{"1": understand.Yes, "2": understand.No}
	}
}
