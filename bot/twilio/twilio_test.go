package twilio

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/loa-vn/loa/bot/channeltest"
)

const (
	testSID    = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	testToken  = "0123456789abcdef0123456789abcdef"
	testPublic = "https://loa.example.vn"
	smsPath    = "/channels/twilio/sms"
)

// sign is Twilio's signature, from its documentation: the address and each
// parameter's name and value, by name, under HMAC-SHA1 with the auth token.
func sign(address string, form url.Values) string {
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	sort.Strings(names)
	mac := hmac.New(sha1.New, []byte(testToken))
	mac.Write([]byte(address))
	for _, name := range names {
		mac.Write([]byte(name + form.Get(name)))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func post(body, signature string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, smsPath, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", signature)
	return r
}

func formOf(m channeltest.Message) url.Values {
	form := url.Values{
		"MessageSid": {"SM" + m.ID}, "AccountSid": {testSID}, "From": {"+8490512345" + string(rune('0'+m.From))},
		"To": {"+15005550006"}, "Body": {m.Text}, "NumMedia": {"0"},
	}
	if m.Media {
		form.Set("NumMedia", "1")
		form.Set("MediaUrl0", "https://api.twilio.com/media/1")
		form.Set("MediaContentType0", "image/jpeg")
	}
	return form
}

func TestChannel(t *testing.T) {
	channeltest.Run(t, "twilio", func(t *testing.T, e channeltest.Env) channeltest.Subject {
		c := New(Config{
			Channel: channeltest.Channel, AccountSID: testSID, AuthToken: testToken, From: "+15005550006", PublicURL: testPublic,
			SMSPath: smsPath, StatusPath: "/channels/twilio/status", Accept: e.Accept, Reports: e.Store, Now: time.Now, Log: e.Log,
		})
		signed := func(form url.Values) *http.Request { return post(form.Encode(), sign(testPublic+smsPath, form)) }
		twice := formOf(channeltest.Message{ID: "g1", From: 1, Text: "1d"})
		body := twice.Encode() + "&Body=2d"
		bare := url.Values{"AccountSid": {testSID}, "Body": {"x"}}
		many := formOf(channeltest.Message{ID: "g2", From: 1})
		many.Set("NumMedia", "1000000")
		return channeltest.Subject{
			Handler: http.HandlerFunc(c.ServeSMS), Traits: Traits,
			Request: func(m channeltest.Message) *http.Request { return signed(formOf(m)) },
			Unsigned: func(m channeltest.Message) *http.Request {
				return post(formOf(m).Encode(), sign("https://other.example.vn"+smsPath, formOf(m)))
			},
			Raw: func(m channeltest.Message, text []byte) *http.Request {
				m.Text = string(text)
				return signed(formOf(m))
			},
			Garbage: []*http.Request{
				post("", ""), post("%zz=%", ""), post(body, sign(testPublic+smsPath, twice)),
				signed(bare), signed(many), post(strings.Repeat("a", maxBody+1), ""),
			},
			Replies: func(t *testing.T, body string) []string {
				var twiml struct {
					Message []string `xml:"Message"`
				}
				if err := xml.Unmarshal([]byte(body), &twiml); err != nil {
					t.Errorf("not TwiML: %v: %s", err, body)
				}
				return twiml.Message
			},
		}
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"":   0,
		"7":  7 * time.Second,
		"-1": 0,
		"x":  0,
		now.Add(time.Minute).Format(http.TimeFormat): time.Minute,
		"99999999": 24 * time.Hour,
	} {
		if got := parseRetryAfter(header, now); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func FuzzForm(f *testing.F) {
	f.Add("MessageSid=SM1&From=%2B84905123456&Body=gia+ca+phe")
	f.Add("MessageSid=SM1&From=x&Body=%ff%fe&NumMedia=3&MediaContentType0=image/png")
	f.Add("a=1&a=2")
	f.Add("%zz")
	c := New(Config{Now: time.Now})
	f.Fuzz(func(t *testing.T, body string) {
		form, err := readForm(strings.NewReader(body))
		if err != nil {
			return
		}
		if in, err := c.decode(form); err == nil && (in.From == "" || in.External == "" || !utf8.ValidString(in.From+in.Text+in.Title)) {
			t.Errorf("accepted without sender or id, or broken: %+v", in)
		}
	})
}
