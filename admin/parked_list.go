package admin

import "github.com/loa-vn/loa/storage"

// parkedList is the messages that could not be played. They are kept sealed.
func (v *visit) parkedList() error {
	parked, err := v.Store.Parked(v.ctx(), v.area())
	if err != nil {
		return err
	}
	return v.render("parked_list", v.t("parked.title"), struct{ Rows []storage.Parked }{parked})
}
