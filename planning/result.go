package planning

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"time"
)

// Result is what a round says, as officers and the People's Council read it
// and as `loa report consultation --format json` prints it. Stances count
// households, opinions count texts.
//
// A household that is not yet placed on the roster is in yes, no, other,
// abstain and priority, and in no coverage; so is one of a village that the
// round did not ask (elsewhere).
type Result struct {
	Commune        Named        `json:"commune"`
	Sample         bool         `json:"sample,omitempty"` // made-up data
	Round          int          `json:"round"`
	Year           int          `json:"year"`
	Title          string       `json:"title"`
	Opens          time.Time    `json:"opens"`
	Closes         time.Time    `json:"closes"`
	Decision       string       `json:"decision,omitempty"`
	HouseholdsAll  int          `json:"households_in_all"` // on the roster of the round's villages
	Heard          int          `json:"households_heard"`  // of those, with at least one current voice
	Coverage       Share        `json:"coverage"`          // Heard of HouseholdsAll
	NotYetPlaced   int          `json:"not_yet_placed"`    // provisional households with a voice
	Elsewhere      int          `json:"elsewhere"`         // placed households of other villages with a voice
	Opinions       int          `json:"opinions"`          // texts, on items and on the plan
	OpinionsOnPlan int          `json:"opinions_on_plan"`  // of those, on no item
	Items          []ItemResult `json:"items"`             // in the order of their numbers
	Villages       []Covered    `json:"villages"`          // the round's, by rank
	Channels       []Reached    `json:"channels"`          // households with a voice, by the channel of the latest
}

// Named is a code with its name.
type Named struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// Tally is how many households took each stance.
type Tally struct {
	Yes     int `json:"yes"`
	No      int `json:"no"`
	Other   int `json:"other"`
	Abstain int `json:"abstain"`
}

// Sum is all households of a tally.
func (t Tally) Sum() int { return t.Yes + t.No + t.Other + t.Abstain }

// Of is how many took a stance.
func (t Tally) Of(s Stance) int {
	switch s {
	case Yes:
		return t.Yes
	case No:
		return t.No
	case Other:
		return t.Other
	case Abstain:
		return t.Abstain
	}
	return 0
}

func (t *Tally) add(s Stance, n int) {
	switch s {
	case Yes:
		t.Yes += n
	case No:
		t.No += n
	case Other:
		t.Other += n
	case Abstain:
		t.Abstain += n
	}
}

// ItemResult is what a round says of one item.
type ItemResult struct {
	Code      string `json:"code"`
	Number    int    `json:"number"` // what people answer with
	Title     string `json:"title"`
	Withdrawn bool   `json:"withdrawn,omitempty"`
	Tally
	Priority      int `json:"priority_points"`
	Mentions      int `json:"priority_mentions"` // households that named it in their list
	Opinions      int `json:"opinions"`
	Heard         int `json:"households_heard"`  // placed households of the round's villages with a voice on it
	HouseholdsAll int `json:"households_in_all"` // as in Result
	// NotYetPlaced are the stances of provisional households: part of yes,
	// no, other and abstain above.
	NotYetPlaced Tally                    `json:"not_yet_placed"`
	Elsewhere    int                      `json:"elsewhere"`
	Shares       map[Stance]Share         `json:"shares"`   // of the households with a voice on it
	Coverage     Share                    `json:"coverage"` // Heard of HouseholdsAll
	ByVillage    map[string]VillageResult `json:"by_village"`
	ByChannel    map[string]Tally         `json:"by_channel"` // of the household's voice on it
}

// UnknownVillage stands in by_village for households that did not say where
// they live.
const UnknownVillage = "unknown"

// VillageResult is what one village says of an item.
type VillageResult struct {
	Name string `json:"name"`
	Tally
	Priority      int `json:"priority_points"`
	Mentions      int `json:"priority_mentions"`
	Heard         int `json:"households_heard"`
	HouseholdsAll int `json:"households_in_all"` // on the village's roster
}

// Covered is how much of a village was heard.
type Covered struct {
	Code          string `json:"code"`
	Name          string `json:"name"`
	HouseholdsAll int    `json:"households_in_all"`
	Heard         int    `json:"households_heard"`
	NotYetPlaced  int    `json:"not_yet_placed"` // provisional households that named it
	Coverage      Share  `json:"coverage"`
}

// Reached is how many households spoke over a channel.
type Reached struct {
	Channel    string `json:"channel"`
	Households int    `json:"households"`
}

// Base is what a percentage is of.
type Base string

// The bases.
const (
	OfHouseholdsAll   Base = "households_in_all"          // on the roster of the round's villages
	OfVillage         Base = "households_of_the_village"  // on the village's roster
	OfHouseholdsHeard Base = "households_with_a_voice_on" // on the item, placed or not
)

// Label is the base in words, to stand after "of".
func (b Base) Label(lang string) string {
	switch b {
	case OfHouseholdsAll:
		return inLang(lang, "hộ của các thôn, bon được lấy ý kiến", "households of the villages asked")
	case OfVillage:
		return inLang(lang, "hộ của thôn, bon", "households of the village")
	case OfHouseholdsHeard:
		return inLang(lang, "hộ cho ý kiến về mục này", "households with a voice on this item")
	}
	return string(b)
}

// Share is a count out of a total, which says of what.
type Share struct {
	Count int
	Total int
	Of    Base
}

// Percent is the share in percent, to one decimal; 0 of nothing.
func (s Share) Percent() float64 {
	if s.Total == 0 {
		return 0
	}
	return math.Round(1000*float64(s.Count)/float64(s.Total)) / 10
}

// Text is the share in words: "40,5% trong 200 hộ cho ý kiến về mục này".
func (s Share) Text(lang string) string {
	if s.Total == 0 {
		return inLang(lang, "chưa có ", "no ") + s.Of.Label(lang)
	}
	percent := decimal(int64(math.Round(10*s.Percent())), 10, 1, lang)
	return percent + "% " + inLang(lang, "trong ", "of ") + decimal(int64(s.Total), 1, 0, lang) + " " + s.Of.Label(lang)
}

// MarshalJSON writes {"count","total","percent","of"}; percent is null of nothing.
func (s Share) MarshalJSON() ([]byte, error) {
	var percent *float64
	if s.Total > 0 {
		p := s.Percent()
		percent = &p
	}
	return json.Marshal(struct {
		Count   int      `json:"count"`
		Total   int      `json:"total"`
		Percent *float64 `json:"percent"`
		Of      Base     `json:"of"`
	}{s.Count, s.Total, percent, s.Of})
}

// Count lays a round's count out for people. v are the commune's villages; the
// denominator is the roster of those that the round asks (all of them when it
// names none).
func Count(c Commune, r Round, v []Village, counted Counted) Result {
	asked := askedVillages(r, v)
	out := Result{
		Commune: Named{c.Code, c.Name}, Sample: c.Sample, Round: r.Number, Year: r.Year, Title: r.Title,
		Opens: r.Opens, Closes: r.Closes, Decision: r.Decision,
		Items: make([]ItemResult, len(r.Items)), Villages: make([]Covered, len(asked)), Channels: []Reached{},
	}
	at := make(map[string]int, len(asked))
	for i, v := range asked {
		at[v.Code] = i
		out.Villages[i] = Covered{Code: v.Code, Name: v.Name, HouseholdsAll: v.Households}
		out.HouseholdsAll += v.Households
	}
	out.countHeard(counted.Heard, at)
	for i := range out.Villages {
		v := &out.Villages[i]
		v.Coverage = Share{v.Heard, v.HouseholdsAll, OfVillage}
	}
	out.Coverage = Share{out.Heard, out.HouseholdsAll, OfHouseholdsAll}

	names := make(map[string]string, len(v))
	for _, v := range v {
		names[v.Code] = v.Name
	}
	items := make(map[string]*ItemResult, len(r.Items))
	for i, item := range r.Items {
		out.Items[i] = newItemResult(item, i+1, out, asked)
		items[item.Code] = &out.Items[i]
	}
	for _, cell := range counted.Cells {
		if t := items[cell.Item]; t != nil {
			_, ours := at[cell.Village]
			t.addCell(cell, ours, names)
		}
	}
	for _, p := range counted.Priorities {
		if t := items[p.Item]; t != nil {
			t.Priority += p.Points
			t.Mentions += p.Mentions
			t.inVillage(p.Village, names, func(v *VillageResult) {
				v.Priority += p.Points
				v.Mentions += p.Mentions
			})
		}
	}
	for code, n := range counted.Opinions {
		out.Opinions += n
		if t := items[code]; t != nil {
			t.Opinions = n
		} else {
			out.OpinionsOnPlan += n
		}
	}
	for i := range out.Items {
		out.Items[i].close()
	}
	return out
}

// askedVillages are the villages of the round, by rank. One that it names and
// that is gone has no roster.
func askedVillages(r Round, all []Village) []Village {
	asked := slices.Clone(all)
	if len(r.Villages) > 0 {
		asked = slices.DeleteFunc(asked, func(v Village) bool { return !slices.Contains(r.Villages, v.Code) })
		for _, code := range r.Villages {
			if !slices.ContainsFunc(asked, func(v Village) bool { return v.Code == code }) {
				asked = append(asked, Village{Code: code, Name: code, Rank: math.MaxInt})
			}
		}
	}
	slices.SortStableFunc(asked, func(x, y Village) int {
		return cmp.Or(cmp.Compare(x.Rank, y.Rank), strings.Compare(x.Name, y.Name))
	})
	return asked
}

// countHeard counts the households with a voice, village by village.
func (r *Result) countHeard(cells []HeardCell, at map[string]int) {
	channels := map[string]int{}
	for _, h := range cells {
		channels[h.Channel] += h.Households
		i, ours := at[h.Village]
		switch {
		case h.Provisional:
			r.NotYetPlaced += h.Households
			if ours {
				r.Villages[i].NotYetPlaced += h.Households
			}
		case ours:
			r.Heard += h.Households
			r.Villages[i].Heard += h.Households
		default:
			r.Elsewhere += h.Households
		}
	}
	for channel, n := range channels {
		r.Channels = append(r.Channels, Reached{channel, n})
	}
	slices.SortFunc(r.Channels, func(x, y Reached) int { return strings.Compare(x.Channel, y.Channel) })
}

func newItemResult(item Item, number int, r Result, asked []Village) ItemResult {
	t := ItemResult{
		Code: item.Code, Number: number, Title: item.Title, Withdrawn: item.Withdrawn, HouseholdsAll: r.HouseholdsAll,
		Shares: map[Stance]Share{}, ByVillage: make(map[string]VillageResult, len(asked)), ByChannel: map[string]Tally{},
	}
	for _, v := range asked {
		t.ByVillage[v.Code] = VillageResult{Name: v.Name, HouseholdsAll: v.Households}
	}
	return t
}

// addCell adds a cell; ours says whether the round asks its village.
func (t *ItemResult) addCell(c Cell, ours bool, names map[string]string) {
	t.add(c.Stance, c.Households)
	channel := t.ByChannel[c.Channel]
	channel.add(c.Stance, c.Households)
	t.ByChannel[c.Channel] = channel
	t.inVillage(c.Village, names, func(v *VillageResult) {
		v.add(c.Stance, c.Households)
		if ours && !c.Provisional {
			v.Heard += c.Households
		}
	})
	switch {
	case c.Provisional:
		t.NotYetPlaced.add(c.Stance, c.Households)
	case ours:
		t.Heard += c.Households
	default:
		t.Elsewhere += c.Households
	}
}

func (t *ItemResult) inVillage(code string, names map[string]string, change func(*VillageResult)) {
	if code == "" {
		code = UnknownVillage
	}
	v, ok := t.ByVillage[code]
	if !ok {
		v.Name = cmp.Or(names[code], code)
		if code == UnknownVillage {
			v.Name = "chưa rõ thôn, bon"
		}
	}
	change(&v)
	t.ByVillage[code] = v
}

// close works out the percentages.
func (t *ItemResult) close() {
	for _, s := range Stances {
		t.Shares[s] = Share{t.Of(s), t.Sum(), OfHouseholdsHeard}
	}
	t.Coverage = Share{t.Heard, t.HouseholdsAll, OfHouseholdsAll}
}
