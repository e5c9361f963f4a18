package admin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"github.com/loa-vn/loa/flows/understand/overlay"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// visit is one request with who makes it. Its area is the only one that its
// queries may name.
type visit struct {
	*Console
	w       http.ResponseWriter
	r       *http.Request
	officer storage.Officer // zero: nobody is logged in
	commune planning.Commune
	lang    string
	zone    *time.Location
	now     time.Time
}

// errNotFound: there is no such page, or not in the officer's commune.
var errNotFound = errors.New("admin: no such page")

func (v *visit) ctx() context.Context { return v.r.Context() }
func (v *visit) area() string         { return v.commune.Code }
func (v *visit) admin() bool          { return v.officer.Role == storage.RoleAdmin }

// t is a text in the visitor's language.
func (v *visit) t(key string, args ...any) string { return v.texts.say(v.lang, key, args...) }

// today is the civil day in the commune.
func (v *visit) today() market.Day { return market.DayOf(v.now, v.zone) }

// form is a field of the form or the query, without spaces around it and with
// its marks composed.
func (v *visit) form(name string) string {
	return norm.NFC.String(strings.TrimSpace(v.r.FormValue(name)))
}

// id is the id in a path; errNotFound when it is none.
func (v *visit) id(name string) (uuid.UUID, error) {
	id, err := uuid.Parse(v.r.PathValue(name))
	if err != nil || id == uuid.Nil {
		return uuid.Nil, errNotFound
	}
	return id, nil
}

// problem is what an officer can mend, in words; "" when err is no such thing.
func (v *visit) problem(err error) string {
	var m *market.Problem
	var p *planning.Problem
	var w *overlay.Problem
	switch {
	case errors.As(err, &m):
		return m.Text(v.lang)
	case errors.As(err, &p):
		return p.Text(v.lang)
	case errors.As(err, &w):
		return w.Text(v.lang)
	case errors.Is(err, ErrPassword):
		return v.t("password.short", minPassword)
	}
	return ""
}

// flash is said by the next page.
func (v *visit) flash(said string) { v.sessions.Put(v.ctx(), sessionFlash, said) }

// seeOther ends a form: the browser shows another page, and reloading that
// one sends nothing again.
func (v *visit) seeOther(address string) error {
	http.Redirect(v.w, v.r, address, http.StatusSeeOther)
	return nil
}

// back is the page of this console that a form was sent from, or fallback.
func (v *visit) back(fallback string) string {
	u, err := url.Parse(v.r.FormValue("back"))
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return fallback
	}
	return u.RequestURI()
}

// villageNames are the names of the commune's villages by code, and "" for not told.
func (v *visit) villageNames() ([]planning.Village, map[string]string, error) {
	villages, err := v.Store.Villages(v.ctx(), v.area())
	if err != nil {
		return nil, nil, err
	}
	names := make(map[string]string, len(villages)+1)
	for _, w := range villages {
		names[w.Code] = w.Name
	}
	names[""] = v.t("village.unknown")
	return villages, names, nil
}

// goods are the names of commodities by id, and "" for none.
func (v *visit) goods() (map[string]string, error) {
	all, err := v.Store.Commodities(v.ctx(), v.area())
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(all)+1)
	for _, c := range all {
		names[c.ID] = v.commodity(c)
	}
	names[""] = v.t("commodity.none")
	return names, nil
}

func (v *visit) commodity(c market.Commodity) string {
	if v.lang == "en" && c.NameEN != "" {
		return c.NameEN
	}
	return c.Name
}

func (v *visit) grade(g market.Grade) string {
	if v.lang == "en" && g.NameEN != "" {
		return g.NameEN
	}
	return g.Name
}

// query is an address with a query of the pairs that are not empty.
func query(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
