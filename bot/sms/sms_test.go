package sms_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/loa-vn/loa/bot/sms"
)

func TestMeasure(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       sms.Count
	}{
		{"empty", "", sms.Count{Encoding: sms.GSM7}},
		{"one letter", "a", sms.Count{Encoding: sms.GSM7, Units: 1, Parts: 1}},
		{"a full SMS", strings.Repeat("a", 160), sms.Count{Encoding: sms.GSM7, Units: 160, Parts: 1}},
		{"one too many", strings.Repeat("a", 161), sms.Count{Encoding: sms.GSM7, Units: 161, Parts: 2}},
		{"two full parts", strings.Repeat("a", 306), sms.Count{Encoding: sms.GSM7, Units: 306, Parts: 2}},
		{"a third part", strings.Repeat("a", 307), sms.Count{Encoding: sms.GSM7, Units: 307, Parts: 3}},
		{"eighty escaped signs", strings.Repeat("€", 80), sms.Count{Encoding: sms.GSM7, Units: 160, Parts: 1}},
		{
			"an escaped sign at the edge of a part moves to the next",
			strings.Repeat("a", 152) + "[" + strings.Repeat("a", 152),
			sms.Count{Encoding: sms.GSM7, Units: 306, Parts: 3},
		},
		{"newlines are in the alphabet", "Gia:\r\n102", sms.Count{Encoding: sms.GSM7, Units: 9, Parts: 1}},
		{"one đ", "101.800đ/kg", sms.Count{Encoding: sms.UCS2, Units: 11, Parts: 1}},
		{"a tab is not in the alphabet", "a\tb", sms.Count{Encoding: sms.UCS2, Units: 3, Parts: 1}},
		{"nor a backtick", "`", sms.Count{Encoding: sms.UCS2, Units: 1, Parts: 1}},
		{"nor the escape code itself", "\x1b", sms.Count{Encoding: sms.UCS2, Units: 1, Parts: 1}},
		{"a full SMS with marks", strings.Repeat("ế", 70), sms.Count{Encoding: sms.UCS2, Units: 70, Parts: 1}},
		{"one too many with marks", strings.Repeat("ế", 71), sms.Count{Encoding: sms.UCS2, Units: 71, Parts: 2}},
		{"two full parts with marks", strings.Repeat("ế", 134), sms.Count{Encoding: sms.UCS2, Units: 134, Parts: 2}},
		{"thirty-five emoji", strings.Repeat("🌱", 35), sms.Count{Encoding: sms.UCS2, Units: 70, Parts: 1}},
		{
			"a surrogate pair at the edge of a part moves to the next",
			strings.Repeat("ế", 66) + "🌱" + strings.Repeat("ế", 66),
			sms.Count{Encoding: sms.UCS2, Units: 134, Parts: 3},
		},
		{"broken UTF-8 counts as replacement characters", "a\xe1\xbab", sms.Count{Encoding: sms.UCS2, Units: 4, Parts: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sms.Measure(c.text); got != c.want {
				t.Errorf("Measure(%q) = %+v, want %+v", c.text, got, c.want)
			}
			if got := len(sms.Split(c.text)); got != c.want.Parts {
				t.Errorf("Split(%q) has %d parts, want %d", c.text, got, c.want.Parts)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	a, e := strings.Repeat("a", 152), strings.Repeat("ế", 66)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"one part", "gia tieu", []string{"gia tieu"}},
		{"the pair stays whole", a + "[" + a, []string{a, "[" + a[:151], "a"}},
		{"the emoji stays whole", e + "🌱" + e, []string{e, "🌱" + e[:65*3], "ế"}},
		{"broken bytes are kept", e + "\xff\xfe\xfd\xfcz", []string{e + "\xff", "\xfe\xfd\xfcz"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sms.Split(c.text); !slices.Equal(got, c.want) {
				t.Errorf("Split(%q)\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
	if sms.Split("") != nil {
		t.Error(`Split("") is not nil`)
	}
}

func TestCost(t *testing.T) {
	for parts, want := range []int64{0, 350, 700, 1050} {
		if got := sms.Cost(sms.Count{Parts: parts}, 350); got != want {
			t.Errorf("%d parts cost %d, want %d", parts, got, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, text := range corpus() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		count, parts := sms.Measure(text), sms.Split(text)
		if got := strings.Join(parts, ""); got != text {
			t.Fatalf("joined parts are %q, the text is %q", got, text)
		}
		if len(parts) != count.Parts {
			t.Fatalf("Split gives %d parts, Measure counts %d", len(parts), count.Parts)
		}
		limit := map[sms.Encoding][2]int{sms.GSM7: {160, 153}, sms.UCS2: {70, 67}}[count.Encoding]
		total := 0
		for i, part := range parts {
			units := unitsOf(part, count.Encoding)
			total += units
			if part == "" || len(parts) == 1 && units > limit[0] || len(parts) > 1 && units > limit[1] {
				t.Fatalf("part %d of %d takes %d units: %q", i+1, len(parts), units, part)
			}
			if utf8.ValidString(text) && !utf8.ValidString(part) {
				t.Fatalf("part %d cuts a character: %q", i+1, part)
			}
		}
		if total != count.Units {
			t.Fatalf("the parts take %d units, Measure says %d", total, count.Units)
		}
		if len(parts) > 1 && count.Units <= limit[0] {
			t.Fatalf("%d units would fit in one part, got %d", count.Units, len(parts))
		}
	})
}

// unitsOf measures a part in the encoding of the whole message.
func unitsOf(part string, in sms.Encoding) int {
	if in == sms.GSM7 {
		return sms.Measure(part).Units
	}
	return sms.Measure(part+"đ").Units - 1
}

// corpus is what goes out and what comes in: talks, marks, signs, and trouble.
func corpus() []string {
	texts := []string{
		"", "a", "\n", "đ", "ế", "€", "^{}\\[~]|", "\x00", "\x1b", "\x1b\x1b[", "\t", "`", "\u00a0", "\ufeff",
		"Ca phe nhan xo 22/11: Gia Nghia 101.800d/kg (tang 500 so hom qua), Dak Song 101.500.",
		"Cà phê nhân xô 22/11: Gia Nghĩa 101.800đ/kg (tăng 500 so hôm qua), Đắk Song 101.500.",
		"Xã Đắk Mẫu lấy ý kiến kế hoạch 2027, đến 15/8: 1.Đường bon Bu Prăng; 2.Kênh ở thôn 3; 3.Lớp ghép cà phê; 4.Chợ xã.",
		"Ca\u0300 phe\u0302 Đa\u0306\u0301k No\u0302ng", "ơ̆ ư̆ ƀ č ĕ ĭ ŏ ŭ", "M’Nông", "Êa H'leo",
		"Cảm ơn 🌱🌱 anh chị 👨‍👩‍👧", "1️⃣ đồng ý 2️⃣ không", "🇻🇳", "مرحبا", "\u202eabc", "ﬁ ½ m² №", "価格", "가격",
		"\xff\xfe", "a\xe1\xba", "\xed\xa0\x80\xed\xb0\x80", "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\f",
	}
	for _, n := range []int{66, 67, 68, 69, 70, 71, 133, 134, 135, 152, 153, 154, 159, 160, 161, 305, 306, 307, 500} {
		for _, tail := range []string{"", "a", "€", "ế", "🌱", "[[", "\xff"} {
			texts = append(texts, strings.Repeat("a", n)+tail+strings.Repeat("b", n))
		}
		texts = append(texts, strings.Repeat("🌱", n), strings.Repeat("€", n), "x"+strings.Repeat("ab[", n))
	}
	return texts
}

func ExampleMeasure() {
	fmt.Println(sms.Measure("Giá tiêu hôm nay: 148.000đ/kg"))
	fmt.Println(sms.Measure(sms.Unmarked("Giá tiêu hôm nay: 148.000đ/kg")))
	// Output:
	// {ucs2 29 1}
	// {gsm7 29 1}
}

func BenchmarkMeasure(b *testing.B) {
	for name, text := range map[string]string{"plain": sms.Unmarked(marked), "marked": marked} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sms.Measure(text)
			}
		})
	}
}
