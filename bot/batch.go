package bot

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// once loads, plays and commits a batch, and returns how many of its messages
// now have their receipt: all, unless one starts from what only the database
// knows once those before it are committed.
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
	table := newTable()
	turns := make([]storage.Turn, 0, len(batch))
	done := len(batch)
	for i, w := range batch {
		if table.unknown[w.key.Address] {
			done = i
			break
		}
		w.receipt, w.err = Receipt{}, nil
		if loaded[i].Seen {
			w.receipt = receiptOf(loaded[i].Replies)
			w.receipt.Duplicate = true
			continue
		}
		from := table.latest(w.key, loaded[i])
		played, err := s.playOne(ctx, w, from)
		if err != nil {
			return 0, err
		}
		w.area = played.Area
		answered := s.pace.given(w.key.Address, w.in.At)+table.gave[w.key.Address] < l.Chatter
		turn := l.turn(w, from, played, answered)
		if len(w.receipt.Replies) > 0 {
			put(&table.gave, w.key.Address, table.gave[w.key.Address]+1)
		}
		turns = append(turns, turn)
		if i+1 < len(batch) {
			table.moved(w.key, from, turn)
		}
	}
	if len(turns) == 0 {
		return done, nil
	}
	turns[0].Written = l.written.take(4 * len(turns))
	if err := l.Store.Commit(ctx, turns); err != nil {
		l.written.add(turns[0].Written)
		return 0, err
	}
	for address, n := range table.gave {
		s.pace.gave(address, batch[0].in.At, n)
	}
	l.tell(turns)
	return done, nil
}

// playOne plays one message; an error, or a panic, is an *unplayable.
func (s *shard) playOne(ctx context.Context, w *waiting, from storage.Loaded) (played Played, err error) {
	defer func() {
		if r := recover(); r != nil {
			s.loop.Log.ErrorContext(ctx, "the player panicked", "channel", w.in.Channel, "stack", string(debug.Stack()))
			err = &unplayable{w, fmt.Errorf("panic: %v", r)}
		}
	}()
	played, err = s.loop.Player.Play(ctx, w.in, from, w.channel)
	if err != nil {
		err = &unplayable{w, err}
	}
	return played, err
}

// turn adds the messages to what was played, and sets the receipt.
func (l *Loop) turn(w *waiting, from storage.Loaded, p Played, answered bool) storage.Turn {
	turn := p.Turn
	if turn.Contact.ID == uuid.Nil {
		turn.Contact = from.Contact
	}
	group := from.Group.ID
	if turn.Group != nil {
		group = turn.Group.ID
	}
	if !w.in.Silence {
		l.hear(w, &turn, from)
		turn.Inbound = &storage.Message{
			ID: w.in.ID, Area: p.Area, Channel: w.in.Channel, Contact: turn.Contact.ID, Group: group,
			Direction: storage.In, External: w.in.External, Text: w.in.stored(), Media: w.in.media(),
			Reading: p.Reading, At: w.in.At, Status: storage.Received,
		}
		saidBy(&turn, turn.Inbound.ID)
	}
	if w.in.Silence && !turn.Session.Expires.IsZero() && !turn.Session.Expires.After(w.in.At) {
		turn.Session.Expires, turn.SessionMoved = time.Time{}, true // never again for the same question
	}
	if answered && len(p.Replies) > 0 {
		turn.Outbound = make([]storage.Message, 0, len(p.Replies)+len(p.Extra))
		for _, reply := range p.Replies {
			m := render(reply, w.traits, p.Marks, p.Lang)
			m.ID, m.Area, m.Channel, m.Contact, m.Group = l.NewID(), p.Area, w.in.Channel, turn.Contact.ID, group
			m.Direction, m.At, m.Due = storage.Out, w.in.At, w.in.At
			if turn.Inbound != nil {
				m.ReplyTo = turn.Inbound.ID
			}
			w.address(&m, reply.Toast)
			turn.Outbound = append(turn.Outbound, m)
		}
		w.receipt = receiptOf(turn.Outbound)
	}
	turn.Outbound = append(turn.Outbound, p.Extra...)
	return turn
}

// saidBy tells every record of the turn that does not know it which message
// said it, so that a number can be opened down to the words behind it.
func saidBy(turn *storage.Turn, message uuid.UUID) {
	tell := func(id *uuid.UUID) {
		if *id == uuid.Nil {
			*id = message
		}
	}
	for i := range turn.Voices {
		tell(&turn.Voices[i].Message)
	}
	for i := range turn.Priorities {
		tell(&turn.Priorities[i].Message)
	}
	for i := range turn.Concerns {
		tell(&turn.Concerns[i].Message)
	}
	for i := range turn.Reports {
		tell(&turn.Reports[i].Message)
	}
	for i := range turn.Consents {
		tell(&turn.Consents[i].Message)
	}
}

// hear notes when and where the contact was last heard.
func (l *Loop) hear(w *waiting, turn *storage.Turn, from storage.Loaded) {
	c := &turn.Contact
	if c.ID == uuid.Nil {
		return // a group's talk that was not for Loa
	}
	c.HeardAt = w.in.At
	if c.Channel != w.in.Channel {
		c.Channel = w.in.Channel
		turn.ContactMoved = turn.ContactMoved || c.ID == from.Contact.ID
	}
}

// Purposes of the loop's own messages; the others are those of bot/policy.
const (
	purposeReply  = "reply"
	purposeNotice = "notice"
	purposeToast  = "toast" // answered on the spot, kept for the log only
)

// handedLease is how long a reply that went into a webhook's own response is
// given to be written there before it is sent by other means.
const handedLease = time.Minute

// address says how a reply gets there: in the webhook's response, or through
// the outbox. What is said because nobody answered is no reply: it keeps to
// the rules of what people did not ask for.
func (w *waiting) address(m *storage.Message, toast bool) {
	switch {
	case toast:
		m.Purpose, m.Status, m.SentAt, m.Group = purposeToast, storage.Sent, m.At, uuid.Nil
	case w.in.Silence:
		m.Purpose, m.Status = purposeNotice, storage.Queued
	case w.traits.Inline:
		m.Purpose, m.Status, m.Lease = purposeReply, storage.Handed, m.At.Add(handedLease)
	default:
		m.Purpose, m.Status = purposeReply, storage.Queued
	}
}

func receiptOf(stored []storage.Message) Receipt {
	r := Receipt{Replies: make([]Reply, 0, len(stored))}
	for _, m := range stored {
		r.Replies = append(r.Replies, Reply{ID: m.ID, Text: m.Text, Buttons: buttonsOf(m), Toast: m.Purpose == purposeToast})
	}
	return r
}

// tell lets delivery and watchers know what a commit left for them, each
// channel and area once.
func (l *Loop) tell(turns []storage.Turn) {
	var queued, changed []string
	for i := range turns {
		t := &turns[i]
		for j := range t.Outbound {
			if t.Outbound[j].Status == storage.Queued {
				queued = include(queued, t.Outbound[j].Channel)
			}
		}
		if t.Inbound != nil {
			changed = include(changed, t.Inbound.Area)
		}
	}
	if l.Queued != nil {
		for _, channel := range queued {
			l.Queued(channel)
		}
	}
	if l.Changed != nil {
		for _, area := range changed {
			l.Changed(area)
		}
	}
}
