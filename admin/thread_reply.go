package admin

import (
	"net/http"
	"unicode/utf8"

	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/storage"
)

// maxReply is how many letters an officer's message may have.
const maxReply = 1000

// threadReply puts an officer's message to a contact into the outbox. When it
// goes out is decided there: not at night, and not to who said stop.
func (v *visit) threadReply() error {
	page, err := v.threadOfPath()
	if err != nil {
		return err
	}
	page.Typed = v.form("text")
	switch n := utf8.RuneCountInString(page.Typed); {
	case page.Contact.Erased:
		page.Problem = v.t("contact.erased_text")
	case n == 0:
		page.Problem = v.t("thread.empty")
	case n > maxReply:
		page.Problem = v.t("thread.long", maxReply)
	}
	if page.Problem != "" {
		return v.renderStatus(http.StatusUnprocessableEntity, "thread", v.t("thread.title"), page)
	}
	sent, err := v.measure(page.Contact, page.Typed)
	if err != nil {
		return err
	}
	err = v.Store.Enqueue(v.ctx(), []storage.Message{{
		ID: v.NewID(), Area: v.area(), Channel: page.Contact.Channel, Contact: page.Contact.ID, Direction: storage.Out,
		Text: sent.Text, At: v.now, Purpose: string(policy.Officer), Status: storage.Queued, Due: v.now, Parts: sent.Parts,
		Author: v.officer.Login,
	}})
	if err != nil {
		return err
	}
	v.flash(v.t("thread.queued"))
	return v.seeOther("/messages/" + page.Contact.ID.String() + "#end")
}
