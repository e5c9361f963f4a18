package market

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// lower is how two spellings with marks are compared.
func lower(s string) string {
	return norm.NFC.String(strings.Join(strings.Fields(strings.ToLower(s)), " "))
}

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

// named picks what said names: by id first, then by a name with marks, then
// without. More than one index means that said is ambiguous.
func named(said string, n int, names func(i int) (id string, names []string)) []int {
	exact, marked, folded := lower(said), []int(nil), []int(nil)
	bare := fold(said)
	if bare == "" {
		return nil
	}
	for i := range n {
		id, all := names(i)
		if strings.EqualFold(id, strings.TrimSpace(said)) {
			return []int{i}
		}
		if slices.ContainsFunc(all, func(name string) bool { return lower(name) == exact }) {
			marked = append(marked, i)
		}
		if fold(id) == bare || slices.ContainsFunc(all, func(name string) bool { return fold(name) == bare }) {
			folded = append(folded, i)
		}
	}
	if len(marked) > 0 {
		return marked
	}
	return folded
}

// findCommodity reads a commodity's id, name or alias, with or without marks.
func findCommodity(all []Commodity, said string) (Commodity, error) {
	switch found := named(said, len(all), func(i int) (string, []string) {
		c := all[i]
		return c.ID, append([]string{c.Name, c.NameEN}, c.Aliases...)
	}); len(found) {
	case 0:
		return Commodity{}, ErrCommodity.saying("Không rõ nông sản «%[1]s».", "Unknown commodity “%[1]s”.", said)
	case 1:
		return all[found[0]], nil
	default:
		a, b := all[found[0]], all[found[1]]
		return Commodity{}, ErrCommodity.saying("«%[1]s» có thể là %[2]s hoặc %[3]s: hãy viết có dấu.",
			"“%[1]s” may be %[2]s or %[3]s: write it with marks.", said, a.Name, b.Name)
	}
}

// findPlace reads a market's id, name or alias, with or without marks.
func findPlace(all []Place, said string) (Place, error) {
	switch found := named(said, len(all), func(i int) (string, []string) {
		return all[i].ID, append([]string{all[i].Name}, all[i].Aliases...)
	}); len(found) {
	case 0:
		return Place{}, ErrMarket.saying("Không rõ chợ «%[1]s».", "Unknown market “%[1]s”.", said)
	case 1:
		return all[found[0]], nil
	default:
		return Place{}, ErrMarket.saying("«%[1]s» có thể là %[2]s hoặc %[3]s.",
			"“%[1]s” may be %[2]s or %[3]s.", said, all[found[0]].Name, all[found[1]].Name)
	}
}
