package report

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
)

// DifficultyList is what makes work hard in a commune, by crop and link of
// the chain. Texts are people's own words, without phone numbers.
type DifficultyList struct {
	Commune  planning.Named `json:"commune"`
	Sample   bool           `json:"sample,omitempty"` // made-up data
	Since    *time.Time     `json:"since,omitempty"`  // nil = from the beginning
	Until    time.Time      `json:"until"`
	Total    int            `json:"difficulties"`
	Rows     []Difficulty   `json:"rows"`     // most households first
	Villages []VillageLinks `json:"villages"` // by rank; "" = not known, last
}

// Difficulty is one crop's trouble in one link of its chain.
type Difficulty struct {
	Commodity  string         `json:"commodity"` // id; "" = none
	Name       string         `json:"name"`      // Vietnamese
	NameEN     string         `json:"name_en"`
	Link       planning.Link  `json:"link"`
	Count      int            `json:"difficulties"` // messages
	Households int            `json:"households"`   // that said so; a person without one counts as one
	Answered   int            `json:"answered"`
	ByVillage  []VillageCount `json:"by_village"`
	Texts      []string       `json:"texts"` // the newest few, no two alike
	MoreTexts  int            `json:"more_texts"`
}

// VillageCount is how many difficulties a village told of.
type VillageCount struct {
	Code  string `json:"code"` // "" = not known
	Name  string `json:"name"`
	Count int    `json:"difficulties"`
}

// VillageLinks is a village's difficulties by link of the chain.
type VillageLinks struct {
	Code   string                `json:"code"`
	Name   string                `json:"name"`
	ByLink map[planning.Link]int `json:"by_link"`
	Total  int                   `json:"difficulties"`
}

// Concerns is where difficulties are read from.
type Concerns interface {
	Villages(ctx context.Context, area string) ([]planning.Village, error)
	Commodities(ctx context.Context, area string) ([]market.Commodity, error)
	Concerns(ctx context.Context, q planning.ConcernQuery) ([]planning.Concern, error)
}

// quoted is how many texts a row quotes.
const quoted = 4

// GatherDifficulties collects a commune's difficulties since a time (zero =
// from the beginning) until now.
func GatherDifficulties(ctx context.Context, from Concerns, c planning.Commune, since, now time.Time) (DifficultyList, error) {
	villages, err := from.Villages(ctx, c.Code)
	if err != nil {
		return DifficultyList{}, fmt.Errorf("report: villages: %w", err)
	}
	goods, err := from.Commodities(ctx, c.Code)
	if err != nil {
		return DifficultyList{}, fmt.Errorf("report: commodities: %w", err)
	}
	told, err := from.Concerns(ctx, planning.ConcernQuery{Area: c.Code, Kind: planning.Difficulty, Since: since})
	if err != nil {
		return DifficultyList{}, fmt.Errorf("report: difficulties: %w", err)
	}
	list := DifficultyList{
		Commune: planning.Named{Code: c.Code, Name: c.Name}, Sample: c.Sample, Until: now, Total: len(told), Rows: []Difficulty{},
	}
	if !since.IsZero() {
		list.Since = &since
	}
	list.Rows = group(told, goods, villages)
	list.Villages = byLink(told, villages)
	return list, nil
}

type cell struct {
	commodity string
	link      planning.Link
}

func group(told []planning.Concern, goods []market.Commodity, villages []planning.Village) []Difficulty {
	cells := map[cell][]planning.Concern{}
	for _, k := range told {
		at := cell{k.Commodity, k.Link}
		cells[at] = append(cells[at], k)
	}
	rows := make([]Difficulty, 0, len(cells))
	for at, told := range cells {
		row := Difficulty{Commodity: at.commodity, Name: at.commodity, NameEN: at.commodity, Link: at.link, Count: len(told), Texts: []string{}}
		if at.commodity == "" {
			row.Name, row.NameEN = "chung", "in general"
		}
		for _, g := range goods {
			if g.ID == at.commodity {
				row.Name, row.NameEN = g.Name, cmp.Or(g.NameEN, g.Name)
			}
		}
		homes := map[uuid.UUID]bool{}
		counts := map[string]int{}
		seen := map[string]bool{}
		for _, k := range told {
			home := k.Household
			if home == uuid.Nil {
				home = k.Contact
			}
			homes[home] = true
			counts[k.Village]++
			if !k.AnsweredAt.IsZero() {
				row.Answered++
			}
			text := unaddressed(strings.Join(strings.Fields(k.Text), " "))
			if text == "" || seen[strings.ToLower(text)] {
				continue
			}
			seen[strings.ToLower(text)] = true
			if len(row.Texts) < quoted {
				row.Texts = append(row.Texts, text)
			} else {
				row.MoreTexts++
			}
		}
		row.Households = len(homes)
		for _, v := range append(slices.Clone(villages), planning.Village{}) {
			if n := counts[v.Code]; n > 0 {
				row.ByVillage = append(row.ByVillage, VillageCount{v.Code, v.Name, n})
			}
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(x, y Difficulty) int {
		return cmp.Or(cmp.Compare(y.Households, x.Households), cmp.Compare(y.Count, x.Count), cmp.Compare(x.Name, y.Name),
			cmp.Compare(slices.Index(planning.Links[:], x.Link), slices.Index(planning.Links[:], y.Link)))
	})
	return rows
}

func byLink(told []planning.Concern, villages []planning.Village) []VillageLinks {
	var rows []VillageLinks
	for _, v := range append(slices.Clone(villages), planning.Village{}) {
		row := VillageLinks{Code: v.Code, Name: v.Name, ByLink: map[planning.Link]int{}}
		for _, k := range told {
			if k.Village == v.Code {
				row.ByLink[k.Link]++
				row.Total++
			}
		}
		if row.Total > 0 || v.Code != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// Difficulties writes a commune's difficulties in one of Formats, with the
// columns of its table of difficulties (table 3). What only officers can judge
// (causes, proposed solutions) is left for them to write.
func Difficulties(w io.Writer, format string, d DifficultyList, lang string) error {
	p := paper{
		commune: d.Commune.Name, sample: d.Sample, lang: lang,
		title: inLang(lang, "BẢNG TỔNG HỢP KHÓ KHĂN, HẠN CHẾ, NGUYÊN NHÂN", "DIFFICULTIES AND THEIR CAUSES"),
		about: inLang(lang, "Do người dân phản ánh qua tin nhắn", "As people told the commune by message"),
		facts: []string{fmt.Sprintf(inLang(lang, "Tổng số phản ánh: %d.", "Difficulties in all: %d."), d.Total)},
		notes: []string{
			inLang(lang, "Số hộ phản ánh: người chưa xếp vào hộ nào tính là một hộ.", "Households: a person who is not placed in a household counts as one."),
			inLang(lang, "Nguyên nhân và giải pháp do cán bộ xã ghi.", "Causes and solutions are for the commune's officers to write."),
		},
	}
	if d.Since != nil {
		p.facts[0] = fmt.Sprintf(inLang(lang, "Từ ngày %s đến ngày %s có %d phản ánh.", "From %s to %s: %d difficulties."),
			d.Since.Format("02/01/2006"), d.Until.In(d.Since.Location()).Format("02/01/2006"), d.Total)
	}
	t := table{
		name: inLang(lang, "Khó khăn", "Difficulties"), print: true,
		head: []string{
			inLang(lang, "STT", "No."), inLang(lang, "Lĩnh vực, chuỗi", "Field, chain"), inLang(lang, "Khó khăn, hạn chế", "Difficulty"),
			inLang(lang, "Nguyên nhân khách quan", "Outside causes"), inLang(lang, "Nguyên nhân chủ quan", "Own causes"),
			inLang(lang, "Thôn (bon)", "Villages"), inLang(lang, "Số hộ phản ánh", "Households"), inLang(lang, "Giải pháp đề xuất", "Proposed solution"),
		},
		wide: []int{5, 14, 38, 14, 14, 18, 8, 16},
	}
	for i, r := range d.Rows {
		t.rows = append(t.rows, []any{i + 1, r.field(lang), r.words(lang), nil, nil, r.villages(lang), r.Households, nil})
	}
	links := table{
		name: inLang(lang, "Theo thôn", "By village"),
		head: []string{inLang(lang, "Thôn (bon)", "Village")},
		wide: []int{24, 12, 12, 12, 12, 12, 14, 12, 12, 12},
	}
	for _, l := range planning.Links {
		links.head = append(links.head, capital(l.Label(lang)))
	}
	links.head = append(links.head, inLang(lang, "Cộng", "Sum"))
	for _, v := range d.Villages {
		row := []any{capital(cmp.Or(v.Name, inLang(lang, "chưa rõ", "not known")))}
		for _, l := range planning.Links {
			row = append(row, v.ByLink[l])
		}
		links.rows = append(links.rows, append(row, v.Total))
	}
	p.tables, p.flat = []table{t, links}, t
	return write(w, format, p, d)
}

func (d Difficulty) field(lang string) string {
	return capital(inLang(lang, d.Name, d.NameEN)) + " – " + d.Link.Label(lang)
}

// words are the texts as one cell quotes them.
func (d Difficulty) words(lang string) string {
	said := make([]string, len(d.Texts))
	for i, text := range d.Texts {
		said[i] = "“" + text + "”"
	}
	all := strings.Join(said, "; ")
	if d.MoreTexts > 0 {
		all += fmt.Sprintf(inLang(lang, "; và %d ý khác", "; and %d more"), d.MoreTexts)
	}
	return all
}

func (d Difficulty) villages(lang string) string {
	names := make([]string, len(d.ByVillage))
	for i, v := range d.ByVillage {
		names[i] = fmt.Sprintf("%s (%d)", cmp.Or(v.Name, inLang(lang, "chưa rõ", "not known")), v.Count)
	}
	return strings.Join(names, ", ")
}
