package planning

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// All is the key of a ballot's stance on every item that it does not name.
const All = "all"

// Ballot is what a household said in one go, by the numbers people answer
// with: "1" is the round's first item. Item codes are taken as well.
type Ballot struct {
	Stances  map[string]Stance // number → stance; All = every item not named
	Priority []int             // numbers, most wanted first
	Reasons  map[string]string // number → reason in the person's words; "" = none named
}

// Said is a stance on an item of the round.
type Said struct {
	Item   string // code
	Number int    // from 1
	Stance Stance
}

// Resolved is a ballot in terms of the round's items. Nothing of the ballot
// is lost: what cannot be counted is listed.
type Resolved struct {
	Said      []Said            // in the order of the items
	Priority  []string          // item codes, most wanted first, each once
	Reasons   map[string]string // item code → reason; "" = the plan as a whole
	Unknown   []string          // numbers that the round does not have, as written
	Withdrawn []Said            // said of items that are withdrawn; no Stance when only named as priority
}

// Empty says that there is nothing to count.
func (r Resolved) Empty() bool { return len(r.Said) == 0 && len(r.Priority) == 0 }

// Resolve turns a ballot into stances on item codes. An item that is named
// gets its own stance, whatever is said of all. Unknown numbers and withdrawn
// items are listed, and are no error; an unknown stance is ErrStance, and a
// ballot that says nothing at all ErrEmpty.
func (r Round) Resolve(b Ballot) (Resolved, error) {
	if len(b.Stances) == 0 && len(b.Priority) == 0 {
		return Resolved{}, ErrEmpty
	}
	out := Resolved{}
	stances := make(map[int]Stance, len(r.Items))
	for _, key := range slices.Sorted(maps.Keys(b.Stances)) {
		stance := b.Stances[key]
		if !stance.Valid() {
			return Resolved{}, ErrStance.saying("Mục %[1]s: không hiểu ý kiến «%[2]s».", "Item %[1]s: unknown stance “%[2]s”.", key, stance)
		}
		if key == All {
			continue
		}
		n := r.number(key)
		if n == 0 {
			out.Unknown = append(out.Unknown, key)
			continue
		}
		// "1" outdoes other spellings of the same item ("01", its code).
		if _, ok := stances[n]; !ok || key == strconv.Itoa(n) {
			stances[n] = stance
		}
	}
	all, has := b.Stances[All]
	for i, item := range r.Items {
		said := Said{Item: item.Code, Number: i + 1, Stance: stances[i+1]}
		switch {
		case said.Stance != "" && item.Withdrawn:
			out.Withdrawn = append(out.Withdrawn, said)
		case said.Stance != "":
			out.Said = append(out.Said, said)
		case has && !item.Withdrawn:
			said.Stance = all
			out.Said = append(out.Said, said)
		}
	}
	r.resolvePriority(b, &out)
	r.resolveReasons(b, &out)
	slices.SortFunc(out.Unknown, byNumber)
	out.Unknown = slices.Compact(out.Unknown)
	return out, nil
}

func (r Round) resolvePriority(b Ballot, out *Resolved) {
	for _, n := range b.Priority {
		if n < 1 || n > len(r.Items) {
			out.Unknown = append(out.Unknown, strconv.Itoa(n))
			continue
		}
		item := r.Items[n-1]
		switch {
		case !item.Withdrawn:
			if !slices.Contains(out.Priority, item.Code) {
				out.Priority = append(out.Priority, item.Code)
			}
		case !slices.ContainsFunc(out.Withdrawn, func(s Said) bool { return s.Number == n }):
			out.Withdrawn = append(out.Withdrawn, Said{Item: item.Code, Number: n})
		}
	}
}

// resolveReasons files the reasons under item codes; those of no known item
// are kept together as said of the plan.
func (r Round) resolveReasons(b Ballot, out *Resolved) {
	for _, key := range slices.Sorted(maps.Keys(b.Reasons)) {
		text := strings.TrimSpace(b.Reasons[key])
		if text == "" {
			continue
		}
		code := ""
		if n := r.number(key); n > 0 {
			code = r.Items[n-1].Code
		}
		if out.Reasons == nil {
			out.Reasons = map[string]string{}
		}
		if before := out.Reasons[code]; before != "" && before != text {
			text = before + "; " + text
		}
		out.Reasons[code] = text
	}
}

// number reads an item's number or code; 0 when the round has none such.
func (r Round) number(key string) int {
	key = strings.TrimSpace(key)
	if n, err := strconv.Atoi(key); err == nil && isNumber(key) {
		if n < 1 || n > len(r.Items) {
			return 0
		}
		return n
	}
	return 1 + slices.IndexFunc(r.Items, func(i Item) bool { return strings.EqualFold(i.Code, key) })
}

// Item returns an item of the round and its number, by code.
func (r Round) Item(code string) (Item, int, bool) {
	for i, item := range r.Items {
		if item.Code == code {
			return item, i + 1, true
		}
	}
	return Item{}, 0, false
}

// Change is what a ballot does to a household's stance on an item.
type Change struct {
	Item   string
	Number int
	From   Stance // "" = had none
	To     Stance
}

// Changes compares a ballot with the household's current voices in the round
// (others are passed over): every item said, in order, with what stood before.
// Items said again as before have From equal to To.
func (r Resolved) Changes(round Round, current []Voice) []Change {
	before := make(map[string]Voice, len(current))
	for _, v := range current {
		if v.Round != round.ID {
			continue
		}
		if other, ok := before[v.Item]; !ok || v.After(other) {
			before[v.Item] = v
		}
	}
	changes := make([]Change, len(r.Said))
	for i, s := range r.Said {
		changes[i] = Change{Item: s.Item, Number: s.Number, From: before[s.Item].Stance, To: s.Stance}
	}
	return changes
}

// Replaces says which of the changes replace another stance: what an answer
// has to name ("mục 2 nay đồng ý").
func Replaces(changes []Change) []Change {
	var out []Change
	for _, c := range changes {
		if c.From != "" && c.From != c.To {
			out = append(out, c)
		}
	}
	return out
}

// byNumber sorts numbers as numbers, before words.
func byNumber(x, y string) int {
	if isNumber(x) && isNumber(y) {
		a, b := strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		if a != b {
			return strings.Compare(a, b)
		}
	} else if isNumber(x) != isNumber(y) {
		if isNumber(x) {
			return -1
		}
		return 1
	}
	return strings.Compare(x, y)
}
