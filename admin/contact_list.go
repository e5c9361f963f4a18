package admin

import (
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type contactListPage struct {
	Village  string
	Search   string
	Unplaced bool
	Villages []planning.Village
	Names    map[string]string
	Rows     []storage.Contact
	Next     string
}

// contactList is who the commune can reach, by mask only.
func (v *visit) contactList() error {
	page := contactListPage{Village: v.form("village"), Search: v.form("q"), Unplaced: v.form("unplaced") != ""}
	var err error
	if page.Villages, page.Names, err = v.villageNames(); err != nil {
		return err
	}
	offset := v.offset()
	page.Rows, err = v.Store.Contacts(v.ctx(), v.area(), storage.ContactFilter{
		Village: page.Village, Unplaced: page.Unplaced, Search: page.Search, Offset: offset, Limit: listPage + 1,
	})
	if err != nil {
		return err
	}
	if len(page.Rows) > listPage {
		page.Rows, page.Next = page.Rows[:listPage], v.nextPage(offset+listPage)
	}
	return v.render("contact_list", v.t("contacts.title"), page)
}
