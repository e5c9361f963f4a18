package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/postgres"
	"github.com/loa-vn/loa/storage/sqlite"
	"github.com/loa-vn/loa/testenv"
)

// noon is in Vietnam, on a day long gone.
var noon = time.Date(2024, 7, 10, 5, 0, 0, 0, time.UTC)

const area = "dak-mau"

// town is a commune on a real store, with two channels, a round and a clock of
// its own.
type town struct {
	testing.TB
	store   storage.Store
	keyring *storage.Keyring
	rows    map[string]storage.Channel
	round   planning.Round
	homes   []planning.Household

	mu  sync.Mutex
	now time.Time
}

// onEngines runs a test on SQLite and, where there is one, on PostgreSQL.
func onEngines(t *testing.T, test func(t *testing.T, w *town)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "loa.db"))
		if err != nil {
			t.Fatal(err)
		}
		test(t, found(t, store))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		store, err := postgres.Open(context.Background(), testenv.Postgres(t))
		if err != nil {
			t.Fatal(err)
		}
		test(t, found(t, store))
	})
}

func found(t *testing.T, store storage.Store) *town {
	t.Helper()
	t.Cleanup(func() { _ = store.Close() })
	keyring, err := storage.NewKeys().Keyring()
	if err != nil {
		t.Fatal(err)
	}
	w := &town{TB: t, store: store, keyring: keyring, now: noon, rows: map[string]storage.Channel{}}
	ctx := context.Background()
	w.must(store.SaveCommune(ctx, planning.Commune{Code: area, Name: "Xã Đắk Mẫu", Settings: planning.Settings{Zone: "Asia/Ho_Chi_Minh"}}))
	for _, id := range []string{"sms", "chat"} {
		w.rows[id] = storage.Channel{ID: id, Kind: id, Area: area}
		w.must(store.SaveChannel(ctx, w.rows[id]))
	}
	w.must(store.SaveVillages(ctx, []planning.Village{{Area: area, Code: "bu-prang", Kind: "bon", Name: "bon Bu Prăng", Rank: 1}}))
	for i := range 4 {
		w.homes = append(w.homes, planning.Household{ID: newID(), Area: area, Village: "bu-prang", Number: fmt.Sprint(i), Head: "Y Blơ"})
	}
	w.must(store.SaveHouseholds(ctx, w.homes))
	items := []planning.Item{{Area: area, Code: "KH-01", Year: 2025, Title: "Chợ xã", Short: "Chợ xã"}}
	w.must(store.SaveItems(ctx, items))
	w.round = planning.Round{
		ID: newID(), Area: area, Number: 1, Year: 2025, Title: "Lấy ý kiến", Opens: noon.Add(-time.Hour), Closes: noon.Add(24 * time.Hour),
		Items: items, Villages: []string{"bu-prang"}, Decision: "12/QĐ-UBND",
	}
	w.must(store.SaveRound(ctx, w.round))
	return w
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *town) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *town) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// Channel implements Channels: on "sms" replies go in the webhook's response.
func (w *town) Channel(id string) (storage.Channel, Traits, bool) {
	row, ok := w.rows[id]
	if id == "chat" {
		return row, Traits{Marks: true, Buttons: true}, ok
	}
	return row, Traits{SMS: true, Inline: true}, ok
}

// open starts a loop, as one process does; the test's end closes it.
func (w *town) open(edits ...func(*Config)) *Loop {
	w.Helper()
	c := Config{
		Store: w.store, Player: &teller{w: w}, Keyring: w.keyring, Channels: w, Now: w.clock, NewID: newID,
		Log: slog.New(slog.DiscardHandler), Chatter: 1_000_000,
	}
	for _, edit := range edits {
		edit(&c)
	}
	l := NewLoop(c)
	w.Cleanup(func() {
		if err := l.Close(context.Background()); err != nil {
			w.Error(err)
		}
	})
	return l
}

func tel(person int) string { return fmt.Sprintf("tel:+849050000%02d", person) }

// said is a message of a person, by SMS.
func (w *town) said(person int, external, text string) Inbound {
	return Inbound{Channel: "sms", External: external, From: tel(person), Text: text, At: w.clock()}
}

// accept has a message accepted and returns the first reply.
func (w *town) accept(l *Loop, in Inbound) string {
	w.Helper()
	r, err := l.Accept(context.Background(), in)
	if err != nil {
		w.Fatalf("%q: %v", in.Text, err)
	}
	return first(r)
}

func first(r Receipt) string {
	if len(r.Replies) == 0 {
		return ""
	}
	return r.Replies[0].Text
}

// known is what the next message of a person starts from.
func (w *town) known(person int) storage.Loaded {
	w.Helper()
	loaded, err := w.store.Load(context.Background(), []storage.Key{{Channel: "sms", Address: w.keyring.Hash(tel(person))}})
	w.must(err)
	return loaded[0]
}

// thread is all that was said to and by a person.
func (w *town) thread(person int) []storage.Message {
	w.Helper()
	c := w.known(person).Contact
	if c.ID == uuid.Nil {
		return nil
	}
	thread, err := w.store.Thread(context.Background(), area, c.ID, time.Time{}, 10_000)
	w.must(err)
	return thread
}

// texts of one direction.
func texts(thread []storage.Message, d storage.Direction) []string {
	out := []string{}
	for _, m := range thread {
		if m.Direction == d {
			out = append(out, m.Text)
		}
	}
	return out
}

func (w *town) parked() []storage.Parked {
	w.Helper()
	parked, err := w.store.Parked(context.Background(), area)
	w.must(err)
	return parked
}

func (w *town) same(what string, want, got any) {
	w.Helper()
	if fmt.Sprint(want) != fmt.Sprint(got) {
		w.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// await waits until a condition holds.
func (w *town) await(what string, holds func() bool) {
	w.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			w.Fatalf("%s never came", what)
		}
	}
}

// teller is a player whose session holds what was said so far. It answers
// "N: TEXT after WHAT WENT BEFORE"; some words do something:
//
//	bad, boom     cannot be played; panics
//	join N        lives in household N
//	found         founds a household
//	yes, no       speaks on item 1
//	name X        is called X
//	wait          is asked something, for an hour
//	erase         is erased
//	toast         gets a toast
//	tie           ties the group it is said in
//	agree, stop   agrees to get messages; wants no more
type teller struct {
	w      *town
	before func(in Inbound) // called first
	play   func(in Inbound, turn *storage.Turn, from storage.Loaded) error
	plays  atomic.Int64
}

func (p *teller) Play(_ context.Context, in Inbound, from storage.Loaded, c storage.Channel) (Played, error) {
	p.plays.Add(1)
	if p.before != nil {
		p.before(in)
	}
	turn := storage.Turn{Contact: from.Contact, Session: from.Session, SessionMoved: true}
	if turn.Contact.ID == uuid.Nil {
		turn.ContactNew = true
		turn.Contact = storage.Contact{ID: newID(), Area: c.Area, Address: p.w.keyring.Address(in.From), Channel: c.ID, CreatedAt: in.At}
	}
	turn.Session.Contact = turn.Contact.ID
	if in.Silence {
		turn.Session.Expires = time.Time{}
		turn.Session.State = append(slices.Clip(turn.Session.State), " (silence)"...)
		return Played{Turn: turn, Area: c.Area}, nil
	}
	before := string(from.Session.State)
	turn.Session.State = []byte(strings.TrimSpace(before + " " + in.Text))
	reply := flows.Reply{Says: []string{strings.TrimSpace(in.Text + " after " + before)}}
	word, rest, _ := strings.Cut(in.Text, " ")
	switch word {
	case "bad":
		return Played{}, errors.New("cannot be played")
	case "boom":
		panic("boom")
	case "join":
		var n int
		_, _ = fmt.Sscan(rest, &n)
		turn.Contact.Household, turn.ContactMoved = p.w.homes[n].ID, true
	case "found":
		turn.Household = planning.Household{ID: newID(), Area: c.Area, Provisional: true}
		turn.HouseholdNew, turn.ContactMoved = true, true
		turn.Contact.Household = turn.Household.ID
	case "yes", "no":
		turn.Household = from.Household
		turn.Voices = []planning.Voice{{
			ID: newID(), Area: c.Area, Round: p.w.round.ID, Item: "KH-01", Household: from.Household.ID, Contact: turn.Contact.ID,
			Village: from.Household.Village, Channel: c.Kind, Stance: planning.Stance(word), Receipt: "7K2M9QXA", At: in.At,
		}}
		reply.Says = []string{fmt.Sprintf("%s, before it %d voices", word, len(from.Voices))}
	case "name":
		turn.Contact.Name, turn.ContactMoved = rest, true
		reply.Says = []string{from.Contact.Name + " is now " + rest}
	case "wait":
		turn.Session.Expires = in.At.Add(time.Hour)
	case "erase":
		turn.Erase, turn.ContactMoved, turn.Contact.Erased = true, true, true
		turn.Session.State = nil
	case "agree":
		turn.Contact.ConsentAt, turn.Contact.ConsentText, turn.ContactMoved = in.At, "consent/1", true
	case "stop":
		turn.Contact.StoppedAt, turn.ContactMoved = in.At, true
	case "toast":
		reply.Toast = true
	case "tie":
		g := from.Group
		if g.ID == uuid.Nil {
			g = storage.Group{ID: newID(), Area: c.Area, Channel: c.ID, Address: p.w.keyring.Address(in.Group), Title: in.Title}
		}
		g.Village = "bu-prang"
		turn.Group = &g
	}
	if p.play != nil {
		if err := p.play(in, &turn, from); err != nil {
			return Played{}, err
		}
	}
	return Played{Turn: turn, Area: c.Area, Replies: []flows.Reply{reply}, Reading: []byte(`{}`)}, nil
}

// spy is a store whose commits are counted and may be held up, or fail.
type spy struct {
	storage.Store
	commits atomic.Int64
	turns   atomic.Int64
	before  func(turns []storage.Turn) error // an error: nothing is written
	after   func(turns []storage.Turn) error // an error: it is all the same
	load    func() error
	park    func() error
}

func (s *spy) Load(ctx context.Context, keys []storage.Key) ([]storage.Loaded, error) {
	if s.load != nil {
		if err := s.load(); err != nil {
			return nil, err
		}
	}
	return s.Store.Load(ctx, keys)
}

func (s *spy) Commit(ctx context.Context, turns []storage.Turn) error {
	if s.before != nil {
		if err := s.before(turns); err != nil {
			return err
		}
	}
	if err := s.Store.Commit(ctx, turns); err != nil {
		return err
	}
	s.commits.Add(1)
	s.turns.Add(int64(len(turns)))
	if s.after != nil {
		return s.after(turns)
	}
	return nil
}

func (s *spy) Park(ctx context.Context, p storage.Parked) error {
	if s.park != nil {
		if err := s.park(); err != nil {
			return err
		}
	}
	return s.Store.Park(ctx, p)
}

// held opens a loop of one shard whose first commit waits. all are accepted
// meanwhile, in order, and then the commit goes on; so they are one batch.
func (w *town) held(s *spy, edit func(*Config), all ...Inbound) (*Loop, []Receipt, []error) {
	w.Helper()
	entered, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	s.before = func([]storage.Turn) error {
		once.Do(func() { close(entered); <-release })
		return nil
	}
	l := w.open(func(c *Config) {
		c.Store, c.Shards = s, 1
		if edit != nil {
			edit(c)
		}
	})
	var wg sync.WaitGroup
	receipts, errs := make([]Receipt, len(all)), make([]error, len(all))
	wg.Go(func() { w.accept(l, w.said(99, "opener", "opener")) })
	<-entered
	for i, in := range all {
		wg.Go(func() { receipts[i], errs[i] = l.Accept(context.Background(), in) })
		w.await("the queue", func() bool { return len(l.shards[0].queue) == i+1 })
	}
	close(release)
	wg.Wait()
	return l, receipts, errs
}
