package admin

import "net/http"

// contactEraseAsk is the page that asks once more.
func (v *visit) contactEraseAsk() error {
	page, err := v.contactOfPath()
	if err != nil {
		return err
	}
	return v.render("contact_erase", v.t("contact.erase"), page)
}

// contactErase drops a person's address and texts, for good.
func (v *visit) contactErase() error {
	page, err := v.contactOfPath()
	if err != nil {
		return err
	}
	if v.form("sure") != "yes" {
		page.Problem = v.t("contact.erase_sure_missing")
		return v.renderStatus(http.StatusUnprocessableEntity, "contact_erase", v.t("contact.erase"), page)
	}
	if err := v.Store.EraseContact(v.ctx(), v.area(), page.ID, v.now); err != nil {
		return err
	}
	v.Log.Info("a contact was erased", "area", v.area(), "contact", page.ID, "officer", v.officer.Login)
	v.flash(v.t("contact.erased_now"))
	return v.seeOther("/contacts/" + page.ID.String())
}
