package admin

import (
	"net/http"
	"slices"

	"github.com/loa-vn/loa/storage"
)

// officerDisable ends an officer's access, or gives it back. Nobody can shut
// themselves out.
func (v *visit) officerDisable() error {
	o, page, err := v.officerOfPath()
	if err != nil {
		return err
	}
	if o.ID == v.officer.ID {
		page.Officer = v.t("officer.not_yourself")
		return v.renderStatus(http.StatusUnprocessableEntity, "settings", v.t("settings.title"), page)
	}
	o.Disabled = v.form("disabled") == "yes"
	if err := v.Store.SaveOfficer(v.ctx(), o); err != nil {
		return err
	}
	if o.Disabled {
		v.flash(v.t("officer.disabled_now", o.Login))
	} else {
		v.flash(v.t("officer.enabled_now", o.Login))
	}
	return v.seeOther("/settings#officers")
}

// officerPassword gives an officer a new password, and ends their sessions.
func (v *visit) officerPassword() error {
	o, page, err := v.officerOfPath()
	if err != nil {
		return err
	}
	if o.Password, err = newPassword(v.r.PostFormValue("password")); err != nil {
		if page.Officer = v.problem(err); page.Officer == "" {
			return err
		}
		return v.renderStatus(http.StatusUnprocessableEntity, "settings", v.t("settings.title"), page)
	}
	if err := v.Store.SaveOfficer(v.ctx(), o); err != nil {
		return err
	}
	if o.ID == v.officer.ID {
		v.sessions.Put(v.ctx(), sessionPassword, fingerprint(o.Password))
	}
	v.flash(v.t("officer.password_set", o.Login))
	return v.seeOther("/settings#officers")
}

// officerOfPath is the officer that the path names, if of the commune.
func (v *visit) officerOfPath() (storage.Officer, settingsPage, error) {
	id, err := v.id("officer")
	if err != nil {
		return storage.Officer{}, settingsPage{}, err
	}
	page, err := v.settingsPage()
	if err != nil {
		return storage.Officer{}, page, err
	}
	i := slices.IndexFunc(page.Officers, func(o storage.Officer) bool { return o.ID == id })
	if i < 0 {
		return storage.Officer{}, page, errNotFound
	}
	return page.Officers[i], page, nil
}
