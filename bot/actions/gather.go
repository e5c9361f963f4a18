package actions

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/planning"
)

// gatherBallot puts a ballot together with those of the same person that wait
// for consent: what is said later outdoes what was said before. It gives the
// ballot and the words that it waits in itself.
func (h *host) gatherBallot(args flows.Values) (flows.Values, error) {
	stances, reasons := texts(args["ballot"]), texts(args["reasons"])
	priority, _ := args["priority"].([]any)
	said := str(args, "said")
	key := str(args, "code")
	if round, open := h.world.OpenRound(h.in.At); open && key != "" {
		if _, n, ok := round.Item(key); ok {
			key = strconv.Itoa(n)
		}
	}
	if n := whole(args, "item"); n != 0 {
		key = strconv.FormatInt(n, 10)
	}
	if s := str(args, "stance"); len(stances) == 0 && key != "" && planning.Stance(s).Valid() {
		stances[key] = s
		if said == "" {
			said = key + letter(s)
		}
	}
	_, all := stances[understand.All]
	all = all && args["unsaid"] != true
	if !h.consented() && !h.notes.Doubt {
		for _, text := range slices.Backward(h.notes.Waiting) {
			r := h.Read(text, understand.Context{})
			if r.Intent != understand.Vote {
				continue
			}
			if r.Item > 0 && r.Stance != "" && len(r.Ballot) == 0 {
				r.Ballot = map[string]string{strconv.Itoa(r.Item): r.Stance}
			}
			if !all {
				under(stances, r.Ballot)
				under(reasons, r.Reasons)
			}
			if len(priority) == 0 {
				for _, n := range r.Priority {
					priority = append(priority, int64(n))
				}
			}
			_, whole := r.Ballot[understand.All]
			all = all || whole && !r.Rest
		}
	}
	return flows.Values{"ballot": values(stances), "reasons": values(reasons), "priority": priority, "said": orNil(said)}, nil
}

// letter is how a stance is written behind an item's number.
func letter(stance string) string {
	switch planning.Stance(stance) {
	case planning.Yes:
		return "d"
	case planning.No:
		return "k"
	case planning.Other:
		return " ý kiến khác"
	}
	return " không có ý kiến"
}

// under adds what is not there.
func under(to, from map[string]string) {
	for _, k := range slices.Sorted(maps.Keys(from)) {
		if _, ok := to[k]; !ok {
			to[k] = from[k]
		}
	}
}

func values(m map[string]string) flows.Values {
	out := make(flows.Values, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// dropBallots forgets the ballots that wait: a newer one was recorded, or they
// were refused with it.
func (h *host) dropBallots() {
	for _, text := range slices.Clone(h.notes.Waiting) {
		if h.Read(text, understand.Context{}).Intent == understand.Vote {
			h.notes.drop(text)
		}
	}
}

// myBallot is what the household has said so far, in words.
func (h *host) myBallot(flows.Values) (flows.Values, error) {
	round, open := h.latestRound()
	if len(round.Items) == 0 {
		return flows.Values{"open": false}, nil
	}
	b := ballot{round: round, open: true}
	for _, v := range h.voices(round) {
		if _, n, ok := round.Item(v.Item); ok {
			b.resolved.Said = append(b.resolved.Said, planning.Said{Item: v.Item, Number: n, Stance: v.Stance})
		}
	}
	b.resolved.Priority = h.priority(round)
	out := h.ballotValues(b)
	out["open"], out["any"] = open, !b.resolved.Empty()
	out["closes"], out["known"] = h.date(round.Closes), true
	return out, nil
}

// namedItem finds the item that a text names by its title.
func (h *host) namedItem(args flows.Values) (flows.Values, error) {
	round, open := h.world.OpenRound(h.in.At)
	if n := named(round, str(args, "text")); open && n > 0 {
		return flows.Values{"number": int64(n)}, nil
	}
	return flows.Values{"number": nil}, nil
}

const namedMost = 12 // words of a text that may name an item

// named is the number of the one item whose short title a text holds, at least
// two words and two thirds of it; 0 when there is none or several.
func named(round planning.Round, text string) int {
	words := strings.Fields(understand.Fold(text))
	if len(words) == 0 || len(words) > namedMost {
		return 0
	}
	best, at, tie := 0, 0, false
	for i, item := range round.Items {
		if item.Withdrawn {
			continue
		}
		title := strings.Fields(understand.Fold(item.Short))
		n := 0
		for _, w := range title {
			if slices.Contains(words, w) {
				n++
			}
		}
		switch {
		case n < 2 || 3*n < 2*len(title):
		case n > best:
			best, at, tie = n, i+1, false
		case n == best:
			tie = true
		}
	}
	if tie {
		return 0
	}
	return at
}
