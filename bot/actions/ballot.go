package actions

import (
	"cmp"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/planning"
)

const receiptLength = 8

var (
	ballotArgs    = []string{"ballot?", "priority?", "reasons?", "item?", "stance?", "code?", "round?", "said?", "unsaid?"}
	ballotReturns = []string{
		"open", "ended", "empty", "bare", "named", "yes", "no", "other", "abstain", "first_items", "unknown", "withdrawn", "missing", "last", "beyond",
	}
)

// ballot is a ballot in terms of the open round.
type ballot struct {
	round    planning.Round
	open     bool
	resolved planning.Resolved
	bare     planning.Stance // a stance of no item
	named    bool            // its item was named by its title
}

// read makes a ballot of what a flow hands over: a reading's fields, or an
// item's number or code with a stance.
func (h *host) readBallot(args flows.Values) ballot {
	round, open := h.world.OpenRound(h.in.At)
	b := ballot{round: round, open: open}
	if n := str(args, "round"); open && n != "" && n != strconv.Itoa(round.Number) {
		b.open = false // a button of an earlier round
	}
	if !b.open {
		return b
	}
	in := planning.Ballot{Stances: map[string]planning.Stance{}, Reasons: map[string]string{}}
	for k, v := range texts(args["ballot"]) {
		in.Stances[k] = planning.Stance(v)
	}
	maps.Copy(in.Reasons, texts(args["reasons"]))
	if list, ok := args["priority"].([]any); ok {
		for _, n := range list {
			if n, ok := n.(int64); ok {
				in.Priority = append(in.Priority, int(n))
			}
		}
	}
	stance := planning.Stance(str(args, "stance"))
	if !stance.Valid() {
		stance = ""
	}
	item := str(args, "code")
	if n := whole(args, "item"); n != 0 {
		item = strconv.FormatInt(n, 10)
	}
	if len(in.Stances) == 0 && stance != "" {
		if item != "" {
			in.Stances[item] = stance
		} else if len(in.Priority) == 0 {
			b.bare = stance
		}
	}
	if b.bare != "" {
		if n := named(round, str(args, "said")); n > 0 {
			in.Stances[strconv.Itoa(n)], b.bare, b.named = b.bare, "", true
		}
	}
	if all, ok := in.Stances[understand.All]; ok && args["unsaid"] == true {
		delete(in.Stances, understand.All)
		h.rest(round, in.Stances, all)
	}
	if reason := str(args, "reason"); reason != "" && item != "" {
		in.Reasons[item] = reason
	}
	resolved, err := round.Resolve(in)
	if err != nil && !errors.Is(err, planning.ErrEmpty) {
		delete(in.Stances, "")
		maps.DeleteFunc(in.Stances, func(_ string, s planning.Stance) bool { return !s.Valid() })
		resolved, _ = round.Resolve(in)
	}
	b.resolved = resolved
	return b
}

// resolveBallot says what would be counted, and counts nothing.
func (h *host) resolveBallot(args flows.Values) (flows.Values, error) {
	b := h.readBallot(args)
	out := h.ballotValues(b)
	out["last"] = int64(len(b.round.Items))
	out["beyond"] = b.open && beyond(str(args, "said"), len(b.round.Items))
	return out, nil
}

func (h *host) ballotValues(b ballot) flows.Values {
	out := flows.Values{"open": b.open, "empty": b.resolved.Empty(), "bare": orNil(string(b.bare)), "named": b.named}
	if !b.open {
		out["ended"] = len(h.world.Rounds) > 0
		return out
	}
	said := map[planning.Stance][]string{}
	saidOf := map[string]bool{}
	for _, s := range b.resolved.Said {
		text := strconv.Itoa(s.Number)
		if reason := b.resolved.Reasons[s.Item]; reason != "" {
			text += " (" + cut(strings.Join(strings.Fields(reason), " "), 40) + ")"
		}
		said[s.Stance] = append(said[s.Stance], text)
		saidOf[s.Item] = true
	}
	for stance, name := range map[planning.Stance]string{
		planning.Yes: "yes", planning.No: "no", planning.Other: "other", planning.Abstain: "abstain",
	} {
		out[name] = orNil(strings.Join(said[stance], ", "))
	}
	out["first_items"] = orNil(strings.Join(numbers(b.round, b.resolved.Priority), ", "))
	out["unknown"] = orNil(strings.Join(b.resolved.Unknown, ", "))
	var gone []string
	for _, s := range b.resolved.Withdrawn {
		gone = append(gone, strconv.Itoa(s.Number))
	}
	out["withdrawn"] = orNil(strings.Join(gone, ", "))
	for _, v := range h.voices(b.round) {
		saidOf[v.Item] = true
	}
	out["missing"] = orNil(strings.Join(missing(b.round, saidOf), " "))
	out["last"] = int64(len(b.round.Items))
	return out
}

// recordBallot counts what a ballot says: it replaces only the items it
// names, a priority list the whole list. Reasons become opinions on their
// items. A person without a household gets a provisional one.
func (h *host) recordBallot(args flows.Values) (flows.Values, error) {
	b := h.readBallot(args)
	if !b.open || b.resolved.Empty() {
		return h.ballotValues(b), nil
	}
	before := h.voices(b.round)
	changes := planning.Replaces(b.resolved.Changes(b.round, before))
	first := h.house()
	receipt := strings.ReplaceAll(str(args, "receipt"), "-", "")
	if receipt == "" {
		receipt = h.NewCode()
	}
	household := h.turn.Household
	for _, s := range b.resolved.Said {
		h.turn.Voices = append(h.turn.Voices, planning.Voice{
			Message: h.said,
			ID:      h.NewID(), Area: h.turn.Contact.Area, Round: b.round.ID, Item: s.Item, Household: household.ID,
			Contact: h.turn.Contact.ID, Village: h.village(), Channel: channelKind(h.channel.Kind), Stance: s.Stance,
			Receipt: receipt, At: h.in.At,
		})
	}
	if len(b.resolved.Priority) > 0 {
		h.turn.Priorities = append(slices.DeleteFunc(h.turn.Priorities, func(p planning.Priority) bool { return p.Round == b.round.ID }),
			planning.Priority{
				Message: h.said,
				ID:      h.NewID(), Area: h.turn.Contact.Area, Round: b.round.ID, Household: household.ID, Contact: h.turn.Contact.ID,
				Village: h.village(), Channel: channelKind(h.channel.Kind), Items: b.resolved.Priority, Receipt: receipt, At: h.in.At,
			})
	}
	for _, code := range slices.Sorted(maps.Keys(b.resolved.Reasons)) {
		c := h.concern(planning.Opinion, b.resolved.Reasons[code])
		c.Round, c.Item = b.round.ID, code
		h.turn.Concerns = append(h.turn.Concerns, c)
	}
	out := h.ballotValues(b)
	out["receipt"], out["first"] = grouped(receipt), first
	out["first_items"] = orNil(strings.Join(numbers(b.round, h.priority(b.round)), ", "))
	out["changed"] = changedWords(changes, h.Lang())
	h.dropBallots()
	return out, nil
}

// rest gives a stance on the items that a ballot does not name and the
// household has not spoken on.
func (h *host) rest(round planning.Round, stances map[string]planning.Stance, s planning.Stance) {
	spoken := map[string]bool{}
	for _, v := range h.voices(round) {
		spoken[v.Item] = true
	}
	for i, item := range round.Items {
		n := strconv.Itoa(i + 1)
		if _, said := stances[n]; !said && !spoken[item.Code] && !item.Withdrawn {
			stances[n] = s
		}
	}
}

// changedWords says what a ballot changed, a group of items for each stance:
// "1-7", "không đồng ý".
func changedWords(changes []planning.Change, lang string) []any {
	var out []any
	for _, s := range []planning.Stance{planning.Yes, planning.No, planning.Other, planning.Abstain} {
		var list []int
		for _, c := range changes {
			if c.To == s {
				list = append(list, c.Number)
			}
		}
		if len(list) > 0 {
			out = append(out, flows.Values{"numbers": ranges(list), "stance": s.Label(lang)})
		}
	}
	return out
}

// ranges writes ascending numbers shortly: "1-4, 6, 7".
func ranges(list []int) string {
	var parts []string
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		if j-i < 2 {
			j = i
			parts = append(parts, strconv.Itoa(list[i]))
		} else {
			parts = append(parts, strconv.Itoa(list[i])+"-"+strconv.Itoa(list[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// house brings the household into the turn; a provisional one, and true, when
// there was none.
func (h *host) house() bool {
	if h.turn.Household.ID != uuid.Nil {
		return false
	}
	if h.from.Household.ID != uuid.Nil && h.turn.Contact.Household == h.from.Household.ID {
		h.turn.Household = h.from.Household
		return false
	}
	h.turn.Household = planning.Household{
		ID: h.NewID(), Area: h.turn.Contact.Area, Village: h.turn.Contact.Village, Head: h.turn.Contact.Name, Provisional: true,
	}
	h.turn.HouseholdNew = true
	h.moved().Household = h.turn.Household.ID
	return true
}

// settleIn says again, with the village, what a provisional household said
// without one.
func (h *host) settleIn(village string) {
	household := h.from.Household
	if household.ID == uuid.Nil || !household.Provisional || household.Village != "" || h.turn.Contact.Household != household.ID {
		return
	}
	household.Village = village
	h.turn.Household = household
	for _, round := range h.world.Rounds {
		if !round.OpenAt(h.in.At) {
			continue
		}
		for _, v := range h.voices(round) {
			if v.Village != "" {
				continue
			}
			v.ID, v.Village, v.At, v.Contact = h.NewID(), village, h.in.At, h.turn.Contact.ID
			h.turn.Voices = append(h.turn.Voices, v)
		}
		for _, p := range h.from.Priorities {
			if p.Round == round.ID && p.Village == "" {
				p.ID, p.Village, p.At, p.Contact = h.NewID(), village, h.in.At, h.turn.Contact.ID
				h.turn.Priorities = append(h.turn.Priorities, p)
			}
		}
	}
}

// voices are the household's current ones in a round, with this turn's.
func (h *host) voices(round planning.Round) []planning.Voice {
	at := map[string]planning.Voice{}
	if h.known() {
		for _, v := range h.from.Voices {
			if v.Round == round.ID {
				at[v.Item] = v
			}
		}
	}
	for _, v := range h.turn.Voices {
		if v.Round == round.ID {
			at[v.Item] = v
		}
	}
	out := make([]planning.Voice, 0, len(at))
	for _, item := range round.Items {
		if v, ok := at[item.Code]; ok {
			out = append(out, v)
		}
	}
	return out
}

// priority is the household's current list in a round, with this turn's.
func (h *host) priority(round planning.Round) []string {
	for _, p := range h.turn.Priorities {
		if p.Round == round.ID {
			return p.Items
		}
	}
	if h.known() {
		for _, p := range h.from.Priorities {
			if p.Round == round.ID {
				return p.Items
			}
		}
	}
	return nil
}

// known says whether what was loaded of the household is this person's.
func (h *host) known() bool {
	return !h.notes.Doubt && h.from.Household.ID != uuid.Nil && h.turn.Contact.Household == h.from.Household.ID
}

// village is where voices and concerns of this turn are counted.
func (h *host) village() string {
	return cmp.Or(h.turn.Household.Village, cmp.Or(h.villageOfHousehold(), h.turn.Contact.Village))
}

func (h *host) villageOfHousehold() string {
	if h.known() {
		return h.from.Household.Village
	}
	return ""
}

// itemNumber is a number that stands alone or before a stance's letter.
var itemNumber = regexp.MustCompile(`(?i)\b([0-9]{1,2})(?:d|đ|k|dy|kdy|y|n)?\b`)

// beyond says whether a ballot's text seems to name an item after the last.
func beyond(text string, last int) bool {
	for _, m := range itemNumber.FindAllStringSubmatch(text, -1) {
		if n, _ := strconv.Atoi(m[1]); n > last {
			return true
		}
	}
	return false
}

// numbers are the numbers of items by their codes.
func numbers(round planning.Round, codes []string) []string {
	var out []string
	for _, code := range codes {
		if _, n, ok := round.Item(code); ok {
			out = append(out, strconv.Itoa(n))
		}
	}
	return out
}

// missing are the numbers of the items that nothing was said of.
func missing(round planning.Round, said map[string]bool) []string {
	var out []string
	for i, item := range round.Items {
		if !item.Withdrawn && !said[item.Code] {
			out = append(out, strconv.Itoa(i+1))
		}
	}
	return out
}

// grouped writes a receipt in groups of four, to be read aloud.
func grouped(receipt string) string {
	if len(receipt) != receiptLength {
		return receipt
	}
	return receipt[:4] + "-" + receipt[4:]
}

// texts is a map of texts that a flow handed over.
func texts(v any) map[string]string {
	out := map[string]string{}
	switch m := v.(type) {
	case flows.Values:
		for k, e := range m {
			if s, ok := e.(string); ok {
				out[k] = s
			}
		}
	case map[string]any:
		return texts(flows.Values(m))
	}
	return out
}
