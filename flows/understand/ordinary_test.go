package understand

import (
	"os"
	"strings"
	"testing"
)

// harmless fails when text would end, erase or vote.
func harmless(t *testing.T, l *Lexicon, text string) {
	t.Helper()
	for _, c := range []Context{
		{},
		{Consultation: true, Items: 7},
		{Expect: ExpectText},
		{Expect: ExpectVillage},
		{Expect: ExpectChoice, Options: []string{"Hỏi giá", "Báo khó khăn", "Góp ý kế hoạch"}},
	} {
		if r := l.Read(text, c); r.Intent == Stop || r.Intent == Erase || r.Intent == Vote {
			t.Errorf("%q in %+v: %s %v", text, c, r.Intent, slots(r, nil))
		}
	}
}

func TestOrdinaryLinesNeitherStopNorVote(t *testing.T) {
	l := compiled(t, testEntries()...)
	data, err := os.ReadFile("testdata/ordinary.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" {
			n++
			harmless(t, l, line)
			harmless(t, l, Fold(line))
			harmless(t, l, strings.ToUpper(line))
		}
	}
	if n < 400 {
		t.Errorf("only %d lines", n)
	}
}

// Words that look like stopping and voting, in every company that farmers
// give them.
func TestGeneratedLinesNeitherStopNorVote(t *testing.T) {
	l := compiled(t, testEntries()...)
	heads := []string{
		"dừng", "dung", "đừng", "hủy", "huy", "Huy", "Dũng", "ngừng", "ngưng", "thôi", "thoi", "xóa", "xoa", "tắt", "bỏ", "bo", "từ chối",
		"không", "ko", "chưa", "đồng", "dong", "ý", "có", "được", "đúng", "dùng", "đứng", "stop", "tc",
	}
	tails := []string{
		"phun thuốc lúc nào", "tưới nước bao lâu", "hợp đồng với đại lý", "chặt tiêu", "bón phân lúc mưa", "mua cà phê của dân",
		"máy bơm", "nhà tạm cho hộ nghèo", "đói giảm nghèo", "mù chữ ở bon", "giống nào tốt", "ruộng khô hết", "nai mưa to", "bào dân tộc",
		"thuốc gì trị rệp", "học ba hôm rồi", "ở ngã ba", "cho con đi học", "bán vội", "thu mua mủ", "thu hoạch sớm", "nước sạch ở thôn 3",
		"điện ba hôm", "trả tiền", "đi họp thôn", "xuống giống", "làm rẫy với anh 5 Hùng", "2 sào đất", "3 con bò", "5 bao phân kali",
	}
	n := 0
	for _, h := range heads {
		for _, tail := range tails {
			for _, s := range []string{h + " " + tail, tail + " " + h + " rồi", "anh ơi " + h + " " + tail + " được không"} {
				n++
				harmless(t, l, s)
			}
		}
	}
	if n < 2000 {
		t.Errorf("only %d lines", n)
	}
}

func TestBadInputIsNothing(t *testing.T) {
	l := compiled(t, testEntries()...)
	for name, text := range map[string]string{
		"empty":           "",
		"spaces":          " \t\n ",
		"zero width":      "\u200b\u200b\ufeff",
		"emoji":           "😀",
		"flags":           "🇻🇳🇻🇳🇻🇳",
		"broken UTF-8":    "\xff\xfe gi\xc3 \x80",
		"nul":             "\x00\x00\x00",
		"homoglyphs":      "ѕтор",
		"mixed glyphs":    "ѕtор",
		"greek":           "ΤC",
		"full width":      "ＳＴＯＰ",
		"digits":          strings.Repeat("7", 5000),
		"right to left":   "\u202eCT POTS",
		"one letter":      strings.Repeat("a", 100_000),
		"long stops":      strings.Repeat("STOP ", 20_000),
		"long votes":      strings.Repeat("1d 2k ", 20_000),
		"long agreeing":   strings.Repeat("đồng ý ", 15_000),
		"long punctuated": strings.Repeat("., ", 33_000),
		"marks only":      strings.Repeat("\u0301", 50_000),
		"advert":          "KM HOT! Nap the tang 100%. Vay tien nhanh 0909. De tu choi QC soan TC gui 9241. Chi tiet http://km.vn",
		"long advert":     strings.Repeat("KM HOT soan TC gui 9241 ", 4000),
	} {
		t.Run(name, func(t *testing.T) {
			for _, c := range []Context{{}, {Consultation: true, Items: 7}, {Expect: ExpectYesNo}, {Expect: ExpectBallot, Consultation: true}, {Expect: ExpectRanking}} {
				r := l.Read(text, c)
				if r.Intent != None {
					t.Errorf("%+v: %s %v", c, r.Intent, slots(r, nil))
				}
				if r.Text != text {
					t.Errorf("%+v: the text was changed", c)
				}
			}
		})
	}
}
