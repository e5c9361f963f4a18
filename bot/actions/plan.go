package actions

import (
	"fmt"
	"math"
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
		out["title"], out["detail"] = orElse(item.TitleEN, item.Title), orNil(orElse(item.DetailEN, item.Detail))
	}
	out["place"], out["when"] = orNil(item.Place), orNil(item.When)
	if cost := item.Cost(); cost > 0 {
		out["cost"], out["funding"], out["people"] = planning.Words(cost, h.Lang()), orNil(funding(item)), item.PeoplePay()
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
		return orElse(i.ShortEN, i.Short)
	}
	return i.Short
}

// funding names the shares of an item's cost: "Ngân sách tỉnh 60%, Dân đóng
// góp 40%".
func funding(i planning.Item) string {
	cost := i.Cost()
	var parts []string
	for _, f := range i.Funding {
		if f.Amount > 0 {
			parts = append(parts, fmt.Sprintf("%s %d%%", f.Source, int(math.Round(100*float64(f.Amount)/float64(cost)))))
		}
	}
	if len(parts) == 1 {
		return i.Funding[0].Source
	}
	return strings.Join(parts, ", ")
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
	if c, ok := w.cards.Load(key); ok {
		return c.(*card)
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
