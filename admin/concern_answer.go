package admin

import (
	"errors"
	"net/http"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// concernAnswer records the commune's answer and sends it to the person, both
// at once. Who cannot be written to any more gets no message.
func (v *visit) concernAnswer() error {
	page, err := v.concernOfPath()
	if err != nil {
		return err
	}
	page.Typed = v.form("text")
	var notice *planning.Notice
	if !page.Contact.Erased && page.Typed != "" {
		sent, err := v.measure(page.Contact, v.answerText(page.Concern, page.Contact, page.Typed))
		if err != nil {
			return err
		}
		notice = &planning.Notice{Contact: page.Contact.ID, Text: sent.Text, Parts: sent.Parts}
	}
	err = v.Planning.AnswerConcern(v.ctx(), v.area(), page.ID, page.Typed, v.officer.Login, notice)
	if err == nil {
		v.flash(v.t("concern.answered_now", page.Code))
		return v.seeOther(page.URL)
	}
	page.Problem = v.problem(err)
	if errors.Is(err, storage.ErrConflict) {
		page.Problem = v.t("concern.taken")
	}
	if page.Problem == "" {
		return err
	}
	return v.renderStatus(http.StatusUnprocessableEntity, "concern", v.t("concern.title", page.Code), page)
}

// answerText is what the person gets: who answers what, in their language.
func (v *visit) answerText(c planning.Concern, to storage.Contact, text string) string {
	lang := to.Lang
	if lang != "en" {
		lang = languages[0]
	}
	return v.texts.say(lang, "notice.answer", v.commune.Name, c.Code, text)
}
