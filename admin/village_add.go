package admin

import (
	"net/http"
	"strings"

	"github.com/loa-vn/loa/planning"
)

// villageAdd adds a village to the commune, last in its order.
func (v *visit) villageAdd() error {
	page, err := v.villagePage()
	if err != nil {
		return err
	}
	page.Aliases = v.form("aliases")
	page.Typed = planning.Village{Area: v.area(), Kind: v.form("kind"), Name: v.form("name"), Aliases: listOf(page.Aliases)}
	for _, w := range page.Villages {
		page.Typed.Rank = max(page.Typed.Rank, w.Rank+1)
	}
	if _, err := v.Planning.SaveVillage(v.ctx(), page.Typed); err != nil {
		if page.Problem = v.problem(err); page.Problem == "" {
			return err
		}
		return v.renderStatus(http.StatusUnprocessableEntity, "village_list", v.t("villages.title"), page)
	}
	v.flash(v.t("villages.added", page.Typed.Name))
	return v.seeOther("/villages")
}

// listOf reads words between commas.
func listOf(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}
