package conformance

import (
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// concerns: what people tell the commune is found, counted and answered once.
var concerns = []promise{
	{"concerns are narrowed, newest first", func(s *scene) {
		c := s.commune("dak-mau")
		a := c.resident("tel:+84905000001", 0)
		c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.concern(planning.Difficulty, "AAAA", "Đường vào RẪY lầy quá"))
		c.hear(said{"tel:+84905000001", "a2", "x", 2}, c.concern(planning.Opinion, "BBBB", "nên làm chợ trước"))
		c.hear(said{"tel:+84905000002", "b1", "x", 3}, c.concern(planning.Question, "CCCC", "khi nào làm đường?"))
		all := ok(s.store.Concerns(s.ctx, planning.ConcernQuery{Area: c.code}))(s)
		s.must(s.store.AnswerConcern(s.ctx, c.code, all[1].ID, "Có", "chi-hoa", at(9), nil))
		find := func(q planning.ConcernQuery) string {
			q.Area = c.code
			return strings.Join(texts(ok(s.store.Concerns(s.ctx, q))(s), func(k planning.Concern) string { return k.Code }), " ")
		}
		village, nowhere, coffee, item, whole := buPrang, "", "coffee", "KH-01", ""
		for want, queries := range map[string][]planning.ConcernQuery{
			"CCCC BBBB AAAA": {{}, {Since: at(1)}},
			"AAAA":           {{Kind: planning.Difficulty}, {Commodity: &coffee}, {Link: planning.Selling}, {Search: "đường vào rẫy"}, {Offset: 2}, {Offset: 2, Limit: 5}},
			"BBBB":           {{Round: c.round.ID}, {Item: &item}, {Search: "CHỢ"}, {Offset: 1, Limit: 1}},
			"CCCC":           {{Village: &nowhere}, {Kind: planning.Question}, {Since: at(3)}, {Limit: 1}},
			"BBBB AAAA":      {{Village: &village}, {Contact: a.ID}},
			"CCCC AAAA":      {{Open: true}, {Item: &whole}, {Search: "ĐƯỜNG"}},
			"":               {{Search: "%"}, {Kind: planning.Question, Round: c.round.ID}, {Contact: s.id()}},
		} {
			for _, q := range queries {
				s.same(fmt.Sprintf("%+v", q), want, find(q))
			}
		}
	}},
	{"a concern is found by its code, its text and its answer", func(s *scene) {
		c := s.commune("dak-mau")
		c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.concern(planning.Difficulty, "7K2M", "Đường lầy"))
		c.hear(said{"tel:+84905000001", "a2", "x", 2}, c.concern(planning.Question, "QXA9", "Khi nào làm?"))
		asked := ok(s.store.Concerns(s.ctx, planning.ConcernQuery{Area: c.code, Kind: planning.Question}))(s)[0]
		s.must(s.store.AnswerConcern(s.ctx, c.code, asked.ID, "Tháng Chạp", "chi-hoa", at(3), nil))
		for search, want := range map[string][]string{
			"7K2M": {"7K2M"}, "7k2m": {"7K2M"}, " qxa9 ": {"QXA9"}, "THÁNG CHẠP": {"QXA9"}, "khi nào": {"QXA9"}, "9Z9Z": nil, " ": {"7K2M", "QXA9"},
		} {
			s.same(search, want, sorted(ok(s.store.Concerns(s.ctx, planning.ConcernQuery{Area: c.code, Search: search}))(s), func(k planning.Concern) string { return k.Code }))
		}
	}},
	{"difficulties are counted by cell, with how many people", func(s *scene) {
		c := s.commune("dak-mau")
		c.resident("tel:+84905000001", 0)
		c.resident("tel:+84905000002", 1)
		for i, from := range []string{"tel:+84905000001", "tel:+84905000001", "tel:+84905000002", "tel:+84905000003"} {
			c.hear(said{from, fmt.Sprint("k", i), "x", i}, c.concern(planning.Difficulty, fmt.Sprint("AAA", i), "khó"))
		}
		c.hear(said{"tel:+84905000001", "o", "x", 5}, c.concern(planning.Opinion, "OOOO", "ý kiến"))
		cell := func(k planning.ConcernCell) string { return fmt.Sprintf("%+v", k) }
		s.same("cells", []string{
			cell(planning.ConcernCell{Village: "", Commodity: "coffee", Link: planning.Selling, Count: 1, People: 1}),
			cell(planning.ConcernCell{Village: buPrang, Commodity: "coffee", Link: planning.Selling, Count: 3, People: 2}),
		}, sorted(ok(s.store.ConcernCells(s.ctx, c.code, at(0)))(s), cell))
		s.same("since", 2, total(ok(s.store.ConcernCells(s.ctx, c.code, at(2)))(s), func(k planning.ConcernCell) int { return k.Count }))
		s.same("ever", 4, total(ok(s.store.ConcernCells(s.ctx, c.code, planning.Concern{}.Due))(s), func(k planning.ConcernCell) int { return k.Count }))
	}},
	{"an answer is given once, with its notice", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.concern(planning.Question, "AAAA", "hỏi"), func(t *storage.Turn) { t.Outbound = nil })
		k := t.Concerns[0]
		notice := &planning.Notice{ID: s.id(), Contact: t.Contact.ID, Purpose: "officer", Text: "Xã trả lời AAAA", Parts: 2, Author: "chi-hoa"}
		s.wants(storage.ErrNotFound, s.store.AnswerConcern(s.ctx, c.code, s.id(), "x", "y", at(2), notice))
		s.must(s.store.AnswerConcern(s.ctx, c.code, k.ID, "Tháng sau", "chi-hoa", at(2), notice))
		k.Answer, k.AnsweredBy, k.AnsweredAt = "Tháng sau", "chi-hoa", at(2)
		again := *notice
		again.ID = s.id()
		err := s.store.AnswerConcern(s.ctx, c.code, k.ID, "Tháng này", "anh-ba", at(3), &again)
		if err == nil || !strings.Contains(err.Error(), "chi-hoa") {
			s.Fatalf("the second answer got %v, want an error that names who answered", err)
		}
		s.same("concern", []planning.Concern{k}, ok(s.store.Concerns(s.ctx, planning.ConcernQuery{Area: c.code}))(s))
		rows := ok(s.store.Claim(s.ctx, c.channel, at(2), at(3), 10, false))(s)
		s.same("notices", 1, len(rows))
		m := rows[0].Message
		s.same("notice", []any{notice.ID, c.code, c.channel, t.Contact.ID, storage.Out, "officer", "Xã trả lời AAAA", 2, "chi-hoa"},
			[]any{m.ID, m.Area, m.Channel, m.Contact, m.Direction, m.Purpose, m.Text, m.Parts, m.Author})
		s.same("a message seen again has its own replies only", 0, len(c.load(said{"tel:+84905000001", "a1", "x", 1}).Replies))
	}},
	{"a notice that cannot be stored takes its answer back", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.concern(planning.Question, "AAAA", "hỏi"))
		taken := &planning.Notice{ID: t.Outbound[0].ID, Contact: t.Contact.ID, Purpose: "officer", Text: "x"}
		if s.store.AnswerConcern(s.ctx, c.code, t.Concerns[0].ID, "x", "y", at(2), taken) == nil {
			s.Fatal("two messages have one id")
		}
		s.same("open", 1, len(ok(s.store.Concerns(s.ctx, planning.ConcernQuery{Area: c.code, Open: true}))(s)))
	}},
	{"of two officers who answer at once one is told", func(s *scene) {
		c := s.commune("dak-mau")
		t := c.hear(said{"tel:+84905000001", "a1", "x", 1}, c.concern(planning.Question, "AAAA", "hỏi"), func(t *storage.Turn) { t.Outbound = nil })
		var won atomic.Int32
		s.together(8, func(i int) error {
			n := &planning.Notice{ID: s.id(), Contact: t.Contact.ID, Purpose: "officer", Text: "x"}
			if s.store.AnswerConcern(s.ctx, c.code, t.Concerns[0].ID, "x", fmt.Sprint("officer ", i), at(2), n) == nil {
				won.Add(1)
			}
			return nil
		})
		s.same("answers", int32(1), won.Load())
		s.same("notices", 1, len(ok(s.store.Claim(s.ctx, c.channel, at(2), at(3), 10, false))(s)))
	}},
}
