package sqlite

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"GIA Ca Phe":            "gia ca phe",
		"Giá CÀ PHÊ Đắk Mil":    "gia ca phe dak mil",
		"gia\u0301 ca\u0300":    "gia ca", // decomposed
		"M'Nông ơ\u0306 Ư ĐĐ":   "m'nong o u dd",
		"😀 broken \xff\xfe end": "😀 broken \ufffd\ufffd end",
	} {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"", "Giá CÀ PHÊ", "\xff", "ơ̆ ư̆ ƀ", "😀"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := fold(text)
		if utf8.ValidString(text) && fold(once) != once {
			t.Errorf("folding %q twice changes it: %q, %q", text, once, fold(once))
		}
		if utf8.ValidString(text) && !strings.Contains(fold("a "+text+" z"), once) {
			t.Errorf("%q is not found in itself", text)
		}
	})
}
