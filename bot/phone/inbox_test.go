package phone

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/channeltest"
	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/storage"
)

// TestInbox: what reaches a phone later is read there, in order, by whichever
// way its number is written.
func TestInbox(t *testing.T) {
	for _, kind := range []string{SMS, Chat} {
		t.Run(kind, func(t *testing.T) {
			b := channeltest.Start(t, kind, nil)
			b.Traits = TraitsOf(kind)
			c := New(Config{
				Channel: b.Row, Accept: b.Accept, Store: b.Store, Keyring: b.Keyring, Now: time.Now, Log: b.Log, NewID: uuid.New,
			})
			read := func(query string) []string {
				t.Helper()
				w := httptest.NewRecorder()
				c.ServeInbox(w, httptest.NewRequest(http.MethodGet, "/channels/phone/inbox?"+query, nil))
				var list struct {
					Messages []entry `json:"messages"`
				}
				if err := json.Unmarshal(w.Body.Bytes(), &list); w.Code != http.StatusOK || err != nil {
					t.Fatalf("status %d, %v: %s", w.Code, err, w.Body)
				}
				got := []string{}
				for _, m := range list.Messages {
					got = append(got, m.Direction+": "+m.Text)
				}
				return got
			}
			same := func(want, got []string) {
				t.Helper()
				if fmt.Sprint(want) != fmt.Sprint(got) {
					t.Errorf("inbox %q, want %q", got, want)
				}
			}
			const number = "from=%2B84905123451"
			same(nil, read(number))
			w := httptest.NewRecorder()
			c.ServeHTTP(w, post(body(channeltest.Message{ID: "a", From: 1, Text: "gia"})))
			first := map[string]string{SMS: "tin thu 1", Chat: "tin thứ 1"}[kind]
			same([]string{"in: gia", "out: " + first}, read(number))

			people, err := b.Store.Contacts(context.Background(), channeltest.Area, storage.ContactFilter{})
			if err != nil || len(people) != 1 {
				t.Fatalf("%d contacts, %v", len(people), err)
			}
			now := time.Now()
			answer := storage.Message{
				ID: uuid.Must(uuid.NewV7()), Area: channeltest.Area, Channel: b.Row.ID, Contact: people[0].ID, Direction: storage.Out,
				Text: "Xã trả lời", At: now, Due: now, Purpose: string(policy.Officer), Status: storage.Queued,
			}
			if err := b.Store.Enqueue(context.Background(), []storage.Message{answer}); err != nil {
				t.Fatal(err)
			}
			same([]string{"in: gia", "out: " + first}, read(number)) // it waits
			d := (&bot.Delivery{
				Channel: b.Row, Sender: c, Limiter: bot.NewLocalLimits(time.Now), Store: b.Store, Keyring: b.Keyring, Now: time.Now, Log: b.Log,
			}).Prepare()
			if err := b.Loop.FlushWritten(context.Background(), b.Store.Settle); err != nil {
				t.Fatal(err)
			}
			if n, _, err := d.Once(context.Background()); n != 1 || err != nil {
				t.Fatalf("%d delivered, %v", n, err)
			}
			same([]string{"in: gia", "out: " + first, "out: Xã trả lời"}, read("from=0905123451&limit=50"))
			same([]string{"out: Xã trả lời"}, read("from=0905123451&limit=1"))

			w = httptest.NewRecorder()
			c.ServeInbox(w, httptest.NewRequest(http.MethodGet, "/channels/phone/inbox?from=abc", nil))
			if w.Code != http.StatusBadRequest {
				t.Errorf("status %d", w.Code)
			}
		})
	}
}
