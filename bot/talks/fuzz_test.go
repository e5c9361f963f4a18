package talks

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/flows/talk"
)

// FuzzTalk says anything, a line a message: nothing is a dead end, nothing is
// parked.
func FuzzTalk(f *testing.F) {
	for _, seed := range []string{
		"alo\n1\nbon bu prag\n1", "kk\nca phe\n\n2", "1d 2k\n1\nbo qua\nbo qua", "tung muc\n1\nd\nk\nquay lai\nthoat",
		"xoa\n1", "dung\n1", "huy", "gia bo\n9\n1", "ban ca phe\n0\n98\n1", "\u202e\u0000\ufeff", "1\n2\n3\n1\n1", "DK\nEN\nHELP\nSKIP",
		"gop y muc 99: x\n1", "ut 9 9 9\n1", "🌶🌶🌶", strings.Repeat("a ", 2000),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || len(text) > bot.MaxText || strings.Count(text, "\n") > 8 {
			t.Skip()
		}
		w := found(t, settings{})
		p := person{town: w, kind: phone.SMS, who: lan, marks: true}
		for line := range strings.SplitSeq(text, "\n") {
			if _, err := p.play(talk.Event{Kind: talk.Say, Text: strings.TrimPrefix(line, "[")}); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
		}
	})
}
