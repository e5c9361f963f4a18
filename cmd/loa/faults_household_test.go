package main

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/testenv"
)

// Two members of one household vote at once, each on another process, 200
// times: one voice an item counts, the last that was accepted; the log has all.
func TestFaultOneHousehold(t *testing.T) {
	const rounds = 200
	w := found(t, testenv.Postgres(t), "")
	serving := []*process{w.start(), w.start()}
	twilio := newCarrier(2)
	say := func(n int, v *villager, words string) string {
		p, err := twilio.post(w.ctx, serving[n].base, v.number, text{id: newID().String(), words: words})
		if err != nil || p.status != http.StatusOK {
			t.Errorf("%q: %v %v", words, p, err)
		}
		return p.answer
	}
	home := planning.Household{ID: newID(), Area: townArea, Village: "thon-1", Number: "T1-001", Head: "Y Bhăn"}
	w.must(w.store.SaveHouseholds(w.ctx, []planning.Household{home}))
	members := []villager{{number: "+84905000001"}, {number: "+84905000002"}}
	for i := range members {
		say(i, &members[i], "dk thon 1")
		say(i, &members[i], "1")
		say(i, &members[i], "bo qua")
	}
	contacts, err := w.store.Contacts(w.ctx, townArea, storage.ContactFilter{Limit: everything})
	w.must(err)
	if len(contacts) != len(members) {
		t.Fatalf("%d contacts", len(contacts))
	}
	for _, c := range contacts {
		w.must(w.store.PlaceContact(w.ctx, townArea, c.ID, home.ID, time.Now()))
	}

	ballots := [...]string{"1d 2k ut 1 2", "1k 2d ut 2 1"}
	for n := range rounds {
		var wg sync.WaitGroup
		for i := range members {
			wg.Go(func() {
				if answer := say(i, &members[i], ballots[(n+i)%2]); !strings.Contains(answer, "muc 1") {
					t.Errorf("%q was answered %q", ballots[(n+i)%2], answer)
				}
			})
		}
		wg.Wait()
		w.oneVoice(home, 2*(n+1))
		if t.Failed() {
			break
		}
	}
	said := world{}.report(t)
	yes1, no1 := said.said(1)
	yes2, no2 := said.said(2)
	if said.Heard != 1 || yes1+no1 != 1 || yes2+no2 != 1 || yes1 != no2 {
		t.Errorf("one household is counted as %+v", said)
	}
	if first, second := said.Items[0].Priority, said.Items[1].Priority; first+second != 5 || (first > second) != (yes1 == 1) {
		t.Errorf("the list of one household scores %d and %d", first, second)
	}
	t.Logf("%d voices in the log, 2 of them current", len(w.voices(true)))
	for _, p := range serving {
		p.memory()
		p.stop()
	}
}

// oneVoice checks that the log has so many voices on each item, and that the
// one that was accepted last is current.
func (w *town) oneVoice(home planning.Household, each int) {
	w.Helper()
	log, current, last := map[string]int{}, map[string]planning.Voice{}, map[string]time.Time{}
	for _, row := range w.voices(true) {
		v := row.Voice
		log[v.Item]++
		if v.Household != home.ID {
			w.Errorf("a voice is of household %s", v.Household)
		}
		if v.At.After(last[v.Item]) {
			last[v.Item] = v.At
		}
		if row.Current {
			if _, two := current[v.Item]; two {
				w.Errorf("item %s has two current voices", v.Item)
			}
			current[v.Item] = v
		}
	}
	for item, n := range log {
		if n != each {
			w.Errorf("item %s: %d voices in the log, want %d", item, n, each)
		}
		if !current[item].At.Equal(last[item]) {
			w.Errorf("item %s: the current voice is of %v, the last of %v", item, current[item].At, last[item])
		}
	}
	if len(log) != 2 || len(current) != 2 {
		w.Errorf("voices on %d items, current on %d; want 2", len(log), len(current))
	}
}
