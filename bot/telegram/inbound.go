package telegram

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/loa-vn/loa/bot"
)

// maxBody is far above the largest update.
const maxBody = 1 << 20

// ServeHTTP takes an update. 403: without the secret; 400: no update; 503:
// not accepted, to be sent again. In all three nothing is stored. 200 means
// that what follows from the update is durable.
func (c *Channel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !c.authentic(r.Header.Get("X-Telegram-Bot-Api-Secret-Token")) {
		http.Error(w, "the secret is wrong", http.StatusForbidden)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "the body is too large or broke off", http.StatusBadRequest)
		return
	}
	update, err := parse(raw)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	toast, err := c.take(r.Context(), update)
	switch {
	case errors.Is(err, bot.ErrInvalid):
		// Telegram would send it again for ever: it is refused, and that is the end of it.
		c.Log.WarnContext(r.Context(), "an update cannot be accepted", "update", update.ID, "error", err)
	case err != nil:
		w.Header().Set("Retry-After", "5")
		http.Error(w, "not accepted, send it again", http.StatusServiceUnavailable)
		return
	}
	if toast == nil {
		return
	}
	body, err := json.Marshal(toast)
	if err != nil {
		c.Log.ErrorContext(r.Context(), "a toast cannot be written", "error", err)
		return
	}
	_ = bot.Respond(w, "application/json", body) // a toast that is lost leaves a spinner for some seconds, no more
}

// authentic compares in constant time. A channel without a secret takes
// nothing by webhook.
func (c *Channel) authentic(secret string) bool {
	given, want := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(c.Secret))
	return c.Secret != "" && subtle.ConstantTimeCompare(given[:], want[:]) == 1
}

func parse(raw []byte) (*models.Update, error) {
	var update models.Update
	if err := json.Unmarshal([]byte(strings.ToValidUTF8(string(raw), "�")), &update); err != nil || update.ID == 0 {
		return nil, errors.New("the body is not a Telegram update")
	}
	return &update, nil
}

// decode makes a message of an update; false for what Loa has no ear for:
// chatter in groups, channels, other bots.
func (c *Channel) decode(u *models.Update) (bot.Inbound, bool) {
	in := bot.Inbound{Channel: c.Channel, External: "u" + strconv.FormatInt(u.ID, 10), At: c.Now()}
	m := u.Message
	if m == nil {
		m = u.EditedMessage
	}
	switch {
	case u.CallbackQuery != nil:
		q := u.CallbackQuery
		if q.From.ID == 0 || q.From.IsBot || q.Data == "" {
			return in, false
		}
		in.From, in.Button = address(q.From.ID), q.Data
		if at := q.Message; at.Message != nil {
			in.Group, in.Title = group(at.Message.Chat)
		} else if at.InaccessibleMessage != nil {
			in.Group, in.Title = group(at.InaccessibleMessage.Chat)
		}
		return in, true
	case m == nil || m.From == nil || m.From.IsBot || m.Chat.Type == models.ChatTypeChannel:
		return in, false
	}
	in.From = address(m.From.ID)
	in.Group, in.Title = group(m.Chat)
	in.Text, in.Media = m.Text, media(m)
	if in.Text == "" {
		in.Text = m.Caption
	}
	text, command := c.command(in.Text)
	in.Text = text
	if in.Group != "" && (!command || u.EditedMessage != nil) {
		return in, false
	}
	if in.Text == "" && len(in.Media) == 0 {
		return in, false // someone joined, a pin, a sticker …
	}
	return in, true
}

// command takes our own name off a command ("/gia@LoaBot tiêu"). A command
// to another bot is none of ours.
func (c *Channel) command(text string) (string, bool) {
	if !strings.HasPrefix(text, "/") {
		return text, false
	}
	word, rest := text, ""
	if end := strings.IndexAny(text, " \n"); end > 0 {
		word, rest = text[:end], text[end:]
	}
	name, to, named := strings.Cut(word, "@")
	if !named {
		return text, true
	}
	if !strings.EqualFold(to, c.name()) {
		return text, false
	}
	return name + rest, true
}

func address(id int64) string { return "telegram:" + strconv.FormatInt(id, 10) }

func group(chat models.Chat) (id, title string) {
	if chat.Type == models.ChatTypeGroup || chat.Type == models.ChatTypeSupergroup {
		return address(chat.ID), chat.Title
	}
	return "", ""
}

// media lists what came with a message, largest picture only.
func media(m *models.Message) []bot.Media {
	var all []bot.Media
	if n := len(m.Photo); n > 0 {
		all = append(all, bot.Media{Kind: "image", Ref: m.Photo[n-1].FileID})
	}
	if m.Voice != nil {
		all = append(all, bot.Media{Kind: "audio", Ref: m.Voice.FileID, Type: m.Voice.MimeType})
	}
	if m.Audio != nil {
		all = append(all, bot.Media{Kind: "audio", Ref: m.Audio.FileID, Type: m.Audio.MimeType})
	}
	if m.Video != nil {
		all = append(all, bot.Media{Kind: "video", Ref: m.Video.FileID, Type: m.Video.MimeType})
	}
	if m.Document != nil {
		all = append(all, bot.Media{Kind: "file", Ref: m.Document.FileID, Type: m.Document.MimeType})
	}
	if m.Location != nil {
		ref := strconv.FormatFloat(m.Location.Latitude, 'f', 5, 64) + "," + strconv.FormatFloat(m.Location.Longitude, 'f', 5, 64)
		all = append(all, bot.Media{Kind: "location", Ref: ref})
	}
	return all
}
