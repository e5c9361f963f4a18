package conformance

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// turns: what Load and Commit promise to one process that does all in order.
var turns = []promise{
	{"nobody is known at a new address", func(s *scene) {
		c := s.commune("dak-mau")
		s.same("loaded", storage.Loaded{}, c.load(said{from: "tel:+84905000001", external: "x"}))
		s.same("loaded nothing", 0, len(ok(s.store.Load(s.ctx, nil))(s)))
		s.must(s.store.Commit(s.ctx, nil))
	}},
	{"a turn is kept whole", func(s *scene) {
		c := s.commune("dak-mau")
		m := said{"tel:+84905000001", "a1", "giá tiêu 150k, đường xấu", 1}
		t := c.hear(m, c.living(0), func(t *storage.Turn) {
			t.Contact.Lang, t.Contact.Marks = "en", true
			t.Inbound.Media = []byte(`[{"url":"x"}]`)
			t.Outbound[0].Buttons = []byte(`["1","2"]`)
			t.Session.State, t.Session.Expires, t.SessionMoved = []byte("{1}"), at(31), true
			t.Household = c.households[0]
			t.Reports = []market.Report{{
				ID: s.id(), Area: c.code, Contact: t.Contact.ID, Message: t.Inbound.ID, Village: buPrang, Commodity: "pepper", Grade: "black",
				Market: "gia-nghia", Amount: 150_000, Unit: market.Kilogram, Day: "2024-07-10", At: at(1), Held: true,
			}}
		}, c.voting(map[int]planning.Stance{0: planning.Yes, 2: planning.No}), c.ranking(2, 0), c.concern(planning.Difficulty, "7K2M", "đường xấu"))

		l := c.load(said{from: m.from, external: "a2"})
		s.same("seen", false, l.Seen)
		s.same("contact", t.Contact, l.Contact)
		t.Session.Version++
		s.same("session", t.Session, l.Session)
		h := c.households[0]
		h.Version++
		s.same("household", h, l.Household)
		s.same("voices", t.Voices, l.Voices)
		s.same("priorities", t.Priorities, l.Priorities)
		s.same("concerns", t.Concerns, l.Concerns)
		s.same("messages", []storage.Message{*t.Inbound, t.Outbound[0]}, ok(s.store.Thread(s.ctx, c.code, t.Contact.ID, at(60), 10))(s))
		s.same("reports", t.Reports, ok(s.store.Reports(s.ctx, c.code, "2024-07-10"))(s))
		s.same("consents", t.Consents, ok(s.store.Consents(s.ctx, c.code, t.Contact.ID))(s))
	}},
	{"a message seen before gets the replies stored for it", func(s *scene) {
		c := s.commune("dak-mau")
		m := said{"tel:+84905000001", "a1", "gia ca phe", 1}
		t := c.hear(m, func(t *storage.Turn) {
			t.Outbound = append(t.Outbound, c.reply(*t, "second"), c.reply(*t, "toast"))
			t.Outbound[2].Purpose, t.Outbound[2].Status = "toast", storage.Sent
		})
		// An officer who answers the same message later is not its reply.
		late := c.reply(t, "an officer's word")
		late.Purpose, late.Author, late.At = "officer", "chi-hoa", at(5)
		s.must(s.store.Enqueue(s.ctx, []storage.Message{late}))
		l := c.load(m)
		s.same("seen", true, l.Seen)
		s.same("inbound", t.Inbound.ID, l.Inbound)
		s.same("replies", []string{"re: gia ca phe", "second", "toast"}, texts(l.Replies, func(m storage.Message) string { return m.Text }))
		s.same("reply", t.Outbound[0], l.Replies[0])
	}},
	{"an external id is its channel's own", func(s *scene) {
		c, d := s.commune("dak-mau"), s.commune("dak-song")
		c.hear(said{"tel:+84905000001", "a1", "one", 1})
		d.hear(said{"tel:+84905000002", "a1", "two", 1})
		s.same("seen", true, d.load(said{from: "tel:+84905000002", external: "a1"}).Seen)
	}},
	{"messages without an external id are never seen before", func(s *scene) {
		c := s.commune("dak-mau")
		for i := range 3 {
			m := said{"tel:+84905000001", "", "again", i}
			s.same("seen", false, c.load(m).Seen)
			c.hear(m)
		}
	}},
	{"a stored inbound is refused, and nothing of its batch is written", func(s *scene) {
		c := s.commune("dak-mau")
		first := c.hear(said{"tel:+84905000001", "a1", "one", 1})
		fresh := said{"tel:+84905000002", "b1", "two", 1}
		again := said{"tel:+84905000001", "a2", "one", 1}
		turns := []storage.Turn{c.turn(fresh, c.load(fresh)), c.turn(again, c.load(again))}
		turns[1].Inbound.External = "a1"
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, turns))
		s.same("the other's contact", uuid.Nil, c.load(fresh).Contact.ID)
		s.same("messages", 2, len(ok(s.store.Thread(s.ctx, c.code, first.Contact.ID, at(60), 0))(s)))
	}},
	{"an address belongs to one contact", func(s *scene) {
		c := s.commune("dak-mau")
		m := said{"tel:+84905000001", "a1", "one", 1}
		from := c.load(m)
		c.hear(m)
		other := c.turn(said{"tel:+84905000001", "a2", "two", 1}, from)
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{other}))
	}},
	{"a contact that moved makes a turn stale", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		m := said{"tel:+84905000001", "a2", "two", 2}
		stale := c.turn(m, c.load(m))
		moved := c.hear(said{"tel:+84905000001", "a3", "en", 3}, func(t *storage.Turn) { t.Contact.Lang, t.ContactMoved = "en", true })
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{stale}))
		s.same("version", moved.Contact.Version+1, c.load(m).Contact.Version)
		c.hear(m)
	}},
	{"a session that moved makes a turn stale", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		say := func(state string) func(*storage.Turn) {
			return func(t *storage.Turn) { t.Session.State, t.SessionMoved = []byte(state), true }
		}
		for i, state := range []string{"one", "two"} { // the first makes the session, the second moves it
			m := said{"tel:+84905000001", fmt.Sprint("late", i), "late", 2}
			late := c.turn(m, c.load(m))
			c.hear(said{"tel:+84905000001", fmt.Sprint("a", i), "now", 2}, say(state))
			s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{late})) // it was played from a talk that is over
			say("late")(&late)
			s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{late}))
			s.same("state", state, string(c.load(m).Session.State))
			s.same("version", int64(i+1), c.load(m).Session.Version)
		}
	}},
	{"a turn that moves nothing leaves the versions and keeps when it was heard", func(s *scene) {
		c := s.commune("dak-mau")
		before := c.resident("tel:+84905000001", 0)
		m := said{"tel:+84905000001", "a2", "two", 7}
		c.hear(m)
		before.HeardAt = at(7)
		s.same("contact", before, c.known(m.from).Contact)
	}},
	{"turns of one contact in one batch follow each other", func(s *scene) {
		c := s.commune("dak-mau")
		a, b := said{"tel:+84905000001", "a1", "one", 1}, said{"tel:+84905000001", "a2", "two", 2}
		first := c.turn(a, c.load(a))
		first.Session.State, first.SessionMoved = []byte("1"), true
		// A new contact keeps the version it is made with; what moves goes up by one.
		from := storage.Loaded{Contact: first.Contact, Session: first.Session}
		from.Session.Version++
		second := c.turn(b, from)
		second.Session.State, second.SessionMoved = []byte("2"), true
		c.living(0)(&second)
		from.Contact, from.Session = second.Contact, second.Session
		from.Contact.Version++
		from.Session.Version++
		from.Household = c.households[0]
		third := c.turn(said{"tel:+84905000001", "a3", "1d", 3}, from)
		c.voting(map[int]planning.Stance{0: planning.Yes})(&third)
		from.Household.Version++
		from.Contact.HeardAt = third.Contact.HeardAt
		fourth := c.turn(said{"tel:+84905000001", "a4", "1k", 4}, from)
		c.voting(map[int]planning.Stance{0: planning.No})(&fourth)
		s.must(s.store.Commit(s.ctx, []storage.Turn{first, second, third, fourth}))
		l := c.known(b.from)
		s.same("state", "2", string(l.Session.State))
		s.same("contact", first.Contact.Version+1, l.Contact.Version)
		s.same("session", int64(2), l.Session.Version)
		s.same("household", int64(2), l.Household.Version)
		s.same("voices", fourth.Voices, l.Voices)
		s.same("thread", []string{"one", "re: one", "two", "re: two", "1d", "re: 1d", "1k", "re: 1k"},
			texts(ok(s.store.Thread(s.ctx, c.code, l.Contact.ID, at(60), 0))(s), func(m storage.Message) string { return m.Text }))
		// The versions of a batch must hold one after the other.
		fifth := c.turn(said{"tel:+84905000001", "a5", "x", 5}, l)
		fifth.SessionMoved = true
		sixth := fifth
		sixth.Inbound = c.turn(said{"tel:+84905000001", "a6", "x", 5}, l).Inbound
		sixth.Outbound = nil
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{fifth, sixth}))
		s.same("nothing of it", false, c.load(said{from: "tel:+84905000001", external: "a5"}).Seen)
	}},
	{"a household that moved makes a vote stale, and nothing else", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		c.resident("tel:+84905000002", 0)
		yes := c.voting(map[int]planning.Stance{0: planning.Yes})
		a := said{"tel:+84905000001", "a2", "1d", 2}
		late := c.turn(a, c.load(a))
		yes(&late)
		b := said{"tel:+84905000001", "a3", "gia", 2}
		plain := c.turn(b, c.load(b))
		c.hear(said{"tel:+84905000002", "b2", "1k", 2}, c.voting(map[int]planning.Stance{0: planning.No}))
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{late}))
		s.must(s.store.Commit(s.ctx, []storage.Turn{plain}))
		s.same("version", int64(1), c.load(a).Household.Version)
		again := c.hear(a, yes)
		s.same("version", int64(2), c.known(a.from).Household.Version)
		s.same("voices", again.Voices, c.known(a.from).Voices)
		ranked := c.turn(b, c.known(a.from))
		ranked.Inbound.External = "a9"
		c.ranking(1)(&ranked)
		ranked.Household.Version--
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{ranked}))
	}},
	{"a provisional household is made with its first vote", func(s *scene) {
		c := s.commune("dak-mau")
		m := said{"tel:+84905000001", "a1", "1d", 1}
		t := c.hear(m, c.newcomer, c.voting(map[int]planning.Stance{0: planning.Yes}), c.ranking(0))
		l := c.known(m.from)
		t.Household.Version++
		s.same("household", t.Household, l.Household)
		s.same("voices", t.Voices, l.Voices)
		taken := c.turn(said{"tel:+84905000002", "b1", "1d", 1}, storage.Loaded{})
		taken.Household, taken.HouseholdNew = t.Household, true
		s.wants(storage.ErrStale, s.store.Commit(s.ctx, []storage.Turn{taken}))
	}},
	{"a taken concern code is stale", func(s *scene) {
		c, d := s.commune("dak-mau"), s.commune("dak-song")
		c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.concern(planning.Question, "7K2M", "hỏi"))
		_, err := c.try(said{"tel:+84905000002", "b1", "y", 1}, c.concern(planning.Question, "7K2M", "hỏi nữa"))
		s.wants(storage.ErrStale, err)
		s.same("nothing of it", uuid.Nil, c.known("tel:+84905000002").Contact.ID)
		d.hear(said{"tel:+84905000002", "b1", "y", 1}, d.concern(planning.Question, "7K2M", "hỏi nữa")) // another commune's code
	}},
	{"the latest five concerns are loaded, newest first", func(s *scene) {
		c := s.commune("dak-mau")
		for i := range 7 {
			c.hear(said{"tel:+84905000001", fmt.Sprint("a", i), "x", i}, c.concern(planning.Question, fmt.Sprintf("AAA%d", i), "hỏi"))
		}
		l := c.known("tel:+84905000001")
		s.same("codes", []string{"AAA6", "AAA5", "AAA4", "AAA3", "AAA2"}, texts(l.Concerns, func(k planning.Concern) string { return k.Code }))
	}},
	{"an open concern is added to, an answered one is stale", func(s *scene) {
		c := s.commune("dak-mau")
		first := c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.concern(planning.Difficulty, "7K2M", "đường xấu"))
		want := first.Concerns[0]
		want.Text, want.Commodity, want.Link, want.Severity = "đường xấu, mưa không đi được", "pepper", planning.Infrastructure, "severe"
		amend := func(t *storage.Turn) { t.Amended = []planning.Concern{want} }
		c.hear(said{"tel:+84905000001", "a2", "y", 2}, amend)
		s.same("concerns", []planning.Concern{want}, c.known("tel:+84905000001").Concerns)
		_, err := c.try(said{"tel:+84905000002", "b1", "y", 2}, amend)
		s.wants(storage.ErrStale, err) // somebody else's
		s.must(s.store.AnswerConcern(s.ctx, c.code, want.ID, "Sẽ sửa", "chi-hoa", at(3), nil))
		_, err = c.try(said{"tel:+84905000001", "a3", "z", 4}, amend)
		s.wants(storage.ErrStale, err)
	}},
	{"keys are answered in their order, repeated ones too", func(s *scene) {
		c := s.commune("dak-mau")
		a := c.hear(said{"tel:+84905000001", "a1", "one", 1}).Contact
		b := c.hear(said{"tel:+84905000002", "b1", "two", 1}).Contact
		ma, mb := said{from: "tel:+84905000001"}, said{from: "tel:+84905000002"}
		keys := []storage.Key{c.key(mb), c.key(said{from: "tel:+84905000009"}), c.key(ma), c.key(said{from: mb.from, external: "b1"}), c.key(mb)}
		loaded := ok(s.store.Load(s.ctx, keys))(s)
		s.same("contacts", []uuid.UUID{b.ID, uuid.Nil, a.ID, b.ID},
			[]uuid.UUID{loaded[0].Contact.ID, loaded[1].Contact.ID, loaded[2].Contact.ID, loaded[4].Contact.ID})
		s.same("seen", []bool{false, false, false, true, false}, []bool{loaded[0].Seen, loaded[1].Seen, loaded[2].Seen, loaded[3].Seen, loaded[4].Seen})
	}},
	{"a group is tied by a code that is spent", func(s *scene) {
		c := s.commune("dak-mau")
		s.must(s.store.SaveTieCode(s.ctx, storage.TieCode{Area: c.code, Code: "Q7X2", Village: buPrang, Officer: "chi-hoa", Expires: at(60)}))
		g := storage.Group{
			ID: s.id(), Area: c.code, Channel: c.channel, Address: address("telegram:-1001"), Title: "Bon Bu Prăng", Village: buPrang, TiedAt: at(1), TiedBy: "chi-hoa",
		}
		tie := func(t *storage.Turn) { t.Group, t.TieCode = &g, "Q7X2" }
		c.hear(said{"tel:+84905000001", "a1", "/buoc Q7X2", 1}, tie)
		k := c.key(said{from: "tel:+84905000001", external: "a2"})
		k.Group = g.Address.Hash
		l := ok(s.store.Load(s.ctx, []storage.Key{k}))(s)[0]
		s.same("group", g, l.Group)
		s.same("codes", 0, len(ok(s.store.TieCodes(s.ctx, at(2)))(s)))
		_, err := c.try(said{"tel:+84905000001", "a2", "/buoc Q7X2", 2}, tie)
		s.wants(storage.ErrStale, err)
		g.Title = "Bon Bu Prăng mới"
		c.hear(said{"tel:+84905000001", "a3", "", 3}, func(t *storage.Turn) { t.Group = &g })
		s.same("groups", []storage.Group{g}, ok(s.store.Groups(s.ctx, c.code))(s))
		k.Group = address("telegram:-1002").Hash
		s.same("another group", storage.Group{}, ok(s.store.Load(s.ctx, []storage.Key{k}))(s)[0].Group)
	}},
	{"a timer's turn stores no message", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		talk := func(t *storage.Turn) { t.Session.State, t.Session.Expires, t.SessionMoved = []byte("?"), at(30), true }
		c.hear(said{"tel:+84905000001", "a1", "x", 1}, talk)
		c.resident("tel:+84905000002", 1)
		c.hear(said{"tel:+84905000002", "b1", "x", 1}, func(t *storage.Turn) {
			talk(t)
			t.Session.Expires = at(20)
		})
		s.same("not yet", 0, len(ok(s.store.Expired(s.ctx, at(20), 10))(s)))
		silent := ok(s.store.Expired(s.ctx, at(31), 10))(s)
		s.same("oldest first", []string{"tel:+84905000002", "tel:+84905000001"}, texts(silent, func(k storage.Contact) string { return string(k.Address.Sealed)[len("sealed "):] }))
		s.same("at most", 1, len(ok(s.store.Expired(s.ctx, at(31), 1))(s)))
		l := c.known("tel:+84905000001")
		s.same("contact", l.Contact, silent[1])
		timer := storage.Turn{Contact: l.Contact, Session: l.Session, Household: l.Household, SessionMoved: true}
		timer.Session = storage.Session{Contact: l.Contact.ID, Version: l.Session.Version}
		s.must(s.store.Commit(s.ctx, []storage.Turn{timer}))
		s.same("left", 1, len(ok(s.store.Expired(s.ctx, at(31), 10))(s)))
		s.same("messages", 4, len(ok(s.store.Thread(s.ctx, c.code, l.Contact.ID, at(60), 0))(s)))
		s.same("session", storage.Session{Contact: l.Contact.ID, Version: l.Session.Version + 1}, c.known("tel:+84905000001").Session)
	}},
	{"a message that cannot be played is parked", func(s *scene) {
		c := s.commune("dak-mau")
		p := storage.Parked{ID: s.id(), Area: c.code, Channel: c.channel, Sealed: []byte{1, 2, 0, 3}, Error: "panic", At: at(1)}
		s.must(s.store.Park(s.ctx, p))
		s.same("parked", []storage.Parked{p}, ok(s.store.Parked(s.ctx, c.code))(s))
	}},
	{"replies written into a webhook's response become sent", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "x", 1}, func(t *storage.Turn) {
			t.Outbound[0].Status, t.Outbound[0].Lease = storage.Handed, at(2)
		})
		c.hear(said{"tel:+84905000002", "b1", "y", 1}, func(u *storage.Turn) {
			u.Outbound = nil
			u.Written = []uuid.UUID{t.Outbound[0].ID, s.id()}
		})
		s.same("reply", storage.Sent, ok(s.store.Thread(s.ctx, c.code, t.Contact.ID, at(60), 0))(s)[1].Status)
		s.same("to send", 0, len(ok(s.store.Claim(s.ctx, c.channel, at(10), at(11), 10, false))(s)))
	}},
	{"texts come back as they were", func(s *scene) {
		c := s.commune("dak-mau")
		for i, text := range []string{"", "Đắk Nông ơ̆ ư̆ ƀ", "😀\u202eأهلا", "a\nb\t'\"\\%_"} {
			c.hear(said{"tel:+84905000001", fmt.Sprint("a'\"", i), text, i})
			thread := ok(s.store.Thread(s.ctx, c.code, c.known("tel:+84905000001").Contact.ID, at(60), 0))(s)
			s.same("text", text, thread[len(thread)-2].Text)
		}
	}},
}
