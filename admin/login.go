package admin

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/loa-vn/loa/storage"
)

type loginPage struct {
	Login, Back, Problem string
}

// loginShow is the page to log in; who is logged in already goes on.
func (v *visit) loginShow() error {
	if v.officer.Login != "" {
		return v.seeOther(v.back("/"))
	}
	return v.render("login", v.t("login.title"), loginPage{Back: v.r.FormValue("back")})
}

// loginCheck logs in. An unknown or disabled login takes as long as a wrong
// password and is answered with the same words.
func (v *visit) loginCheck() error {
	login, password := strings.ToLower(v.form("login")), v.r.PostFormValue("password")
	page := loginPage{Login: login, Back: v.r.FormValue("back")}
	wait, ok := v.clients.take(v.client(), v.now)
	if ok {
		wait, ok = v.logins.take(login, v.now)
	}
	if !ok {
		minutes := max(1, int((wait+time.Minute-1)/time.Minute))
		page.Problem = v.t("login.wait", minutes)
		return v.renderStatus(http.StatusTooManyRequests, "login", v.t("login.title"), page)
	}
	officer, err := v.Store.OfficerByLogin(v.ctx(), login)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return err
	}
	known := err == nil && !officer.Disabled
	hash := v.missing
	if known {
		hash = officer.Password
	}
	select {
	case v.hashing <- struct{}{}:
	case <-v.ctx().Done():
		return v.ctx().Err()
	}
	fits := passwordFits(password, hash)
	<-v.hashing
	if !fits || !known {
		v.Log.Info("a login was refused")
		page.Problem = v.t("login.wrong")
		return v.renderStatus(http.StatusUnauthorized, "login", v.t("login.title"), page)
	}
	v.logins.forget(login)
	if err := v.sessions.RenewToken(v.ctx()); err != nil {
		return err
	}
	v.sessions.Put(v.ctx(), sessionLogin, officer.Login)
	v.sessions.Put(v.ctx(), sessionPassword, fingerprint(officer.Password))
	return v.seeOther(v.back("/"))
}
