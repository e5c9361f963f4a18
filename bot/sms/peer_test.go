package sms_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	peer "github.com/warthog618/sms"
	"github.com/warthog618/sms/encoding/tpdu"

	"github.com/loa-vn/loa/bot/sms"
)

// An independent encoder agrees on alphabet, parts and where they are cut.
func TestAgreesWithPeer(t *testing.T) {
	texts := corpus()
	pieces := []string{
		"a", "B", " ", "\n", "gia ca phe ", "102.500", "€", "[", "~", "é", "à", "Ω", "@", "Ç",
		"đ", "ế", "Đắk ", "ơ̆", "🌱", "👨‍👩‍👧", "\u200b", "\t", "`", "\xff", "\xe1\xba",
	}
	random := rand.New(rand.NewPCG(2027, 8))
	for range 4000 {
		var b strings.Builder
		vocabulary := pieces
		if random.IntN(2) == 0 {
			vocabulary = pieces[:14] // GSM-7 only
		}
		for range random.IntN(400) {
			b.WriteString(vocabulary[random.IntN(len(vocabulary))])
		}
		texts = append(texts, b.String())
	}
	for _, text := range texts {
		if strings.Contains(text, "\x1b") {
			continue // the peer sends the escape code as if it were a letter
		}
		pdus, err := peer.Encode([]byte(text))
		if err != nil {
			t.Fatalf("the peer cannot encode %q: %v", text, err)
		}
		count, parts := sms.Measure(text), sms.Split(text)
		if count.Parts != len(pdus) {
			t.Fatalf("%q: %d parts, the peer has %d", text, count.Parts, len(pdus))
		}
		units := 0
		for i, pdu := range pdus {
			alphabet, err := pdu.Alphabet()
			if err != nil {
				t.Fatal(err)
			}
			want := sms.GSM7
			if alphabet == tpdu.AlphaUCS2 {
				want = sms.UCS2
				units += len(pdu.UD) / 2
			} else {
				units += len(pdu.UD)
			}
			if count.Encoding != want {
				t.Fatalf("%q is %s, the peer says %s", text, count.Encoding, want)
			}
			shown, err := peer.Decode([]*tpdu.TPDU{&pdus[i]})
			if err != nil {
				t.Fatal(err)
			}
			if got := string([]rune(parts[i])); got != string(shown) {
				t.Fatalf("part %d of %q\n    is %q\npeer's %q", i+1, text, got, shown)
			}
		}
		if units != count.Units {
			t.Fatalf("%q: %d units, the peer has %d", text, count.Units, units)
		}
	}
}
