package twilio

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/storage"
)

// maxText is how many characters Twilio takes at once; it makes SMS parts of
// them itself.
const maxText = 1600

// Send sends a message over REST, in several where it is longer than Twilio
// takes, and returns the SID of the last.
func (c *Channel) Send(ctx context.Context, m bot.Outgoing) (string, error) {
	if c.From == "" {
		return "", &bot.SendError{Reason: "no sending number: set TWILIO_FROM"}
	}
	to, ok := strings.CutPrefix(m.To, "tel:")
	if !ok {
		to = strings.TrimPrefix(m.To, "twilio:")
	}
	var sid string
	for _, piece := range bot.Split(m.Text, maxText) {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		params := &openapi.CreateMessageParams{}
		params.SetTo(to).SetFrom(c.From).SetBody(piece)
		if c.PublicURL != "" {
			params.SetStatusCallback(c.PublicURL + c.StatusPath)
		}
		sent, err := c.api.CreateMessage(params)
		if err != nil {
			return "", c.refused(err)
		}
		if sent.Sid == nil {
			return "", &bot.SendError{Reason: "Twilio answered without a SID"}
		}
		sid = *sent.Sid
	}
	return sid, nil
}

// refused says what a failed request means for the message. A wrong token may
// be put right while the message waits.
func (c *Channel) refused(err error) error {
	var rest *client.TwilioRestError
	if !errors.As(err, &rest) {
		return &bot.SendError{Reason: "no answer from Twilio", Again: true, After: c.transport.retryAfter(), Err: err}
	}
	again := rest.Status == http.StatusTooManyRequests || rest.Status == http.StatusUnauthorized || rest.Status >= 500
	e := &bot.SendError{Reason: "Twilio " + strconv.Itoa(rest.Code) + ": " + reason(rest.Code), Again: again}
	if again {
		e.After = c.transport.retryAfter()
	}
	return e
}

// reason is what Twilio's most usual errors mean, for an officer. Twilio's
// own message is not kept: it may hold the number.
func reason(code int) string {
	switch code {
	case 20003:
		return "the account or token is wrong"
	case 20429:
		return "too many requests"
	case 21211, 21214, 21217, 21614:
		return "not a number that can get SMS"
	case 21408:
		return "the account may not send to this country"
	case 21610:
		return "the person stopped messages at Twilio"
	case 21611:
		return "the number's queue is full"
	case 21606, 21660:
		return "the sending number is not of this account"
	case 30003:
		return "the phone is off or unreachable"
	case 30004:
		return "the number blocks messages"
	case 30005, 30006:
		return "unknown number or a landline"
	case 30007:
		return "filtered by the carrier"
	default:
		return "refused"
	}
}

// ServeStatus takes Twilio's later word on a sent message.
func (c *Channel) ServeStatus(w http.ResponseWriter, r *http.Request) {
	form, ok := c.signed(w, r, c.StatusPath)
	if !ok {
		return
	}
	sid := form["MessageSid"]
	if sid == "" {
		http.Error(w, "MessageSid is needed", http.StatusBadRequest)
		return
	}
	var status storage.Status
	var why string
	switch form["MessageStatus"] {
	case "delivered", "read":
		status = storage.Delivered
	case "failed", "undelivered":
		status = storage.Failed
		code, _ := strconv.Atoi(form["ErrorCode"])
		why = "Twilio " + strconv.Itoa(code) + ": " + reason(code)
	default: // queued, sending, sent …: nothing new
		w.WriteHeader(http.StatusNoContent)
		return
	}
	// The callback may come before the send itself is recorded.
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		err := c.Reports.Report(r.Context(), c.Channel, sid, status, why, c.Now())
		switch {
		case err == nil:
			w.WriteHeader(http.StatusNoContent)
			return
		case !errors.Is(err, storage.ErrNotFound):
			c.Log.WarnContext(r.Context(), "a delivery report could not be recorded", "error", err)
			w.Header().Set("Retry-After", retryAfter)
			http.Error(w, "not recorded", http.StatusServiceUnavailable)
			return
		case wait > time.Second:
			http.Error(w, "no such message", http.StatusNotFound)
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-time.After(wait):
		}
	}
}

var _ bot.Sender = (*Channel)(nil)
