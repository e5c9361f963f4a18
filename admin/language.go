package admin

import (
	"net/http"
	"slices"
)

const languageCookie = "loa_lang"

// languageChoose remembers the language of this browser.
func (v *visit) languageChoose() error {
	if lang := v.form("lang"); slices.Contains(languages, lang) {
		http.SetCookie(v.w, &http.Cookie{ //nolint:gosec // Secure, except where the console is served without TLS
			Name: languageCookie, Value: lang, Path: "/", MaxAge: 365 * 24 * 60 * 60,
			HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: v.Secure,
		})
	}
	return v.seeOther(v.back("/"))
}
