package conformance

import (
	"fmt"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// desk: what the officers' console reads and writes.
var desk = []promise{
	{"the overview counts", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		c.hear(said{"tel:+84905000002", "b1", "x", -24*60*8 + 1}, c.concern(planning.Difficulty, "AAAA", "khó"), func(t *storage.Turn) { t.Outbound = nil })
		c.hear(said{"tel:+84905000002", "b2", "x", 2}, c.concern(planning.Question, "BBBB", "hỏi"), c.concern(planning.Question, "CCCC", "hỏi"), func(t *storage.Turn) {
			t.Contact.StoppedAt, t.ContactMoved = at(2), true
		})
		c.hear(said{"tel:+84905000003", "c1", "x", -13 * 60}) // yesterday, in Vietnam
		for i, status := range []storage.Status{storage.Sent, storage.Failed} {
			rows := ok(s.store.Claim(s.ctx, c.channel, at(5), at(6+i), 1, false))(s)
			s.must(s.store.Settle(s.ctx, []storage.Settlement{{ID: rows[0].Message.ID, Status: status, At: at(5)}}))
		}
		s.must(s.store.Park(s.ctx, storage.Parked{ID: s.id(), Area: c.code, Channel: c.channel, Sealed: []byte{1}, At: at(1)}))
		answered := ok(s.store.Concerns(s.ctx, planning.ConcernQuery{Area: c.code, Search: "hỏi"}))(s)[0]
		s.must(s.store.AnswerConcern(s.ctx, c.code, answered.ID, "a", "b", at(3), nil))

		o := ok(s.store.Overview(s.ctx, c.code, at(10)))(s)
		days := o.PerDay
		o.PerDay = nil
		s.same("overview", storage.Overview{
			Contacts: 3, Consented: 1, Stopped: 1, MessagesIn: 3, MessagesOut: 1,
			Open:    map[planning.ConcernKind]int{planning.Difficulty: 1, planning.Question: 1},
			Overdue: 1, Waiting: 1, Failed: 1, Parked: 1,
		}, o)
		s.same("days", 14, len(days))
		s.same("last days", []storage.DayCount{{Day: "2024-07-09", Count: 1}, {Day: "2024-07-10", Count: 2}}, days[12:])
		s.same("a day of nothing", storage.DayCount{Day: "2024-07-08"}, days[11])
		s.same("first day", market.Day("2024-06-27"), days[0].Day)
		s.same("eight days ago", 1, days[5].Count)
	}},
	{"threads show each contact's latest message, the latest first", func(s *scene) {
		c := s.commune("dak-mau")
		a, b := c.resident("tel:+84905000001", 0), c.resident("tel:+84905000002", 4)
		c.hear(said{"tel:+84905000001", "a2", "Giá CÀ PHÊ Đắk Mil", 5}, c.concern(planning.Question, "AAAA", "hỏi"))
		c.hear(said{"tel:+84905000002", "b2", "giá tiêu", 6})
		threads := func(f storage.ThreadFilter) []string {
			return texts(ok(s.store.Threads(s.ctx, c.code, f))(s), func(t storage.Thread) string { return t.Last.Text })
		}
		s.same("all", []string{"re: giá tiêu", "re: Giá CÀ PHÊ Đắk Mil"}, threads(storage.ThreadFilter{}))
		s.same("limit", []string{"re: giá tiêu"}, threads(storage.ThreadFilter{Limit: 1}))
		s.same("before", []string{"re: Giá CÀ PHÊ Đắk Mil"}, threads(storage.ThreadFilter{Before: at(6), Limit: 1}))
		s.same("village", []string{"re: giá tiêu"}, threads(storage.ThreadFilter{Village: thon3}))
		for _, search := range []string{"CÀ PHÊ", "cà phê", "Đắk", "đắk mil"} {
			s.same(search, []string{"re: Giá CÀ PHÊ Đắk Mil"}, threads(storage.ThreadFilter{Search: search}))
		}
		for _, search := range []string{"cao su", "%", "_", "'"} {
			s.same(search, 0, len(threads(storage.ThreadFilter{Search: search})))
		}
		all := ok(s.store.Threads(s.ctx, c.code, storage.ThreadFilter{}))(s)
		s.same("contacts", []uuid.UUID{b.ID, a.ID}, []uuid.UUID{all[0].Contact.ID, all[1].Contact.ID})
		s.same("open", []int{0, 1}, []int{all[0].Open, all[1].Open})
	}},
	{"a thread is read backwards in pages", func(s *scene) {
		c := s.commune("dak-mau")
		for i := range 5 {
			c.hear(said{"tel:+84905000001", fmt.Sprint(i), fmt.Sprint(i), i}, func(t *storage.Turn) { t.Outbound = nil })
		}
		who := c.known("tel:+84905000001").Contact.ID
		page := func(before, limit int) []string {
			t := at(before)
			return texts(ok(s.store.Thread(s.ctx, c.code, who, t, limit))(s), func(m storage.Message) string { return m.Text })
		}
		s.same("latest", []string{"3", "4"}, page(60, 2))
		s.same("before", []string{"1", "2"}, page(3, 2))
		s.same("first", []string{"0"}, page(1, 2))
		s.same("now", 5, len(ok(s.store.Thread(s.ctx, c.code, who, storage.Message{}.At, 10))(s)))
		s.same("nobody's", 0, len(ok(s.store.Thread(s.ctx, c.code, s.id(), at(60), 2))(s)))
	}},
	{"contacts are found", func(s *scene) {
		c := s.commune("dak-mau")
		a := c.resident("tel:+84905000123", 0)
		b := c.resident("tel:+84905000456", 4)
		n := c.hear(said{"tel:+84905000789", "n1", "x", 3}, c.newcomer, func(t *storage.Turn) { t.Contact.Name = "Chị H'Bia" }).Contact
		l := c.hear(said{"tel:+84905000000", "l1", "x", 4}).Contact
		find := func(f storage.ContactFilter) []string {
			return sorted(ok(s.store.Contacts(s.ctx, c.code, f))(s), func(k storage.Contact) string { return k.Address.Mask })
		}
		mask := func(contacts ...storage.Contact) []string {
			return sorted(contacts, func(k storage.Contact) string { return k.Address.Mask })
		}
		s.same("all", mask(a, b, n, l), find(storage.ContactFilter{}))
		s.same("village", mask(b), find(storage.ContactFilter{Village: thon3}))
		s.same("unplaced", mask(n, l), find(storage.ContactFilter{Unplaced: true}))
		s.same("name", mask(a, b), find(storage.ContactFilter{Search: "ANH TƯ"}))
		s.same("name", mask(n), find(storage.ContactFilter{Search: "h'bia"}))
		s.same("mask", mask(b), find(storage.ContactFilter{Search: "456"}))
		s.same("nobody", 0, len(find(storage.ContactFilter{Search: "%"})))
		first, rest := find(storage.ContactFilter{Limit: 3}), find(storage.ContactFilter{Offset: 3, Limit: 3})
		s.same("pages", []int{3, 1}, []int{len(first), len(rest)})
		s.same("pages", mask(a, b, n, l), sorted(append(first, rest...), func(m string) string { return m }))
		s.same("one", a, ok(s.store.Contact(s.ctx, c.code, a.ID))(s))
		_, err := s.store.Contact(s.ctx, c.code, s.id())
		s.wants(storage.ErrNotFound, err)
	}},
	{"officers log in under a name of their own", func(s *scene) {
		o := storage.Officer{
			ID: s.id(), Area: "dak-mau", Login: "chi-hoa", Name: "Hoa", Role: storage.RoleAdmin, Password: "$argon2id$", Lang: "vi", Telegram: address("telegram:7").Hash,
		}
		p := storage.Officer{ID: s.id(), Area: "dak-mau", Login: "anh-ba", Name: "Ba", Role: storage.RoleOfficer, Disabled: true}
		s.must(s.store.SaveOfficer(s.ctx, o))
		s.must(s.store.SaveOfficer(s.ctx, p))
		taken := p
		taken.ID, taken.Area, taken.Login = s.id(), "dak-song", "chi-hoa"
		s.wants(storage.ErrConflict, s.store.SaveOfficer(s.ctx, taken))
		taken = p
		taken.Login = "chi-hoa"
		s.wants(storage.ErrConflict, s.store.SaveOfficer(s.ctx, taken))
		o.Name, o.Lang = "Hòa", "en"
		s.must(s.store.SaveOfficer(s.ctx, o))
		s.same("by login", o, ok(s.store.OfficerByLogin(s.ctx, "chi-hoa"))(s))
		s.same("by name", []storage.Officer{p, o}, ok(s.store.Officers(s.ctx, "dak-mau"))(s))
		s.same("by telegram", o, ok(s.store.OfficerByTelegram(s.ctx, "dak-mau", o.Telegram))(s))
		for _, missing := range []func() error{
			func() error { _, err := s.store.OfficerByLogin(s.ctx, "nobody"); return err },
			func() error {
				_, err := s.store.OfficerByTelegram(s.ctx, "dak-mau", address("telegram:8").Hash)
				return err
			},
			func() error { _, err := s.store.OfficerByTelegram(s.ctx, "dak-mau", storage.Hash{}); return err },
			func() error { _, err := s.store.OfficerByTelegram(s.ctx, "dak-song", o.Telegram); return err },
		} {
			s.wants(storage.ErrNotFound, missing())
		}
	}},
	{"a browser's session lasts until it ends", func(s *scene) {
		session := func(now int) (string, bool) {
			data, found, err := s.store.WebSession(s.ctx, "token", at(now))
			s.must(err)
			return string(data), found
		}
		_, found := session(0)
		s.same("none", false, found)
		s.must(s.store.SaveWebSession(s.ctx, "token", []byte{0, 1, 255}, at(5)))
		data, found := session(4)
		s.same("kept", true, found)
		s.same("data", "\x00\x01\xff", data)
		_, found = session(5)
		s.same("ended", false, found)
		s.must(s.store.SaveWebSession(s.ctx, "token", []byte("new"), at(9)))
		data, _ = session(8)
		s.same("renewed", "new", data)
		s.must(s.store.DeleteWebSession(s.ctx, "token"))
		s.must(s.store.DeleteWebSession(s.ctx, "token"))
		_, found = session(8)
		s.same("deleted", false, found)
	}},
}
