package conformance

import (
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// erasure: who asks for deletion is forgotten, what was counted stays.
var erasure = []promise{
	{"a turn that erases leaves nothing personal", func(s *scene) {
		c := s.commune("dak-mau")
		who, before := c.talkative()
		counted := ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s)
		t := c.hear(said{"tel:+84905000001", "del", "xoa du lieu cua toi", 9}, erasing)
		c.forgotten(who, t.Outbound[0].ID)
		s.same("tally", counted, ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s))
		thread := ok(s.store.Thread(s.ctx, c.code, who.ID, at(60), 0))(s)
		s.same("messages are still counted", before+2, len(thread))
		s.same("the last word", "re: xoa du lieu cua toi", thread[len(thread)-1].Text)
		consents := ok(s.store.Consents(s.ctx, c.code, who.ID))(s)
		s.same("consents", []bool{true, false}, []bool{consents[0].Given, consents[len(consents)-1].Given})
		s.same("consents", 2, len(consents))
	}},
	{"it does not matter what the turn itself cleared", func(s *scene) {
		c := s.commune("dak-mau")
		who, _ := c.talkative()
		t := c.hear(said{"tel:+84905000001", "del", "xoa", 9}, erasing, func(t *storage.Turn) {
			t.Contact = storage.Contact{ID: who.ID, Area: c.code, Version: who.Version, Erased: true}
			t.Session, t.SessionMoved = storage.Session{Contact: who.ID, Version: t.Session.Version}, true
		})
		c.forgotten(who, t.Outbound[0].ID)
		s.same("consents", 2, len(ok(s.store.Consents(s.ctx, c.code, who.ID))(s)))
		n := c.hear(said{"tel:+84905000002", "n1", "1d", 1}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}))
		c.hear(said{"tel:+84905000002", "n2", "xoa", 9}, erasing, func(t *storage.Turn) {
			t.Contact = storage.Contact{ID: n.Contact.ID, Area: c.code, Version: t.Contact.Version, Erased: true}
		})
		s.same("head", "", ok(s.store.Household(s.ctx, c.code, n.Household.ID))(s).Head)
		rows := ok(s.store.Claim(s.ctx, c.channel, at(10), at(11), 10, false))(s)
		s.same("where to", []string{"sealed tel:+84905000001", "sealed tel:+84905000002"}, sorted(rows, func(o storage.Outgoing) string { return string(o.Sealed) }))
	}},
	{"a name that was told in the same batch goes too", func(s *scene) {
		c := s.commune("dak-mau")
		m := said{"tel:+84905000001", "n1", "1d", 1}
		t := c.turn(m, c.load(m))
		c.newcomer(&t)
		u := c.turn(said{"tel:+84905000001", "n2", "xoa", 2}, storage.Loaded{Contact: t.Contact, Session: t.Session, Household: t.Household})
		erasing(&u)
		u.Contact = storage.Contact{ID: t.Contact.ID, Area: c.code, Version: t.Contact.Version, Erased: true}
		s.must(s.store.Commit(s.ctx, []storage.Turn{t, u}))
		s.same("head", "", ok(s.store.Household(s.ctx, c.code, t.Household.ID))(s).Head)
	}},
	{"a turn's own withdrawal is the only one", func(s *scene) {
		c := s.commune("dak-mau")
		who, _ := c.talkative()
		c.hear(said{"tel:+84905000001", "del", "xoa", 9}, erasing, func(t *storage.Turn) {
			t.Consents = []storage.Consent{{Contact: who.ID, Area: c.code, Text: "consent/1", Message: t.Inbound.ID, At: at(9)}}
		})
		s.same("consents", 2, len(ok(s.store.Consents(s.ctx, c.code, who.ID))(s)))
	}},
	{"the last reply can still be delivered, and its address goes with it", func(s *scene) {
		c := s.commune("dak-mau")
		c.talkative()
		c.sendAll()
		t := c.hear(said{"tel:+84905000001", "del", "xoa", 9}, erasing)
		for try := range 2 { // it may have to be tried again
			rows := ok(s.store.Claim(s.ctx, c.channel, at(10+10*try), at(15+10*try), 10, false))(s)
			s.same("rows", 1, len(rows))
			s.same("text", t.Outbound[0].Text, rows[0].Message.Text)
			s.same("where to", "sealed tel:+84905000001", string(rows[0].Sealed))
			s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: rows[0].Message.ID, Status: storage.Queued, Due: at(20), At: at(11), Reason: "busy"}}))
		}
		s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: t.Outbound[0].ID, Status: storage.Sent, At: at(30)}}))
		s.same("left", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(600), at(601), 10, false))(s)))
	}},
	{"the last reply in a webhook's response is sent by other means when that fails", func(s *scene) {
		c := s.commune("dak-mau")
		c.talkative()
		c.sendAll()
		c.hear(said{"tel:+84905000001", "del", "xoa", 9}, erasing, func(t *storage.Turn) {
			t.Outbound[0].Status, t.Outbound[0].Lease = storage.Handed, at(10)
		})
		s.same("handed", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(9), at(15), 10, false))(s)))
		rows := ok(s.store.Claim(s.ctx, c.channel, at(11), at(15), 10, false))(s)
		s.same("rows", 1, len(rows))
		s.same("where to", "sealed tel:+84905000001", string(rows[0].Sealed))
	}},
	{"the message that erased is known when it comes again", func(s *scene) {
		c := s.commune("dak-mau")
		c.talkative()
		m := said{"tel:+84905000001", "del", "xoa", 9}
		t := c.hear(m, erasing)
		l := c.load(m)
		s.same("seen", true, l.Seen)
		s.same("reply", t.Outbound[0].Text, l.Replies[0].Text)
	}},
	{"what still waited is not sent", func(s *scene) {
		c := s.commune("dak-mau")
		who, _ := c.talkative()
		c.sendAll()
		n := c.notice(who.ID, 5)
		s.must(s.store.Enqueue(s.ctx, []storage.Message{n}))
		s.must(s.store.EraseContact(s.ctx, c.code, who.ID, at(9)))
		late := c.notice(who.ID, 10)
		s.must(s.store.Enqueue(s.ctx, []storage.Message{late}))
		s.same("rows", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(600), at(601), 10, false))(s)))
		s.same("first", storage.Dropped, c.message(who.ID, n.ID).Status)
		s.same("second", storage.Dropped, c.message(who.ID, late.ID).Status)
	}},
	{"the address may come again, as somebody new", func(s *scene) {
		c := s.commune("dak-mau")
		who, _ := c.talkative()
		c.hear(said{"tel:+84905000001", "del", "xoa", 9}, erasing)
		s.same("known", uuid.Nil, c.known("tel:+84905000001").Contact.ID)
		t := c.hear(said{"tel:+84905000001", "a9", "chào", 10})
		if t.Contact.ID == who.ID {
			s.Fatal("the old contact came back")
		}
		s.same("now", t.Contact, c.known("tel:+84905000001").Contact)
	}},
	{"an officer may erase, once and within the commune", func(s *scene) {
		c, d := s.commune("dak-mau"), s.commune("dak-song")
		who, _ := c.talkative()
		m := said{"tel:+84905000001", "late", "x", 9}
		late := c.turn(m, c.load(m))
		s.wants(storage.ErrNotFound, s.store.EraseContact(s.ctx, d.code, who.ID, at(9)))
		s.wants(storage.ErrNotFound, s.store.EraseContact(s.ctx, c.code, s.id(), at(9)))
		s.same("still there", who.Name, ok(s.store.Contact(s.ctx, c.code, who.ID))(s).Name)
		s.must(s.store.EraseContact(s.ctx, c.code, who.ID, at(9)))
		s.must(s.store.EraseContact(s.ctx, c.code, who.ID, at(10)))
		c.forgotten(who)
		s.same("consents", 2, len(ok(s.store.Consents(s.ctx, c.code, who.ID))(s)))
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{late}))
	}},
	{"a name told for a provisional household goes too", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "1d", 1}, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}))
		s.must(s.store.EraseContact(s.ctx, c.code, t.Contact.ID, at(9)))
		h := ok(s.store.Household(s.ctx, c.code, t.Household.ID))(s)
		s.same("head", "", h.Head)
		counted := ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s)
		s.same("cells", []planning.Cell{{Item: c.items[0].Code, Channel: "phone", Stance: planning.Yes, Provisional: true, Households: 1}}, counted.Cells)
	}},
	{"an answer to someone who is gone is kept, and not sent", func(s *scene) {
		c := s.commune("dak-mau")
		who, _ := c.talkative()
		c.sendAll()
		k := ok(s.store.Concerns(s.ctx, planning.ConcernQuery{Area: c.code}))(s)[0]
		s.must(s.store.EraseContact(s.ctx, c.code, who.ID, at(9)))
		s.must(s.store.AnswerConcern(s.ctx, c.code, k.ID, "Sẽ sửa", "chi-hoa", at(10), &planning.Notice{ID: s.id(), Contact: who.ID, Purpose: "officer", Text: "Sẽ sửa"}))
		s.same("answer", "Sẽ sửa", ok(s.store.Concerns(s.ctx, planning.ConcernQuery{Area: c.code}))(s)[0].Answer)
		s.same("to send", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(600), at(601), 10, false))(s)))
	}},
}

func erasing(t *storage.Turn) {
	t.Erase, t.ContactMoved = true, true
	t.Contact.Erased = true
}

// talkative is a contact that has left something everywhere, and how many
// messages it has.
func (c *commune) talkative() (storage.Contact, int) {
	c.Helper()
	const from = "tel:+84905000001"
	c.resident(from, 0)
	c.hear(said{from, "bí mật 1", "bí mật: 1d", 2}, func(t *storage.Turn) {
		t.Inbound.Media, t.Inbound.Reading = []byte(`["bí mật"]`), []byte(`"bí mật"`)
		t.Outbound[0].Buttons = []byte(`["bí mật"]`)
		t.Session.State, t.Session.Expires, t.SessionMoved = []byte("bí mật"), at(30), true
	}, c.voting(map[int]planning.Stance{0: planning.Yes, 1: planning.Other}), c.ranking(1))
	c.hear(said{from, "bí mật 2", "bí mật: khó", 3}, c.concern(planning.Difficulty, "7K2M", "bí mật: khó"))
	return c.known(from).Contact, 6
}

// sendAll empties the outbox.
func (c *commune) sendAll() {
	c.Helper()
	for {
		rows := ok(c.store.Claim(c.ctx, c.channel, at(9), at(10), 100, false))(c.scene)
		if len(rows) == 0 {
			return
		}
		var done []storage.Settlement
		for _, r := range rows {
			done = append(done, storage.Settlement{ID: r.Message.ID, Status: storage.Sent, At: at(9)})
		}
		c.must(c.store.Settle(c.ctx, done))
	}
}

// message finds a message in its thread.
func (c *commune) message(contact, id uuid.UUID) storage.Message {
	c.Helper()
	for _, m := range ok(c.store.Thread(c.ctx, c.code, contact, at(10_000), 0))(c.scene) {
		if m.ID == id {
			return m
		}
	}
	c.Fatalf("message %v is not in its thread", id)
	return storage.Message{}
}

// forgotten ends the test if anything of a contact is left; but the messages
// that are excepted may have texts.
func (c *commune) forgotten(who storage.Contact, except ...uuid.UUID) {
	c.Helper()
	now := ok(c.store.Contact(c.ctx, c.code, who.ID))(c.scene)
	if now.Address.Hash == who.Address.Hash {
		c.Fatal("the hash of the address is still there")
	}
	c.same("contact", []any{true, "", "", "", true, uuid.Nil},
		[]any{now.Erased, now.Name, now.Address.Mask, string(now.Address.Sealed), now.ConsentAt.IsZero(), now.Household})
	for _, m := range ok(c.store.Thread(c.ctx, c.code, who.ID, at(10_000), 0))(c.scene) {
		if len(except) > 0 && m.ID == except[0] {
			continue
		}
		c.same("message", "", m.Text+string(m.Buttons)+string(m.Media)+string(m.Reading))
	}
	for _, k := range ok(c.store.Concerns(c.ctx, planning.ConcernQuery{Area: c.code, Contact: who.ID}))(c.scene) {
		c.same("concern", "", k.Text)
	}
	for _, v := range ok(c.store.Voices(c.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Replaced: true}))(c.scene) {
		c.same("voice", "", strings.TrimSpace(v.Mask+v.Text))
	}
	c.same("listed", 0, len(ok(c.store.Contacts(c.ctx, c.code, storage.ContactFilter{}))(c.scene)))
	c.same("talks", 0, len(ok(c.store.Expired(c.ctx, at(10_000), 10))(c.scene)))
	for _, search := range []string{"bí mật", "Anh Tư"} {
		c.same("found", 0, len(ok(c.store.Threads(c.ctx, c.code, storage.ThreadFilter{Search: search}))(c.scene)))
		c.same("found", 0, len(ok(c.store.Concerns(c.ctx, planning.ConcernQuery{Area: c.code, Search: search}))(c.scene)))
		c.same("found", 0, len(ok(c.store.Contacts(c.ctx, c.code, storage.ContactFilter{Search: search}))(c.scene)))
	}
	o := ok(c.store.Overview(c.ctx, c.code, at(10)))(c.scene)
	c.same("overview", []int{0, 0}, []int{o.Contacts, o.Consented})
}
