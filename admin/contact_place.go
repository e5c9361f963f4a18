package admin

import (
	"net/http"

	"github.com/google/uuid"
)

// contactPlace places a contact in a household of the roster, with its voices.
func (v *visit) contactPlace() error {
	page, err := v.contactOfPath()
	if err != nil {
		return err
	}
	household, err := uuid.Parse(v.form("household"))
	if err != nil {
		household = uuid.Nil
	}
	if err := v.Planning.PlaceContact(v.ctx(), v.area(), page.ID, household); err != nil {
		if page.Problem = v.problem(err); page.Problem == "" {
			return err
		}
		return v.renderStatus(http.StatusUnprocessableEntity, "contact", v.t("contact.title"), page)
	}
	v.flash(v.t("contact.placed"))
	return v.seeOther("/contacts/" + page.ID.String())
}
