package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/channeltest"
	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/testenv"
)

// urlencoded sends the client library's multipart forms as the stand-in reads
// them, and notes which methods were called.
type urlencoded struct {
	mu     sync.Mutex
	called map[string][]url.Values
}

func (u *urlencoded) RoundTrip(r *http.Request) (*http.Response, error) {
	form := url.Values{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		// A call without parameters has an empty body, which is no multipart.
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		if len(body) > 0 {
			r.Body = io.NopCloser(bytes.NewReader(body))
			if err := r.ParseMultipartForm(1 << 20); err != nil {
				return nil, err
			}
			form = r.MultipartForm.Value
		}
		encoded := form.Encode()
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(encoded)), int64(len(encoded))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	u.mu.Lock()
	if u.called == nil {
		u.called = map[string][]url.Values{}
	}
	method := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	u.called[method] = append(u.called[method], form)
	u.mu.Unlock()
	return http.DefaultTransport.RoundTrip(r)
}

func (u *urlencoded) calls(method string) []url.Values {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.called[method]
}

// TestThirdPartyTalk holds a talk through a stand-in for Telegram that we did
// not write: a message in by long polling, the reply out with buttons, a press
// in a group and its toast.
func TestThirdPartyTalk(t *testing.T) {
	api := testenv.Telegram(t)
	token := "1:" + uuid.NewString()
	b := channeltest.Start(t, "telegram", func(e channeltest.Env) bot.Player { return voter{e.Keyring} })
	b.Traits = Traits
	transport := &urlencoded{}
	c, err := New(Config{
		Channel: channeltest.Channel, Token: token, APIURL: api, Accept: b.Accept, Groups: b.Store, Keyring: b.Keyring,
		Now: time.Now, Log: b.Log, Client: &http.Client{Transport: transport, Timeout: 10 * time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Connect(context.Background()); err != nil || c.Account != "TestNameBot" {
		t.Fatalf("getMe: %q, %v", c.Account, err)
	}
	delivery := (&bot.Delivery{
		Channel: b.Row, Sender: c, Limits: Limits, Limiter: bot.NewLocalLimits(time.Now), Store: b.Store, Keyring: b.Keyring,
		Rules: policy.Default(), Now: time.Now, Log: b.Log,
	}).Prepare()
	poll(t, c, always)

	person := func(path string, body map[string]any) []byte {
		t.Helper()
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.Post(api+path, "application/json", bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		answer, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode >= 400 {
			t.Fatalf("%s: %s, %v: %s", path, response.Status, err, answer)
		}
		return answer
	}

	message := said(77, private(77), "giá cà phê")
	message["botToken"] = token
	person("/sendMessage", message)
	await(t, "the message", func() bool {
		n, _, err := delivery.Once(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return n == 1
	})
	answer := person("/getUpdates", map[string]any{"token": token, "chatId": 77})
	if !strings.Contains(string(answer), "Đã nghe: giá cà phê") {
		t.Errorf("the person got %s", answer)
	}

	press := pressed(77, groupChat(-1001), "vote:R1:KH-01:yes")
	press["botToken"] = token
	person("/sendCallback", press)
	await(t, "the toast", func() bool { return len(transport.calls("answerCallbackQuery")) == 1 })
	if text := transport.calls("answerCallbackQuery")[0].Get("text"); text != "Đã ghi: vote:R1:KH-01:yes" {
		t.Errorf("toast %q", text)
	}

	out := bot.Outgoing{ID: uuid.New(), To: "telegram:77", Text: "Anh chị hỏi:", Buttons: []flows.Option{
		{Value: "opt:crop:avocado", Label: "trái bơ"}, {Value: "opt:crop:beef", Label: "bò hơi"},
	}}
	if _, err := c.Send(context.Background(), out); err != nil {
		t.Fatal(err)
	}
	answer = person("/getUpdates", map[string]any{"token": token, "chatId": 77})
	for _, want := range []string{"Anh chị hỏi:", `"inline_keyboard":[[{"text":"trái bơ","callback_data":"opt:crop:avocado"}`, "bò hơi"} {
		if !strings.Contains(string(answer), want) {
			t.Errorf("the person got %s, without %s", answer, want)
		}
	}
	if kept := b.Kept(t, 1); len(kept) != 2 {
		t.Errorf("kept: %s", fmt.Sprint(kept))
	}
}
