package bot

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// TestManyWritersTwoProcesses: 64 write for 8 people through two loops on one
// store, every message eight times.
func TestManyWritersTwoProcesses(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		const people, writers, messages = 8, 64, 8
		loops := []*Loop{w.open(), w.open()}
		var replies [people][messages]sync.Map
		var wg sync.WaitGroup
		for writer := range writers {
			wg.Go(func() {
				p := writer % people
				for n := range messages {
					r, err := loops[(writer/people+n)%2].Accept(context.Background(), w.said(p, fmt.Sprint(p, "-", n), fmt.Sprint(n)))
					if err != nil {
						t.Error(err)
						return
					}
					replies[p][n].Store(fmt.Sprint(r.Replies), true)
				}
			})
		}
		wg.Wait()
		for p := range people {
			// Each writer sends in order and waits, so the first of each message comes in order.
			var want, told []string
			for n := range messages {
				told = append(told, strings.TrimSpace(fmt.Sprintf("%d after %s", n, strings.Join(want, " "))))
				want = append(want, fmt.Sprint(n))
				same := 0
				replies[p][n].Range(func(any, any) bool { same++; return true })
				w.same("different answers", 1, same)
			}
			w.same("session", strings.Join(want, " "), string(w.known(p).Session.State))
			w.same("kept", want, texts(w.thread(p), storage.In))
			w.same("told", told, texts(w.thread(p), storage.Out))
		}
		w.same("parked", 0, len(w.parked()))
	})
}

// TestMembersOfAHouseholdRace: four of one household, on two processes and
// four shards each.
func TestMembersOfAHouseholdRace(t *testing.T) {
	onEngines(t, func(t *testing.T, w *town) {
		const members, ballots = 4, 6
		loops := []*Loop{w.open(), w.open()}
		for m := range members {
			w.accept(loops[0], w.said(m, fmt.Sprint("join", m), "join 0"))
		}
		var wg sync.WaitGroup
		for m := range members {
			wg.Go(func() {
				for n := range ballots {
					w.accept(loops[m%2], w.said(m, fmt.Sprint(m, "-", n), []string{"yes", "no"}[n%2]))
				}
			})
		}
		wg.Wait()
		w.same("version", members*ballots, w.known(0).Household.Version)
		log, err := w.store.Voices(context.Background(), planning.VoiceQuery{Area: area, Round: w.round.ID, Replaced: true})
		w.must(err)
		w.same("log", members*ballots, len(log))
		current := 0
		for _, v := range log {
			if v.Current {
				current++
			}
		}
		w.same("current", 1, current)
		w.same("parked", 0, len(w.parked()))
	})
}
