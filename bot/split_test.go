package bot

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSplit(t *testing.T) {
	const most = 4096
	for _, text := range []string{"", "ngắn", strings.Repeat("một dòng dài\n", 900), strings.Repeat("x", 9000), strings.Repeat("từ ", 3000)} {
		pieces := Split(text, most)
		if strings.Join(pieces, "") != text {
			t.Errorf("the pieces of %.20q… are not the text", text)
		}
		for _, p := range pieces {
			if n := utf8.RuneCountInString(p); n > most {
				t.Errorf("a piece of %d characters", n)
			}
		}
	}
}
