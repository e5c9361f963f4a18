package admin

import "net/http"

type accountPage struct {
	Problem string
}

// accountShow is an officer's own page.
func (v *visit) accountShow() error {
	return v.render("account", v.t("account.title"), accountPage{})
}

// accountPassword changes an officer's own password, and ends their other
// sessions.
func (v *visit) accountPassword() error {
	wrong := func(said string) error {
		return v.renderStatus(http.StatusUnprocessableEntity, "account", v.t("account.title"), accountPage{Problem: said})
	}
	if _, ok := v.logins.take(v.officer.Login, v.now); !ok {
		return wrong(v.t("account.later"))
	}
	if !passwordFits(v.r.PostFormValue("old"), v.officer.Password) {
		return wrong(v.t("account.old_wrong"))
	}
	v.logins.forget(v.officer.Login)
	o := v.officer
	var err error
	if o.Password, err = newPassword(v.r.PostFormValue("password")); err != nil {
		if said := v.problem(err); said != "" {
			return wrong(said)
		}
		return err
	}
	if err := v.Store.SaveOfficer(v.ctx(), o); err != nil {
		return err
	}
	if err := v.sessions.RenewToken(v.ctx()); err != nil {
		return err
	}
	v.sessions.Put(v.ctx(), sessionPassword, fingerprint(o.Password))
	v.flash(v.t("account.saved"))
	return v.seeOther("/account")
}
