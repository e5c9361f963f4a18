package admin

import (
	"slices"
	"strings"

	"github.com/loa-vn/loa/planning"
)

type villageListPage struct {
	Villages   []planning.Village
	Households int
	Typed      planning.Village
	Aliases    string
	Kinds      []string
	Problem    string
}

// villageList is the commune's villages.
func (v *visit) villageList() error {
	page, err := v.villagePage()
	if err != nil {
		return err
	}
	return v.render("village_list", v.t("villages.title"), page)
}

func (v *visit) villagePage() (villageListPage, error) {
	page := villageListPage{Kinds: planning.VillageKinds()}
	var err error
	page.Villages, _, err = v.villageNames()
	for _, w := range page.Villages {
		page.Households += w.Households
	}
	return page, err
}

type villagePage struct {
	planning.Village
	Households []planning.Household
	Search     string
	Typed      planning.Household
	Problem    string
}

// villageShow is a village's roster of households.
func (v *visit) villageShow() error {
	page, err := v.villageOfPath()
	if err != nil {
		return err
	}
	return v.render("village", capital(page.Name), page)
}

// villageOfPath is the village that the path names, with its roster.
func (v *visit) villageOfPath() (villagePage, error) {
	villages, _, err := v.villageNames()
	if err != nil {
		return villagePage{}, err
	}
	i := slices.IndexFunc(villages, func(w planning.Village) bool { return w.Code == v.r.PathValue("village") })
	if i < 0 {
		return villagePage{}, errNotFound
	}
	page := villagePage{Village: villages[i], Search: v.form("q")}
	if page.Households, err = v.Store.Households(v.ctx(), v.area(), page.Code); err != nil {
		return page, err
	}
	wanted := strings.ToLower(page.Search)
	page.Households = slices.DeleteFunc(page.Households, func(h planning.Household) bool {
		return h.Provisional || wanted != "" && !strings.Contains(strings.ToLower(h.Number+" "+h.Head), wanted)
	})
	slices.SortFunc(page.Households, func(x, y planning.Household) int { return strings.Compare(x.Number, y.Number) })
	return page, nil
}
