package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// once loads, plays and commits a batch, and returns how many of its messages
// now have their receipt: all, unless someone writes again behind the message
// that erased them, whose address is free only once that is committed.
func (s *shard) once(ctx context.Context, batch []*waiting) (int, error) {
	l := s.loop
	keys := make([]storage.Key, len(batch))
	for i, w := range batch {
		keys[i] = w.key
	}
	loaded, err := l.Store.Load(ctx, keys)
	if err != nil {
		return 0, err
	}
	table := newTable(len(batch))
	turns := make([]storage.Turn, 0, len(batch))
	done := len(batch)
	for i, w := range batch {
		if table.erased[w.key.Address] {
			done = i
			break
		}
		w.receipt, w.err = Receipt{}, nil
		if loaded[i].Seen {
			w.receipt = receiptOf(loaded[i].Replies)
			w.receipt.Duplicate = true
			continue
		}
		if twin := table.twin(w); twin != nil {
			w.receipt = twin.receipt
			w.receipt.Duplicate = true
			continue
		}
		from := table.latest(w.key, loaded[i])
		played, err := s.playOne(ctx, w, from)
		if err != nil {
			return 0, &unplayable{err}
		}
		turn := l.turn(w, from, played)
		turns = append(turns, turn)
		table.moved(w.key, from, turn)
		table.remember(w)
	}
	if len(turns) == 0 {
		return done, nil
	}
	turns[0].Written = l.written.take(len(turns) * 4)
	if err := l.Store.Commit(ctx, turns); err != nil {
		l.written.add(turns[0].Written)
		return 0, err
	}
	s.tell(turns)
	return done, nil
}

// unplayable says that a message could not be played at all: waiting for
// another try makes no sense, so its batch is taken apart.
type unplayable struct{ err error }

func (u *unplayable) Error() string { return "bot: cannot play: " + u.err.Error() }
func (u *unplayable) Unwrap() error { return u.err }

func (s *shard) playOne(ctx context.Context, w *waiting, from storage.Loaded) (played Played, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return s.loop.Player.Play(ctx, w.in, from, w.channel)
}

// turn adds the messages to what was played.
func (l *Loop) turn(w *waiting, from storage.Loaded, p Played) storage.Turn {
	turn := p.Turn
	now := w.in.At
	if turn.Contact.ID == uuid.Nil {
		turn.Contact = from.Contact
	}
	if !w.in.Silence {
		turn.Contact.HeardAt = now
		turn.Contact.Channel = w.in.Channel
		turn.Inbound = &storage.Message{
			ID: l.NewID(), Area: p.Area, Channel: w.in.Channel, Contact: turn.Contact.ID, Group: from.Group.ID,
			Direction: storage.In, External: w.in.External, Text: w.in.stored(), Media: w.in.media(),
			Reading: p.Reading, At: now, Status: storage.Received,
		}
	}
	if w.answered {
		for _, reply := range p.Replies {
			m := render(reply, w.traits, p.Marks)
			m.ID = l.NewID()
			m.Area, m.Channel, m.Contact = p.Area, w.in.Channel, turn.Contact.ID
			if !reply.Toast {
				m.Group = from.Group.ID
			}
			if turn.Inbound != nil {
				m.ReplyTo = turn.Inbound.ID
			}
			m.Direction, m.At, m.Due = storage.Out, now, now
			switch {
			case reply.Toast:
				m.Purpose, m.Status = purposeToast, storage.Sent
			case w.traits.Inline:
				m.Purpose, m.Status, m.Lease = purposeReply, storage.Handed, now.Add(handedLease)
			default:
				m.Purpose, m.Status = purposeReply, storage.Queued
			}
			turn.Outbound = append(turn.Outbound, m)
		}
		w.receipt = receiptOf(turn.Outbound)
	}
	turn.Outbound = append(turn.Outbound, p.Extra...)
	return turn
}

// Purposes of the loop's own messages; the others are those of bot/policy.
const (
	purposeReply = "reply"
	purposeToast = "toast" // answered on the spot, kept for the log only
)

// handedLease is how long a reply that went into a webhook's own response is
// given to be written there before it is sent by other means.
const handedLease = time.Minute

func receiptOf(stored []storage.Message) Receipt {
	r := Receipt{Replies: make([]Reply, 0, len(stored))}
	for _, m := range stored {
		r.Replies = append(r.Replies, Reply{ID: m.ID, Text: m.Text, Buttons: buttonsOf(m), Toast: m.Purpose == purposeToast})
	}
	return r
}

// tell lets delivery and watchers know what the commit left for them.
func (s *shard) tell(turns []storage.Turn) {
	l := s.loop
	queued, changed := map[string]bool{}, map[string]bool{}
	for _, t := range turns {
		for _, m := range t.Outbound {
			if m.Status == storage.Queued {
				queued[m.Channel] = true
			}
		}
		if t.Inbound != nil {
			changed[t.Inbound.Area] = true
		}
	}
	if l.Queued != nil {
		for channel := range queued {
			l.Queued(channel)
		}
	}
	if l.Changed != nil {
		for area := range changed {
			l.Changed(area)
		}
	}
}

// table is what a batch has played so far and not yet committed, so that a
// contact's second message starts from where its first one ends.
type table struct {
	people map[storage.Hash]storage.Loaded
	seen   map[[2]string]*waiting
	erased map[storage.Hash]bool
}

func newTable(n int) *table {
	return &table{people: make(map[storage.Hash]storage.Loaded, n), seen: make(map[[2]string]*waiting, n), erased: map[storage.Hash]bool{}}
}

func (t *table) twin(w *waiting) *waiting {
	if w.in.External == "" {
		return nil
	}
	return t.seen[[2]string{w.in.Channel, w.in.External}]
}

func (t *table) remember(w *waiting) {
	if w.in.External != "" {
		t.seen[[2]string{w.in.Channel, w.in.External}] = w
	}
}

func (t *table) latest(k storage.Key, fresh storage.Loaded) storage.Loaded {
	if known, ok := t.people[k.Address]; ok {
		known.Group = fresh.Group
		return known
	}
	return fresh
}

// moved carries a played turn over into what the contact's next turn in the
// same batch starts from, versions included: each record that the commit will
// move has moved by one.
func (t *table) moved(k storage.Key, from storage.Loaded, turn storage.Turn) {
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
	if turn.Household.ID != uuid.Nil {
		next.Household = turn.Household
	}
	if len(turn.Voices) > 0 || len(turn.Priorities) > 0 {
		next.Household.Version++
		next.Voices = current(from.Voices, turn.Voices)
		next.Priorities = currentLists(from.Priorities, turn.Priorities)
	}
	if len(turn.Concerns) > 0 {
		next.Concerns = append(newestFirst(turn.Concerns), from.Concerns...)
		next.Concerns = next.Concerns[:min(5, len(next.Concerns))]
	}
	if turn.Erase {
		t.erased[k.Address] = true
	}
	t.people[k.Address] = next
}

func current(before, after []planning.Voice) []planning.Voice {
	type slot struct {
		round uuid.UUID
		item  string
	}
	at := make(map[slot]int, len(before)+len(after))
	var out []planning.Voice
	for _, v := range append(append([]planning.Voice(nil), before...), after...) {
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

func currentLists(before, after []planning.Priority) []planning.Priority {
	out := append([]planning.Priority(nil), before...)
next:
	for _, p := range after {
		for i := range out {
			if out[i].Round == p.Round {
				out[i] = p
				continue next
			}
		}
		out = append(out, p)
	}
	return out
}

func newestFirst(c []planning.Concern) []planning.Concern {
	out := make([]planning.Concern, len(c))
	for i := range c {
		out[len(c)-1-i] = c[i]
	}
	return out
}

// pace counts the replies one address got in its current ten minutes.
type pace struct {
	since time.Time
	count int
}

const paceWindow = 10 * time.Minute

// mayAnswer says whether this message may be answered: see Config.Chatter.
func (s *shard) mayAnswer(w *waiting) bool {
	if len(s.chatter) > 10_000 {
		for hash, p := range s.chatter {
			if w.in.At.Sub(p.since) > paceWindow {
				delete(s.chatter, hash)
			}
		}
	}
	p := s.chatter[w.key.Address]
	if p == nil || w.in.At.Sub(p.since) > paceWindow {
		p = &pace{since: w.in.At}
		s.chatter[w.key.Address] = p
	}
	p.count++
	return p.count <= s.loop.Chatter
}

var _ Accepter = (*Loop)(nil)
