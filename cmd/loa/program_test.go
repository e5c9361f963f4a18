package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// program is a running Loa, booted as a shell would.
type program struct {
	base string
	out  *screen
	stop func()
}

// boot runs loa with these arguments until the test ends, and waits for the
// address that it prints.
func boot(t *testing.T, args ...string) *program {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	p := &program{out: &screen{changed: make(chan struct{}, 1)}}
	done := make(chan error, 1)
	go func() { done <- run(ctx, args, streams{strings.NewReader(""), p.out, p.out}) }()
	p.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("loa %s: %v", args[0], err)
		}
	})
	t.Cleanup(p.stop)
	for {
		if at := strings.Index(p.out.text(), "http://"); at >= 0 {
			rest := p.out.text()[at:]
			if end := strings.IndexAny(rest, "/ \n"); end >= 0 {
				host, _, _ := strings.Cut(strings.TrimPrefix(rest, "http://"), "/")
				p.base = "http://" + strings.TrimSpace(strings.SplitN(host, "\n", 2)[0])
				return p
			}
		}
		select {
		case err := <-done:
			done <- err
			t.Fatalf("loa %s ended: %v\n%s", args[0], err, p.out.text())
		case <-p.out.changed:
		}
	}
}

// screen is what a program prints.
type screen struct {
	mu      sync.Mutex
	b       bytes.Buffer
	changed chan struct{}
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.changed <- struct{}{}:
	default:
	}
	return s.b.Write(p)
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// loa runs a subcommand to its end and returns what it prints.
func loa(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if err := run(context.Background(), args, streams{strings.NewReader(stdin), &out, &errs}); err != nil {
		t.Fatalf("loa %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.String()
}

const (
	twilioSID   = "ACcccccccccccccccccccccccccccccccc"
	twilioToken = "22222222222222222222222222222222"
	publicURL   = "https://loa.example.vn"
	botToken    = "12345:telegram-token"
	botSecret   = "telegram-webhook-secret"
)

// provider stands where Twilio's and Telegram's servers would: it answers in
// their formats and keeps what it was sent.
type provider struct {
	*httptest.Server
	mu   sync.Mutex
	sent []sent
	more chan struct{}
}

// sent is one request that Loa made.
type sent struct {
	method string // sendMessage, Messages.json, …
	form   url.Values
}

func newProvider(t *testing.T) *provider {
	p := &provider{more: make(chan struct{}, 1)}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Close)
	return p
}

func (p *provider) serve(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseMultipartForm(1 << 20) // getMe has no form: then there are no values
	method := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	p.mu.Lock()
	p.sent = append(p.sent, sent{method, r.Form})
	n := len(p.sent)
	p.mu.Unlock()
	select {
	case p.more <- struct{}{}:
	default:
	}
	w.Header().Set("Content-Type", "application/json")
	switch method {
	case "Messages.json":
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"sid":"SM%032d","status":"queued"}`, n)
	case "getMe":
		io.WriteString(w, `{"ok":true,"result":{"id":12345,"is_bot":true,"first_name":"Loa","username":"LoaTestBot"}}`)
	case "sendMessage":
		fmt.Fprintf(w, `{"ok":true,"result":{"message_id":%d,"date":1,"chat":{"id":%s,"type":"private"}}}`, n, r.FormValue("chat_id"))
	default:
		io.WriteString(w, `{"ok":true,"result":true}`)
	}
}

// wait returns the first request of the method that the test holds for the
// one it wants.
func (p *provider) wait(t *testing.T, method string, want func(url.Values) bool) url.Values {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		p.mu.Lock()
		for _, s := range p.sent {
			if s.method == method && want(s.form) {
				p.mu.Unlock()
				return s.form
			}
		}
		p.mu.Unlock()
		select {
		case <-p.more:
		case <-late:
			t.Fatalf("no such %s was sent; sent: %+v", method, p.sent)
		}
	}
}

// count is how many requests of the method there were so far.
func (p *provider) count(method string, want func(url.Values) bool) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, s := range p.sent {
		if s.method == method && want(s.form) {
			n++
		}
	}
	return n
}

// handset texts through Twilio.
type handset struct {
	t      *testing.T
	loa    *program
	number string
}

// text sends a message and returns what the phone shows in answer.
func (p *handset) text(words string) string {
	p.t.Helper()
	return p.send("SM"+rand.Text(), words)
}

// send sends a message with an id of its own choosing.
func (p *handset) send(id, words string) string {
	p.t.Helper()
	status, body := p.post(id, words, "")
	if status != http.StatusOK {
		p.t.Errorf("%q: status %d: %s", words, status, body)
	}
	var twiml struct {
		Message []string `xml:"Message"`
	}
	if err := xml.Unmarshal([]byte(body), &twiml); err != nil {
		p.t.Errorf("%q: not TwiML: %v: %s", words, err, body)
	}
	return strings.Join(twiml.Message, "\n")
}

func (p *handset) post(id, words, signature string) (int, string) {
	p.t.Helper()
	form := url.Values{
		"MessageSid": {id}, "AccountSid": {twilioSID}, "From": {p.number}, "To": {"+15005550006"}, "Body": {words}, "NumMedia": {"0"},
	}
	const path = "/channels/twilio/sms"
	if signature == "" {
		signature = twilioSignature(publicURL+path, form)
	}
	request, err := http.NewRequest(http.MethodPost, p.loa.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Twilio-Signature", signature)
	return do(p.t, request)
}

func twilioSignature(address string, form url.Values) string {
	var names []string
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	mac := hmac.New(sha1.New, []byte(twilioToken))
	io.WriteString(mac, address)
	for _, name := range names {
		io.WriteString(mac, name+form.Get(name))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func do(t *testing.T, request *http.Request) (int, string) {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// tgServer is Telegram's side of the webhook.
type tgServer struct {
	t    *testing.T
	loa  *program
	last int
}

// update posts an update and returns the status and the response.
func (g *tgServer) update(secret string, update map[string]any) (int, string) {
	g.t.Helper()
	g.last++
	if update["update_id"] == nil {
		update["update_id"] = g.last
	}
	body, err := json.Marshal(update)
	if err != nil {
		g.t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, g.loa.base+"/channels/telegram", bytes.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	request.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	return do(g.t, request)
}

// says is a message of a person in a chat.
func (g *tgServer) says(from int, chat map[string]any, text string) {
	g.t.Helper()
	status, body := g.update(botSecret, map[string]any{"message": map[string]any{
		"message_id": g.last + 1000, "date": 1, "text": text, "chat": chat,
		"from": map[string]any{"id": from, "is_bot": false, "first_name": "Y Bhăn"},
	}})
	if status != http.StatusOK {
		g.t.Errorf("%q: status %d: %s", text, status, body)
	}
}

// presses is a press of a button; it returns the toast.
func (g *tgServer) presses(from int, chat map[string]any, payload string) string {
	g.t.Helper()
	status, body := g.update(botSecret, map[string]any{"callback_query": map[string]any{
		"id": fmt.Sprint(g.last), "data": payload, "from": map[string]any{"id": from, "is_bot": false, "first_name": "Y Bhăn"},
		"message": map[string]any{"message_id": 5, "date": 1, "chat": chat},
	}})
	if status != http.StatusOK {
		g.t.Errorf("%q: status %d: %s", payload, status, body)
	}
	var toast struct {
		Text string `json:"text"`
	}
	if err := json.Unmarshal([]byte(body), &toast); err != nil {
		g.t.Errorf("%q: no toast: %s", payload, body)
	}
	return toast.Text
}

func private(id int) map[string]any {
	return map[string]any{"id": id, "type": "private", "first_name": "Y Bhăn"}
}

func groupChat(id int) map[string]any {
	return map[string]any{"id": id, "type": "supergroup", "title": "Tổ hợp tác bon Bu Prăng"}
}
