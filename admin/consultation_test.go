package admin_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/loa-vn/loa/admin/report"
	"github.com/loa-vn/loa/planning"
)

func (s *scene) result() planning.Result {
	s.Helper()
	r, err := report.GatherConsultation(s.Context(), s.store, s.here.Commune, 0, now)
	s.must(err)
	return r
}

// TestEveryNumberOpens follows the link of each number of the tally and counts
// what is behind it.
func TestEveryNumberOpens(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	number := regexp.MustCompile(`<a href="(/consultation/1/voices\?[^"]*stance=[^"]*)">(\d+)</a>`)
	row := regexp.MustCompile(`<span class="tag (?:yes|no|other|abstain)">`)
	sum, opened := 0, 0
	for i := range s.here.items {
		page := b.get("/consultation/1?item=" + s.here.items[i].Code)
		if page.status != http.StatusOK {
			t.Fatalf("item %d: %d", i+1, page.status)
		}
		items, villages, _ := strings.Cut(page.body, `id="villages"`)
		found := number.FindAllStringSubmatch(villages, -1)
		if i == 0 {
			found = append(found, number.FindAllStringSubmatch(items, -1)...)
		}
		for _, link := range found {
			want, _ := strconv.Atoi(link[2])
			list := b.get(strings.ReplaceAll(link[1], "&amp;", "&"))
			if got := len(row.FindAllString(list.body, -1)); got != want {
				t.Errorf("%s: %d voices behind the number %d", link[1], got, want)
			}
			if strings.Contains(list.body, "+8490") {
				t.Errorf("%s shows a number", link[1])
			}
			opened++
			sum += want
		}
	}
	total := 0
	for _, item := range s.result().Items {
		total += item.Sum()
	}
	if opened < 40 || sum != 2*total { // once by item, once by village
		t.Errorf("%d numbers were opened, with %d voices, of %d", opened, sum, total)
	}
}

func TestDifficultyNumbersOpen(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	number := regexp.MustCompile(`<a href="(/concerns\?[^"]*)">(\d+)</a>`)
	card := regexp.MustCompile(`<span class="tag difficulty">`)
	found := number.FindAllStringSubmatch(b.get("/difficulties?days=0").body, -1)
	found = append(found, number.FindAllStringSubmatch(b.get("/difficulties?days=30&commodity=coffee").body, -1)...)
	found = append(found, number.FindAllStringSubmatch(b.get("/difficulties?village=v2").body, -1)...)
	for _, link := range found {
		want, _ := strconv.Atoi(link[2])
		if got := len(card.FindAllString(b.get(strings.ReplaceAll(link[1], "&amp;", "&")).body, -1)); got != want {
			t.Errorf("%s: %d difficulties behind the number %d", link[1], got, want)
		}
	}
	if len(found) < 20 {
		t.Errorf("only %d numbers", len(found))
	}
}

func TestOverviewNumbersAreThoseOfTheLists(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	tile := regexp.MustCompile(`href="(/concerns\?[a-z]+=1)"><b>(\d+)</b>`)
	card := regexp.MustCompile(`<li><a href="/concerns/`)
	found := tile.FindAllStringSubmatch(b.get("/").body, -1)
	if len(found) != 2 {
		t.Fatalf("%d tiles", len(found))
	}
	for _, link := range found {
		if want, _ := strconv.Atoi(link[2]); want == 0 || len(card.FindAllString(b.get(link[1]).body, -1)) != want {
			t.Errorf("%s does not list %d", link[1], want)
		}
	}
}

func TestSpreadsheetIsTheTally(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	result := s.result()
	a := b.get("/consultation/1/export?format=xlsx")
	if a.status != http.StatusOK || !strings.Contains(a.header.Get("Content-Disposition"), `filename="dak-mau-lay-y-kien-2027-dot-1.xlsx"`) {
		t.Fatalf("export: %d, %q", a.status, a.header.Get("Content-Disposition"))
	}
	f, err := excelize.OpenReader(strings.NewReader(a.body))
	s.must(err)
	defer f.Close()
	read := func(sheet string, row []string, column int) int {
		n, err := strconv.Atoi(strings.ReplaceAll(row[column], ",", ""))
		if err != nil {
			t.Fatalf("%s: %q is no number", sheet, row[column])
		}
		return n
	}
	rows := func(sheet string) (out [][]string) {
		all, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		s.must(err)
		for _, r := range all {
			if len(r) > 3 && strings.HasPrefix(r[0], "KH27-") {
				out = append(out, r)
			}
		}
		return out
	}
	items := rows("Theo mục")
	if len(items) != len(result.Items) {
		t.Fatalf("%d items", len(items))
	}
	for i, want := range result.Items {
		r := items[i]
		got := []int{read("items", r, 2), read("items", r, 3), read("items", r, 4), read("items", r, 6), read("items", r, 8), read("items", r, 9), read("items", r, 10), read("items", r, 11), read("items", r, 12)}
		wanted := []int{want.HouseholdsAll, want.Sum(), want.Yes, want.No, want.Other, want.Abstain, want.Mentions, want.Priority, want.Opinions}
		if fmt.Sprint(got) != fmt.Sprint(wanted) || r[1] != want.Title {
			t.Errorf("%s: %v, want %v", want.Code, got, wanted)
		}
		if share, err := strconv.ParseFloat(r[5], 64); err != nil || share != want.Shares[planning.Yes].Percent() {
			t.Errorf("%s: %s%% agree", want.Code, r[5])
		}
	}
	for sheet, first := range map[string]int{"Theo thôn": 4, "Theo hình thức": 3} {
		sums := map[string][5]int{}
		for _, r := range rows(sheet) {
			sum := sums[r[0]]
			for i := range sum {
				sum[i] += read(sheet, r, first+i)
			}
			sums[r[0]] = sum
		}
		for _, want := range result.Items {
			if sums[want.Code] != [5]int{want.Sum(), want.Yes, want.No, want.Other, want.Abstain} {
				t.Errorf("%s, %s: %v, want %+v", sheet, want.Code, sums[want.Code], want.Tally)
			}
		}
	}
	kind, err := f.GetCellType("Theo mục", "A1")
	if err != nil || kind == excelize.CellTypeFormula {
		t.Error("a text is a formula")
	}
}

func TestOtherExports(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	result := s.result()
	a := b.get("/consultation/1/export?format=json")
	var items struct {
		Items []struct {
			Code     string                            `json:"code"`
			Yes      int                               `json:"yes"`
			No       int                               `json:"no"`
			Priority int                               `json:"priority_points"`
			Heard    int                               `json:"households_heard"`
			All      int                               `json:"households_in_all"`
			Villages map[string]planning.VillageResult `json:"by_village"`
			Channels map[string]planning.Tally         `json:"by_channel"`
		} `json:"items"`
	}
	s.must(json.Unmarshal([]byte(a.body), &items))
	for i, got := range items.Items {
		want := result.Items[i]
		if got.Code != want.Code || got.Yes != want.Yes || got.No != want.No || got.Priority != want.Priority || got.Heard != want.Heard ||
			got.All != want.HouseholdsAll || len(got.Villages) != len(want.ByVillage) || got.Channels["phone"] != want.ByChannel["phone"] {
			t.Errorf("JSON of %s: %+v", want.Code, got)
		}
	}
	a = b.get("/consultation/1/export?format=csv")
	text, marked := strings.CutPrefix(a.body, "\uFEFF")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || len(rows) < len(result.Items)*8 {
		t.Errorf("CSV: %d rows, %v", len(rows), err)
	}
	for _, r := range rows {
		if r[2] == "toàn xã" && r[0] == "KH27-02" && r[7] != strconv.Itoa(result.Items[1].No) {
			t.Errorf("CSV: %v", r)
		}
	}
	for _, path := range []string{"/consultation/1/export", "/difficulties/export"} {
		for _, format := range report.Formats() {
			a := b.get(path + "?format=" + format)
			if a.status != http.StatusOK || len(a.body) < 200 || a.header.Get("Content-Type") != report.ContentType(format) {
				t.Errorf("%s as %s: %d, %d bytes", path, format, a.status, len(a.body))
			}
			if strings.Contains(a.body, "090100") || strings.Contains(a.body, "+8490") {
				t.Errorf("%s as %s holds a number", path, format)
			}
		}
		if a := b.get(path + "?format=exe"); a.status != http.StatusNotFound {
			t.Errorf("%s as something else: %d", path, a.status)
		}
	}
}

func TestTallyMovesWithEveryVoice(t *testing.T) {
	s := newScene(t)
	before := s.result().Items[0]
	c, round := s.here, s.here.round
	home := c.households[len(c.households)-1]
	voice := planning.Voice{
		ID: s.id(), Area: c.Code, Round: round.ID, Item: c.items[0].Code, Household: home.ID, Village: home.Village,
		Channel: planning.PaperChannel, Stance: planning.Yes, Receipt: "AAAAAAAA", At: now.Add(-time.Hour),
	}
	s.must(s.store.AddVoices(t.Context(), []planning.Voice{voice}, nil))
	voice.ID, voice.Stance, voice.At = s.id(), planning.No, now.Add(-time.Minute)
	s.must(s.store.AddVoices(t.Context(), []planning.Voice{voice}, nil))
	after := s.result().Items[0]
	if after.Yes != before.Yes || after.No != before.No+1 {
		t.Errorf("%+v became %+v", before.Tally, after.Tally)
	}
	b := s.login("lan")
	if a := b.get("/consultation/1/voices?item=KH27-01&channel=paper"); strings.Count(a.body, "AAAAAAAA") != 1 || !strings.Contains(a.body, "(phiếu giấy)") {
		t.Error("the paper form is not listed once")
	}
	if a := b.get("/consultation/1/voices?item=KH27-01&channel=paper&replaced=1"); strings.Count(a.body, "AAAAAAAA") != 2 || !strings.Contains(a.body, "đã được thay") {
		t.Error("the replaced form is not listed")
	}
}
