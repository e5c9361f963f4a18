package phone

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot/channeltest"
)

func post(body string) *http.Request {
	return httptest.NewRequest(http.MethodPost, "/channels/phone", strings.NewReader(body))
}

func body(m channeltest.Message) string {
	r := map[string]any{"from": "+8490512345" + string(rune('0'+m.From)), "text": m.Text, "id": m.ID}
	if m.Media {
		r["media"] = []map[string]string{{"kind": "image", "ref": "picture"}}
	}
	b, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestChannel(t *testing.T) {
	for _, kind := range []string{SMS, Chat} {
		t.Run(kind, func(t *testing.T) {
			channeltest.Run(t, kind, func(t *testing.T, e channeltest.Env) channeltest.Subject {
				c := New(Config{
					Channel: e.Row, Accept: e.Accept, Store: e.Store, Keyring: e.Keyring, Now: time.Now, Log: e.Log,
					NewID: func() uuid.UUID { return uuid.Must(uuid.NewV7()) },
				})
				return channeltest.Subject{
					Handler: c, Traits: TraitsOf(kind),
					Request: func(m channeltest.Message) *http.Request { return post(body(m)) },
					Raw: func(m channeltest.Message, text []byte) *http.Request {
						m.Text = "RAW"
						return post(strings.Replace(body(m), "RAW", string(text), 1))
					},
					Garbage: []*http.Request{
						post(""), post("{"), post("[1]"), post(`{"text":"gia"}`), post(`{"from":"abc","text":"gia"}`),
						post(`{"from":"+84905123456","text":"` + strings.Repeat("a", maxBody) + `"}`),
					},
					Replies: func(t *testing.T, body string) []string {
						var got struct {
							Replies []struct {
								Text string `json:"text"`
							} `json:"replies"`
						}
						if err := json.Unmarshal([]byte(body), &got); err != nil {
							t.Errorf("not JSON: %v: %s", err, body)
						}
						var texts []string
						for _, r := range got.Replies {
							texts = append(texts, r.Text)
						}
						return texts
					},
				}
			})
		})
	}
}

func FuzzRequest(f *testing.F) {
	f.Add(`{"from":"+84905123456","text":"gia ca phe"}`)
	f.Add(`{"from":"0905123456","button":"opt:x:1","id":"1","group":"HTX"}`)
	f.Add("{\"from\":\"0905123456\",\"text\":\"\xff\"}")
	c := New(Config{Now: time.Now, NewID: uuid.New})
	f.Fuzz(func(t *testing.T, body string) {
		if in, err := c.decode(strings.NewReader(body)); err == nil && (in.From == "" || in.External == "" || !utf8.ValidString(in.From+in.Text+in.Title)) {
			t.Errorf("accepted without sender or id, or broken: %+v", in)
		}
	})
}
