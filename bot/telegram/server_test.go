package telegram

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"testing"
)

// server stands in for Telegram's: it keeps updates until they are
// acknowledged by a later offset, as Telegram does.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	updates []json.RawMessage // of ids 1, 2, …
	acked   int               // updates given up
	asked   int               // getUpdates
	calls   []call
	answer  map[string]string // method → body, instead of the usual
}

type call struct {
	method string
	form   map[string]string
}

func serve(t *testing.T) *server {
	s := &server{answer: map[string]string{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// tell queues an update, to be completed with its id.
func (s *server) tell(kind string, body map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	raw, err := json.Marshal(map[string]any{"update_id": len(s.updates) + 1, kind: body})
	if err != nil {
		panic(err)
	}
	s.updates = append(s.updates, raw)
}

func (s *server) called(method string) []map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []map[string]string
	for _, c := range s.calls {
		if c.method == method {
			out = append(out, c.form)
		}
	}
	return out
}

func (s *server) acknowledged() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.acked
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method := path.Base(r.URL.Path)
	s.mu.Lock()
	defer s.mu.Unlock()
	form := map[string]string{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") && r.ParseMultipartForm(1<<20) == nil {
		for key, values := range r.MultipartForm.Value {
			form[key] = values[0]
		}
	}
	s.calls = append(s.calls, call{method, form})
	if body := s.answer[method]; body != "" {
		_, _ = io.WriteString(w, body)
		return
	}
	switch method {
	case "getMe":
		_, _ = io.WriteString(w, `{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Loa","username":"LoaBot"}}`)
	case "getUpdates":
		var ask struct {
			Offset int `json:"offset"`
		}
		_ = json.NewDecoder(r.Body).Decode(&ask)
		s.asked++
		s.acked = max(s.acked, ask.Offset-1)
		rest, err := json.Marshal(s.updates[min(s.acked, len(s.updates)):])
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(w, `{"ok":true,"result":%s}`, rest)
	case "sendMessage":
		fmt.Fprintf(w, `{"ok":true,"result":{"message_id":%d,"date":1,"chat":{"id":%s,"type":"private"}}}`, len(s.calls), form["chat_id"])
	default:
		_, _ = io.WriteString(w, `{"ok":true,"result":true}`)
	}
}
