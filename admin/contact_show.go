package admin

import (
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type contactPage struct {
	storage.Contact
	VillageName string
	Home        planning.Household // zero ID: none
	HomeVillage string
	Consents    []storage.Consent
	Concerns    []planning.Concern
	Villages    []planning.Village
	In          string // village whose roster is offered
	Roster      []planning.Household
	Problem     string
}

// contactShow is one person: consent, household, what they told the commune.
func (v *visit) contactShow() error {
	page, err := v.contactOfPath()
	if err != nil {
		return err
	}
	return v.render("contact", v.t("contact.title"), page)
}

// contactOfPath is the contact that the path names, if it is the commune's.
func (v *visit) contactOfPath() (contactPage, error) {
	id, err := v.id("contact")
	if err != nil {
		return contactPage{}, err
	}
	ctx, area := v.ctx(), v.area()
	contact, err := v.Store.Contact(ctx, area, id)
	if err != nil {
		return contactPage{}, err
	}
	page := contactPage{Contact: contact, In: v.form("in")}
	villages, names, err := v.villageNames()
	if err != nil {
		return page, err
	}
	page.Villages, page.VillageName = villages, names[contact.Village]
	if contact.Household != uuid.Nil {
		page.Home, err = v.Store.Household(ctx, area, contact.Household)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return page, err
		}
		page.HomeVillage = names[page.Home.Village]
	}
	if page.Consents, err = v.Store.Consents(ctx, area, id); err != nil {
		return page, err
	}
	if page.Concerns, err = v.Store.Concerns(ctx, planning.ConcernQuery{Area: area, Contact: id}); err != nil {
		return page, err
	}
	if page.In == "" {
		page.In = contact.Village
	}
	if page.In == "" && len(villages) > 0 {
		page.In = villages[0].Code
	}
	if page.Roster, err = v.Store.Households(ctx, area, page.In); err != nil {
		return page, err
	}
	page.Roster = slices.DeleteFunc(page.Roster, func(h planning.Household) bool { return h.Provisional || page.In == "" })
	slices.SortFunc(page.Roster, func(x, y planning.Household) int { return strings.Compare(x.Number, y.Number) })
	return page, nil
}
