package flows

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/loa-vn/loa/flows/talk"
)

var update = flag.Bool("update", false, "rewrite the talks in testdata as they are played, but those by hand")

// TestTalks plays every talk of testdata, on a host that writes down what it
// is told to do.
func TestTalks(t *testing.T) {
	files, err := filepath.Glob("testdata/talks/*.talk")
	if err != nil || len(files) == 0 {
		t.Fatal("no talks", err)
	}
	e := testEngine(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".talk"), func(t *testing.T) {
			if err := talk.Check(file, *update, func(tk *talk.Talk) (func(talk.Event) ([]string, error), error) {
				return playTalk(e, tk), nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
}

func playTalk(e *Engine, tk *talk.Talk) func(talk.Event) ([]string, error) {
	h := newTestHost()
	h.consent, h.open = tk.Header["consent"] == "true", tk.Header["open"] == "true"
	if l := tk.Header["lang"]; l != "" {
		h.lang = l
	}
	var state []byte
	return func(ev talk.Event) ([]string, error) {
		in := Input{Kind: InputText, Text: ev.Text, Group: tk.Header["group"] == "true"}
		switch ev.Kind {
		case talk.Press:
			in = Input{Kind: InputButton, Button: ev.Text, Group: in.Group}
		case talk.Send:
			in = Input{Kind: InputMedia, Text: ev.Text, Media: []string{ev.Media}, Group: in.Group}
		case talk.Wait:
			in = Input{Kind: InputSilence}
		}
		h.done = nil
		out, err := e.Play(h, state, in)
		if err != nil {
			return nil, err
		}
		if len(out.State) > 1024 {
			return nil, fmt.Errorf("a state of %d bytes", len(out.State))
		}
		state = out.State
		lines := make([]string, 0, len(h.done)+len(out.Replies))
		for _, d := range h.done {
			lines = append(lines, "("+d+")")
		}
		for _, r := range out.Replies {
			lines = append(lines, show(r, tk.Header["chat"] == "true"))
		}
		return lines, nil
	}
}

// show writes a reply as an SMS, or with its buttons as in a chat.
func show(r Reply, chat bool) string {
	s := Join(r.Says, " ")
	if r.Toast {
		return "(toast) " + s
	}
	for i, o := range r.Options {
		switch {
		case chat:
			s += fmt.Sprintf(" [%s opt:%s:%s]", o.Label, r.Ask, o.Value)
		case !r.Inline:
			s += fmt.Sprintf(" %d %s", i+1, o.Label)
		}
	}
	for _, b := range r.Buttons {
		if chat {
			s += fmt.Sprintf(" [%s %s]", b.Label, b.Value)
		}
	}
	return s
}
