// Package phone is the simulator's channel: a made-up phone that anyone at
// this machine may hold, as JSON over HTTP. It is for the demo and for tests;
// nothing checks who is asking, so serve never opens it.
package phone

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/storage"
)

// Kinds of phone: one that only knows SMS, and one with chats and buttons.
const (
	SMS  = "phone"
	Chat = "chat"
)

// TraitsOf says what a kind of phone can carry.
func TraitsOf(kind string) bot.Traits {
	if kind == Chat {
		return bot.Traits{Marks: true, Buttons: true, Inline: true}
	}
	return bot.Traits{SMS: true, Inline: true}
}

// Store is where a phone reads what it was sent.
type Store interface {
	Load(ctx context.Context, keys []storage.Key) ([]storage.Loaded, error)
	Thread(ctx context.Context, area string, contact uuid.UUID, before time.Time, limit int) ([]storage.Message, error)
}

// Config is one simulated channel.
type Config struct {
	Channel storage.Channel
	Accept  bot.Accepter
	Store   Store
	Keyring *storage.Keyring
	Now     func() time.Time
	NewID   func() uuid.UUID
	Log     *slog.Logger
}

// Channel is a simulated channel: all the phones of a kind.
type Channel struct{ Config }

// New makes the channel.
func New(c Config) *Channel { return &Channel{c} }

type request struct {
	From   string      `json:"from"`
	Text   string      `json:"text"`
	Button string      `json:"button"`
	ID     string      `json:"id"`
	Group  string      `json:"group"` // chat phones only: the name of a made-up group
	Media  []bot.Media `json:"media"`
}

type button struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

type reply struct {
	Text    string   `json:"text"`
	Buttons []button `json:"buttons,omitempty"`
	Toast   bool     `json:"toast,omitempty"`
}

type entry struct {
	ID        string    `json:"id"`
	Text      string    `json:"text"`
	At        time.Time `json:"at"`
	Direction string    `json:"direction"`
	Buttons   []button  `json:"buttons,omitempty"`
}

// maxBody leaves room for the longest text, escaped.
const maxBody = 8 * bot.MaxText

// ServeHTTP takes a message and answers it. 400: not such a message; 503: not
// accepted, to be sent again. In both nothing is stored.
func (c *Channel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in, err := c.decode(http.MaxBytesReader(w, r.Body, maxBody))
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
		w.Header().Set("Retry-After", "5")
		http.Error(w, "not accepted, send it again", http.StatusServiceUnavailable)
		return
	}
	answer := struct {
		Replies []reply `json:"replies"`
	}{Replies: make([]reply, 0, len(receipt.Replies))}
	ids := make([]uuid.UUID, 0, len(receipt.Replies))
	for _, m := range receipt.Replies {
		answer.Replies = append(answer.Replies, reply{Text: m.Text, Buttons: buttons(m.Buttons), Toast: m.Toast})
		if !m.Toast {
			ids = append(ids, m.ID)
		}
	}
	if writeJSON(w, answer) == nil {
		c.Accept.Written(ids...)
	}
}

func (c *Channel) decode(body io.Reader) (bot.Inbound, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return bot.Inbound{}, errors.New("the body is too large or broke off")
	}
	var m request
	if err := json.Unmarshal([]byte(strings.ToValidUTF8(string(raw), "�")), &m); err != nil {
		return bot.Inbound{}, errors.New("the body is not JSON such as {\"from\":\"+84905123456\",\"text\":\"gia ca phe\"}")
	}
	number, err := understand.Phone(m.From)
	if err != nil {
		return bot.Inbound{}, errors.New("from is not a phone number")
	}
	in := bot.Inbound{
		Channel: c.Config.Channel.ID, External: m.ID, From: "tel:" + number, Text: m.Text, Button: m.Button,
		Media: m.Media, At: c.Now(),
	}
	if in.External == "" {
		in.External = c.NewID().String()
	}
	if c.Config.Channel.Kind == Chat {
		in.From = "chat:" + number
		if m.Group != "" {
			in.Group, in.Title = "chat:group:"+m.Group, m.Group
		}
	}
	return in, nil
}

// ServeInbox lists what a phone sent and got: ?from=%2B84…&limit=50. It is
// how notices and officers' answers reach a simulated phone.
func (c *Channel) ServeInbox(w http.ResponseWriter, r *http.Request) {
	number, err := understand.Phone(r.FormValue("from"))
	if err != nil {
		http.Error(w, "from is not a phone number", http.StatusBadRequest)
		return
	}
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil || limit < 1 || limit > 200 {
		limit = 50
	}
	scheme := "tel:"
	if c.Config.Channel.Kind == Chat {
		scheme = "chat:"
	}
	list := struct {
		Messages []entry `json:"messages"`
	}{Messages: []entry{}}
	loaded, err := c.Store.Load(r.Context(), []storage.Key{{Channel: c.Config.Channel.ID, Address: c.Keyring.Hash(scheme + number)}})
	if err == nil && loaded[0].Contact.ID != uuid.Nil {
		var thread []storage.Message
		thread, err = c.Store.Thread(r.Context(), loaded[0].Contact.Area, loaded[0].Contact.ID, time.Time{}, limit)
		for _, m := range thread {
			if m.Direction == storage.Out && m.Status == storage.Queued || m.Status == storage.Dropped {
				continue
			}
			list.Messages = append(list.Messages, entry{
				ID: m.ID.String(), Text: m.Text, At: m.At, Direction: string(m.Direction), Buttons: storedButtons(m.Buttons),
			})
		}
	}
	if err != nil {
		c.Log.WarnContext(r.Context(), "an inbox could not be read", "error", err)
		http.Error(w, "the inbox cannot be read now", http.StatusServiceUnavailable)
		return
	}
	_ = writeJSON(w, list)
}

// Send delivers to a simulated phone: it reads the log, so there is nothing
// to do but to say so.
func (c *Channel) Send(_ context.Context, m bot.Outgoing) (string, error) {
	if m.To == "" || !utf8.ValidString(m.Text) {
		return "", &bot.SendError{Reason: "not a message"}
	}
	return "phone-" + m.ID.String(), nil
}

func storedButtons(stored []byte) []button {
	var out []button
	if len(stored) == 0 || json.Unmarshal(stored, &out) != nil {
		return nil
	}
	return out
}

func buttons(options []flows.Option) []button {
	out := make([]button, len(options))
	for i, o := range options {
		out[i] = button(o)
	}
	return out
}

func writeJSON(w http.ResponseWriter, v any) error {
	var body bytes.Buffer
	encode := json.NewEncoder(&body)
	encode.SetEscapeHTML(false)
	if err := encode.Encode(v); err != nil {
		return err
	}
	return bot.Respond(w, "application/json; charset=utf-8", body.Bytes())
}

var _ bot.Sender = (*Channel)(nil)
