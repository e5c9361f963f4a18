package admin

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/examples"
	"github.com/loa-vn/loa/storage"
)

type messageExplainPage struct {
	storage.Message
	Contact   storage.Contact
	Situation string // what was known of the talk
	Then, Now []readingPart
	ThenMade  string // the lexicon's version
	NowMade   string
	Differs   bool // today it is read otherwise
	Steps     []step
	Form      correctionForm
}

// URL is the page's own.
func (p messageExplainPage) URL() string { return explainURL(p.Message) }

// messageExplain says how a message was read, and how it is read today.
func (v *visit) messageExplain() error {
	page, err := v.messageOfPath()
	if err != nil {
		return err
	}
	return v.render("message_explain", v.t("explain.title"), page)
}

// messageOfPath is the inbound message that the path names, if that contact
// wrote it.
func (v *visit) messageOfPath() (messageExplainPage, error) {
	contact, err := v.id("contact")
	if err != nil {
		return messageExplainPage{}, err
	}
	id, err := v.id("message")
	if err != nil {
		return messageExplainPage{}, err
	}
	said, err := v.Store.Message(v.ctx(), v.area(), id)
	if err != nil {
		return messageExplainPage{}, err
	}
	if said.Message.Contact != contact {
		return messageExplainPage{}, errNotFound
	}
	page := messageExplainPage{Message: said.Message}
	if page.Contact, err = v.Store.Contact(v.ctx(), v.area(), contact); err != nil || page.Text == "" {
		return page, err
	}
	return page, v.explainInto(&page)
}

// explainInto fills in how the page's message was and is read, and what an
// officer said of it.
func (v *visit) explainInto(page *messageExplainPage) error {
	lexicon, err := v.lexicon()
	if err != nil {
		return err
	}
	goods, err := v.goods()
	if err != nil {
		return err
	}
	in := situation(page.Message)
	then := stored(page.Message)
	now, steps := v.explain(lexicon, page.Text, in)
	page.Situation, page.Steps = v.situation(in), steps
	page.Then, page.ThenMade, page.NowMade = v.readable(page.Reading, goods), then.Version, now.Version
	then.Text = now.Text
	page.Differs = then.Intent != "" && examples.Of(then).String() != examples.Of(now).String()
	if page.Differs || len(page.Then) == 0 {
		said, err := json.Marshal(now)
		if err != nil {
			return err
		}
		page.Now = v.readable(said, goods)
	}
	meant := examples.Of(then)
	if then.Intent == "" {
		meant = examples.Of(now)
	}
	correction, err := v.Store.Correction(v.ctx(), v.area(), page.ID)
	switch {
	case errors.Is(err, storage.ErrNotFound):
	case err != nil:
		return err
	default:
		if e, err := meantBy(correction, page.Message); err == nil {
			meant = e
		}
	}
	page.Form = v.correctionForm(meant, goods)
	page.Form.Stored, page.Form.Note = correction, correction.Note
	if correction.Intent != "" {
		page.Form.Meant = v.meaning(meant, goods)
	}
	return nil
}

// situation is what was known of a talk, in words.
func (v *visit) situation(c understand.Context) string {
	var said []string
	if c.Consultation {
		said = append(said, v.t("explain.consultation"))
	}
	if c.Items > 0 {
		said = append(said, v.t("explain.items", strconv.Itoa(c.Items)))
	}
	if c.Expect != understand.ExpectNone {
		asked := v.t("explain.asked")
		if len(c.Options) > 0 {
			asked += ": " + strings.Join(c.Options, " / ")
		}
		said = append(said, asked)
	}
	if len(said) == 0 {
		return v.t("explain.nothing_open")
	}
	return strings.Join(said, ", ")
}
