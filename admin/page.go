package admin

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

//go:embed pages/*.html
var pageFiles embed.FS

// pages are the templates by language and name.
type pages map[string]map[string]*template.Template

// languages of the console; the first is the one without a choice.
var languages = []string{"vi", "en"}

// loadPages parses every page with the layout and the parts that pages share
// (files whose name starts with "_"), once for each language.
func loadPages(t texts, a assets) (pages, error) {
	all := pages{}
	entries, err := pageFiles.ReadDir("pages")
	if err != nil {
		return nil, err
	}
	for _, lang := range languages {
		all[lang] = map[string]*template.Template{}
		base, err := template.New("").Funcs(functions(lang, t, a)).ParseFS(pageFiles, "pages/_*.html")
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), "_") {
				continue
			}
			page, err := template.Must(base.Clone()).ParseFS(pageFiles, "pages/"+e.Name())
			if err != nil {
				return nil, err
			}
			all[lang][strings.TrimSuffix(e.Name(), path.Ext(e.Name()))] = page
		}
	}
	return all, nil
}

// functions are what templates may call.
func functions(lang string, t texts, a assets) template.FuncMap {
	return template.FuncMap{
		"t":        func(key string, args ...any) string { return t.say(lang, key, args...) },
		"lang":     func() string { return lang },
		"n":        func(n int) string { return number(lang, n) },
		"money":    func(n int64) string { return number(lang, n) },
		"signed":   func(n int64) string { return signed(lang, n) },
		"share":    func(s planning.Share) string { return s.Text(lang) },
		"percent":  func(s planning.Share) string { return decimal(lang, s.Percent()) + "%" },
		"day":      func(d market.Day) string { return dayOf(lang, d) },
		"link":     func(l planning.Link) string { return l.Label(lang) },
		"stance":   func(s planning.Stance) string { return s.Label(lang) },
		"kind":     func(k planning.ConcernKind) string { return k.Label(lang) },
		"channel":  func(c string) string { return planning.ChannelLabel(c, lang) },
		"severity": func(s string) string { return planning.SeverityLabel(s, lang) },
		"per":      func(u market.Unit) string { return u.Per(lang) },
		"capital":  capital,
		"concern":  concernURL,
		"links":    func() []planning.Link { return planning.Links[:] },
		"pair":     func(first, second any) struct{ First, Second any } { return struct{ First, Second any }{first, second} },
		"asset": func(name string) (string, error) {
			address, ok := a.address[name]
			if !ok {
				return "", fmt.Errorf("no static file %q", name)
			}
			return address, nil
		},
	}
}

// capital writes the first letter large.
func capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

// view is what a template sees.
type view struct {
	v     *visit
	Title string
	Flash string
	Data  any
}

// Lang is the visitor's language.
func (p view) Lang() string { return p.v.lang }

// Officer is who is logged in; zero when nobody is.
func (p view) Officer() storage.Officer { return p.v.officer }

// Admin says whether the officer may change settings.
func (p view) Admin() bool { return p.v.admin() }

// LoggedIn says whether somebody is.
func (p view) LoggedIn() bool { return p.v.officer.Login != "" }

// Commune is the officer's.
func (p view) Commune() planning.Commune { return p.v.commune }

// Simulator says whether the simulator is served.
func (p view) Simulator() bool { return p.v.Console.Simulator }

// Address is the page's own, for forms that come back to it.
func (p view) Address() string {
	if p.v.r.Method != http.MethodGet {
		return "/"
	}
	return p.v.r.URL.RequestURI()
}

// In says whether the page is in a part of the console, for the menu.
func (p view) In(prefixes ...string) bool {
	for _, prefix := range prefixes {
		if at := p.v.r.URL.Path; at == prefix || prefix != "/" && strings.HasPrefix(at, prefix+"/") {
			return true
		}
	}
	return false
}

// Stances are the four answers, in the order of every table.
func (p view) Stances() []planning.Stance { return planning.Stances[:] }

// Clock is an instant in the commune's time.
func (p view) Clock(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return clockOf(p.v.lang, t.In(p.v.zone))
}

// Date is the civil day of an instant in the commune.
func (p view) Date(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return dateOf(p.v.lang, t.In(p.v.zone))
}

// ISO is an instant for machines.
func (p view) ISO(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Late says whether a due time is over.
func (p view) Late(due time.Time) bool { return !due.IsZero() && due.Before(p.v.now) }

// render writes a page; nothing is written when it cannot be made.
func (v *visit) render(name, title string, data any) error {
	return v.renderStatus(http.StatusOK, name, title, data)
}

func (v *visit) renderStatus(status int, name, title string, data any) error {
	page, ok := v.pages[v.lang][name]
	if !ok {
		return fmt.Errorf("admin: no page %q", name)
	}
	p := view{v: v, Title: title, Data: data}
	if v.officer.Login != "" && v.r.Header.Get("X-Loa-Live") == "" {
		p.Flash = v.sessions.PopString(v.ctx(), sessionFlash)
	}
	var out bytes.Buffer
	if err := page.ExecuteTemplate(&out, "layout", p); err != nil {
		return fmt.Errorf("admin: page %s: %w", name, err)
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.WriteHeader(status)
	_, err := out.WriteTo(v.w)
	if err != nil {
		v.Log.Debug("a page could not be written", "page", name, "error", err)
	}
	return nil
}

// fragment writes one part of a page, for a page that is already shown.
func (v *visit) fragment(name string, data any) error {
	var out bytes.Buffer
	if err := v.pages[v.lang]["problem"].ExecuteTemplate(&out, name, data); err != nil {
		return fmt.Errorf("admin: part %s: %w", name, err)
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Cache-Control", "no-store")
	_, _ = out.WriteTo(v.w)
	return nil
}
