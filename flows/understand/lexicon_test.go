package understand

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestCompileNamesTheBadEntry(t *testing.T) {
	good := Entry{Kind: KindVillage, ID: "v1", Names: []string{"Thôn 1"}}
	for _, c := range []struct {
		entry Entry
		say   string
	}{
		{Entry{Kind: KindVillage, ID: "v2"}, "no names"},
		{Entry{Kind: KindVillage, Names: []string{"Thôn 2"}}, "no id"},
		{Entry{Kind: KindVillage, ID: "v2", Names: []string{"thôn"}}, "only the word for a village"},
		{Entry{Kind: KindVillage, ID: "v2", Names: []string{"  "}}, "empty name"},
		{Entry{Kind: KindCommodity, ID: "x", Names: []string{"😀"}}, "no word"},
		{Entry{Kind: KindCommodity, ID: "x", Names: []string{"xoài"}, Unit: "thùng"}, "unknown base unit"},
		{Entry{Kind: KindCommodity, ID: "x", Names: []string{"xoài"}, Min: 5, Max: 2}, "prices from 5 to 2"},
		{Entry{Kind: KindCommodity, ID: "x", Names: []string{"stop"}}, "stopping"},
		{Entry{Kind: KindWord, ID: "dừng", Names: []string{"nghỉ"}}, "stopping or erasing"},
		{Entry{Kind: KindWord, ID: "đồng ý", Names: []string{"không"}}, "negation"},
		{Entry{Kind: KindWord, ID: "sầu riêng", Names: []string{strings.Repeat("a", 300)}}, "longer than"},
		{Entry{Kind: KindDifficulty, ID: "gì đó", Names: []string{"mắc mưa"}}, "unknown kind of difficulty"},
		{Entry{Kind: "other", ID: "x", Names: []string{"x"}}, "unknown kind"},
	} {
		_, err := Compile(good, c.entry)
		if !errors.Is(err, ErrEntry) || !strings.Contains(err.Error(), "entry 2") || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%+v: %v, want %q", c.entry, err, c.say)
		}
	}
}

func TestEntriesAreUsed(t *testing.T) {
	l := compiled(
		t,
		Entry{Kind: KindCommodity, ID: "mango", Names: []string{"xoài", "xoài cát"}, Unit: "kg", Min: 5000, Max: 60000},
		Entry{Kind: KindMarket, ID: "m7", Names: []string{"Chợ Đắk Mẫu", "đắk mẫu"}},
		Entry{Kind: KindVillage, ID: "v1", Names: []string{"Bon Bu Prăng"}},
		Entry{Kind: KindWord, ID: "cà phê", Names: []string{"kfe"}},
		Entry{Kind: KindDifficulty, ID: KindHarvest, Names: []string{"khỉ hái"}},
	)
	if r := l.Read("gia xoai dak mau", Context{}); !slices.Equal(r.Commodities, []string{"mango"}) || r.PlaceID != "m7" || r.Place != "Chợ Đắk Mẫu" {
		t.Errorf("%+v", r)
	}
	if r := l.Read("ban xoai 500k", Context{}); r.Intent != PriceReport || !r.Implausible {
		t.Errorf("%+v", r)
	}
	if r := l.Read("gia kfe", Context{}); !slices.Equal(r.Commodities, []string{"coffee"}) {
		t.Errorf("%+v", r)
	}
	if r := l.Read("bi khi hai bap", Context{}); r.Intent != Difficulty || r.Kind != KindHarvest {
		t.Errorf("%+v", r)
	}
	base := compiled(t)
	if base.Version() == l.Version() || base.Version() != compiled(t).Version() || base.Version() == "" {
		t.Errorf("versions %q and %q", base.Version(), l.Version())
	}
}

// A market's list written without marks must not make marks mean less.
func TestUnmarkedAliasesOfAMarket(t *testing.T) {
	l := compiled(
		t,
		Entry{Kind: KindCommodity, ID: "coffee", Names: []string{"cà phê", "ca phe", "cf", "cphe"}, Unit: "kg"},
		Entry{Kind: KindCommodity, ID: "avocado", Names: []string{"bơ"}, Unit: "kg"},
		Entry{Kind: KindCommodity, ID: "cattle", Names: []string{"bò", "bo thit"}, Unit: "kg"},
	)
	for text, want := range map[string]string{"giá bơ": "avocado", "giá bò": "cattle", "gia cf": "coffee", "giá cà phê": "coffee"} {
		if r := l.Read(text, Context{}); !slices.Equal(r.Commodities, []string{want}) || len(r.Ambiguous) > 0 {
			t.Errorf("%q: %v %v", text, r.Commodities, r.Ambiguous)
		}
	}
	if r := l.Read("gia bo", Context{}); !slices.Equal(r.Ambiguous, []string{"avocado", "cattle"}) || r.Ask != AskCommodity {
		t.Errorf("gia bo: %+v", r)
	}
}

func TestConcurrentReadsAgree(t *testing.T) {
	l := compiled(t, testEntries()...)
	texts := []string{"gia cf hnay", "1d 2k vi it ruong 5d ut 5", "bán 2 tạ tiêu 28 triệu", "dk bon bu prag", "TC", strings.Repeat("gia tieu ", 300)}
	want := make([]Reading, len(texts))
	for i, s := range texts {
		want[i] = l.Read(s, open)
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for n := range 200 {
				i := (g + n) % len(texts)
				if got := l.Read(texts[i], open); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("%q: %+v, want %+v", texts[i], got, want[i])
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestReadingAsJSON(t *testing.T) {
	l := compiled(t)
	b, err := json.Marshal(l.Read("1d 2k vi xa ut 1", open))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"text":"1d 2k vi xa ut 1","intent":"vote","confidence":0.97,"ballot":{"1":"yes","2":"no"},"priority":[1],"reasons":{"2":"xa"},"version":"` + l.Version() + `","context":{"consultation":true,"items":7}}`
	if string(b) != want {
		t.Errorf("%s\nwant %s", b, want)
	}
}

func TestExplainSaysEveryStep(t *testing.T) {
	l := compiled(t)
	r, notes := l.Explain("gias caf phee hnay bn", Context{})
	if !reflect.DeepEqual(r, l.Read("gias caf phee hnay bn", Context{})) {
		t.Error("Explain reads differently")
	}
	said := map[string]string{}
	for _, n := range notes {
		said[n.Step] = n.Note
	}
	for step, has := range map[string]string{
		"fold": "gias caf phee", "mend": "giá cà phê", "expand": "hôm nay bao nhiêu", "match": "cà phê = coffee", "weigh": "price",
	} {
		if !strings.Contains(said[step], has) {
			t.Errorf("step %s says %q, want %q in it", step, said[step], has)
		}
	}
}
