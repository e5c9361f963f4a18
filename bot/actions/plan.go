package actions

import (
	"fmt"
	"math"
	"strconv"
	"strings"

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

func (h *host) short(i planning.Item) string {
	if h.Lang() == "en" {
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

// roundFacts is what flows know of the round that is open for this person.
func (h *host) roundFacts() flows.Values {
	round, open := h.latestRound()
	if len(round.Items) == 0 {
		return flows.Values{"open": false, "known": false}
	}
	said := map[string]string{}
	saidOf := map[string]bool{}
	for _, v := range h.voices(round) {
		said[v.Item], saidOf[v.Item] = v.Stance.Label(h.Lang()), true
	}
	items := make([]any, 0, len(round.Items))
	var list []string
	for i, item := range round.Items {
		if item.Withdrawn {
			continue
		}
		v := flows.Values{"number": int64(i + 1), "code": item.Code, "short": h.short(item), "place": orNil(item.Place), "mine": orNil(said[item.Code])}
		if cost := item.Cost(); cost > 0 {
			v["cost"] = planning.Words(cost, h.Lang())
		}
		items = append(items, v)
		list = append(list, strconv.Itoa(i+1)+"."+h.short(item))
	}
	var first []string
	if open {
		first = numbers(round, h.priority(round))
	}
	return flows.Values{
		"known": true, "open": open, "number": int64(round.Number), "year": int64(round.Year), "title": round.Title,
		"closes": h.date(round.Closes), "last": int64(len(round.Items)), "items": items, "list": strings.Join(list, "; "),
		"missing": orNil(strings.Join(missing(round, saidOf), " ")), "voted": len(saidOf) > 0, "first_items": orNil(strings.Join(first, ", ")),
	}
}
