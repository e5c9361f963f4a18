// Package twilio is the channel to numbers at Twilio: signed webhooks in,
// TwiML in the webhook's own response or REST out, status callbacks.
package twilio

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/storage"
)

// Config is one Twilio number.
type Config struct {
	Channel    string // Channel.ID
	AccountSID string
	AuthToken  string
	From       string // the number that sends, E.164; "" = answer from the number written to only
	// PublicURL is Loa's address as Twilio sees it, without a final slash:
	// signatures are made over it.
	PublicURL string
	// SMSPath and StatusPath are the paths Twilio was given.
	SMSPath, StatusPath string
	APIURL              string // base address of Twilio's API; "" = Twilio's own
	Accept              bot.Accepter
	Reports             Reports
	Now                 func() time.Time
	Log                 *slog.Logger
	Transport           http.RoundTripper // nil = http.DefaultTransport
}

// Reports takes a provider's later word on a sent message. storage.ErrNotFound
// means that no such message is known, or not yet.
type Reports interface {
	Report(ctx context.Context, channel, external string, status storage.Status, reason string, at time.Time) error
}

// Channel is a Twilio number.
type Channel struct {
	Config
	validator client.RequestValidator
	api       *openapi.ApiService
	transport *transport
}

// Traits of SMS at Twilio.
var Traits = bot.Traits{SMS: true, Inline: true}

// New makes the channel. It does not connect.
func New(c Config) *Channel {
	c.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
	t := &transport{next: c.Transport, base: c.APIURL, now: c.Now}
	if t.next == nil {
		t.next = http.DefaultTransport
	}
	rest := &client.Client{
		Credentials: client.NewCredentials(c.AccountSID, c.AuthToken),
		HTTPClient:  &http.Client{Transport: t, Timeout: 20 * time.Second},
	}
	rest.SetAccountSid(c.AccountSID)
	return &Channel{
		Config: c, validator: client.NewRequestValidator(c.AuthToken),
		api: openapi.NewApiServiceWithClient(rest), transport: t,
	}
}
