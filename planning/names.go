package planning

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold is how two spellings are compared without marks: lower case, đ as d,
// runs of anything but letters and digits as one space.
func fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(s) {
		switch r = unicode.ToLower(r); {
		case unicode.Is(unicode.Mn, r):
			continue
		case r == 'đ':
			r = 'd'
		case r == 'ƀ':
			r = 'b'
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// codeOf makes a code of a name: "bon Bu Prăng" → "bon-bu-prang".
func codeOf(name string) string { return strings.ReplaceAll(fold(name), " ", "-") }

// isCode says whether s can be a code: letters without marks, digits and hyphens.
func isCode(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return true
}

// isNumber says whether s is digits only: the form of an item's number.
func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
