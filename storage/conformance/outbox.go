package conformance

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/storage"
)

// outbox: what waits is sent once, in order, and an outcome is never undone.
var outbox = []promise{
	{"a claimed row says all it takes to send it", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.living(0), func(t *storage.Turn) {
			t.Contact.Lang, t.Contact.StoppedAt = "en", at(1)
			t.Outbound[0].Buttons = []byte(`["1"]`)
		})
		rows := ok(s.store.Claim(s.ctx, c.channel, at(2), at(3), 10, false))(s)
		want := t.Outbound[0]
		want.Status, want.Lease, want.Attempts = storage.Sending, at(3), 1
		s.same("rows", []storage.Outgoing{{
			Message: want, Sealed: t.Contact.Address.Sealed, Lang: "en", Consented: true, Stopped: at(1), HeardAt: at(1), Zone: "Asia/Ho_Chi_Minh",
		}}, rows)
	}},
	{"a group's message goes to the group", func(s *scene) {
		c := s.commune("dak-mau")
		g := c.group("telegram:-1001")
		t := c.hear(said{"tel:+84905000001", "a1", "/gia", 1}, func(t *storage.Turn) { t.Outbound[0].Group = g.ID })
		post := c.notice(uuid.Nil, 1)
		post.Group = g.ID
		s.must(s.store.Enqueue(s.ctx, []storage.Message{post}))
		rows := ok(s.store.Claim(s.ctx, c.channel, at(2), at(3), 10, false))(s)
		s.same("one at a time", []uuid.UUID{t.Outbound[0].ID}, ids(rows))
		s.same("where to", string(g.Address.Sealed), string(rows[0].Sealed))
		s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: t.Outbound[0].ID, Status: storage.Sent, At: at(2)}}))
		to := address("telegram:-1002")
		s.wants(storage.ErrNotFound, s.store.MoveGroup(s.ctx, c.channel, address("telegram:-9").Hash, to))
		s.wants(storage.ErrNotFound, s.store.MoveGroup(s.ctx, "other", g.Address.Hash, to))
		s.must(s.store.MoveGroup(s.ctx, c.channel, g.Address.Hash, to))
		rows = ok(s.store.Claim(s.ctx, c.channel, at(2), at(3), 10, false))(s)
		s.same("the next", []uuid.UUID{post.ID}, ids(rows))
		s.same("where to", string(to.Sealed), string(rows[0].Sealed))
		g.Address = to
		s.same("groups", []storage.Group{g}, ok(s.store.Groups(s.ctx, c.code))(s))
		k := c.key(said{from: "tel:+84905000001"})
		k.Group = to.Hash
		s.same("loaded", g, ok(s.store.Load(s.ctx, []storage.Key{k}))(s)[0].Group)
	}},
	{"what is due goes first come, first served, and at most so many", func(s *scene) {
		c := s.commune("dak-mau")
		people := c.people(4)
		var queue []storage.Message
		for i, who := range people {
			queue = append(queue, c.notice(who, i))
		}
		queue[3].Due = at(30)
		s.must(s.store.Enqueue(s.ctx, queue))
		s.same("another channel", 0, len(ok(s.store.Claim(s.ctx, "other", at(9), at(10), 10, false))(s)))
		s.same("none", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(9), at(10), 0, false))(s)))
		s.same("two", []uuid.UUID{queue[0].ID, queue[1].ID}, ids(ok(s.store.Claim(s.ctx, c.channel, at(9), at(10), 2, false))(s)))
		s.same("one more", []uuid.UUID{queue[2].ID}, ids(ok(s.store.Claim(s.ctx, c.channel, at(9), at(10), 10, false))(s)))
		s.same("the last", queue[3].ID, ids(ok(s.store.Claim(s.ctx, c.channel, at(30), at(40), 10, false))(s))[3])
	}},
	{"no time to wait for means at once", func(s *scene) {
		c := s.commune("dak-mau")
		n := c.notice(c.people(1)[0], 1)
		n.Due = time.Time{}
		s.must(s.store.Enqueue(s.ctx, []storage.Message{n}))
		s.same("rows", []uuid.UUID{n.ID}, ids(ok(s.store.Claim(s.ctx, c.channel, at(1), at(2), 10, false))(s)))
	}},
	{"only the oldest unsent message of each goes out", func(s *scene) {
		c := s.commune("dak-mau")
		people := c.people(2)
		var queue []storage.Message
		for i := range 6 {
			queue = append(queue, c.notice(people[i%2], 1+i))
		}
		s.must(s.store.Enqueue(s.ctx, queue))
		for i := 0; i < 6; i += 2 {
			rows := ok(s.store.Claim(s.ctx, c.channel, at(60), at(70), 10, false))(s)
			s.same("rows", []uuid.UUID{queue[i].ID, queue[i+1].ID}, ids(rows))
			s.same("while they are sent", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(60), at(70), 10, false))(s)))
			s.must(s.store.Settle(s.ctx, []storage.Settlement{
				{ID: queue[i].ID, Status: storage.Sent, At: at(60)}, {ID: queue[i+1].ID, Status: storage.Failed, Reason: "no such number", At: at(60)},
			}))
		}
	}},
	{"a message that is put off holds up those behind it, and no reply", func(s *scene) {
		c := s.commune("dak-mau")
		who := c.people(1)[0]
		first, second := c.notice(who, 1), c.notice(who, 2)
		s.must(s.store.Enqueue(s.ctx, []storage.Message{first, second}))
		s.same("rows", []uuid.UUID{first.ID}, ids(ok(s.store.Claim(s.ctx, c.channel, at(5), at(6), 10, false))(s)))
		s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: first.ID, Status: storage.Queued, Due: at(60), Reason: "night", At: at(5)}}))
		s.same("behind it", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(10), at(11), 10, false))(s)))
		t := c.hear(said{"tel:+84905000000", "r1", "x", 10})
		s.same("a reply", []uuid.UUID{t.Outbound[0].ID}, ids(ok(s.store.Claim(s.ctx, c.channel, at(10), at(20), 10, false))(s)))
		s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: t.Outbound[0].ID, Status: storage.Sent, At: at(10)}}))
		rows := ok(s.store.Claim(s.ctx, c.channel, at(60), at(61), 10, false))(s)
		s.same("then", []uuid.UUID{first.ID}, ids(rows))
		s.same("why", "night", rows[0].Message.Reason)
		s.same("attempts", 2, rows[0].Message.Attempts)
	}},
	{"what is held back for one purpose does not delay another", func(s *scene) {
		c := s.commune("dak-mau")
		who := c.people(1)[0]
		row := func(purpose string, minute int) storage.Message {
			m := c.notice(who, minute)
			m.Purpose = purpose
			return m
		}
		held, behind := row("broadcast", 1), row("broadcast", 2)
		answer, second := row("officer", 3), row("officer", 4)
		next := func(minute int, want ...uuid.UUID) {
			s.Helper()
			s.same(fmt.Sprint("at ", minute), want, ids(ok(s.store.Claim(s.ctx, c.channel, at(minute), at(minute+1), 10, false))(s)))
		}
		settle := func(m storage.Message, o storage.Settlement) {
			s.Helper()
			o.ID = m.ID
			s.must(s.store.Settle(s.ctx, []storage.Settlement{o}))
		}
		sent := storage.Settlement{Status: storage.Sent, At: at(10)}
		s.must(s.store.Enqueue(s.ctx, []storage.Message{held}))
		next(5, held.ID)
		settle(held, storage.Settlement{Status: storage.Queued, Due: at(60), Reason: "night", At: at(5)})
		s.must(s.store.Enqueue(s.ctx, []storage.Message{behind, answer, second}))
		next(10, answer.ID)
		next(10) // one is on its way
		settle(answer, sent)
		next(10, second.ID)
		settle(second, sent)
		next(10)
		next(60, held.ID)
		settle(held, sent)
		next(60, behind.ID)
	}},
	{"replies go before everything else, or alone", func(s *scene) {
		c := s.commune("dak-mau")
		people := c.people(2)
		n := c.notice(people[0], 1)
		s.must(s.store.Enqueue(s.ctx, []storage.Message{n}))
		t := c.hear(said{"tel:+84905000001", "r1", "x", 2})
		u := c.hear(said{"tel:+84905000009", "r2", "x", 3})
		s.same("replies only", []uuid.UUID{t.Outbound[0].ID}, ids(ok(s.store.Claim(s.ctx, c.channel, at(5), at(6), 1, true))(s)))
		s.same("the rest", []uuid.UUID{u.Outbound[0].ID, n.ID}, ids(ok(s.store.Claim(s.ctx, c.channel, at(5), at(6), 10, false))(s)))
	}},
	{"a lease that is over is given again", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "x", 1})
		h := c.hear(said{"tel:+84905000002", "b1", "x", 1}, func(t *storage.Turn) {
			t.Outbound[0].Status, t.Outbound[0].Lease = storage.Handed, at(8)
		})
		s.same("first", 1, len(ok(s.store.Claim(s.ctx, c.channel, at(2), at(7), 10, false))(s)))
		s.same("leased", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(6), at(9), 10, false))(s)))
		rows := ok(s.store.Claim(s.ctx, c.channel, at(8), at(9), 10, false))(s)
		s.same("again", []uuid.UUID{t.Outbound[0].ID, h.Outbound[0].ID}, ids(rows))
		s.same("attempts", []int{2, 1}, []int{rows[0].Message.Attempts, rows[1].Message.Attempts})
	}},
	{"an outcome is recorded", func(s *scene) {
		c := s.commune("dak-mau")
		for i, o := range []storage.Settlement{
			{Status: storage.Sent, External: "SM1"},
			{Status: storage.Delivered, External: "SM2"},
			{Status: storage.Failed, Reason: "số không có thật"},
			{Status: storage.Dropped, Reason: "đã từ chối"},
		} {
			t := c.hear(said{fmt.Sprint("tel:+8490500000", i), fmt.Sprint(i), "x", 1})
			o.ID, o.At = t.Outbound[0].ID, at(3)
			s.same("claimed", 1, len(ok(s.store.Claim(s.ctx, c.channel, at(2), at(7), 10, false))(s)))
			s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: s.id(), Status: storage.Sent, At: at(3)}, o})) // an unknown id harms nobody
			m := c.message(t.Contact.ID, o.ID)
			s.same("status", []any{o.Status, o.External, o.Reason}, []any{m.Status, m.External, m.Reason})
			if went := o.Status == storage.Sent || o.Status == storage.Delivered; went != m.SentAt.Equal(at(3)) {
				s.Fatalf("%s was sent at %v", o.Status, m.SentAt)
			}
		}
		s.same("left", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(600), at(601), 10, false))(s)))
	}},
	{"a provider's word comes later, and only forward", func(s *scene) {
		c, d := s.commune("dak-mau"), s.commune("dak-song")
		t := c.hear(said{"tel:+84905000001", "a1", "x", 1})
		id := t.Outbound[0].ID
		status := func() storage.Status { return c.message(t.Contact.ID, id).Status }
		s.wants(storage.ErrNotFound, s.store.Report(s.ctx, c.channel, "SM1", storage.Delivered, "", at(2)))
		s.wants(storage.ErrNotFound, s.store.Report(s.ctx, c.channel, "", storage.Delivered, "", at(2)))
		s.wants(storage.ErrNotFound, s.store.Report(s.ctx, c.channel, "a1", storage.Delivered, "", at(2))) // inbound
		s.same("claimed", 1, len(ok(s.store.Claim(s.ctx, c.channel, at(2), at(3), 10, false))(s)))
		sent := []storage.Settlement{{ID: id, Status: storage.Sent, External: "SM1", At: at(2)}}
		s.must(s.store.Settle(s.ctx, sent))
		s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: id, Status: storage.Queued, Due: at(3), At: at(2)}}))
		s.same("sent stays sent", storage.Sent, status())
		s.same("and is not sent again", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(9), at(10), 10, false))(s)))
		s.wants(storage.ErrNotFound, s.store.Report(s.ctx, d.channel, "SM1", storage.Delivered, "", at(2)))
		s.must(s.store.Report(s.ctx, c.channel, "SM1", storage.Delivered, "", at(3)))
		s.same("delivered", storage.Delivered, status())
		s.must(s.store.Report(s.ctx, c.channel, "SM1", storage.Failed, "late", at(4)))
		s.must(s.store.Settle(s.ctx, sent))
		s.same("stays delivered", storage.Delivered, status())
		s.same("sent at", at(2), c.message(t.Contact.ID, id).SentAt)
		u := c.hear(said{"tel:+84905000002", "b1", "x", 1})
		s.same("claimed", 1, len(ok(s.store.Claim(s.ctx, c.channel, at(2), at(3), 10, false))(s)))
		s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: u.Outbound[0].ID, Status: storage.Sent, External: "SM2", At: at(2)}}))
		s.must(s.store.Report(s.ctx, c.channel, "SM2", storage.Failed, "máy tắt", at(3)))
		m := c.message(u.Contact.ID, u.Outbound[0].ID)
		s.same("failed", []any{storage.Failed, "máy tắt"}, []any{m.Status, m.Reason})
	}},
	{"broadcasts of the civil day are counted for each", func(s *scene) {
		c := s.commune("dak-mau")
		people := c.people(2)
		// base is noon there: midnight was 720 minutes ago.
		for minute, m := range map[int]storage.Message{
			-721: {Purpose: "broadcast"}, -719: {Purpose: "broadcast"}, -1: {Purpose: "broadcast"}, -2: {Purpose: "notice"},
		} {
			n := c.notice(people[0], minute)
			n.Purpose = m.Purpose
			s.must(s.store.Enqueue(s.ctx, []storage.Message{n}))
			s.same("claimed", 1, len(ok(s.store.Claim(s.ctx, c.channel, at(0), at(1), 10, false))(s)))
			s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: n.ID, Status: storage.Sent, At: at(minute)}}))
		}
		dropped := c.notice(people[0], 0)
		dropped.Purpose = "broadcast"
		s.must(s.store.Enqueue(s.ctx, []storage.Message{dropped}))
		s.same("claimed", 1, len(ok(s.store.Claim(s.ctx, c.channel, at(0), at(1), 10, false))(s)))
		s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: dropped.ID, Status: storage.Dropped, At: at(0)}}))
		s.must(s.store.Enqueue(s.ctx, []storage.Message{c.notice(people[0], 1), c.notice(people[1], 2)}))
		rows := ok(s.store.Claim(s.ctx, c.channel, at(5), at(6), 10, false))(s)
		s.same("rows", 2, len(rows))
		s.same("sent today", []int{2, 0}, []int{rows[0].SentToday, rows[1].SentToday})
		rows = ok(s.store.Claim(s.ctx, c.channel, at(720), at(721), 10, false))(s)
		s.same("sent tomorrow", []int{0, 0}, []int{rows[0].SentToday, rows[1].SentToday})
	}},
	{"enqueuing is all or nothing", func(s *scene) {
		c := s.commune("dak-mau")
		n := c.notice(c.people(1)[0], 1)
		s.must(s.store.Enqueue(s.ctx, nil))
		s.must(s.store.Enqueue(s.ctx, []storage.Message{n}))
		fresh := c.notice(n.Contact, 2)
		s.wants(storage.ErrConflict, s.store.Enqueue(s.ctx, []storage.Message{fresh, n}))
		s.same("thread", 1, len(ok(s.store.Thread(s.ctx, c.code, n.Contact, at(60), 0))(s))-1)
	}},
}

// people are contacts with nothing to send to them: "tel:+84905000000" and on.
func (c *commune) people(n int) []uuid.UUID {
	c.Helper()
	var out []uuid.UUID
	for i := range n {
		t := c.hear(said{fmt.Sprint("tel:+8490500000", i), fmt.Sprint("hello ", i), "x", -100}, func(t *storage.Turn) { t.Outbound = nil })
		out = append(out, t.Contact.ID)
	}
	return out
}

// group is a group that is tied to a village.
func (c *commune) group(plain string) storage.Group {
	c.Helper()
	g := storage.Group{
		ID: c.id(), Area: c.code, Channel: c.channel, Address: address(plain), Title: "Nhóm " + c.code, Village: buPrang, TiedAt: at(1), TiedBy: "chi-hoa",
	}
	c.hear(said{"tel:+84905000099" + c.code, "tie " + plain, "/buoc", -100}, func(t *storage.Turn) { t.Group, t.Outbound = &g, nil })
	return g
}

// ids are those of claimed rows.
func ids(rows []storage.Outgoing) []uuid.UUID {
	out := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		out[i] = r.Message.ID
	}
	return out
}
