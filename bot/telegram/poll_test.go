package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
)

// flaky is a loop behind which the database is away for a while.
type flaky struct {
	bot.Accepter
	away atomic.Bool
}

func (f *flaky) Accept(ctx context.Context, in bot.Inbound) (bot.Receipt, error) {
	if f.away.Load() {
		return bot.Receipt{}, bot.ErrAway
	}
	return f.Accepter.Accept(ctx, in)
}

func (f *flaky) Written(ids ...uuid.UUID) { f.Accepter.Written(ids...) }

func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s never came", what)
		}
	}
}

// poll polls until the test ends.
func poll(t *testing.T, c *Channel, mine func() bool) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { c.Poll(ctx, mine) })
	t.Cleanup(func() { cancel(); running.Wait() })
}

func always() bool { return true }

func TestAnUpdateIsGivenUpOnlyWhenItIsDurable(t *testing.T) {
	b, c, s := bench(t)
	loop := &flaky{Accepter: b.Accept}
	c.Accept = loop
	s.tell("message", said(3, private(3), "một"))
	poll(t, c, always)
	await(t, "the first", func() bool { return s.acknowledged() == 1 })

	loop.away.Store(true)
	s.tell("message", said(3, private(3), "hai"))
	s.tell("message", said(4, private(4), "ba"))
	await(t, "a look", func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.asked >= 4 })
	if n := s.acknowledged(); n != 1 {
		t.Fatalf("%d updates were given up while the database was away", n)
	}
	loop.away.Store(false)
	await(t, "the others", func() bool { return s.acknowledged() == 3 })
	if kept := b.Kept(t, 2); len(kept) != 3 {
		t.Errorf("kept: %+v", kept)
	}
}

func TestWhatWasMadeDurableBeforeIsNotAskedForAgain(t *testing.T) {
	b, c, s := bench(t)
	loop := &flaky{Accepter: b.Accept}
	c.Accept = loop
	s.tell("message", said(3, private(3), "một"))
	s.tell("message", said(3, private(3), "hai"))
	ctx := context.Background()
	loop.away.Store(true)
	if next, err := c.pollOnce(ctx, 0); err == nil || next != 0 {
		t.Errorf("next %d, %v", next, err)
	}
	loop.away.Store(false)
	next, err := c.pollOnce(ctx, 0)
	if err != nil || next != 3 {
		t.Errorf("next %d, %v", next, err)
	}
	// As after a crash before the next look: the same come again, and change nothing.
	if next, err := c.pollOnce(ctx, 0); err != nil || next != 3 {
		t.Errorf("next %d, %v", next, err)
	}
	if kept := b.Kept(t, 1); len(kept) != 2 {
		t.Errorf("kept: %+v", kept)
	}
}

func TestAPolledPressIsAnswered(t *testing.T) {
	_, c, s := bench(t)
	s.tell("callback_query", pressed(3, groupChat(-1001), "vote:R1:KH-01:no"))
	poll(t, c, always)
	await(t, "the toast", func() bool { return len(s.called("answerCallbackQuery")) == 1 })
	got := s.called("answerCallbackQuery")[0]
	if got["callback_query_id"] != "q3" || got["text"] != "Đã ghi: vote:R1:KH-01:no" {
		t.Errorf("answered %v", got)
	}
}

func TestAnUpdateThatCannotBeReadHoldsUpNobody(t *testing.T) {
	b, c, s := bench(t)
	s.tell("callback_query", map[string]any{"id": 7, "from": "nobody"})
	s.tell("message", said(3, private(3), strings.Repeat("a", bot.MaxText+1)))
	s.tell("poll_answer", map[string]any{"poll_id": "1"})
	s.tell("message", said(3, private(3), "gia"))
	next, err := c.pollOnce(context.Background(), 0)
	if err != nil || next != 5 {
		t.Errorf("next %d, %v", next, err)
	}
	if kept := b.Kept(t, 1); len(kept) != 1 {
		t.Errorf("kept: %+v", kept)
	}
}

func TestPollingEndsAWebhookOfBefore(t *testing.T) {
	_, c, s := bench(t)
	s.answer["getUpdates"] = `{"ok":false,"error_code":409,"description":"Conflict: can't use getUpdates method while webhook is active"}`
	if _, err := c.pollOnce(context.Background(), 0); err != nil {
		t.Error(err)
	}
	if n := len(s.called("deleteWebhook")); n != 1 {
		t.Errorf("asked %d times for the webhook to go", n)
	}
	s.answer["getUpdates"] = `{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}`
	if _, err := c.pollOnce(context.Background(), 0); err == nil {
		t.Error("somebody else polls: that is to be said")
	}
	if n := len(s.called("deleteWebhook")); n != 1 {
		t.Errorf("asked %d times for the webhook to go", n)
	}
}

func TestPollingLearnsTheNameLate(t *testing.T) {
	_, c, s := bench(t)
	c.Account = ""
	s.answer["getMe"] = `{"ok":false,"error_code":502,"description":"Bad Gateway"}`
	if _, err := c.pollOnce(context.Background(), 0); err == nil {
		t.Error("without its name a bot does not know its commands")
	}
	delete(s.answer, "getMe")
	if _, err := c.pollOnce(context.Background(), 0); err != nil || c.name() != "LoaBot" {
		t.Errorf("name %q, %v", c.name(), err)
	}
}

func TestOnlyTheOneWhosePollingItIsPolls(t *testing.T) {
	_, c, s := bench(t)
	looked := make(chan struct{}, 10)
	poll(t, c, func() bool { looked <- struct{}{}; return false })
	<-looked
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked > 0 {
		t.Error("Telegram was asked")
	}
}

func TestErrorsHoldNoToken(t *testing.T) {
	_, c, s := bench(t)
	s.Close()
	_, err := c.updates(context.Background(), 0)
	errs := []error{err, c.Connect(context.Background()), c.SetWebhook(context.Background(), "https://loa.example.vn")}
	_, err = c.Send(context.Background(), bot.Outgoing{To: "telegram:3", Text: "x"})
	for i, err := range append(errs, err) {
		if err == nil || strings.Contains(err.Error(), c.Token) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func TestTheWebhookIsSet(t *testing.T) {
	_, c, s := bench(t)
	if err := c.SetWebhook(context.Background(), "https://loa.example.vn/channels/telegram"); err != nil {
		t.Fatal(err)
	}
	got := s.called("setWebhook")[0]
	var kinds []string
	if err := json.Unmarshal([]byte(got["allowed_updates"]), &kinds); err != nil || fmt.Sprint(kinds) != fmt.Sprint(allowed) {
		t.Errorf("allowed %q", got["allowed_updates"])
	}
	if got["url"] != "https://loa.example.vn/channels/telegram" || got["secret_token"] != testSecret {
		t.Errorf("set %v", got)
	}
}
