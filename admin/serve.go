package admin

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// access is who may use a route.
type access string

const (
	anyone   access = "anyone"   // also who is not logged in
	officers access = "officers" // officers and admins
	admins   access = "admins"
)

// maxForm is as large as a form may be, in bytes.
const maxForm = 64 << 10

// policy of the pages: nothing but what this console serves.
const contentPolicy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// routes makes the handler of every route in the table.
func (c *Console) routes() http.Handler {
	mux := http.NewServeMux()
	for _, r := range c.table() {
		mux.Handle(r.pattern, c.guard(r))
	}
	mux.Handle("/", c.guard(route{"/", anyone, func(*visit) error { return errNotFound }}))

	crossing := http.NewCrossOriginProtection()
	crossing.SetDenyHandler(c.guard(route{"", anyone, func(v *visit) error { return v.refuse() }}))
	outer := http.NewServeMux()
	outer.Handle("GET /static/{file}", c.assets)
	outer.Handle("/", c.sessions.LoadAndSave(crossing.Handler(mux)))
	return headers(c.Secure, outer)
}

func headers(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if r.Body != nil {
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		}
		next.ServeHTTP(w, r)
	})
}

// guard lets in who may use a route, and turns errors into pages.
func (c *Console) guard(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Console: c, w: w, r: r, now: c.Now(), zone: zoneOf(planning.Commune{})}
		err := v.identify()
		v.lang = v.language()
		switch {
		case err != nil:
		case route.access != anyone && v.officer.Login == "":
			err = v.askLogin()
		case route.access == admins && !v.admin():
			err = v.refuse()
		default:
			err = route.serve(v)
		}
		if err != nil {
			v.fail(err)
		}
	})
}

// identify finds out who is logged in, if anybody still is.
func (v *visit) identify() error {
	login := v.sessions.GetString(v.ctx(), sessionLogin)
	if login == "" {
		return nil
	}
	o, err := v.Store.OfficerByLogin(v.ctx(), login)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if o.Disabled || v.sessions.GetString(v.ctx(), sessionPassword) != fingerprint(o.Password) {
		return nil
	}
	commune, err := v.communeOf(o.Area)
	if err != nil {
		return err
	}
	v.officer, v.commune, v.zone = o, commune, zoneOf(commune)
	return nil
}

func (v *visit) communeOf(code string) (planning.Commune, error) {
	communes, err := v.Store.Communes(v.ctx())
	if err != nil {
		return planning.Commune{}, err
	}
	i := slices.IndexFunc(communes, func(c planning.Commune) bool { return c.Code == code })
	if i < 0 {
		return planning.Commune{}, fmt.Errorf("admin: an officer's commune %q is gone", code)
	}
	return communes[i], nil
}

// askLogin sends to the login page, which leads back here.
func (v *visit) askLogin() error {
	v.w.Header().Set("Cache-Control", "no-store")
	if v.r.Method != http.MethodGet || v.r.Header.Get("Hx-Request") != "" || v.r.Header.Get("X-Loa-Live") != "" || v.r.URL.Path == "/events" {
		v.w.Header().Set("Hx-Redirect", "/login")
		if v.r.Method != http.MethodGet && v.r.Header.Get("Hx-Request") == "" {
			return v.seeOther("/login")
		}
		v.w.WriteHeader(http.StatusUnauthorized)
		return nil
	}
	back := ""
	if at := v.r.URL.RequestURI(); at != "/" {
		back = at
	}
	return v.seeOther(query("/login", "back", back))
}

// language is the visitor's choice, else the officer's own, else Vietnamese.
func (v *visit) language() string {
	if cookie, err := v.r.Cookie(languageCookie); err == nil && slices.Contains(languages, cookie.Value) {
		return cookie.Value
	}
	if slices.Contains(languages, v.officer.Lang) {
		return v.officer.Lang
	}
	return languages[0]
}

// client is the address of who asks, as a key for limits.
func (v *visit) client() string {
	if v.BehindProxy {
		all := strings.Split(strings.Join(v.r.Header.Values("X-Forwarded-For"), ","), ",")
		if last := strings.TrimSpace(all[len(all)-1]); last != "" {
			return last
		}
	}
	host, _, err := net.SplitHostPort(v.r.RemoteAddr)
	if err != nil {
		return v.r.RemoteAddr
	}
	return host
}

// zoneOf is a commune's time zone; that of Vietnam when it has none.
func zoneOf(c planning.Commune) *time.Location {
	if c.Settings.Zone != "" {
		if zone, err := time.LoadLocation(c.Settings.Zone); err == nil {
			return zone
		}
	}
	return time.FixedZone("+07", 7*60*60)
}
