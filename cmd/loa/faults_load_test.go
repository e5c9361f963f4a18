package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// villager is a person with a phone and what they are going to text, in order.
type villager struct {
	number   string
	messages []text
}

// text is one message. Its ballot is what it says on the two items of the
// plan: "d" (yes), "k" (no) or nothing.
type text struct {
	id, words string
	ballot    [2]string
}

// villagers are people who join, agree and vote, and then vote again, each in
// their own way: five messages a head.
func villagers(n int, seed uint64) []villager {
	draw := rand.New(rand.NewPCG(seed, 7))
	out := make([]villager, n)
	for i := range out {
		v := &out[i]
		v.number = fmt.Sprintf("+8490%07d", 1000+i)
		v.says(fmt.Sprintf("dk thon %d", 1+i%2), [2]string{})
		v.says("1", [2]string{})      // yes, keep what I say
		v.says("bo qua", [2]string{}) // the name of the head of the household
		for range 2 {
			b := [2]string{[]string{"", "d", "k"}[draw.IntN(3)], []string{"", "d", "k"}[draw.IntN(3)]}
			if b == [2]string{} {
				b[draw.IntN(2)] = "d"
			}
			v.votes(b)
		}
	}
	return out
}

func (v *villager) votes(b [2]string) {
	var words []string
	for i, stance := range b {
		if stance != "" {
			words = append(words, fmt.Sprintf("%d%s", i+1, stance))
		}
	}
	v.says(strings.Join(words, " "), b)
}

func (v *villager) says(words string, b [2]string) {
	v.messages = append(v.messages, text{fmt.Sprintf("SM%s%05d", v.number[1:], len(v.messages)), words, b})
}

// book is what was answered to each message that was taken.
type book struct {
	mu      sync.Mutex
	answers map[string]string
}

func newBook() *book { return &book{answers: map[string]string{}} }

func (b *book) note(id, answer string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answers[id] = answer
}

func (b *book) len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.answers)
}

func (b *book) copy() map[string]string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.answers)
}

// crowd has all villagers text, so many at once, each the next message only
// when the one before was taken: send says so. A villager whose message was
// not taken gives up.
func crowd(people []villager, at int, send func(lane int, v *villager, m text) bool) {
	next := make(chan *villager)
	var wg sync.WaitGroup
	for lane := range at {
		wg.Go(func() {
			for v := range next {
				for _, m := range v.messages {
					if !send(lane, v, m) {
						break
					}
				}
			}
		})
	}
	for i := range people {
		next <- &people[i]
	}
	close(next)
	wg.Wait()
}

// carrier posts messages as Twilio does.
type carrier struct{ http.Client }

func newCarrier(lanes int) *carrier {
	return &carrier{http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: lanes}}}
}

// posted is what came back.
type posted struct {
	status     int
	retryAfter string
	answer     string // what the phone shows
}

func (c *carrier) post(ctx context.Context, base, number string, m text) (posted, error) {
	form := url.Values{
		"MessageSid": {m.id}, "AccountSid": {twilioSID}, "From": {number}, "To": {"+15005550006"}, "Body": {m.words}, "NumMedia": {"0"},
	}
	const path = "/channels/twilio/sms"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return posted{}, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Twilio-Signature", twilioSignature(publicURL+path, form))
	response, err := c.Do(request)
	if err != nil {
		return posted{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return posted{}, err
	}
	out := posted{status: response.StatusCode, retryAfter: response.Header.Get("Retry-After")}
	if out.status != http.StatusOK {
		return out, nil
	}
	var twiml struct {
		Message []string `xml:"Message"`
	}
	if err := xml.Unmarshal(body, &twiml); err != nil {
		return posted{}, fmt.Errorf("not TwiML: %w: %s", err, body)
	}
	out.answer = strings.Join(twiml.Message, "\n")
	return out, nil
}

// threads are all that was said with each number, oldest first.
func (w *town) threads() map[string][]storage.Message {
	w.Helper()
	contacts, err := w.store.Contacts(w.ctx, townArea, storage.ContactFilter{Limit: everything})
	w.must(err)
	out := map[string][]storage.Message{}
	for _, c := range contacts {
		address, err := w.keyring.Open(c.Address.Sealed)
		w.must(err)
		number := strings.TrimPrefix(string(address), "tel:")
		if out[number] != nil {
			w.Errorf("%s is two contacts", number)
		}
		out[number], err = w.store.Thread(w.ctx, townArea, c.ID, time.Now().AddDate(1, 0, 0), everything)
		w.must(err)
	}
	return out
}

const everything = 1_000_000

// holds checks that what was taken, and nothing else, is stored, once, each
// with the answer that its sender got, and that it is counted as the test
// itself counts it.
func (w *town) holds(people []villager, answers map[string]string) {
	w.Helper()
	threads := w.threads()
	inbound := 0
	for i := range people {
		inbound += w.stored(&people[i], threads[people[i].number], answers)
	}
	if inbound != len(answers) || len(threads) > len(people) {
		w.Errorf("%d messages of %d people are stored; %d messages were taken, of %d people", inbound, len(threads), len(answers), len(people))
	}
	parked, err := w.store.Parked(w.ctx, townArea)
	w.must(err)
	for _, p := range parked {
		w.Errorf("a message was set aside: %s", p.Error)
	}
	w.counted(people, answers)
}

// stored checks one villager's thread, and returns how many messages of
// theirs are in it.
func (w *town) stored(v *villager, thread []storage.Message, answers map[string]string) int {
	w.Helper()
	var in []storage.Message
	replies := map[uuid.UUID][]string{}
	for _, m := range thread {
		if m.Direction == storage.In {
			in = append(in, m)
			continue
		}
		replies[m.ReplyTo] = append(replies[m.ReplyTo], m.Text)
	}
	want := v.taken(answers)
	if len(in) != len(want) {
		w.Errorf("%s: %d messages are stored, %d were taken", v.number, len(in), len(want))
		return len(in)
	}
	for n, m := range want {
		if in[n].External != m.id || in[n].Text != m.words {
			w.Errorf("%s: message %d is %s %q, want %s %q", v.number, n, in[n].External, in[n].Text, m.id, m.words)
		}
		if got := strings.Join(replies[in[n].ID], "\n"); got != answers[m.id] {
			w.Errorf("%s: %q was answered %q, and %q is stored", v.number, m.words, answers[m.id], got)
		}
	}
	return len(in)
}

// taken are the messages that were answered.
func (v *villager) taken(answers map[string]string) []text {
	var out []text
	for _, m := range v.messages {
		if _, ok := answers[m.id]; ok {
			out = append(out, m)
		}
	}
	return out
}

// counted checks the report and the log of voices.
func (w *town) counted(people []villager, answers map[string]string) {
	w.Helper()
	var yes, no [2]int
	spoke, voices := 0, 0
	for i := range people {
		var stands [2]string
		for _, m := range people[i].taken(answers) {
			for item, stance := range m.ballot {
				if stance != "" {
					stands[item] = stance
					voices++
				}
			}
		}
		if stands != [2]string{} {
			spoke++
		}
		for item, stance := range stands {
			switch stance {
			case "d":
				yes[item]++
			case "k":
				no[item]++
			}
		}
	}
	said := world{}.report(w.T)
	if said.NotYetPlaced != spoke {
		w.Errorf("%d households are counted, want %d", said.NotYetPlaced, spoke)
	}
	for item := range yes {
		if y, n := said.said(item + 1); y != yes[item] || n != no[item] {
			w.Errorf("item %d: %d yes and %d no, want %d and %d", item+1, y, n, yes[item], no[item])
		}
	}
	if log := w.voices(true); len(log) != voices {
		w.Errorf("the log has %d voices, want %d", len(log), voices)
	}
	w.Logf("%d messages stored once; %d households, yes %v, no %v; %d voices in the log", len(answers), spoke, yes, no, voices)
}

// voices are those of the town's round: the current ones, or all of the log.
func (w *town) voices(all bool) []planning.VoiceRow {
	w.Helper()
	rounds, err := w.store.Rounds(w.ctx, townArea)
	w.must(err)
	rows, err := w.store.Voices(w.ctx, planning.VoiceQuery{Area: townArea, Round: rounds[0].ID, Replaced: all, Limit: everything})
	w.must(err)
	return rows
}

// settled waits until nothing is left to be sent, and returns how many
// messages went out over the provider's API.
func (w *town) settled() int {
	w.Helper()
	w.wait("an empty outbox", func() bool {
		o, err := w.store.Overview(w.ctx, townArea, time.Now())
		w.must(err)
		return o.Waiting == 0
	})
	return w.provider.count("Messages.json", func(url.Values) bool { return true })
}
