package admin

import (
	"strconv"
	"strings"
	"time"

	"github.com/loa-vn/loa/market"
)

// number writes n in groups of three: 1.234, or 1,234 in English.
func number[N int | int64](lang string, n N) string {
	if n < 0 {
		return "−" + number(lang, -n)
	}
	sep := "."
	if lang == "en" {
		sep = ","
	}
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}

// signed writes a change with its sign; "0" when there is none.
func signed(lang string, n int64) string {
	if n > 0 {
		return "+" + number(lang, n)
	}
	return number(lang, n)
}

// decimal writes a number with at most one place: 40,5 or 40.5.
func decimal(lang string, f float64) string {
	s := strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
	if lang != "en" {
		s = strings.ReplaceAll(s, ".", ",")
	}
	return s
}

// dayOf writes a civil day: 05/09/2026, or 5 Sep 2026.
func dayOf(lang string, d market.Day) string {
	t := d.Time()
	if t.IsZero() {
		return string(d)
	}
	return dateOf(lang, t)
}

func dateOf(lang string, t time.Time) string {
	if lang == "en" {
		return t.Format("2 Jan 2006")
	}
	return t.Format("02/01/2006")
}

// clockOf writes an instant that is already in the commune's zone.
func clockOf(lang string, t time.Time) string {
	if lang == "en" {
		return t.Format("2 Jan 2006, 15:04")
	}
	return t.Format("15:04 02/01/2006")
}
