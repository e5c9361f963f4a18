package admin

import (
	"slices"
	"strconv"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type concernPage struct {
	planning.Concern
	URL      string
	Contact  storage.Contact
	Village  string
	Crop     string
	ItemName string
	Thread   string
	Typed    string
	Problem  string
	Measure  measure
}

// concernShow is one thing a person told the commune, and its answer.
func (v *visit) concernShow() error {
	page, err := v.concernOfPath()
	if err != nil {
		return err
	}
	return v.render("concern", v.t("concern.title", page.Code), page)
}

// concernOfPath is the concern that the path names, if it is the commune's.
func (v *visit) concernOfPath() (concernPage, error) {
	contact, err := v.id("contact")
	if err != nil {
		return concernPage{}, err
	}
	id, err := v.id("concern")
	if err != nil {
		return concernPage{}, err
	}
	found, err := v.Store.Concerns(v.ctx(), planning.ConcernQuery{Area: v.area(), Contact: contact})
	if err != nil {
		return concernPage{}, err
	}
	i := slices.IndexFunc(found, func(c planning.Concern) bool { return c.ID == id })
	if i < 0 {
		return concernPage{}, errNotFound
	}
	page := concernPage{Concern: found[i], URL: concernURL(found[i]), Thread: "/messages/" + contact.String()}
	if page.Contact, err = v.Store.Contact(v.ctx(), v.area(), found[i].Contact); err != nil {
		return concernPage{}, err
	}
	_, villages, err := v.villageNames()
	if err != nil {
		return concernPage{}, err
	}
	goods, err := v.goods()
	if err != nil {
		return concernPage{}, err
	}
	page.Village, page.Crop = villages[page.Concern.Village], goods[page.Commodity]
	if page.Item != "" {
		rounds, err := v.Store.Rounds(v.ctx(), v.area())
		if err != nil {
			return concernPage{}, err
		}
		page.ItemName = page.Item
		for _, r := range rounds {
			if item, n, ok := r.Item(page.Item); ok && r.ID == page.Round {
				page.ItemName = strconv.Itoa(n) + ". " + item.Title
			}
		}
	}
	if page.Measure, err = v.measure(page.Contact, ""); err != nil {
		return concernPage{}, err
	}
	return page, nil
}

// concernURL is the page of a concern.
func concernURL(c planning.Concern) string {
	return "/concerns/" + c.Contact.String() + "/" + c.ID.String()
}
