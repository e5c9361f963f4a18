package market

import (
	"slices"
	"strconv"
	"strings"
)

// maxAmount is far above any price, and far from overflow.
const maxAmount = 1_000_000_000_000

// Per is how a price in this unit is written: "đ/kg", "đ/độ".
func (u Unit) Per(lang string) string { return "đ/" + u.Label(lang) }

// Label is the unit in words: "kg"; "độ" or "degree".
func (u Unit) Label(lang string) string {
	if u == Degree {
		return inLang(lang, "độ", "degree")
	}
	return string(u)
}

// ParseUnit reads a unit as people write it ("kg", "đ/kg", "tạ", "tấn",
// "yến", "độ") and says what one of it is in a unit that is stored: a tạ is
// 100 of Kilogram. False for units that have no weight (con, bao).
func ParseUnit(said string) (unit Unit, count int64, ok bool) {
	words := strings.Fields(fold(said))
	for len(words) > 1 && (words[0] == "d" || words[0] == "dong" || words[0] == "vnd" || words[0] == "vn") {
		words = words[1:]
	}
	if len(words) > 1 && words[0] == "1" {
		words = words[1:]
	}
	switch strings.Join(words, " ") {
	case "kg", "ki", "ky", "kilo", "can", "kilogram", "kilogam":
		return Kilogram, 1, true
	case "yen":
		return Kilogram, 10, true
	case "ta":
		return Kilogram, 100, true
	case "tan", "tonne", "ton":
		return Kilogram, 1000, true
	case "do", "do kg", "degree", "tsc", "tsc kg", "do tsc":
		return Degree, 1, true
	}
	return "", 0, false
}

// ParseAmount reads an amount of đồng as officers write it in a form or a
// file: 101800, 101.800, 101,800, "101 800", 101,8k, "101,8 nghìn", 1,9tr,
// with or without đ. ErrAmount when it is no whole amount above 0, or may be
// read in two ways.
func ParseAmount(said string) (int64, error) {
	bad := ErrAmount.saying("Không đọc được giá «%s»: hãy viết như 101800, 101.800 hoặc 101,8k.",
		"Cannot read the price “%s”: write it like 101800, 101.800 or 101,8k.", said)
	text := strings.ToLower(strings.TrimSpace(said))
	for _, money := range []string{"vnđ", "vnd", "đồng", "dong", "đ", "d", "₫"} {
		if t, ok := strings.CutSuffix(text, money); ok {
			text = strings.TrimSpace(t)
			break
		}
	}
	scale := int64(1)
	for _, s := range []struct {
		word  string
		times int64
	}{{"nghìn", 1000}, {"nghin", 1000}, {"ngàn", 1000}, {"ngan", 1000}, {"k", 1000}, {"triệu", 1_000_000}, {"trieu", 1_000_000}, {"tr", 1_000_000}} {
		if t, ok := strings.CutSuffix(text, s.word); ok {
			text, scale = strings.TrimSpace(t), s.times
			break
		}
	}
	whole, fraction, groups, ok := digits(text)
	switch {
	case !ok || len(whole) > 12 || len(fraction) > 6,
		scale == 1 && fraction != "",              // half a đồng
		scale > 1 && groups > 1 && fraction == "": // 1.500k is 1,5 million or 1,5 thousand
		return 0, bad
	}
	amount, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || amount > maxAmount/scale {
		return 0, bad
	}
	amount *= scale
	for _, c := range []byte(fraction) {
		scale /= 10
		if scale == 0 {
			return 0, bad
		}
		amount += int64(c-'0') * scale
	}
	if amount <= 0 || amount > maxAmount {
		return 0, bad
	}
	return amount, nil
}

// digits splits a number into its whole part, without separators, and its
// fraction, and counts the groups of the whole part. Groups of exactly three
// digits are thousands; a last separator followed by another number of digits
// starts a fraction.
func digits(text string) (whole, fraction string, count int, ok bool) {
	text = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)
	var (
		groups []string
		seps   []byte
		last   int
	)
	for i := range len(text) {
		switch c := text[i]; c {
		case '.', ',', ' ':
			groups, seps = append(groups, text[last:i]), append(seps, c)
			last = i + 1
		default:
			if c < '0' || c > '9' {
				return "", "", 0, false
			}
		}
	}
	groups = append(groups, text[last:])
	if slices.Contains(groups, "") {
		return "", "", 0, false
	}
	n := len(groups) - 1
	if n > 0 && len(groups[n]) != 3 {
		if seps[n-1] == ' ' || n > 1 && seps[n-1] == seps[n-2] {
			return "", "", 0, false
		}
		fraction = groups[n]
		groups, seps = groups[:n], seps[:n-1]
	}
	for i, g := range groups {
		if i == 0 && len(groups) > 1 && (len(g) > 3 || g[0] == '0') ||
			i > 0 && (len(g) != 3 || seps[i-1] != seps[0]) {
			return "", "", 0, false
		}
	}
	return strings.Join(groups, ""), fraction, len(groups), true
}

// grouped writes n as 101.800, or 101,800 in English.
func grouped(n int64, lang string) string {
	if n < 0 {
		return "-" + grouped(-n, lang)
	}
	s, sep := strconv.FormatInt(n, 10), inLang(lang, ".", ",")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}
