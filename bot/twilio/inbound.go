package twilio

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/twilio/twilio-go/twiml"

	"github.com/loa-vn/loa/bot"
)

// maxBody is far above what Twilio sends: 1,600 characters and ten media URLs.
const maxBody = 64 << 10

// retryAfter is what a provider is told when the database is away.
const retryAfter = "5"

// ServeSMS takes a message and answers it in TwiML. 400: not a form that
// Twilio would send; 403: not signed by this account's token; 503: not
// accepted, to be sent again. In all three nothing is stored.
func (c *Channel) ServeSMS(w http.ResponseWriter, r *http.Request) {
	form, ok := c.signed(w, r, c.SMSPath)
	if !ok {
		return
	}
	in, err := c.decode(form)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	receipt, err := c.Accept.Accept(r.Context(), in)
	switch {
	case errors.Is(err, bot.ErrInvalid):
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	case err != nil:
		w.Header().Set("Retry-After", retryAfter)
		http.Error(w, "not accepted, send it again", http.StatusServiceUnavailable)
		return
	}
	body, err := response(receipt.Replies)
	if err != nil { // accepted all the same: the lease ends and REST sends the replies
		c.Log.ErrorContext(r.Context(), "a reply could not be written as TwiML", "error", err)
		return
	}
	if bot.Respond(w, "text/xml; charset=utf-8", []byte(body)) != nil {
		return // likewise
	}
	ids := make([]uuid.UUID, len(receipt.Replies))
	for i, reply := range receipt.Replies {
		ids[i] = reply.ID
	}
	c.Accept.Written(ids...)
}

// signed reads the form and checks that Twilio signed it.
func (c *Channel) signed(w http.ResponseWriter, r *http.Request, path string) (map[string]string, bool) {
	form, err := readForm(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return nil, false
	}
	address := c.PublicURL + path
	if r.URL.RawQuery != "" {
		address += "?" + r.URL.RawQuery
	}
	if !c.validator.Validate(address, form, r.Header.Get("X-Twilio-Signature")) || form["AccountSid"] != c.AccountSID {
		http.Error(w, "not signed by Twilio for this account and address", http.StatusForbidden)
		return nil, false
	}
	return form, true
}

// readForm reads a form in which every key stands once: the signature covers
// only one value of each.
func readForm(body io.Reader) (map[string]string, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, errors.New("the body is too large or broke off")
	}
	values, err := url.ParseQuery(string(raw))
	if err != nil {
		return nil, errors.New("the body is not a form")
	}
	if len(values) == 0 {
		return nil, errors.New("the form is empty")
	}
	form := make(map[string]string, len(values))
	for key, all := range values {
		if len(all) != 1 {
			return nil, fmt.Errorf("the form has %q more than once", key)
		}
		form[key] = all[0]
	}
	return form, nil
}

// decode makes a message of Twilio's form.
func (c *Channel) decode(form map[string]string) (bot.Inbound, error) {
	in := bot.Inbound{
		Channel: c.Channel, External: form["MessageSid"], At: c.Now(),
		Text: strings.ToValidUTF8(form["Body"], "�"),
	}
	if in.External == "" {
		in.External = form["SmsSid"]
	}
	if in.External == "" || form["From"] == "" {
		return in, errors.New("MessageSid and From are needed")
	}
	in.From = address(form["From"])
	if n := form["NumMedia"]; n != "" && n != "0" {
		count, err := strconv.Atoi(n)
		if err != nil || count < 0 || count > 10 {
			return in, errors.New("NumMedia is not a number from 0 to 10")
		}
		for i := range count {
			kind := form["MediaContentType"+strconv.Itoa(i)]
			in.Media = append(in.Media, bot.Media{Kind: mediaKind(kind), Type: kind, Ref: form["MediaUrl"+strconv.Itoa(i)]})
		}
	}
	return in, nil
}

// address is Loa's form of a Twilio sender: "tel:+84…"; a sender that is no
// number (a brand name, "whatsapp:+84…") keeps its own form.
func address(from string) string {
	from = strings.ToValidUTF8(strings.TrimSpace(from), "")
	if strings.HasPrefix(from, "+") {
		return "tel:" + from
	}
	return "twilio:" + from
}

func mediaKind(contentType string) string {
	switch kind, _, _ := strings.Cut(contentType, "/"); kind {
	case "image", "audio", "video":
		return kind
	}
	return "file"
}

// response is TwiML with a message per reply; without replies it is empty
// and Twilio sends nothing.
func response(replies []bot.Reply) (string, error) {
	messages := make([]twiml.Element, 0, len(replies))
	for _, r := range replies {
		for _, piece := range bot.Split(printable(r.Text), maxText) {
			messages = append(messages, &twiml.MessagingMessage{Body: piece})
		}
	}
	return twiml.Messages(messages)
}

// printable drops what XML 1.0 cannot carry.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}
