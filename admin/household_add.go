package admin

import (
	"net/http"

	"github.com/loa-vn/loa/planning"
)

// householdAdd adds a household to a village's roster.
func (v *visit) householdAdd() error {
	page, err := v.villageOfPath()
	if err != nil {
		return err
	}
	page.Typed = planning.Household{
		Area: v.area(), Village: page.Code, Number: v.form("number"), Head: v.form("head"), Poor: v.form("poor") != "",
	}
	if _, err := v.Planning.SaveHousehold(v.ctx(), page.Typed); err != nil {
		if page.Problem = v.problem(err); page.Problem == "" {
			return err
		}
		return v.renderStatus(http.StatusUnprocessableEntity, "village", capital(page.Name), page)
	}
	v.flash(v.t("household.added", page.Typed.Number, page.Typed.Head))
	return v.seeOther("/villages/" + page.Code)
}
