package flows

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// appendValue writes a value as people of a language read it.
func appendValue(b []byte, v any, lang string) []byte {
	switch v := v.(type) {
	case nil:
		return b
	case string:
		return append(b, v...)
	case bool:
		return append(b, yesNo(v, lang)...)
	case int:
		return appendInt(b, int64(v), lang)
	case int64:
		return appendInt(b, v, lang)
	case float64:
		return appendFloat(b, v, lang)
	case time.Time:
		return appendDate(b, v, lang)
	case fmt.Stringer:
		return append(b, v.String()...)
	}
	if list, ok := listOf(v); ok {
		some := false
		for _, e := range list {
			if e == nil {
				continue
			}
			if some {
				b = append(b, ", "...)
			}
			b, some = appendValue(b, e, lang), true
		}
		return b
	}
	if n, err := normal(v); err == nil {
		if _, isMap := n.(Values); !isMap {
			return appendValue(b, n, lang)
		}
	}
	return b
}

func yesNo(v bool, lang string) string {
	switch {
	case lang == "en" && v:
		return "yes"
	case lang == "en":
		return "no"
	case v:
		return "có"
	}
	return "không"
}

// marksOf gives what groups thousands and what begins decimals.
func marksOf(lang string) (group, decimal byte) {
	if lang == "en" {
		return ',', '.'
	}
	return '.', ','
}

func appendInt(b []byte, n int64, lang string) []byte {
	if n > -1000 && n < 1000 {
		return strconv.AppendInt(b, n, 10)
	}
	var digits [24]byte
	group, _ := marksOf(lang)
	return appendGrouped(b, strconv.AppendInt(digits[:0], n, 10), group)
}

func appendGrouped(b, digits []byte, group byte) []byte {
	if digits[0] == '-' {
		b, digits = append(b, '-'), digits[1:]
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b = append(b, group)
		}
		b = append(b, d)
	}
	return b
}

// appendFloat writes up to two decimals.
func appendFloat(b []byte, f float64, lang string) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) || math.Abs(f) >= 1e15 {
		return b
	}
	hundredths := int64(math.Round(math.Abs(f) * 100))
	if f < 0 && hundredths > 0 {
		b = append(b, '-')
	}
	b = appendInt(b, hundredths/100, lang)
	if rest := hundredths % 100; rest > 0 {
		_, decimal := marksOf(lang)
		b = append(b, decimal, byte('0'+rest/10))
		if rest%10 > 0 {
			b = append(b, byte('0'+rest%10))
		}
	}
	return b
}

func appendDate(b []byte, t time.Time, lang string) []byte {
	switch {
	case t.IsZero():
		return b
	case lang == "en":
		return t.AppendFormat(b, "2 January 2006")
	}
	return t.AppendFormat(b, "2/1/2006")
}
