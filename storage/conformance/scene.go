package conformance

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// base is noon in Vietnam on a day long gone.
var base = time.Date(2024, 7, 10, 5, 0, 0, 0, time.UTC)

// at is a number of minutes after base.
func at(minutes int) time.Time { return base.Add(time.Duration(minutes) * time.Minute) }

// scene is a store under test and what its promises need.
type scene struct {
	testing.TB
	ctx   context.Context
	store storage.Store
	drawn atomic.Uint64
}

func newScene(t testing.TB, store storage.Store) *scene {
	t.Helper()
	return &scene{TB: t, ctx: t.Context(), store: store}
}

// id draws ids in the order of their creation.
func (s *scene) id() uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], 0x0190_9a00_0000_7000)
	binary.BigEndian.PutUint64(id[8:], s.drawn.Add(1)|1<<63)
	return id
}

// must ends the test on an error.
func (s *scene) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// wants ends the test unless err is want.
func (s *scene) wants(want, err error) {
	s.Helper()
	if !errors.Is(err, want) {
		s.Fatalf("got error %v, want %v", err, want)
	}
}

// ok takes a result, and ends the test on an error: ok(store.Groups(…))(s).
func ok[T any](v T, err error) func(s *scene) T {
	return func(s *scene) T {
		s.Helper()
		s.must(err)
		return v
	}
}

// address is the stored form of an address, sealed in name only.
func address(plain string) storage.Address {
	return storage.Address{Hash: sha256.Sum256([]byte(plain)), Sealed: []byte("sealed " + plain), Mask: storage.Mask(plain)}
}

// commune is an area with everything that a turn touches: two villages, six
// households, three items, an open round and a channel.
type commune struct {
	*scene
	code       string
	channel    string
	items      []planning.Item
	round      planning.Round
	households []planning.Household // 0–3 in "bu-prang", 4–5 in "thon-3"
}

const (
	buPrang = "bu-prang"
	thon3   = "thon-3"
)

// commune founds an area. Codes, but for the area's own, are the same in each.
func (s *scene) commune(code string) *commune {
	s.Helper()
	c := &commune{scene: s, code: code, channel: "phone-" + code}
	s.must(s.store.SaveCommune(s.ctx, planning.Commune{
		Code: code, Name: "Xã " + code, Province: "Lâm Đồng", Sample: true,
		Settings: planning.Settings{Zone: "Asia/Ho_Chi_Minh", Lang: "vi", AnswerDays: 5, Silence: 30 * time.Minute, SMSCost: 500},
	}))
	s.must(s.store.SaveChannel(s.ctx, storage.Channel{ID: c.channel, Kind: "phone", Area: code, Account: "0900"}))
	s.must(s.store.SaveVillages(s.ctx, []planning.Village{
		{Area: code, Code: buPrang, Kind: "bon", Name: "bon Bu Prăng", Aliases: []string{"bu prang"}, Rank: 1},
		{Area: code, Code: thon3, Kind: "thôn", Name: "thôn 3", Rank: 2},
	}))
	for i := range 6 {
		village := buPrang
		if i > 3 {
			village = thon3
		}
		c.households = append(c.households, planning.Household{
			ID: s.id(), Area: code, Village: village, Number: fmt.Sprintf("H-%03d", i+1), Head: fmt.Sprintf("Y Blơ %d", i+1),
		})
	}
	s.must(s.store.SaveHouseholds(s.ctx, c.households))
	for i, short := range []string{"Chợ xã", "Đường thôn 3", "Lớp mẫu giáo"} {
		c.items = append(c.items, planning.Item{
			Area: code, Code: fmt.Sprintf("KH-%02d", i+1), Year: 2025, Title: "Xây " + short, Short: short, Quantity: "1,2",
			Funding: []planning.Funding{{Source: "Ngân sách tỉnh", Form: planning.Money, Amount: 1_200_000_000, Funded: true}, {Source: "Dân đóng góp", Form: planning.Labour, Amount: 40_000_000}},
		})
	}
	s.must(s.store.SaveItems(s.ctx, c.items))
	c.round = planning.Round{
		ID: s.id(), Area: code, Number: 1, Year: 2025, Title: "Lấy ý kiến", Opens: at(-60), Closes: at(24 * 60),
		Items: c.items, Villages: []string{buPrang, thon3}, Decision: "12/QĐ-UBND",
	}
	s.must(s.store.SaveRound(s.ctx, c.round))
	return c
}

// said is a message on its way in.
type said struct {
	from, external, text string
	minute               int
}

func (c *commune) key(m said) storage.Key {
	return storage.Key{Channel: c.channel, External: m.external, Address: address(m.from).Hash}
}

// load is what a message's turn starts from.
func (c *commune) load(m said) storage.Loaded {
	c.Helper()
	loaded, err := c.store.Load(c.ctx, []storage.Key{c.key(m)})
	c.must(err)
	if len(loaded) != 1 {
		c.Fatalf("Load of one key returned %d", len(loaded))
	}
	return loaded[0]
}

// known is what the next message from an address starts from.
func (c *commune) known(from string) storage.Loaded {
	c.Helper()
	return c.load(said{from: from})
}

// turn plays a message: a contact when nobody is known, and one reply.
func (c *commune) turn(m said, from storage.Loaded) storage.Turn {
	t := storage.Turn{Contact: from.Contact, Session: from.Session, Household: from.Household}
	if t.Contact.ID == uuid.Nil {
		t.ContactNew = true
		t.Contact = storage.Contact{ID: c.id(), Area: c.code, Address: address(m.from), Channel: c.channel, Lang: "vi", CreatedAt: at(m.minute)}
	}
	t.Contact.HeardAt = at(m.minute)
	t.Session.Contact = t.Contact.ID
	t.Inbound = &storage.Message{
		ID: c.id(), Area: c.code, Channel: c.channel, Contact: t.Contact.ID, Direction: storage.In, External: m.external,
		Text: m.text, Reading: []byte(`{"intent":"price"}`), At: at(m.minute), Status: storage.Received,
	}
	t.Outbound = []storage.Message{c.reply(t, "re: "+m.text)}
	return t
}

// reply is a queued reply to a turn's message.
func (c *commune) reply(t storage.Turn, text string) storage.Message {
	return storage.Message{
		ID: c.id(), Area: c.code, Channel: c.channel, Contact: t.Contact.ID, Direction: storage.Out, ReplyTo: t.Inbound.ID,
		Text: text, At: t.Inbound.At, Purpose: "reply", Status: storage.Queued, Due: t.Inbound.At, Parts: 1,
	}
}

// try loads, plays, lets edits change the turn, and commits it.
func (c *commune) try(m said, edits ...func(*storage.Turn)) (storage.Turn, error) {
	c.Helper()
	t := c.turn(m, c.load(m))
	for _, edit := range edits {
		edit(&t)
	}
	return t, c.store.Commit(c.ctx, []storage.Turn{t})
}

// hear is try, and must succeed.
func (c *commune) hear(m said, edits ...func(*storage.Turn)) storage.Turn {
	c.Helper()
	t, err := c.try(m, edits...)
	c.must(err)
	return t
}

// living makes the turn's contact one of a household of the roster, consent given.
func (c *commune) living(household int) func(*storage.Turn) {
	return func(t *storage.Turn) {
		h := c.households[household]
		t.Contact.Household, t.Contact.Village, t.Contact.Name = h.ID, h.Village, "Anh Tư"
		t.Contact.ConsentAt, t.Contact.ConsentText = t.Inbound.At, "consent/1"
		t.Consents = append(t.Consents, storage.Consent{
			Contact: t.Contact.ID, Area: c.code, Given: true, Text: "consent/1", Message: t.Inbound.ID, At: t.Inbound.At,
		})
		t.ContactMoved = true
	}
}

// newcomer gives the turn's contact a provisional household.
func (c *commune) newcomer(t *storage.Turn) {
	t.Household = planning.Household{ID: c.id(), Area: c.code, Head: "Anh Tư", Provisional: true}
	t.HouseholdNew, t.ContactMoved = true, true
	t.Contact.Household = t.Household.ID
}

// voting adds voices of the turn's household: item index → stance.
func (c *commune) voting(stances map[int]planning.Stance) func(*storage.Turn) {
	return func(t *storage.Turn) {
		for i := range c.items {
			if stance, ok := stances[i]; ok {
				t.Voices = append(t.Voices, c.voice(t, i, stance))
			}
		}
	}
}

func (c *commune) voice(t *storage.Turn, item int, stance planning.Stance) planning.Voice {
	return planning.Voice{
		ID: c.id(), Area: c.code, Round: c.round.ID, Item: c.items[item].Code, Household: t.Household.ID, Contact: t.Contact.ID,
		Village: t.Household.Village, Channel: "phone", Stance: stance, Receipt: "7K2M9QXA", Message: t.Inbound.ID, At: t.Inbound.At,
	}
}

// ranking adds a priority list of the turn's household.
func (c *commune) ranking(items ...int) func(*storage.Turn) {
	return func(t *storage.Turn) {
		p := planning.Priority{
			ID: c.id(), Area: c.code, Round: c.round.ID, Household: t.Household.ID, Contact: t.Contact.ID, Village: t.Household.Village,
			Channel: "phone", Receipt: "7K2M9QXA", Message: t.Inbound.ID, At: t.Inbound.At,
		}
		for _, i := range items {
			p.Items = append(p.Items, c.items[i].Code)
		}
		t.Priorities = append(t.Priorities, p)
	}
}

// concern adds something the person tells the commune.
func (c *commune) concern(kind planning.ConcernKind, code, text string) func(*storage.Turn) {
	return func(t *storage.Turn) {
		k := planning.Concern{
			ID: c.id(), Kind: kind, Area: c.code, Code: code, Contact: t.Contact.ID, Household: t.Contact.Household, Village: t.Contact.Village,
			Channel: "phone", Text: text, Message: t.Inbound.ID, At: t.Inbound.At, Due: t.Inbound.At.Add(72 * time.Hour),
		}
		switch kind {
		case planning.Difficulty:
			k.Commodity, k.Link, k.Severity = "coffee", planning.Selling, "bad"
		case planning.Opinion:
			k.Round, k.Item = c.round.ID, c.items[0].Code
		}
		t.Concerns = append(t.Concerns, k)
	}
}

// resident makes a contact of a household and returns it as loaded.
func (c *commune) resident(from string, household int) storage.Contact {
	c.Helper()
	m := said{from: from, external: "join " + from, text: "xin chào"}
	c.hear(m, c.living(household))
	return c.known(from).Contact
}
