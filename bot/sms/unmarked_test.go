package sms_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/loa-vn/loa/bot/sms"
)

const marked = "Cà phê nhân xô 22/11: Gia Nghĩa 101.800đ/kg (tăng 500 so hôm qua), Đắk Song 101.500. " +
	"Nguồn: xã hỏi đại lý, 7h sáng nay. 7 hộ báo bán được 99–101 ngàn."

func TestUnmarked(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{
			"a price", marked,
			"Ca phe nhan xo 22/11: Gia Nghia 101.800d/kg (tang 500 so hom qua), Dak Song 101.500. " +
				"Nguon: xa hoi dai ly, 7h sang nay. 7 ho bao ban duoc 99-101 ngan.",
		},
		{
			"every lower letter", "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
			strings.Repeat("a", 17) + strings.Repeat("e", 11) + strings.Repeat("i", 5) +
				strings.Repeat("o", 17) + strings.Repeat("u", 11) + strings.Repeat("y", 5) + "d",
		},
		{
			"every capital", "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ",
			strings.Repeat("A", 17) + strings.Repeat("E", 11) + strings.Repeat("I", 5) +
				strings.Repeat("O", 17) + strings.Repeat("U", 11) + strings.Repeat("Y", 5) + "D",
		},
		{"decomposed", norm.NFD.String("Đắk Nông, Bu Prăng"), "Dak Nong, Bu Prang"},
		{"Ê Đê and M'Nông", "ƀ č đ ĕ ĭ ŏ ŭ ơ̆ ư̆ ñ ê̆ Ƀuôn M’Nông", "b c d e i o u o u n e Buon M'Nong"},
		{"eth typed for đ", "Ðắk Song ðồng", "Dak Song dong"},
		{"dong sign", "102.500₫", "102.500d"},
		{"quotes", "“Cầu” ‘suối’ «bon» ´x`", `"Cau" 'suoi' "bon" 'x'`},
		{"dashes", "55–60k — 7‑8 −3", "55-60k - 7-8 -3"},
		{"ellipsis, bullets", "…\n• Giá\n▪ Mùa", "...\n- Gia\n- Mua"},
		{"spaces", "a\u00a0b\u202fc\u3000d\te", "a b c d e"},
		{"newlines", "a\nb\r\nc\u2028d\u0085e", "a\nb\r\nc\nd\ne"},
		{"zero-width", "gi\u200bá\ufeff c\u00adà\u2060 phê\u202e", "gia ca phe"},
		{"emoji", "Chào 👨‍👩‍👧 bà con 🌱❤️🇻🇳👍🏽!", "Chao  ba con !"},
		{"keycaps", "1️⃣ có 2️⃣ không", "1 co 2 khong"},
		{"control codes", "a\x00b\x1bc\x7fd", "abcd"},
		{"signs", "m², 10³ ½ ha, 30°C, 2×3, ±5, ≤ 3 ≥ 2 ≈ 1 ≠ 0, ™ ® ©, №5", "m2, 103 1/2 ha, 30oC, 2x3, +/-5, <= 3 >= 2 ~ 1 != 0, TM (R) (C), No5"},
		{"directions", "A → B ← C ↑500 ↓300", "A -> B <- C +500 -300"},
		{"wide letters, ligatures", "Ｇｉａ ﬁ Ⅳ ①", "Gia fi IV 1"},
		{"what GSM-7 has and is no marked letter stays", "€5 £3 ¥ §2 ¿ ¡ Ω Δ Ø ø Æ æ ß ^{}[]~|\\", "€5 £3 ¥ §2 ¿ ¡ Ω Δ Ø ø Æ æ ß ^{}[]~|\\"},
		{"other alphabets", "価格 Москва ﷺ", "?? ?????? ?"},
		{"broken UTF-8", "gi\xc3 c\xe1\xba \xff", "gi? c?? ?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sms.Unmarked(c.text); got != c.want {
				t.Errorf("Unmarked(%q)\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

// Whatever the character, alone its unmarked form measures GSM-7, is stable, and
// does not depend on how Unicode spells it.
func TestUnmarkedEveryCharacter(t *testing.T) {
	for r := rune(0); r <= 0x10FFFF; r++ {
		text := string(r)
		got := sms.Unmarked(text)
		if c := sms.Measure(got); c.Encoding != sms.GSM7 {
			t.Fatalf("%U: %q is not GSM-7", r, got)
		}
		if again := sms.Unmarked(got); again != got {
			t.Fatalf("%U: %q, then %q", r, got, again)
		}
		if nfd := norm.NFD.String(text); unicode.Is(unicode.Latin, r) && sms.Unmarked(nfd) != got {
			t.Fatalf("%U: %q, decomposed %q", r, got, sms.Unmarked(nfd))
		}
	}
}

func TestUnmarkedPlainTextAllocatesNothing(t *testing.T) {
	plain := sms.Unmarked(marked)
	if n := testing.AllocsPerRun(100, func() { sms.Unmarked(plain) }); n != 0 {
		t.Errorf("plain text: %v allocations, want 0", n)
	}
	if n := testing.AllocsPerRun(100, func() { sms.Unmarked(marked) }); n > 1 {
		t.Errorf("marked text: %v allocations, want 1", n)
	}
	if n := testing.AllocsPerRun(100, func() { sms.Measure(marked) }); n != 0 {
		t.Errorf("Measure: %v allocations, want 0", n)
	}
}

func FuzzUnmarked(f *testing.F) {
	for _, text := range corpus() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := sms.Unmarked(text)
		if c := sms.Measure(got); c.Encoding != sms.GSM7 {
			t.Fatalf("Unmarked(%q) = %q is not GSM-7", text, got)
		}
		if again := sms.Unmarked(got); again != got {
			t.Fatalf("Unmarked(%q) = %q, then %q", text, got, again)
		}
		if n, m := strings.Count(text, "\n"), strings.Count(got, "\n"); m < n {
			t.Fatalf("Unmarked(%q) = %q lost a newline", text, got)
		}
	})
}

func ExampleUnmarked() {
	fmt.Println(sms.Unmarked("Đã ghi. Mã 7K2F – xã trả lời trong 2 ngày. 🌱"))
	// Output:
	// Da ghi. Ma 7K2F - xa tra loi trong 2 ngay.
}

func BenchmarkUnmarked(b *testing.B) {
	for name, text := range map[string]string{"plain": sms.Unmarked(marked), "marked": marked} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sms.Unmarked(text)
			}
		})
	}
}
