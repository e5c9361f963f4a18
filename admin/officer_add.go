package admin

import (
	"errors"
	"net/http"
	"strings"

	"github.com/loa-vn/loa/storage"
)

// officerAdd lets another officer of the commune log in.
func (v *visit) officerAdd() error {
	page, err := v.settingsPage()
	if err != nil {
		return err
	}
	o := storage.Officer{
		ID: v.NewID(), Area: v.area(), Login: strings.ToLower(v.form("login")), Name: v.form("name"),
		Role: storage.RoleOfficer, Lang: v.lang,
	}
	if v.form("role") == string(storage.RoleAdmin) {
		o.Role = storage.RoleAdmin
	}
	page.Typed = o
	switch o.Password, err = newPassword(v.r.PostFormValue("password")); {
	case !isLogin(o.Login):
		page.Officer = v.t("officer.login_wrong")
	case o.Name == "":
		page.Officer = v.t("officer.name_missing")
	case err == nil:
		err = v.Store.SaveOfficer(v.ctx(), o)
		if errors.Is(err, storage.ErrConflict) {
			page.Officer = v.t("officer.taken", o.Login)
		} else if err != nil {
			return err
		}
	default:
		if page.Officer = v.problem(err); page.Officer == "" {
			return err
		}
	}
	if page.Officer != "" {
		return v.renderStatus(http.StatusUnprocessableEntity, "settings", v.t("settings.title"), page)
	}
	v.flash(v.t("officer.added", o.Login))
	return v.seeOther("/settings#officers")
}

// isLogin says whether s can be a login: small letters, digits, dot, hyphen
// and underscore.
func isLogin(s string) bool {
	return len(s) >= 2 && len(s) <= 40 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == ""
}
