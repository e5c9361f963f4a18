// Package channeltest is what every channel must pass: a channel's own test
// makes its requests, this table sends them through the real turn loop and a
// real store, and looks at what was kept and what came back.
package channeltest

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/sqlite"
)

// Area and Channel are what the subject's channel row says.
const (
	Area    = "dak-mau"
	Channel = "subject"
)

// Message is what somebody sends.
type Message struct {
	ID    string // "" = the test's name
	From  int    // a person: 1, 2, …
	Text  string
	Media bool // with a picture
}

// Subject is a channel under test.
type Subject struct {
	Handler http.Handler
	Traits  bot.Traits
	// Request makes the provider's request for a message, signed as it signs.
	Request func(m Message) *http.Request
	// Unsigned makes the same request with a wrong signature; nil where the
	// channel has none.
	Unsigned func(m Message) *http.Request
	// Garbage are requests, signed where that is possible, that no provider sends.
	Garbage []*http.Request
	// Raw makes a request whose text is these bytes, signed.
	Raw func(m Message, text []byte) *http.Request
	// Replies reads the replies out of a response; nil where replies do not go there.
	Replies func(t *testing.T, body string) []string
}

// Env is what a channel is opened with.
type Env struct {
	Accept  bot.Accepter
	Store   storage.Store
	Keyring *storage.Keyring
	Log     *slog.Logger
	Row     storage.Channel
}

// Bench is a commune with one channel, on a real store behind a real turn loop.
type Bench struct {
	Env
	Traits bot.Traits // the channel's; set before anything is accepted
	Loop   *bot.Loop
}

// Channel implements bot.Channels.
func (b *Bench) Channel(id string) (storage.Channel, bot.Traits, bool) {
	return b.Row, b.Traits, id == Channel
}

// Start founds the commune and starts its loop; both end with the test. play
// makes the player; nil is one that answers with how many messages it has
// seen of the contact.
func Start(t *testing.T, kind string, play func(Env) bot.Player) *Bench {
	t.Helper()
	ctx := context.Background()
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "loa.db"))
	if err != nil {
		t.Fatal(err)
	}
	keyring, err := storage.NewKeys().Keyring()
	if err != nil {
		t.Fatal(err)
	}
	row := storage.Channel{ID: Channel, Kind: kind, Area: Area}
	if err := store.SaveCommune(ctx, planning.Commune{Code: Area, Name: "Xã Đắk Mẫu", Settings: planning.Settings{Zone: "Asia/Ho_Chi_Minh"}}); err != nil {
		t.Fatal(err)
	}
	if err := store.SaveChannel(ctx, row); err != nil {
		t.Fatal(err)
	}
	b := &Bench{Env: Env{Store: store, Keyring: keyring, Log: slog.New(slog.DiscardHandler), Row: row}}
	if play == nil {
		play = func(e Env) bot.Player { return echo{e.Keyring} }
	}
	b.Loop = bot.NewLoop(bot.Config{
		Store: store, Player: play(b.Env), Keyring: keyring, Channels: b, Now: time.Now, Log: b.Log, Chatter: 1000,
		NewID: func() uuid.UUID { return uuid.Must(uuid.NewV7()) },
	})
	b.Accept = b.Loop
	t.Cleanup(func() {
		if err := b.Loop.Close(ctx); err != nil {
			t.Error(err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// bench is a subject on its bench.
type bench struct {
	*Bench
	subject Subject
}

// Run holds a channel of the given kind to the table.
func Run(t *testing.T, kind string, open func(t *testing.T, e Env) Subject) {
	start := func(t *testing.T) *bench {
		t.Helper()
		b := &bench{Bench: Start(t, kind, nil)}
		b.subject = open(t, b.Env)
		b.Traits = b.subject.Traits
		return b
	}
	for _, text := range []struct{ name, text string }{
		{"plain", "gia ca phe"},
		{"marks", "Giá cà phê hôm nay ở Đắk Song?"},
		{"5,000 characters", strings.Repeat("giá tiêu ", 556)[:5000]},
		{"emoji", "gia ca phe 🌱☕👨‍👩‍👧"},
		{"right to left", "\u202eسعر القهوة\u202c gia"},
		{"signs of markup", `<b>&"'</b> ]]> {{.}} %s`},
		{"control characters", "gia\x01 \x0b ca phe"},
		{"new lines", "1d\n2k\r\n3d"},
	} {
		t.Run(text.name, func(t *testing.T) {
			b := start(t)
			want := strings.ToValidUTF8(text.text, "�")
			replies := b.send(t, Message{ID: "m1", From: 1, Text: want})
			b.expect(t, want)
			if len(replies) > 0 && !strings.Contains(replies[0], "1") {
				t.Errorf("replies: %q", replies)
			}
		})
	}
	t.Run("duplicate, four at once", func(t *testing.T) {
		b := start(t)
		var wg sync.WaitGroup
		answers := make([][]string, 4)
		for i := range answers {
			wg.Go(func() { answers[i] = b.send(t, Message{ID: "m1", From: 1, Text: "1d 2k"}) })
		}
		wg.Wait()
		for _, a := range answers {
			if fmt.Sprint(a) != fmt.Sprint(answers[0]) {
				t.Errorf("a duplicate got another answer: %q and %q", answers[0], a)
			}
		}
		b.expect(t, "1d 2k")
	})
	t.Run("out of order", func(t *testing.T) {
		b := start(t)
		b.send(t, Message{ID: "m9", From: 1, Text: "second"})
		b.send(t, Message{ID: "m2", From: 1, Text: "first"})
		b.send(t, Message{ID: "m9", From: 1, Text: "second"})
		b.expect(t, "second", "first")
	})
	t.Run("empty", func(t *testing.T) {
		b := start(t)
		response := b.do(b.subject.Request(Message{ID: "m1", From: 1}))
		if response.Code >= 500 {
			t.Errorf("status %d", response.Code)
		}
	})
	t.Run("media", func(t *testing.T) {
		b := start(t)
		b.send(t, Message{ID: "m1", From: 1, Text: "tieu bi gi day", Media: true})
		got := b.expect(t, "tieu bi gi day")
		if len(got) == 1 && !strings.Contains(string(got[0].Media), "image") {
			t.Errorf("media: %s", got[0].Media)
		}
	})
	t.Run("broken UTF-8", func(t *testing.T) {
		b := start(t)
		response := b.do(b.subject.Raw(Message{ID: "m1", From: 1}, []byte("gia \xff\xfe ca phe")))
		if response.Code != http.StatusOK {
			t.Fatalf("status %d: nothing of a person's message may be lost", response.Code)
		}
		got := b.Kept(t, 1)
		if len(got) != 1 || !strings.HasPrefix(got[0].Text, "gia ") || !strings.HasSuffix(got[0].Text, " ca phe") {
			t.Errorf("kept: %+v", got)
		}
	})
	t.Run("wrong signature", func(t *testing.T) {
		b := start(t)
		if b.subject.Unsigned == nil {
			t.Skip("this channel has no signature")
		}
		if response := b.do(b.subject.Unsigned(Message{ID: "m1", From: 1, Text: "tc"})); response.Code != http.StatusForbidden {
			t.Errorf("status %d, want 403", response.Code)
		}
		b.nothing(t)
	})
	t.Run("garbage", func(t *testing.T) {
		b := start(t)
		for i, r := range b.subject.Garbage {
			if response := b.do(r); response.Code != http.StatusBadRequest {
				t.Errorf("garbage %d: status %d, want 400", i, response.Code)
			}
		}
		b.nothing(t)
	})
	t.Run("storage away", func(t *testing.T) {
		b := start(t)
		if err := b.Store.Close(); err != nil {
			t.Fatal(err)
		}
		response := b.do(b.subject.Request(Message{ID: "m1", From: 1, Text: "gia ca phe"}))
		if response.Code != http.StatusServiceUnavailable || response.Header().Get("Retry-After") == "" {
			t.Errorf("status %d, Retry-After %q; want 503 with one", response.Code, response.Header().Get("Retry-After"))
		}
	})
}

func (b *bench) do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	b.subject.Handler.ServeHTTP(w, r)
	return w
}

// send sends a message that must be accepted, and reads the replies.
func (b *bench) send(t *testing.T, m Message) []string {
	t.Helper()
	w := b.do(b.subject.Request(m))
	if w.Code != http.StatusOK {
		t.Errorf("status %d, want 200: %s", w.Code, w.Body)
		return nil
	}
	if b.subject.Replies == nil {
		return nil
	}
	return b.subject.Replies(t, w.Body.String())
}

// Kept is what was kept of everybody's messages, oldest first; the test fails
// unless they are of so many people.
func (b *Bench) Kept(t *testing.T, people int) []storage.Message {
	t.Helper()
	ctx := context.Background()
	contacts, err := b.Store.Contacts(ctx, Area, storage.ContactFilter{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	if len(contacts) != people {
		t.Fatalf("%d contacts, want %d", len(contacts), people)
	}
	var in []storage.Message
	for _, c := range contacts {
		thread, err := b.Store.Thread(ctx, Area, c.ID, time.Time{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range thread {
			if m.Direction == storage.In {
				in = append(in, m)
			}
		}
	}
	return in
}

// expect looks whether one person was heard to say just this.
func (b *bench) expect(t *testing.T, texts ...string) []storage.Message {
	t.Helper()
	got := b.Kept(t, 1)
	if len(got) != len(texts) {
		t.Errorf("%d messages kept, want %d", len(got), len(texts))
		return got
	}
	for i := range got {
		if got[i].Text != texts[i] {
			t.Errorf("kept %q, want %q", got[i].Text, texts[i])
		}
	}
	return got
}

func (b *bench) nothing(t *testing.T) {
	t.Helper()
	b.Kept(t, 0)
}

// echo answers with how many messages it has seen of the contact.
type echo struct{ keyring *storage.Keyring }

func (e echo) Play(_ context.Context, in bot.Inbound, from storage.Loaded, c storage.Channel) (bot.Played, error) {
	turn := storage.Turn{Contact: from.Contact, Session: from.Session, SessionMoved: true}
	if turn.Contact.ID == uuid.Nil {
		turn.ContactNew = true
		turn.Contact = storage.Contact{
			ID: uuid.Must(uuid.NewV7()), Area: c.Area, Address: e.keyring.Address(in.From), Channel: c.ID, CreatedAt: in.At,
		}
		turn.Session.Contact = turn.Contact.ID
	}
	turn.Session.State = append(append([]byte(nil), from.Session.State...), '1')
	says := fmt.Sprintf("tin thứ %d", len(turn.Session.State))
	return bot.Played{Turn: turn, Area: c.Area, Replies: []flows.Reply{{Says: []string{says}}}}, nil
}
