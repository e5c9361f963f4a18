package admin

import (
	"slices"
	"time"

	"github.com/loa-vn/loa/planning"
)

type difficultyPage struct {
	Days      int
	Commodity string
	Village   string
	Goods     map[string]string
	Codes     []string // commodities that occur, most first
	Villages  []planning.Village
	Names     map[string]string
	ByVillage []difficultyRow
	ByCrop    []difficultyRow
	Bottom    difficultyRow // sums
	Exports   []export
}

type difficultyRow struct {
	Name  string
	Cells []difficultyCell
	Sum   difficultyCell
}

type difficultyCell struct {
	Count int
	Share int // of the largest cell, 0–5, for its shade
	URL   string
}

// difficultyTable counts difficulties by village and link of the chain, and
// by crop.
func (v *visit) difficultyTable() error {
	page := difficultyPage{Days: 90, Commodity: v.form("commodity"), Village: v.form("village")}
	switch v.form("days") {
	case "30":
		page.Days = 30
	case "365":
		page.Days = 365
	case "0":
		page.Days = 0
	}
	var since time.Time
	if page.Days > 0 {
		since = daysBefore(v.today(), page.Days).Time()
		since = time.Date(since.Year(), since.Month(), since.Day(), 0, 0, 0, 0, v.zone)
	}
	cells, err := v.Store.ConcernCells(v.ctx(), v.area(), since)
	if err != nil {
		return err
	}
	if page.Villages, page.Names, err = v.villageNames(); err != nil {
		return err
	}
	if page.Goods, err = v.goods(); err != nil {
		return err
	}
	sums := map[string]int{}
	for _, c := range cells {
		if sums[c.Commodity] == 0 {
			page.Codes = append(page.Codes, c.Commodity)
		}
		sums[c.Commodity] += c.Count
	}
	slices.SortStableFunc(page.Codes, func(x, y string) int { return sums[y] - sums[x] })
	cells = slices.DeleteFunc(cells, func(c planning.ConcernCell) bool {
		if village := villageChoice(page.Village); village != nil && c.Village != *village {
			return true
		}
		return page.Commodity != "" && orNone(c.Commodity) != page.Commodity
	})
	codes := make([]string, 0, len(page.Villages)+1)
	for _, w := range page.Villages {
		codes = append(codes, w.Code)
	}
	count := func(match func(planning.ConcernCell) bool) int {
		n := 0
		for _, c := range cells {
			if match(c) {
				n += c.Count
			}
		}
		return n
	}
	list := func(village, commodity string, link planning.Link) string {
		return query("/concerns", "kind", string(planning.Difficulty), "village", village, "commodity", commodity, "link", string(link), "since", v.sinceText(since))
	}
	row := func(name, village, commodity string, match func(planning.ConcernCell) bool) difficultyRow {
		r := difficultyRow{Name: name}
		for _, l := range planning.Links {
			n := count(func(c planning.ConcernCell) bool { return match(c) && c.Link == l })
			r.Cells = append(r.Cells, difficultyCell{Count: n, URL: list(village, commodity, l)})
		}
		r.Sum = difficultyCell{Count: count(match), URL: list(village, commodity, "")}
		return r
	}
	for _, code := range append(codes, "") {
		r := row(page.Names[code], orUnknown(code), page.Commodity, func(c planning.ConcernCell) bool { return c.Village == code })
		if r.Sum.Count > 0 || code != "" && page.Village == "" {
			page.ByVillage = append(page.ByVillage, r)
		}
	}
	for _, code := range page.Codes {
		r := row(page.Goods[code], page.Village, orNone(code), func(c planning.ConcernCell) bool { return c.Commodity == code })
		if r.Sum.Count > 0 {
			page.ByCrop = append(page.ByCrop, r)
		}
	}
	page.Bottom = row("", page.Village, page.Commodity, func(planning.ConcernCell) bool { return true })
	shade(page.ByVillage)
	shade(page.ByCrop)
	page.Exports = exportsOf("/difficulties/export", "since", v.sinceText(since))
	return v.render("difficulties", v.t("difficulties.title"), page)
}

// sinceText is the start of a span in an address; "" = from the beginning.
func (v *visit) sinceText(since time.Time) string {
	if since.IsZero() {
		return ""
	}
	return since.In(v.zone).Format(time.DateOnly)
}

// since reads what sinceText wrote: the beginning of that day in the commune.
func (v *visit) since() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, v.form("since"), v.zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// shade gives the larger counts of a table the darker cells.
func shade(rows []difficultyRow) {
	most := 0
	for _, r := range rows {
		for _, c := range r.Cells {
			most = max(most, c.Count)
		}
	}
	for _, r := range rows {
		for i := range r.Cells {
			if n := r.Cells[i].Count; n > 0 {
				r.Cells[i].Share = 1 + 4*(n-1)/max(1, most)
			}
		}
	}
}

func orUnknown(village string) string {
	if village == "" {
		return planning.UnknownVillage
	}
	return village
}

func orNone(commodity string) string {
	if commodity == "" {
		return noCommodity
	}
	return commodity
}
