package twilio

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/testenv"
)

// TestThirdPartySend sends through Twilio's own client library to a server
// that answers, and refuses, as Twilio's own API description says.
func TestThirdPartySend(t *testing.T) {
	url := testenv.Twilio(t)
	open := func(edit func(*Config)) *Channel {
		c := Config{
			Channel: "twilio", AccountSID: testSID, AuthToken: testToken, From: "+15005550006", PublicURL: testPublic,
			SMSPath: smsPath, StatusPath: "/channels/twilio/status", APIURL: url, Now: time.Now,
		}
		if edit != nil {
			edit(&c)
		}
		return New(c)
	}
	ctx := context.Background()
	message := bot.Outgoing{ID: uuid.New(), To: "tel:+84905123456", Text: "Cà phê nhân xô 101.800đ/kg"}

	sid, err := open(nil).Send(ctx, message)
	if err != nil {
		t.Fatalf("a right request was refused: %v", err)
	}
	if !strings.HasPrefix(sid, "SM") && !strings.HasPrefix(sid, "MM") || len(sid) != 34 {
		t.Errorf("no SID: %q", sid)
	}

	long := message
	long.Text = strings.Repeat("giá tiêu ", 400)
	var bodies []*http.Request
	c := open(func(c *Config) {
		c.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			bodies = append(bodies, r)
			return http.DefaultTransport.RoundTrip(r)
		})
	})
	if _, err := c.Send(ctx, long); err != nil || len(bodies) != 3 {
		t.Errorf("a text of 3,600 characters went out in %d requests: %v", len(bodies), err)
	}

	// An account SID that breaks the description's pattern.
	_, err = open(func(c *Config) { c.AccountSID = "ACnothex" }).Send(ctx, message)
	refused(t, "a wrong account", err, false, 0)

	// A status callback that is no address.
	_, err = open(func(c *Config) { c.PublicURL = "not an address" }).Send(ctx, message)
	refused(t, "a wrong callback", err, false, 0)

	// Without a token: an officer may put that right while the message waits.
	_, err = open(func(c *Config) { c.AuthToken = "" }).Send(ctx, message)
	refused(t, "no token", err, true, 0)
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func refused(t *testing.T, what string, err error, again bool, after time.Duration) {
	t.Helper()
	var e *bot.SendError
	if !errors.As(err, &e) {
		t.Errorf("%s: got %v, want a refusal", what, err)
		return
	}
	if e.Again != again || e.After != after {
		t.Errorf("%s: %q, again %v after %v; want %v after %v", what, e.Reason, e.Again, e.After, again, after)
	}
	if strings.Contains(e.Reason, "84905") {
		t.Errorf("%s: the reason holds the number: %q", what, e.Reason)
	}
}
