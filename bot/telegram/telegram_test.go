package telegram

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/loa-vn/loa/bot/channeltest"
)

const testSecret = "a-secret-of-the-webhook"

func post(body []byte, secret string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/channels/telegram", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	return r
}

// update is a private message as Telegram sends it.
func update(m channeltest.Message) []byte {
	h := fnv.New32a()
	h.Write([]byte(m.ID))
	message := map[string]any{
		"message_id": 7, "date": 1795420800, "text": m.Text,
		"from": map[string]any{"id": 9000 + m.From, "is_bot": false, "first_name": "Y Bhăn"},
		"chat": map[string]any{"id": 9000 + m.From, "type": "private", "first_name": "Y Bhăn"},
	}
	if m.Media {
		delete(message, "text")
		message["caption"] = m.Text
		message["photo"] = []any{
			map[string]any{"file_id": "small", "file_unique_id": "s", "width": 90, "height": 90},
			map[string]any{"file_id": "large", "file_unique_id": "l", "width": 900, "height": 900},
		}
	}
	body, err := json.Marshal(map[string]any{"update_id": 1 + h.Sum32()>>1, "message": message})
	if err != nil {
		panic(err)
	}
	return body
}

func open(t *testing.T, e channeltest.Env) *Channel {
	t.Helper()
	c, err := New(Config{
		Channel: channeltest.Channel, Token: "1:token", Secret: testSecret, Account: "LoaBot", APIURL: "http://127.0.0.1:1",
		Accept: e.Accept, Groups: e.Store, Keyring: e.Keyring, Now: time.Now, Log: e.Log,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestChannel(t *testing.T) {
	channeltest.Run(t, "telegram", func(t *testing.T, e channeltest.Env) channeltest.Subject {
		return channeltest.Subject{
			Handler: open(t, e), Traits: Traits,
			Request:  func(m channeltest.Message) *http.Request { return post(update(m), testSecret) },
			Unsigned: func(m channeltest.Message) *http.Request { return post(update(m), "") },
			Raw: func(m channeltest.Message, text []byte) *http.Request {
				m.Text = "RAW"
				return post(bytes.Replace(update(m), []byte("RAW"), text, 1), testSecret)
			},
			Garbage: []*http.Request{
				post(nil, testSecret), post([]byte("{"), testSecret), post([]byte("[]"), testSecret), post([]byte(`{"message":{}}`), testSecret),
				post([]byte("<html>"), testSecret), post(bytes.Repeat([]byte("a"), maxBody+1), testSecret),
			},
		}
	})
}

func TestNoSecretTakesNothing(t *testing.T) {
	c := &Channel{}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, post(update(channeltest.Message{ID: "1", From: 1, Text: "tc"}), ""))
	if w.Code != http.StatusForbidden {
		t.Errorf("status %d, want 403", w.Code)
	}
}

func TestGroupsHearCommandsOnly(t *testing.T) {
	c := &Channel{Config: Config{Channel: "telegram", Account: "LoaBot", Now: time.Now}}
	for text, want := range map[string]string{
		"/gia tiêu":            "/gia tiêu",
		"/gia@LoaBot tiêu":     "/gia tiêu",
		"/gia@loabot":          "/gia",
		"/gia@OtherBot tiêu":   "",
		"giá tiêu hôm nay sao": "",
		"":                     "",
	} {
		body, err := json.Marshal(map[string]any{"update_id": 5, "message": map[string]any{
			"message_id": 1, "date": 1, "text": text, "from": map[string]any{"id": 3, "first_name": "a"},
			"chat": map[string]any{"id": -77, "type": "group", "title": "HTX Đắk Mẫu"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		u, err := parse(body)
		if err != nil {
			t.Fatal(err)
		}
		in, heard := c.decode(u)
		if heard != (want != "") || heard && (in.Text != want || in.Group != "telegram:-77" || in.From != "telegram:3" || in.Title != "HTX Đắk Mẫu") {
			t.Errorf("%q: heard %v as %+v", text, heard, in)
		}
	}
}

func FuzzUpdate(f *testing.F) {
	f.Add(update(channeltest.Message{ID: "1", From: 1, Text: "gia ca phe"}))
	f.Add([]byte(`{"update_id":9,"callback_query":{"id":"1","from":{"id":5},"data":"opt:x:1","message":{"message_id":1,"date":0,"chat":{"id":-5,"type":"supergroup"}}}}`))
	f.Add([]byte(`{"update_id":9,"message":{"migrate_to_chat_id":-100,"chat":{"id":-5,"type":"group"}}}`))
	f.Add([]byte("{\"update_id\":1,\"message\":{\"text\":\"\xff\"}}"))
	c := &Channel{Config: Config{Channel: "telegram", Account: "LoaBot", Now: time.Now}}
	f.Fuzz(func(t *testing.T, body []byte) {
		u, err := parse(body)
		if err != nil {
			return
		}
		if in, heard := c.decode(u); heard && (in.From == "" || in.External == "" || !utf8.ValidString(in.From+in.Text+in.Title)) {
			t.Errorf("heard without sender or id, or broken: %+v", in)
		}
	})
}
