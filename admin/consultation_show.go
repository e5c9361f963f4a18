package admin

import (
	"slices"
	"strconv"

	"github.com/loa-vn/loa/planning"
)

type consultationPage struct {
	Rounds   []roundLink
	Round    planning.Round
	URL      string
	Open     bool
	Result   planning.Result
	Bars     []itemBar
	Item     *itemBar // whose villages are shown
	Villages []villageTally
	Covered  []coveredVillage
	Channels []planning.Reached
	Exports  []export
}

type roundLink struct {
	planning.Round
	URL  string
	Here bool
}

// itemBar is one item of a round with its count and where each number leads.
type itemBar struct {
	planning.ItemResult
	Short    string
	Bar      stanceBar
	Cells    []tallyCell
	Opinions string // link; the number is in ItemResult
	URL      string // the page with this item's villages
}

// tallyCell is a number and the list behind it.
type tallyCell struct {
	Stance planning.Stance
	Count  int
	URL    string
	Share  planning.Share
}

type villageTally struct {
	planning.VillageResult
	Known bool // on the commune's list
	Cells []tallyCell
	Bar   stanceBar
}

type coveredVillage struct {
	planning.Covered
	URL string
}

func roundURL(n int) string { return "/consultation/" + strconv.Itoa(n) }

// consultationLatest leads to the open round, or the latest.
func (v *visit) consultationLatest() error {
	rounds, err := v.Store.Rounds(v.ctx(), v.area())
	if err != nil {
		return err
	}
	if len(rounds) == 0 {
		return v.render("consultation_none", v.t("consultation.title"), nil)
	}
	latest := rounds[0]
	for _, r := range rounds {
		if r.OpenAt(v.now) {
			latest = r
		}
	}
	return v.seeOther(roundURL(latest.Number))
}

// consultationShow is the count of a round as it stands now.
func (v *visit) consultationShow() error {
	round, rounds, err := v.roundOfPath()
	if err != nil {
		return err
	}
	result, err := v.Planning.Result(v.ctx(), v.commune, round.ID)
	if err != nil {
		return err
	}
	page := consultationPage{
		Round: round, URL: roundURL(round.Number), Open: round.OpenAt(v.now), Result: result,
		Bars: barsOf(round, result, v.lang), Channels: result.Channels, Exports: exportsOf(roundURL(round.Number) + "/export"),
	}
	for _, r := range rounds {
		page.Rounds = append(page.Rounds, roundLink{r, roundURL(r.Number), r.ID == round.ID})
	}
	for i := range page.Bars {
		if code := v.form("item"); code == page.Bars[i].Code || code == "" && i == 0 {
			page.Item = &page.Bars[i]
		}
	}
	for _, c := range result.Villages {
		page.Covered = append(page.Covered, coveredVillage{c, query(page.URL+"/voices", "village", c.Code)})
	}
	if page.Item != nil {
		page.Villages = villagesOf(page.URL, page.Item.ItemResult, result)
	}
	return v.render("consultation", v.t("consultation.title"), page)
}

// roundOfPath is the round that the path names, among the commune's.
func (v *visit) roundOfPath() (planning.Round, []planning.Round, error) {
	rounds, err := v.Store.Rounds(v.ctx(), v.area())
	if err != nil {
		return planning.Round{}, nil, err
	}
	i := slices.IndexFunc(rounds, func(r planning.Round) bool { return strconv.Itoa(r.Number) == v.r.PathValue("round") })
	if i < 0 {
		return planning.Round{}, nil, errNotFound
	}
	return rounds[i], rounds, nil
}

// barsOf lays out every item of a round.
func barsOf(round planning.Round, result planning.Result, lang string) []itemBar {
	url := roundURL(round.Number)
	bars := make([]itemBar, len(result.Items))
	for i, item := range result.Items {
		asked, _, _ := round.Item(item.Code)
		bars[i] = itemBar{
			ItemResult: item, Short: asked.Short, Bar: barOf(item.Tally),
			Cells:    cellsOf(url, item.Code, "", item.Tally),
			Opinions: query("/concerns", "kind", string(planning.Opinion), "round", strconv.Itoa(round.Number), "item", item.Code),
			URL:      query(url, "item", item.Code) + "#villages",
		}
		if lang == "en" && asked.ShortEN != "" {
			bars[i].Short = asked.ShortEN
		}
		if lang == "en" && asked.TitleEN != "" {
			bars[i].Title = asked.TitleEN
		}
	}
	return bars
}

func cellsOf(url, item, village string, t planning.Tally) []tallyCell {
	cells := make([]tallyCell, len(planning.Stances))
	for i, s := range planning.Stances {
		cells[i] = tallyCell{
			Stance: s, Count: t.Of(s),
			URL:   query(url+"/voices", "item", item, "village", village, "stance", string(s)),
			Share: planning.Share{Count: t.Of(s), Total: t.Sum(), Of: planning.OfHouseholdsHeard},
		}
	}
	return cells
}

// villagesOf is one item by village: the round's by rank, then where else
// voices came from.
func villagesOf(url string, item planning.ItemResult, result planning.Result) []villageTally {
	var rows []villageTally
	seen := map[string]bool{}
	add := func(code string, known bool) {
		tally := item.ByVillage[code]
		seen[code] = true
		rows = append(rows, villageTally{tally, known, cellsOf(url, item.Code, code, tally.Tally), barOf(tally.Tally)})
	}
	for _, c := range result.Villages {
		add(c.Code, true)
	}
	var rest []string
	for code := range item.ByVillage {
		if !seen[code] {
			rest = append(rest, code)
		}
	}
	slices.Sort(rest)
	for _, code := range rest {
		add(code, false)
	}
	return rows
}
