package twilio

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/storage"
)

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		header string // Retry-After
		body   string
		again  bool
		after  time.Duration
		reason string
	}{
		{"too many", 429, "7", `{"status":429,"code":20429,"message":"Too Many Requests"}`, true, 7 * time.Second, "Twilio 20429: too many requests"},
		{"broken", 503, "11", `<html>`, true, 11 * time.Second, "no answer from Twilio"},
		{"broken without a word", 500, "", `{"status":500,"code":20500,"message":"x"}`, true, 0, "Twilio 20500: refused"},
		{"wrong token", 401, "", `{"status":401,"code":20003,"message":"Authenticate"}`, true, 0, "Twilio 20003: the account or token is wrong"},
		{"stopped", 400, "", `{"status":400,"code":21610,"message":"+84905123456 unsubscribed"}`, false, 0, "Twilio 21610: the person stopped messages at Twilio"},
		{"no number", 400, "9", `{"status":400,"code":21211,"message":"+84905123456"}`, false, 0, "Twilio 21211: not a number that can get SMS"},
		{"no SID", 201, "", `{}`, false, 0, "Twilio answered without a SID"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if c.header != "" {
					w.Header().Set("Retry-After", c.header)
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			}))
			defer server.Close()
			ch := New(Config{AccountSID: testSID, AuthToken: testToken, From: "+15005550006", APIURL: server.URL, Now: time.Now})
			_, err := ch.Send(context.Background(), bot.Outgoing{To: "tel:+84905123456", Text: "x"})
			refused(t, c.name, err, c.again, c.after)
			var e *bot.SendError
			if errors.As(err, &e) && e.Reason != c.reason {
				t.Errorf("reason %q, want %q", e.Reason, c.reason)
			}
		})
	}
	ch := New(Config{AccountSID: testSID, AuthToken: testToken, From: "+15005550006", APIURL: "http://127.0.0.1:1", Now: time.Now})
	_, err := ch.Send(context.Background(), bot.Outgoing{To: "tel:+84905123456", Text: "x"})
	refused(t, "nobody there", err, true, 0)
	ch.From = ""
	_, err = ch.Send(context.Background(), bot.Outgoing{To: "tel:+84905123456", Text: "x"})
	refused(t, "no number of our own", err, false, 0)
}

func TestWhereASendGoes(t *testing.T) {
	var form url.Values
	var path string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		form, path = r.PostForm, r.URL.Path
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"sid":"SM1"}`)
	}))
	defer server.Close()
	ch := New(Config{
		AccountSID: testSID, AuthToken: testToken, From: "+15005550006", APIURL: server.URL + "/base/", Now: time.Now,
		PublicURL: testPublic + "/", StatusPath: "/channels/twilio/status",
	})
	for to, want := range map[string]string{"tel:+84905123456": "+84905123456", "twilio:whatsapp:+84905123456": "whatsapp:+84905123456"} {
		sid, err := ch.Send(context.Background(), bot.Outgoing{To: to, Text: "Đã ghi."})
		if err != nil || sid != "SM1" {
			t.Fatalf("%q, %v", sid, err)
		}
		for key, want := range map[string]string{"To": want, "From": "+15005550006", "Body": "Đã ghi.", "StatusCallback": testPublic + "/channels/twilio/status"} {
			if got := form.Get(key); got != want {
				t.Errorf("%s: got %q, want %q", key, got, want)
			}
		}
	}
	if want := "/base/2010-04-01/Accounts/" + testSID + "/Messages.json"; path != want {
		t.Errorf("path %q, want %q", path, want)
	}
}

// reports is what a status callback reaches.
type reports struct {
	answers []error // one after the other; the last stays
	got     []string
}

func (r *reports) Report(_ context.Context, channel, external string, status storage.Status, reason string, _ time.Time) error {
	r.got = append(r.got, strings.Join([]string{channel, external, string(status), reason}, "|"))
	if len(r.answers) == 0 {
		return nil
	}
	err := r.answers[0]
	if len(r.answers) > 1 {
		r.answers = r.answers[1:]
	}
	return err
}

func TestStatusCallbacks(t *testing.T) {
	const path = "/channels/twilio/status"
	for _, c := range []struct {
		name    string
		form    url.Values
		answers []error
		status  int
		want    string // the last report; "" = none
	}{
		{"on its way", url.Values{"MessageSid": {"SM1"}, "MessageStatus": {"sent"}}, nil, 204, ""},
		{"delivered", url.Values{"MessageSid": {"SM1"}, "MessageStatus": {"delivered"}}, nil, 204, "twilio|SM1|delivered|"},
		{
			"failed",
			url.Values{"MessageSid": {"SM1"}, "MessageStatus": {"undelivered"}, "ErrorCode": {"30003"}},
			nil, 204, "twilio|SM1|failed|Twilio 30003: the phone is off or unreachable",
		},
		{"failed without a word", url.Values{"MessageSid": {"SM1"}, "MessageStatus": {"failed"}}, nil, 204, "twilio|SM1|failed|Twilio 0: refused"},
		{"sooner than the send", url.Values{"MessageSid": {"SM1"}, "MessageStatus": {"delivered"}}, []error{storage.ErrNotFound, storage.ErrNotFound, nil}, 204, "twilio|SM1|delivered|"},
		{"unknown", url.Values{"MessageSid": {"SM9"}, "MessageStatus": {"delivered"}}, []error{storage.ErrNotFound}, 404, "twilio|SM9|delivered|"},
		{"storage away", url.Values{"MessageSid": {"SM1"}, "MessageStatus": {"delivered"}}, []error{storage.ErrUnavailable}, 503, "twilio|SM1|delivered|"},
		{"no SID", url.Values{"MessageStatus": {"delivered"}}, nil, 400, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := &reports{answers: c.answers}
			ch := New(Config{
				Channel: "twilio", AccountSID: testSID, AuthToken: testToken, PublicURL: testPublic, StatusPath: path,
				Reports: r, Now: time.Now, Log: slog.New(slog.DiscardHandler),
			})
			c.form.Set("AccountSid", testSID)
			ask := func(signature string) *httptest.ResponseRecorder {
				request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(c.form.Encode()))
				request.Header.Set("X-Twilio-Signature", signature)
				w := httptest.NewRecorder()
				ch.ServeStatus(w, request)
				return w
			}
			if w := ask("wrong"); w.Code != http.StatusForbidden || len(r.got) > 0 {
				t.Fatalf("a wrong signature: status %d, reports %q", w.Code, r.got)
			}
			w := ask(sign(testPublic+path, c.form))
			if w.Code != c.status {
				t.Errorf("status %d, want %d", w.Code, c.status)
			}
			if c.status == http.StatusServiceUnavailable && w.Header().Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
			got := ""
			if len(r.got) > 0 {
				got = r.got[len(r.got)-1]
			}
			if got != c.want {
				t.Errorf("reported %q, want %q", got, c.want)
			}
		})
	}
}

// said is a loop that has accepted one message.
type said struct {
	receipt bot.Receipt
	err     error
	written []uuid.UUID
}

func (s *said) Accept(context.Context, bot.Inbound) (bot.Receipt, error) { return s.receipt, s.err }
func (s *said) Written(ids ...uuid.UUID)                                 { s.written = append(s.written, ids...) }

// broken is a connection that is gone.
type broken struct{ *httptest.ResponseRecorder }

func (broken) WriteString(string) (int, error) { return 0, io.ErrClosedPipe }
func (broken) Write([]byte) (int, error)       { return 0, io.ErrClosedPipe }

func TestOnlyWhatWasWrittenIsSaidToBe(t *testing.T) {
	id := uuid.New()
	long := strings.Repeat("ca phe <&> \x01", 300)
	for _, c := range []struct {
		name    string
		said    said
		broken  bool
		status  int
		written int
	}{
		{"written", said{receipt: bot.Receipt{Replies: []bot.Reply{{ID: id, Text: long}}}}, false, 200, 1},
		{"silence", said{}, false, 200, 0},
		{"a duplicate", said{receipt: bot.Receipt{Duplicate: true, Replies: []bot.Reply{{ID: id, Text: "x"}}}}, false, 200, 1},
		{"the connection broke", said{receipt: bot.Receipt{Replies: []bot.Reply{{ID: id, Text: "x"}}}}, true, 200, 0},
		{"away", said{err: bot.ErrAway}, false, 503, 0},
		{"given up", said{err: context.Canceled}, false, 503, 0},
		{"invalid", said{err: bot.ErrInvalid}, false, 400, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			ch := New(Config{
				Channel: "twilio", AccountSID: testSID, AuthToken: testToken, PublicURL: testPublic, SMSPath: smsPath,
				Accept: &c.said, Now: time.Now, Log: slog.New(slog.DiscardHandler),
			})
			form := url.Values{"MessageSid": {"SM1"}, "AccountSid": {testSID}, "From": {"+84905123456"}, "Body": {"x"}}
			w := httptest.NewRecorder()
			var to http.ResponseWriter = w
			if c.broken {
				to = broken{w}
			}
			ch.ServeSMS(to, post(form.Encode(), sign(testPublic+smsPath, form)))
			if w.Code != c.status || len(c.said.written) != c.written {
				t.Errorf("status %d, %d written; want %d, %d", w.Code, len(c.said.written), c.status, c.written)
			}
			if c.name == "written" {
				pieces := strings.Count(w.Body.String(), "<Message>")
				if pieces != 3 || !strings.Contains(w.Body.String(), "&lt;&amp;&gt;") || strings.Contains(w.Body.String(), "\x01") {
					t.Errorf("%d messages: %.200s", pieces, w.Body)
				}
			}
		})
	}
}
