package planning

import (
	"strconv"
	"strings"
)

const (
	million = 1_000_000
	billion = 1_000_000_000
)

// Million writes an amount of đồng in triệu đồng as Vietnamese tables do:
// "1.234,5". Rounded to thousands of đồng, without idle zeros.
func Million(amount int64) string { return decimal(amount, million, 3, "vi") }

// Words writes an amount of đồng as people say it: "1,8 tỷ đồng" or "1.8
// billion đồng". It never rounds: what is no round number of tỷ is given in
// triệu, and what is none of triệu in full.
func Words(amount int64, lang string) string {
	size := max(amount, -amount)
	switch {
	case size >= billion && amount%(billion/100) == 0:
		return decimal(amount, billion, 2, lang) + inLang(lang, " tỷ đồng", " billion đồng")
	case size >= million && amount%(million/1000) == 0:
		return decimal(amount, million, 3, lang) + inLang(lang, " triệu đồng", " million đồng")
	default:
		return decimal(amount, 1, 0, lang) + " đồng"
	}
}

// decimal writes amount / unit with at most so many places, rounded half away
// from zero. unit is a power of ten, at least 10 to the places.
func decimal(amount, unit int64, places int, lang string) string {
	point, group := inLang(lang, ",", "."), inLang(lang, ".", ",")
	sign := ""
	size := uint64(amount)
	if amount < 0 {
		sign, size = "-", -size
	}
	step := uint64(unit)
	for range places {
		step /= 10
	}
	size = (size + step/2) / step * step
	whole := strconv.FormatUint(size/uint64(unit), 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	fraction := strings.TrimRight(strconv.FormatUint(size%uint64(unit)+uint64(unit), 10)[1:], "0")
	if size == 0 {
		sign = ""
	}
	if fraction == "" {
		return sign + whole
	}
	return sign + whole + point + fraction
}
