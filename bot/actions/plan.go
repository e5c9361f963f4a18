package actions

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/planning"
)

// details says all about an item of the open round, or of the latest one.
func (h *host) details(args flows.Values) (flows.Values, error) {
	round, open := h.latestRound()
	n := int(whole(args, "number"))
	out := flows.Values{"known": false, "last": int64(len(round.Items)), "open": open, "number": int64(n)}
	if n < 1 || n > len(round.Items) {
		return out, nil
	}
	item := round.Items[n-1]
	out["known"], out["code"], out["round"], out["withdrawn"] = true, item.Code, int64(round.Number), item.Withdrawn
	out["short"], out["title"], out["detail"] = h.short(item), item.Title, orNil(item.Detail)
	if h.Lang() == "en" {
		out["title"], out["detail"] = cmp.Or(item.TitleEN, item.Title), orNil(cmp.Or(item.DetailEN, item.Detail))
	}
	out["place"], out["when"] = orNil(item.Place), orNil(h.label(item.When))
	if cost := item.Cost(); cost > 0 {
		out["cost"], out["funding"], out["people"] = planning.Words(cost, h.Lang()), orNil(h.label(funding(item))), item.PeoplePay()
	}
	for _, v := range h.voices(round) {
		if v.Item == item.Code {
			out["mine"] = v.Stance.Label(h.Lang())
		}
	}
	return out, nil
}

// latestRound is the open round, or else the one that was opened last.
func (h *host) latestRound() (planning.Round, bool) {
	if r, ok := h.world.OpenRound(h.in.At); ok {
		return r, true
	}
	for _, r := range h.world.Rounds {
		if !h.in.At.Before(r.Opens) {
			return r, false
		}
	}
	return planning.Round{}, false
}

func (h *host) short(i planning.Item) string { return shortOf(i, h.Lang()) }

func shortOf(i planning.Item, lang string) string {
	if lang == "en" {
		return cmp.Or(i.ShortEN, i.Short)
	}
	return i.Short
}

// funding names the shares of an item's cost: "Ngân sách tỉnh 60%, Dân đóng
// góp 40%".
func funding(i planning.Item) string {
	var sources []string
	var amounts []int64
	for _, f := range i.Funding {
		if f.Amount <= 0 {
			continue
		}
		if at := slices.Index(sources, f.Source); at >= 0 {
			amounts[at] += f.Amount
			continue
		}
		sources, amounts = append(sources, f.Source), append(amounts, f.Amount)
	}
	if len(sources) == 1 {
		return sources[0]
	}
	parts := make([]string, len(sources))
	for n, share := range shares(amounts) {
		parts[n] = sources[n] + " " + strconv.FormatInt(share, 10) + "%"
	}
	return strings.Join(parts, ", ")
}

// shares are the hundredths of amounts, whole, which sum to 100: those with
// the largest remainders are rounded up.
func shares(amounts []int64) []int64 {
	var sum int64
	for _, a := range amounts {
		sum += a
	}
	out, order := make([]int64, len(amounts)), make([]int, len(amounts))
	left := int64(100)
	part := func(i int) float64 { return 100 * float64(amounts[i]) / float64(sum) }
	for i := range amounts {
		out[i], order[i] = int64(part(i)), i
		left -= out[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(part(b)-float64(out[b]), part(a)-float64(out[a])) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

// roundFacts is what flows know of the round that is open for this person, or
// of the latest one.
func (h *host) roundFacts() flows.Values {
	round, open := h.latestRound()
	if len(round.Items) == 0 {
		return flows.Values{"open": false, "known": false}
	}
	voices := h.voices(round)
	mine, saidOf := make(flows.Values, len(voices)), make(map[string]bool, len(voices))
	for _, v := range voices {
		mine[v.Item], saidOf[v.Item] = v.Stance.Label(h.Lang()), true
	}
	c := h.world.card(round, h.Lang())
	return flows.Values{
		"known": true, "open": open, "number": int64(round.Number), "year": int64(round.Year), "title": round.Title,
		"closes": h.date(round.Closes), "last": int64(len(round.Items)), "items": c.items, "list": c.list,
		"missing": orNil(strings.Join(missing(round, saidOf), " ")), "voted": len(saidOf) > 0, "mine": mine,
	}
}

// card is a round's items as flows know them, in one language: the same for
// everybody.
type card struct {
	items []any
	list  string // "1.Đường bon Bu Prăng; 2.Kênh ở thôn 3"
}

type cardKey struct {
	round uuid.UUID
	lang  string
}

// card makes a round's card, once for a world and a language.
func (w *World) card(round planning.Round, lang string) *card {
	key := cardKey{round.ID, lang}
	made, _ := w.cards.Load(key)
	if c, ok := made.(*card); ok {
		return c
	}
	c := &card{}
	var list []string
	for i, item := range round.Items {
		if item.Withdrawn {
			continue
		}
		short := shortOf(item, lang)
		v := flows.Values{"number": int64(i + 1), "code": item.Code, "short": short, "place": orNil(item.Place)}
		if cost := item.Cost(); cost > 0 {
			v["cost"] = planning.Words(cost, lang)
		}
		c.items = append(c.items, v)
		list = append(list, strconv.Itoa(i+1)+"."+short)
	}
	c.list = strings.Join(list, "; ")
	w.cards.Store(key, c)
	return c
}
