package conformance

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// races: what the store promises when many do the same at once.
var races = []promise{
	{"64 at once on 8 contacts: nothing lost, nothing double, order kept", func(s *scene) {
		const people, writers, messages = 8, 64, 12
		c := s.commune("dak-mau")
		from := func(person int) string { return fmt.Sprintf("tel:+849050000%02d", person%people) }
		replies := make([][messages]sync.Map, people) // person, message → reply → how often
		s.together(writers, func(w int) error {
			// Every writer sends all messages of two people, in order: each message comes 16 times.
			rnd := rand.New(rand.NewPCG(uint64(w), 1))
			var next [2]int
			for next[0] < messages || next[1] < messages {
				var batch []said
				for i := range next {
					for range min(rnd.IntN(3), messages-next[i]) {
						batch = append(batch, said{from(w + i), fmt.Sprintf("%d-%d", (w+i)%people, next[i]), fmt.Sprint(next[i]), next[i]})
						next[i]++
					}
				}
				stored, err := c.loop(batch)
				if err != nil {
					return err
				}
				for i, m := range batch {
					var person, n int
					_, _ = fmt.Sscanf(m.external, "%d-%d", &person, &n)
					replies[person][n].Store(stored[i], true)
				}
			}
			return nil
		})
		for person := range people {
			l := c.known(from(person))
			var want, told []string
			for n := range messages {
				want = append(want, fmt.Sprint(n))
				told = append(told, fmt.Sprint(n), fmt.Sprintf("%d after %s", n, strings.Join(want[:n], " ")))
				same := 0
				replies[person][n].Range(func(reply, _ any) bool {
					s.same("reply", told[len(told)-1], fmt.Sprint(reply))
					same++
					return true
				})
				s.same("different replies", 1, same)
			}
			s.same("session", strings.Join(want, " "), string(l.Session.State))
			s.same("session version", int64(messages), l.Session.Version)
			thread := ok(s.store.Thread(s.ctx, c.code, l.Contact.ID, at(1000), 0))(s)
			s.same("thread", told, texts(thread, func(m storage.Message) string { return m.Text }))
		}
	}},
	{"members of one household cannot both win", func(s *scene) {
		const members, ballots = 4, 6
		c := s.commune("dak-mau")
		for m := range members {
			c.resident(fmt.Sprint("tel:+8490500000", m), 0)
		}
		stances := []planning.Stance{planning.Yes, planning.No, planning.Other, planning.Abstain}
		s.together(members, func(member int) error {
			for b := range ballots {
				m := said{fmt.Sprint("tel:+8490500000", member), fmt.Sprint(member, "-", b), "1d", b}
				if err := c.again(m, c.voting(map[int]planning.Stance{0: stances[member]}), c.ranking(b%3)); err != nil {
					return err
				}
			}
			return nil
		})
		s.same("version", int64(members*ballots), c.known("tel:+84905000000").Household.Version)
		counted := ok(s.store.Tally(s.ctx, c.code, c.round.ID))(s)
		s.same("households", 1, total(counted.Cells, func(k planning.Cell) int { return k.Households }))
		s.same("mentions", 1, total(counted.Priorities, func(k planning.PriorityCell) int { return k.Mentions }))
		log := ok(s.store.Voices(s.ctx, planning.VoiceQuery{Area: c.code, Round: c.round.ID, Replaced: true}))(s)
		s.same("log", members*ballots, len(log))
		s.same("current", 1, total(log, func(v planning.VoiceRow) int {
			if v.Current {
				return 1
			}
			return 0
		}))
	}},
	{"a new address met by many becomes one contact", func(s *scene) {
		c := s.commune("dak-mau")
		s.together(16, func(w int) error { return c.again(said{"tel:+84905000001", fmt.Sprint(w), "x", w}) })
		people := ok(s.store.Contacts(s.ctx, c.code, storage.ContactFilter{}))(s)
		s.same("contacts", 1, len(people))
		s.same("messages", 32, len(ok(s.store.Thread(s.ctx, c.code, people[0].ID, at(60), 0))(s)))
	}},
	{"a code ties one group only", func(s *scene) {
		c := s.commune("dak-mau")
		s.must(s.store.SaveTieCode(s.ctx, storage.TieCode{Area: c.code, Code: "Q7X2", Village: buPrang, Officer: "chi-hoa", Expires: at(60)}))
		var mu sync.Mutex
		won := 0
		s.together(8, func(w int) error {
			g := storage.Group{ID: s.id(), Area: c.code, Channel: c.channel, Address: address(fmt.Sprint("telegram:-", w)), Village: buPrang, TiedAt: at(1)}
			_, err := c.try(said{fmt.Sprint("tel:+8490500000", w), fmt.Sprint(w), "/buoc", 1}, func(t *storage.Turn) { t.Group, t.TieCode = &g, "Q7X2" })
			if errors.Is(err, storage.ErrStale) {
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			won++
			return err
		})
		s.same("winners", 1, won)
		s.same("groups", 1, len(ok(s.store.Groups(s.ctx, c.code))(s)))
	}},
	{"claimers never get the same row", func(s *scene) {
		const people, claimers = 40, 8
		c := s.commune("dak-mau")
		var queue []storage.Message
		for p := range people {
			t := c.hear(said{fmt.Sprintf("tel:+849050001%02d", p), fmt.Sprint(p), "x", 1}, func(t *storage.Turn) { t.Outbound = nil })
			for range 3 {
				queue = append(queue, c.notice(t.Contact.ID, 1))
			}
		}
		s.must(s.store.Enqueue(s.ctx, queue))
		var claimed sync.Map
		s.together(claimers, func(w int) error {
			for idle := 0; idle < 3; {
				rows, err := s.store.Claim(s.ctx, c.channel, at(2), at(10), 1+w, false)
				if err != nil {
					return err
				}
				if len(rows) == 0 {
					idle++
				}
				var outcomes []storage.Settlement
				for _, r := range rows {
					if _, twice := claimed.LoadOrStore(r.Message.ID, true); twice {
						return fmt.Errorf("%v was claimed twice", r.Message.ID)
					}
					outcomes = append(outcomes, storage.Settlement{ID: r.Message.ID, Status: storage.Sent, At: at(2)})
				}
				if err := s.store.Settle(s.ctx, outcomes); err != nil {
					return err
				}
			}
			return nil
		})
		for { // what the last settlements uncovered
			rows := ok(s.store.Claim(s.ctx, c.channel, at(2), at(10), 100, false))(s)
			if len(rows) == 0 {
				break
			}
			var outcomes []storage.Settlement
			for _, r := range rows {
				if _, twice := claimed.LoadOrStore(r.Message.ID, true); twice {
					s.Fatalf("%v was claimed twice", r.Message.ID)
				}
				outcomes = append(outcomes, storage.Settlement{ID: r.Message.ID, Status: storage.Sent, At: at(2)})
			}
			s.must(s.store.Settle(s.ctx, outcomes))
		}
		sent := 0
		claimed.Range(func(any, any) bool { sent++; return true })
		s.same("sent", len(queue), sent)
	}},
	{"a duty has one holder", func(s *scene) {
		var mu sync.Mutex
		holders := 0
		s.together(8, func(w int) error {
			mine, err := s.store.Lease(s.ctx, "seal", fmt.Sprint("process ", w), at(0), at(1))
			mu.Lock()
			defer mu.Unlock()
			if mine {
				holders++
			}
			return err
		})
		s.same("holders", 1, holders)
	}},
}

// together runs n at once and ends the test on an error of any.
func (s *scene) together(n int, do func(i int) error) {
	s.Helper()
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = do(i) })
	}
	wg.Wait()
	s.must(errors.Join(errs...))
}

// again plays a message until it is not stale.
func (c *commune) again(m said, edits ...func(*storage.Turn)) error {
	for {
		loaded, err := c.store.Load(c.ctx, []storage.Key{c.key(m)})
		if err != nil || loaded[0].Seen {
			return err
		}
		t := c.turn(m, loaded[0])
		for _, edit := range edits {
			edit(&t)
		}
		if err := c.store.Commit(c.ctx, []storage.Turn{t}); !errors.Is(err, storage.ErrStale) {
			return err
		}
	}
}

// loop is a turn loop in small: it plays a batch until all of it is stored,
// and returns the reply to each message. A session holds what was said so far.
func (c *commune) loop(batch []said) ([]string, error) {
	for {
		keys := make([]storage.Key, len(batch))
		for i, m := range batch {
			keys[i] = c.key(m)
		}
		loaded, err := c.store.Load(c.ctx, keys)
		if err != nil {
			return nil, err
		}
		replies := make([]string, len(batch))
		played := map[string]storage.Loaded{}
		var turns []storage.Turn
		for i, m := range batch {
			if loaded[i].Seen {
				if len(loaded[i].Replies) != 1 {
					return nil, fmt.Errorf("%s has %d replies", m.external, len(loaded[i].Replies))
				}
				replies[i] = loaded[i].Replies[0].Text
				continue
			}
			from, earlier := played[m.from]
			if !earlier {
				from = loaded[i]
			}
			before := string(from.Session.State)
			t := c.turn(m, from)
			t.Session.State, t.SessionMoved = []byte(strings.TrimSpace(before+" "+m.text)), true
			t.Outbound[0].Text = fmt.Sprintf("%s after %s", m.text, before)
			replies[i] = t.Outbound[0].Text
			turns = append(turns, t)
			from.Contact, from.Session = t.Contact, t.Session
			from.Session.Version++
			played[m.from] = from
		}
		if len(turns) == 0 {
			return replies, nil
		}
		if err := c.store.Commit(c.ctx, turns); err == nil {
			return replies, nil
		} else if !errors.Is(err, storage.ErrStale) {
			return nil, err
		}
	}
}

// notice is a queued message to a contact that it did not ask for.
func (c *commune) notice(contact uuid.UUID, minute int) storage.Message {
	return storage.Message{
		ID: c.id(), Area: c.code, Channel: c.channel, Contact: contact, Direction: storage.Out, Text: "Thông báo", At: at(minute),
		Purpose: "notice", Status: storage.Queued, Due: at(minute), Parts: 1,
	}
}

// total adds up.
func total[T any](list []T, of func(T) int) int {
	n := 0
	for _, v := range list {
		n += of(v)
	}
	return n
}
