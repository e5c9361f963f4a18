// Package actions is what conversations may do: it plays a message through
// the flow engine over a snapshot of its commune (World), and what the flows
// do (record a voice, quote a price, give consent) becomes the records of one
// storage.Turn. Nothing is written before that turn is committed.
package actions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// Engine plays flows; *flows.Engine is one.
type Engine interface {
	Play(h flows.Host, state []byte, in flows.Input) (flows.Outcome, error)
}

// Addresser makes the stored form of an address; *storage.Keyring is one.
type Addresser interface {
	Address(address string) storage.Address
}

// Counts counts a round for those who ask for results.
type Counts interface {
	Tally(ctx context.Context, area string, round uuid.UUID) (planning.Counted, error)
}

// Officers finds the officer who asks for a report in a chat.
type Officers interface {
	OfficerByTelegram(ctx context.Context, area string, hash storage.Hash) (storage.Officer, error)
}

// Config is what a Player needs.
type Config struct {
	Engine   Engine
	Worlds   *Worlds
	Keyring  Addresser
	Counts   Counts
	Officers Officers
	NewID    func() uuid.UUID   // safe for concurrent use
	NewCode  func(n int) string // n characters of Crockford's alphabet; safe for concurrent use
	// Stale is after how long a silence a number may be somebody else's by
	// now; default 180 days.
	Stale time.Duration
}

// Player plays messages. Safe for concurrent use.
type Player struct{ Config }

var _ bot.Player = (*Player)(nil)

const (
	defaultStale   = 180 * 24 * time.Hour
	defaultSilence = 24 * time.Hour
)

// New makes a player.
func New(c Config) *Player {
	if c.Stale <= 0 {
		c.Stale = defaultStale
	}
	return &Player{c}
}

// ErrNoCommune says that the message's channel belongs to no commune that is known.
var ErrNoCommune = errors.New("actions: no such commune")

// Play implements bot.Player. A group's ordinary talk is given no reply and
// makes nobody a contact.
func (p *Player) Play(ctx context.Context, in bot.Inbound, from storage.Loaded, c storage.Channel) (bot.Played, error) {
	area := c.Area
	if from.Contact.ID != uuid.Nil {
		area = from.Contact.Area
	}
	w := p.Worlds.At(area)
	if w == nil {
		return bot.Played{}, fmt.Errorf("%w: %q", ErrNoCommune, area)
	}
	h := &host{Config: p.Config, ctx: ctx, world: w, in: in, channel: c, from: from}
	h.turn = storage.Turn{Contact: from.Contact, Session: from.Session, Household: planning.Household{}}
	input, addressed := inputOf(in)
	if !addressed {
		return bot.Played{Turn: h.turn, Area: area}, nil
	}
	h.meet()
	if in.Silence && from.Session.Expires.After(in.At) {
		return bot.Played{Turn: h.turn, Area: area, Lang: h.Lang()}, nil // it was answered meanwhile
	}
	if in.Group != "" {
		h.enterGroup()
	}
	var talk []byte
	h.notes, talk = openSession(from.Session.State, in.At)
	h.notice()
	out, err := p.play(h, talk, input)
	if err != nil {
		return bot.Played{}, fmt.Errorf("actions: %w", err)
	}
	h.settle(out)
	played := bot.Played{
		Turn: h.turn, Area: h.turn.Contact.Area, Replies: out.Replies, Lang: h.Lang(),
		Marks: h.turn.Contact.Marks || w.Commune.Settings.Marks,
	}
	if !in.Silence {
		if played.Reading, err = json.Marshal(out.Reading); err != nil {
			return bot.Played{}, fmt.Errorf("actions: reading: %w", err)
		}
	}
	return played, nil
}

// stopWord is what stops in any language.
const stopWord = "TC"

// play plays the input, and after it what an action put next: what had been
// waiting for consent and was set free by it, a question of its own.
func (p *Player) play(h *host, talk []byte, in flows.Input) (flows.Outcome, error) {
	out, err := p.Engine.Play(h, talk, in)
	if err == nil && len(out.Reading.Also) > 0 {
		out, err = p.further(h, out)
	}
	for range nextMost {
		if err != nil || h.next == nil || out.Waiting && !h.insist {
			return out, err
		}
		next := *h.next
		if h.insist {
			out.Replies = nil
		}
		h.next, h.insist = nil, false
		then, err := p.Engine.Play(h, out.State, next)
		if err != nil {
			return out, err
		}
		then.Replies = join(out.Replies, then.Replies)
		then.Reading, then.Flow = out.Reading, out.Flow
		out = then
	}
	return out, nil
}

// nextMost is how much one message may set free at once.
const nextMost = 3

// join makes one reply of what was said first and what is said then.
func join(first, then []flows.Reply) []flows.Reply {
	n := len(first)
	if n == 0 || len(then) == 0 || first[n-1].Toast || then[0].Toast {
		return append(first, then...)
	}
	one := then[0]
	one.Says = append(slices.Clone(first[n-1].Says), one.Says...)
	one.Buttons = append(slices.Clone(first[n-1].Buttons), one.Buttons...)
	return append(append(slices.Clone(first[:n-1]), one), then[1:]...)
}

// settle brings the session into the turn.
func (h *host) settle(out flows.Outcome) {
	s := &h.turn.Session
	if h.turn.Erase {
		h.notes, out.State, out.Waiting = notes{}, nil, false
	}
	if h.in.Group != "" {
		out.Waiting = !h.from.Session.Expires.IsZero() // a private talk goes on as it was
	}
	state, expires := closeSession(h.notes, out.State), time.Time{}
	switch {
	case h.in.Group != "":
		expires = h.from.Session.Expires
	case out.Waiting:
		silence := h.world.Commune.Settings.Silence
		if silence <= 0 {
			silence = defaultSilence
		}
		expires = h.in.At.Add(silence)
	}
	if string(state) != string(s.State) || !expires.Equal(s.Expires) {
		h.turn.SessionMoved = true
	}
	s.Contact, s.State, s.Expires = h.turn.Contact.ID, state, expires
}
