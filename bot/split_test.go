package bot

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzSplit(f *testing.F) {
	for _, text := range []string{"", "ngắn", strings.Repeat("một dòng dài\n", 900), strings.Repeat("x", 9000), strings.Repeat("từ ", 3000)} {
		f.Add(text, uint16(4096))
		f.Add(text, uint16(1))
	}
	f.Fuzz(func(t *testing.T, text string, limit uint16) {
		text, most := strings.ToValidUTF8(text, "�"), max(1, int(limit))
		pieces := Split(text, most)
		if strings.Join(pieces, "") != text {
			t.Errorf("the pieces of %.20q… are not the text", text)
		}
		for _, p := range pieces {
			if n := utf8.RuneCountInString(p); n > most || n == 0 && text != "" {
				t.Errorf("a piece of %d characters", n)
			}
		}
	})
}
