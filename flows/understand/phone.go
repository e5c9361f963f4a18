package understand

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// ErrPhone is wrapped by every error of Phone.
var ErrPhone = errors.New("not a phone number")

// movedPrefixes maps the 11-digit mobile prefixes that ended in 2018, without
// the leading zero, to what they became.
func movedPrefix(old string) string {
	switch old {
	case "162", "163", "164", "165", "166", "167", "168", "169":
		return "3" + old[2:]
	case "120":
		return "70"
	case "121":
		return "79"
	case "122":
		return "77"
	case "126":
		return "76"
	case "128":
		return "78"
	case "123":
		return "83"
	case "124":
		return "84"
	case "125":
		return "85"
	case "127":
		return "81"
	case "129":
		return "82"
	case "186":
		return "56"
	case "188":
		return "58"
	case "199":
		return "59"
	}
	return ""
}

// Phone gives the E.164 form of a phone number as people write it. Vietnamese
// numbers may start with +84, 84, 0084 or 0; old 11-digit mobile numbers are
// mapped to their present form; others need their country code. The error
// wraps ErrPhone and never repeats the number.
func Phone(s string) (e164 string, err error) {
	if len(s) > 64 {
		return "", fmt.Errorf("%w: too long", ErrPhone)
	}
	plus := false
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '+' && b.Len() == 0:
			plus = true
		case r == ' ', r == '.', r == '-', r == '(', r == ')', r == '\u00a0', r == '\t', invisible(r):
		default:
			return "", fmt.Errorf("%w: it holds other characters than digits", ErrPhone)
		}
	}
	d := b.String()
	if len(d) < 8 {
		return "", fmt.Errorf("%w: too few digits", ErrPhone)
	}
	if !plus && strings.HasPrefix(d, "00") {
		plus, d = true, d[2:]
	}
	national := ""
	switch {
	case strings.HasPrefix(d, "84") && (plus || len(d) >= 11):
		national = strings.TrimPrefix(d[2:], "0")
	case !plus && strings.HasPrefix(d, "0"):
		national = d[1:]
	case !plus && len(d) == 9:
		national = d
	}
	if national != "" {
		if len(national) == 10 {
			if p := movedPrefix(national[:3]); p != "" {
				national = p + national[3:]
			}
		}
		d = "84" + national
	}
	n, err := phonenumbers.Parse("+"+d, "VN")
	if err != nil {
		return "", fmt.Errorf("%w: unknown form", ErrPhone)
	}
	if !phonenumbers.IsValidNumber(n) {
		return "", fmt.Errorf("%w: no such number range", ErrPhone)
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}
