package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
)

// ErrRound says that the commune has no such round, or several and none was named.
var ErrRound = errors.New("report: no such round; name one")

// Rounds is where a consultation's count is read from.
type Rounds interface {
	Villages(ctx context.Context, area string) ([]planning.Village, error)
	Rounds(ctx context.Context, area string) ([]planning.Round, error)
	Tally(ctx context.Context, area string, round uuid.UUID) (planning.Counted, error)
}

// GatherConsultation counts a commune's round by its number. 0 is the only
// one, or of several the one that is open at now; else ErrRound.
func GatherConsultation(ctx context.Context, from Rounds, c planning.Commune, number int, now time.Time) (planning.Result, error) {
	rounds, err := from.Rounds(ctx, c.Code)
	if err != nil {
		return planning.Result{}, fmt.Errorf("report: rounds: %w", err)
	}
	i := slices.IndexFunc(rounds, func(r planning.Round) bool {
		return r.Number == number || number == 0 && (len(rounds) == 1 || r.OpenAt(now))
	})
	if i < 0 {
		return planning.Result{}, ErrRound
	}
	villages, err := from.Villages(ctx, c.Code)
	if err != nil {
		return planning.Result{}, fmt.Errorf("report: villages: %w", err)
	}
	counted, err := from.Tally(ctx, c.Code, rounds[i].ID)
	if err != nil {
		return planning.Result{}, fmt.Errorf("report: tally: %w", err)
	}
	return planning.Count(c, rounds[i], villages, counted), nil
}

// Consultation writes a round's result in one of Formats. The tables are
// those of a commune's summary of opinions (table 11), by item, by village and
// by way of answering; lang is "vi" or "en".
func Consultation(w io.Writer, format string, r planning.Result, lang string) error {
	return write(w, format, consultationPaper(r, lang), r)
}

func consultationPaper(r planning.Result, lang string) paper {
	p := paper{
		commune: r.Commune.Name, sample: r.Sample, lang: lang,
		title: inLang(lang, "BẢNG TỔNG HỢP KẾT QUẢ LẤY Ý KIẾN", "SUMMARY OF OPINIONS"),
		about: fmt.Sprintf(inLang(lang, "Dự thảo Kế hoạch phát triển kinh tế - xã hội năm %d", "Draft socio-economic development plan %d"), r.Year),
		facts: []string{
			fmt.Sprintf(inLang(lang, "Đợt %d: %s.", "Round %d: %s."), r.Round, r.Title),
			fmt.Sprintf(inLang(lang, "Tổng số hộ của các thôn, bon được lấy ý kiến: %d; số hộ đã cho ý kiến: %d (%s).", "Households of the villages asked: %d; households heard: %d (%s)."),
				r.HouseholdsAll, r.Heard, r.Coverage.Text(lang)),
		},
		notes: []string{
			inLang(lang, "Tỷ lệ đồng ý, không đồng ý tính trên số hộ cho ý kiến về từng nội dung.", "Agree and disagree are percentages of the households with a voice on each item."),
			inLang(lang, "Điểm ưu tiên: mỗi hộ xếp thứ tự, ba nội dung đầu được 3, 2, 1 điểm. Số lượt: số hộ có nêu nội dung đó.", "Priority points: the first three of each household's list score 3, 2, 1. Mentions: households that named the item."),
		},
	}
	if r.Decision != "" {
		p.facts = append(p.facts, inLang(lang, "Căn cứ: ", "By: ")+r.Decision+".")
	}
	if r.NotYetPlaced > 0 {
		p.facts = append(p.facts, fmt.Sprintf(inLang(lang,
			"Ngoài ra có %d hộ chưa xếp vào danh sách hộ: có trong số ý kiến, chưa tính vào tỷ lệ số hộ đã nghe được.",
			"A further %d households are not yet placed on the roster: counted in the opinions, not in the coverage."), r.NotYetPlaced))
	}
	if r.Elsewhere > 0 {
		p.facts = append(p.facts, fmt.Sprintf(inLang(lang, "Có %d hộ ở thôn, bon khác cho ý kiến.", "%d households of other villages gave a voice."), r.Elsewhere))
	}
	p.tables = []table{byItem(r, lang), byVillage(r, lang), byChannel(r, lang), coverage(r, lang)}
	p.flat = flatConsultation(r, lang)
	return p
}

func stanceHeads(lang string) []string {
	heads := make([]string, len(planning.Stances))
	for i, s := range planning.Stances {
		heads[i] = capital(s.Label(lang))
	}
	return heads
}

// byItem is table 11.
func byItem(r planning.Result, lang string) table {
	s := stanceHeads(lang)
	t := table{
		name: inLang(lang, "Theo mục", "By item"), print: true,
		head: []string{
			inLang(lang, "Mã", "Code"), inLang(lang, "Nội dung", "Item"), inLang(lang, "Tổng số hộ", "Households in all"),
			inLang(lang, "Số hộ cho ý kiến", "Households with a voice"),
			s[0], s[0] + " (%)", s[1], s[1] + " (%)", s[2], s[3],
			inLang(lang, "Số lượt chọn ưu tiên", "Priority mentions"), inLang(lang, "Điểm ưu tiên", "Priority points"), inLang(lang, "Số góp ý", "Opinions"),
		},
		wide: []int{9, 28, 8, 8, 7, 8, 8, 8, 7, 8, 8, 7, 7},
	}
	for _, i := range r.Items {
		t.rows = append(t.rows, []any{
			i.Code, i.Title, i.HouseholdsAll, i.Sum(),
			i.Yes, share(i.Shares[planning.Yes]), i.No, share(i.Shares[planning.No]), i.Other, i.Abstain,
			i.Mentions, i.Priority, i.Opinions,
		})
	}
	return t
}

func byVillage(r planning.Result, lang string) table {
	t := table{
		name: inLang(lang, "Theo thôn", "By village"),
		head: append(append([]string{
			inLang(lang, "Mã", "Code"), inLang(lang, "Nội dung", "Item"), inLang(lang, "Thôn (bon)", "Village"),
			inLang(lang, "Tổng số hộ", "Households in all"), inLang(lang, "Số hộ cho ý kiến", "Households with a voice"),
		}, stanceHeads(lang)...), inLang(lang, "Số lượt chọn ưu tiên", "Priority mentions"), inLang(lang, "Điểm ưu tiên", "Priority points")),
		wide: []int{10, 34, 18, 10, 12, 10, 12, 10, 12, 12, 10},
	}
	for _, i := range r.Items {
		for _, code := range villagesOf(r, i) {
			v := i.ByVillage[code]
			t.rows = append(t.rows, []any{
				i.Code, i.Title, villageName(code, v.Name, lang), v.HouseholdsAll, v.Sum(), v.Yes, v.No, v.Other, v.Abstain, v.Mentions, v.Priority,
			})
		}
	}
	return t
}

func byChannel(r planning.Result, lang string) table {
	t := table{
		name: inLang(lang, "Theo hình thức", "By way of answering"),
		head: append([]string{
			inLang(lang, "Mã", "Code"), inLang(lang, "Nội dung", "Item"), inLang(lang, "Hình thức", "Way of answering"),
			inLang(lang, "Số hộ cho ý kiến", "Households with a voice"),
		}, stanceHeads(lang)...),
		wide: []int{10, 34, 18, 12, 10, 12, 10, 12},
	}
	for _, i := range r.Items {
		for _, kind := range slices.Sorted(maps.Keys(i.ByChannel)) {
			c := i.ByChannel[kind]
			t.rows = append(t.rows, []any{i.Code, i.Title, capital(planning.ChannelLabel(kind, lang)), c.Sum(), c.Yes, c.No, c.Other, c.Abstain})
		}
	}
	return t
}

func coverage(r planning.Result, lang string) table {
	t := table{
		name: inLang(lang, "Số hộ đã nghe được", "Coverage"), print: true,
		head: []string{
			inLang(lang, "Thôn (bon)", "Village"), inLang(lang, "Tổng số hộ", "Households in all"),
			inLang(lang, "Số hộ đã cho ý kiến", "Households heard"), inLang(lang, "Tỷ lệ (% số hộ của thôn)", "% of the village's households"),
			inLang(lang, "Chưa xếp vào danh sách hộ", "Not yet placed"),
		},
		wide: []int{30, 14, 16, 18, 18},
	}
	for _, v := range r.Villages {
		t.rows = append(t.rows, []any{capital(v.Name), v.HouseholdsAll, v.Heard, share(v.Coverage), v.NotYetPlaced})
	}
	return t
}

// flatConsultation is every count in one table: a row for each item as a
// whole, in each village and over each channel.
func flatConsultation(r planning.Result, lang string) table {
	t := table{head: append(append([]string{
		inLang(lang, "Mã", "Code"), inLang(lang, "Nội dung", "Item"), inLang(lang, "Phạm vi", "Scope"), inLang(lang, "Tên", "Name"),
		inLang(lang, "Tổng số hộ", "Households in all"), inLang(lang, "Số hộ cho ý kiến", "Households with a voice"),
	}, stanceHeads(lang)...), inLang(lang, "Số lượt chọn ưu tiên", "Priority mentions"), inLang(lang, "Điểm ưu tiên", "Priority points"), inLang(lang, "Số góp ý", "Opinions"))}
	for _, i := range r.Items {
		t.rows = append(t.rows, []any{
			i.Code, i.Title, inLang(lang, "toàn xã", "commune"), r.Commune.Name, i.HouseholdsAll, i.Sum(), i.Yes, i.No, i.Other, i.Abstain, i.Mentions, i.Priority, i.Opinions,
		})
		for _, code := range villagesOf(r, i) {
			v := i.ByVillage[code]
			t.rows = append(t.rows, []any{
				i.Code, i.Title, inLang(lang, "thôn", "village"), villageName(code, v.Name, lang), v.HouseholdsAll, v.Sum(), v.Yes, v.No, v.Other, v.Abstain, v.Mentions, v.Priority, nil,
			})
		}
		for _, kind := range slices.Sorted(maps.Keys(i.ByChannel)) {
			c := i.ByChannel[kind]
			t.rows = append(t.rows, []any{
				i.Code, i.Title, inLang(lang, "hình thức", "way of answering"), planning.ChannelLabel(kind, lang), nil, c.Sum(), c.Yes, c.No, c.Other, c.Abstain, nil, nil, nil,
			})
		}
	}
	return t
}

// villagesOf are the codes of an item's villages: the round's by rank, then others.
func villagesOf(r planning.Result, i planning.ItemResult) []string {
	rank := make(map[string]int, len(r.Villages))
	for n, v := range r.Villages {
		rank[v.Code] = n + 1
	}
	return slices.SortedFunc(maps.Keys(i.ByVillage), func(x, y string) int {
		return cmp.Or(cmp.Compare(cmp.Or(rank[x], len(rank)+1), cmp.Or(rank[y], len(rank)+1)), cmp.Compare(x, y))
	})
}

func villageName(code, name, lang string) string {
	if code == planning.UnknownVillage {
		return inLang(lang, "Chưa rõ thôn (bon)", "Village not known")
	}
	return capital(name)
}

// share is a percentage, or nothing of nothing.
func share(s planning.Share) any {
	if s.Total == 0 {
		return nil
	}
	return percent(s.Percent())
}

// text writes a percentage for people: 40,5 or 40.5.
func (p percent) text(lang string) string {
	s := strconv.FormatFloat(float64(p), 'f', 1, 64)
	if lang != "en" {
		s = s[:len(s)-2] + "," + s[len(s)-1:]
	}
	return s
}
