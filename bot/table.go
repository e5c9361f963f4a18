package bot

import (
	"slices"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// table is what a batch has played so far and not yet committed: a contact's
// second message starts from where its first one ends, and so does another
// member of its household.
type table struct {
	people map[storage.Hash]storage.Loaded
	homes  map[uuid.UUID]home
	groups map[storage.Hash]storage.Group
	gave   map[storage.Hash]int // answers
	// unknown are addresses whose next turn starts from what only the
	// database will know, once this batch is committed.
	unknown map[storage.Hash]bool
}

// home is a household with what it said.
type home struct {
	household  planning.Household
	voices     []planning.Voice
	priorities []planning.Priority
}

func newTable() *table { return &table{} }

// put sets a key of a map that may not be made yet: most batches need few of
// the table's maps.
func put[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}

// latest is what the turn of this key starts from.
func (t *table) latest(k storage.Key, fresh storage.Loaded) storage.Loaded {
	from := fresh
	if known, ok := t.people[k.Address]; ok {
		from = known
		from.Group = fresh.Group
	}
	if g, ok := t.groups[k.Group]; ok {
		from.Group = g
	}
	if from.Household.ID == uuid.Nil {
		return from
	}
	if h, ok := t.homes[from.Household.ID]; ok {
		from.Household, from.Voices, from.Priorities = h.household, h.voices, h.priorities
	}
	return from
}

// moved carries a played turn over into what the next turns of the same batch
// start from, versions included: each record that the commit will move has
// moved by one.
func (t *table) moved(k storage.Key, from storage.Loaded, turn storage.Turn) {
	if turn.Group != nil {
		put(&t.groups, k.Group, *turn.Group)
	}
	if turn.Erase || turn.Contact.Household != from.Contact.Household && turn.Contact.Household != turn.Household.ID {
		put(&t.unknown, k.Address, true)
		return
	}
	next := from
	next.Contact = turn.Contact
	if turn.ContactMoved && !turn.ContactNew {
		next.Contact.Version++
	}
	if turn.SessionMoved {
		next.Session = turn.Session
		next.Session.Contact = turn.Contact.ID
		next.Session.Version++
	}
	t.settleHome(&next, turn)
	next.Concerns = amended(next.Concerns, turn.Amended)
	if len(turn.Concerns) > 0 {
		next.Concerns = append(newestFirst(turn.Concerns), next.Concerns...)
		next.Concerns = next.Concerns[:min(5, len(next.Concerns))]
	}
	put(&t.people, k.Address, next)
}

// settleHome brings a turn's household, and what it said, into next.
func (t *table) settleHome(next *storage.Loaded, turn storage.Turn) {
	switch {
	case turn.HouseholdNew:
		next.Household, next.Voices, next.Priorities = turn.Household, nil, nil
	case next.Contact.Household == uuid.Nil:
		next.Household, next.Voices, next.Priorities = planning.Household{}, nil, nil
	}
	if len(turn.Voices)+len(turn.Priorities) == 0 {
		return
	}
	next.Household.Version++
	next.Voices = current(next.Voices, turn.Voices)
	next.Priorities = currentLists(next.Priorities, turn.Priorities)
	put(&t.homes, next.Household.ID, home{next.Household, next.Voices, next.Priorities})
}

// current is what stands after later voices: the last on each item of a round.
func current(before, after []planning.Voice) []planning.Voice {
	type slot struct {
		round uuid.UUID
		item  string
	}
	at := make(map[slot]int, len(before)+len(after))
	out := make([]planning.Voice, 0, len(before)+len(after))
	for _, v := range slices.Concat(before, after) {
		k := slot{v.Round, v.Item}
		if i, ok := at[k]; ok {
			out[i] = v
			continue
		}
		at[k] = len(out)
		out = append(out, v)
	}
	return out
}

// currentLists is what stands after later lists: the last of each round.
func currentLists(before, after []planning.Priority) []planning.Priority {
	out := slices.Clone(before)
	for _, p := range after {
		i := slices.IndexFunc(out, func(known planning.Priority) bool { return known.Round == p.Round })
		if i < 0 {
			out = append(out, p)
			continue
		}
		out[i] = p
	}
	return out
}

// amended replaces what Turn.Amended says of known concerns.
func amended(known, changes []planning.Concern) []planning.Concern {
	if len(changes) == 0 {
		return known
	}
	out := slices.Clone(known)
	for _, change := range changes {
		for i := range out {
			if k := &out[i]; k.ID == change.ID {
				k.Text, k.Commodity, k.Link, k.Severity = change.Text, change.Commodity, change.Link, change.Severity
			}
		}
	}
	return out
}

func newestFirst(c []planning.Concern) []planning.Concern {
	out := slices.Clone(c)
	slices.Reverse(out)
	return out
}
