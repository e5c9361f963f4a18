package talks

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/bot/sms"
	"github.com/loa-vn/loa/flows/talk"
)

var update = flag.Bool("update", false, "write the talks as they were played, but for those by hand")

// TestTalks plays every talk. Those in sms and chat of the same name are the
// same talk on a plain phone and in a chat; those in hand are written by hand.
func TestTalks(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.talk")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 40 {
		t.Fatalf("only %d talks found", len(files))
	}
	for _, file := range files {
		dir := filepath.Base(filepath.Dir(file))
		t.Run(dir+"/"+strings.TrimSuffix(filepath.Base(file), ".talk"), func(t *testing.T) {
			t.Parallel()
			kind := phone.SMS
			if dir == "chat" {
				kind = phone.Chat
			}
			err := talk.Check(file, *update && dir != "hand", func(k *talk.Talk) (func(talk.Event) ([]string, error), error) {
				if dir == "hand" && !k.ByHand {
					return nil, errors.New(`a talk in hand says "# by hand"`)
				}
				w := found(t, settings{round: k.Header["round"], results: k.Header["results"], prices: k.Header["prices"]})
				p := person{town: w, kind: kind, who: k.Header["who"], group: k.Header["group"], marks: k.Header["marks"] != ""}
				return p.play, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestSameTalk holds the two surfaces to the same words from the person.
func TestSameTalk(t *testing.T) {
	files, err := filepath.Glob("testdata/sms/*.talk")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 25 {
		t.Fatalf("only %d talks found", len(files))
	}
	for _, file := range files {
		twin := filepath.Join("testdata/chat", filepath.Base(file))
		if a, b := said(t, file), said(t, twin); a != b {
			t.Errorf("%s and %s are not the same talk:\n%s\n----\n%s", file, twin, a, b)
		}
	}
}

// person is whoever a talk is held with.
type person struct {
	*town
	kind  string // of phone
	who   string
	group string
	marks bool // the person may have asked for marks: SMS need not be GSM-7
}

// play does what an event says. "[binh] …" is said by another, "[binh
// private] …" outside the group.
func (p person) play(e talk.Event) ([]string, error) {
	ctx := context.Background()
	if e.Kind == talk.Wait {
		p.pass(e.Wait)
		_, err := p.loop.EndSilent(ctx, 100)
		return nil, err
	}
	p.pass(time.Minute)
	who, group, text := p.who, p.group, e.Text
	if who == "" {
		who = "0905123456"
	}
	if name, rest, ok := strings.Cut(text, "] "); ok && strings.HasPrefix(name, "[") {
		who, text = name[1:], rest
		if w, ok := strings.CutSuffix(who, " private"); ok {
			who, group = w, ""
		}
	}
	in := bot.Inbound{Channel: p.kind, From: "telegram:" + who, At: p.clock()}
	if p.kind == phone.SMS {
		in.From = "tel:+84" + who[1:]
	}
	if group != "" {
		in.Group, in.Title = "telegram:-100"+group, group
	}
	p.said++
	in.External = fmt.Sprint("m", p.said)
	switch e.Kind {
	case talk.Press:
		in.Button = text
	case talk.Send:
		in.Text, in.Media = text, []bot.Media{{Kind: "image", Ref: e.Media}}
	default:
		in.Text = text
	}
	receipt, err := p.loop.Accept(ctx, in)
	if err != nil {
		return nil, err
	}
	parked, err := p.store.Parked(ctx, area)
	if err != nil {
		return nil, err
	}
	if len(parked) > 0 {
		return nil, fmt.Errorf("parked: %s", parked[0].Error)
	}
	if err := p.worlds.Reload(ctx, area, "prices", "groups"); err != nil {
		return nil, err
	}
	if group == "" && len(receipt.Replies) == 0 {
		return nil, errors.New("nothing is answered: a dead end")
	}
	var out []string
	for _, r := range receipt.Replies {
		shown := r.Text
		if c := sms.Measure(r.Text); p.kind == phone.SMS && (c.Encoding == sms.GSM7 && c.Parts > 3 || c.Encoding != sms.GSM7 && !p.marks) {
			return nil, fmt.Errorf("%d parts of %s: %q", c.Parts, c.Encoding, r.Text)
		}
		if r.Toast {
			shown = "(toast) " + shown
		}
		for _, b := range r.Buttons {
			shown += "\n[" + b.Label + "] " + b.Value
		}
		out = append(out, shown)
	}
	return out, nil
}
