package admin

import (
	"slices"

	"github.com/loa-vn/loa/bot/sms"
	"github.com/loa-vn/loa/storage"
)

// measure is a text as it would go out to a contact, and what that costs.
type measure struct {
	Text  string // as it goes out
	SMS   bool   // else a chat, which costs nothing and has no parts
	Units int
	Parts int
	Cost  int64 // đồng
	Plain bool  // goes out without marks
}

// measure renders text for the channel that a contact was last heard on.
func (v *visit) measure(to storage.Contact, text string) (measure, error) {
	channels, err := v.Store.Channels(v.ctx())
	if err != nil {
		return measure{}, err
	}
	i := slices.IndexFunc(channels, func(c storage.Channel) bool { return c.ID == to.Channel })
	if i >= 0 && (channels[i].Kind == "telegram" || channels[i].Kind == "chat") {
		return measure{Text: text}, nil
	}
	m := measure{Text: text, SMS: true, Plain: !to.Marks}
	if m.Plain {
		m.Text = sms.Unmarked(text)
	}
	count := sms.Measure(m.Text)
	m.Units, m.Parts, m.Cost = count.Units, count.Parts, sms.Cost(count, v.commune.Settings.SMSCost)
	return m, nil
}

// threadMeasure says what the reply that is being written takes.
func (v *visit) threadMeasure() error {
	id, err := v.id("contact")
	if err != nil {
		return err
	}
	contact, err := v.Store.Contact(v.ctx(), v.area(), id)
	if err != nil {
		return err
	}
	m, err := v.measure(contact, v.form("text"))
	if err != nil {
		return err
	}
	return v.fragment("measure", m)
}

// concernMeasure says what the answer that is being written takes, with the
// words around it.
func (v *visit) concernMeasure() error {
	page, err := v.concernOfPath()
	if err != nil {
		return err
	}
	text := v.form("text")
	if text != "" {
		text = v.answerText(page.Concern, page.Contact, text)
	}
	m, err := v.measure(page.Contact, text)
	if err != nil {
		return err
	}
	return v.fragment("measure", m)
}
