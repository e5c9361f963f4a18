package understand

import (
	"errors"
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Giá Cà Phê":              "gia ca phe",
		"ĐẮK NÔNG":                "dak nong",
		"Ðắk Nông":                "dak nong", // Icelandic eth, as old fonts have it
		"  hai\u00a0\t khoảng\n ": "hai khoang",
		"a\u200bb\ufeffc":         "abc",
		"M'Nông":                  "m'nong",
		"ƀon ŭ ĕ ĭ ŏ č ơ̆ ư̆":     "bon u e i o c o u",
		"ßon Bu Prăng, Ɖắk Nur":   "bon bu prang, dak nur", // as old fonts had ƀ and Đ
		"bo\u031b":                "bo",
		"e\u0302\u0301":           "e",
		"\xff\xfegi\xc3":          "gi",
		"":                        "",
		"Số 1.234, 50%":           "so 1.234, 50%",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		token, name string
		want        int
	}{
		{"bơ", "bơ", 2},
		{"bo", "bơ", 1},
		{"bò", "bơ", 0},
		{"bơ", "bò", 0},
		{"đông", "đồng", 1},
		{"động", "đồng", 0},
		{"dong", "đồng", 1},
		{"hoà", "hòa", 2},
		{"thuỷ", "thủy", 2},
		{"de", "dê", 1},
		{"đe", "dê", 0},
		{"bo\u031b", "bơ", 2},
		{"tiêu", "tiêus", 0},
	} {
		if got := agree(c.token, c.name); got != c.want {
			t.Errorf("agree(%q, %q) = %d, want %d", c.token, c.name, got, c.want)
		}
	}
}

func TestSyllable(t *testing.T) {
	for w := range strings.FieldsSeq("gia ca phe tieu dieu nghieng khuya quyen gi ma thuong nguoi dung huy khoai uong yeu oai truong quynh gin") {
		if !syllable(w) {
			t.Errorf("%q is a syllable", w)
		}
	}
	for w := range strings.FieldsSeq("gias caf phee bow stop cafe monthong tieeu hnay ddoongf prang drung zalo") {
		if syllable(w) {
			t.Errorf("%q is no syllable", w)
		}
	}
}

func TestPhone(t *testing.T) {
	for in, want := range map[string]string{
		"0905123456":        "+84905123456",
		"+84 905 123 456":   "+84905123456",
		"84905123456":       "+84905123456",
		"0084905123456":     "+84905123456",
		"+84 0905 123 456":  "+84905123456",
		"905123456":         "+84905123456",
		"0905.123.456":      "+84905123456",
		"(0905) 123-456":    "+84905123456",
		"01621234567":       "+84321234567",
		"01691234567":       "+84391234567",
		"01201234567":       "+84701234567",
		"01211234567":       "+84791234567",
		"01221234567":       "+84771234567",
		"01261234567":       "+84761234567",
		"01281234567":       "+84781234567",
		"01231234567":       "+84831234567",
		"01241234567":       "+84841234567",
		"01251234567":       "+84851234567",
		"01271234567":       "+84811234567",
		"01291234567":       "+84821234567",
		"01861234567":       "+84561234567",
		"01881234567":       "+84581234567",
		"+84 199 123 4567":  "+84591234567",
		"841991234567":      "+84591234567",
		"02613543210":       "+842613543210",
		"+1 212 555 2368":   "+12125552368",
		"+855 12 345 678":   "+85512345678",
		"\u200b0905123456 ": "+84905123456",
	} {
		if got, err := Phone(in); err != nil || got != want {
			t.Errorf("Phone(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "1", "gia tieu", "0905", "090512345", "09051234567", "0905123456x", "01301234567", "+999 123 456 789", strings.Repeat("9", 100)} {
		got, err := Phone(in)
		if !errors.Is(err, ErrPhone) {
			t.Errorf("Phone(%q) = %q, %v, want an error", in, got, err)
		}
		if err != nil && len(in) > 5 && strings.Contains(err.Error(), in) {
			t.Errorf("the error repeats the number: %v", err)
		}
	}
}
