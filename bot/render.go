package bot

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/loa-vn/loa/bot/sms"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/storage"
)

// render makes a reply what its channel carries: on SMS one text, without
// marks unless they are wanted, options as a numbered list; in chats lines
// and buttons, in which only a button that skips has words of our own.
func render(r flows.Reply, t Traits, marks bool, lang string) storage.Message {
	if t.Buttons {
		return storage.Message{Text: flows.Join(r.Says, "\n"), Buttons: buttons(r, lang)}
	}
	text := flows.Join(r.Says, " ")
	if len(r.Options) > 0 && !r.Inline {
		text = numbered(text, r.Options)
	}
	if !t.Marks && !marks {
		text = sms.Unmarked(text)
	}
	m := storage.Message{Text: text}
	if t.SMS {
		m.Parts = sms.Measure(text).Parts
	}
	return m
}

// numbered adds "1 trái bơ, 2 bò hơi" to a question.
func numbered(text string, options []flows.Option) string {
	var b strings.Builder
	b.WriteString(text)
	for i, o := range options {
		if i == 0 {
			b.WriteByte(' ')
		} else {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(i + 1))
		b.WriteByte(' ')
		b.WriteString(o.Label)
	}
	return b.String()
}

// button is a button as it is stored.
type button struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

func buttons(r flows.Reply, lang string) []byte {
	all := make([]button, 0, len(r.Options)+len(r.Buttons)+1)
	for _, o := range r.Options {
		all = append(all, button{"opt:" + r.Ask + ":" + o.Value, o.Label})
	}
	if r.Skip {
		label := "Bỏ qua"
		if lang == "en" {
			label = "Skip"
		}
		all = append(all, button{"opt:" + r.Ask + ":", label})
	}
	for _, b := range r.Buttons {
		all = append(all, button(b))
	}
	if len(all) == 0 {
		return nil
	}
	return encoded(all)
}

func buttonsOf(m storage.Message) []flows.Option {
	if len(m.Buttons) == 0 {
		return nil
	}
	var stored []button
	if json.Unmarshal(m.Buttons, &stored) != nil {
		return nil // not written by render: shown without buttons
	}
	all := make([]flows.Option, len(stored))
	for i, b := range stored {
		all[i] = flows.Option(b)
	}
	return all
}
