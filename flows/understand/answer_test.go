package understand

import (
	"slices"
	"testing"
)

func TestYesNo(t *testing.T) {
	l := compiled(t, testEntries()...)
	for text, want := range map[string]string{
		"1": Yes, "co": Yes, "Có": Yes, "dạ có": Yes, "phai": Yes, "phải rồi": Yes, "dung": Yes, "đúng": Yes, "dung roi a": Yes, "dong y": Yes,
		"dy": Yes, "ok": Yes, "uh": Yes, "ừ": Yes, "vâng": Yes, "dạ": Yes, "da vang": Yes, "yes": Yes, "d": Yes, "1 nhé": Yes, "dạ phải ạ": Yes, "ok em": Yes, "duoc": Yes,
		"2": No, "0": No, "khong": No, "không ạ": No, "ko": No, "k": No, "no": No, "khong phai": No, "không đúng": No, "khong dong y": No, "kdy": No, "chưa": No, "sai roi": No, "thoi": No, "hông": No,
	} {
		if r := l.Read(text, Context{Expect: ExpectYesNo}); r.Stance != want {
			t.Errorf("%q: %s stance %q ask %q, want %s", text, r.Intent, r.Stance, r.Ask, want)
		}
	}
	for _, text := range []string{"có không", "dừng", "đừng", "gia tieu", "3", "1 2", "tôi không biết", "TC", "huy", "có ai không", "đồng ý thì sao", "tieu"} {
		if r := l.Read(text, Context{Expect: ExpectYesNo}); r.Stance != "" && r.Intent == Choice {
			t.Errorf("%q: stance %q", text, r.Stance)
		}
	}
	if r := l.Read("gia tieu", Context{Expect: ExpectYesNo}); r.Intent != Price {
		t.Errorf("a price under yes/no: %s", r.Intent)
	}
}

func TestChoice(t *testing.T) {
	l := compiled(t)
	kinds := []string{"Giống, phân, thuốc", "Chăm sóc, sâu bệnh", "Thu hoạch", "Chế biến, bảo quản", "Bán hàng", "Đường, nước, điện", "Vốn"}
	stances := []string{"Đồng ý", "Không đồng ý", "Bỏ qua"}
	bo := []string{"Trái bơ", "Bò hơi (con bò)"}
	for _, c := range []struct {
		text    string
		options []string
		want    int
	}{
		{"1", kinds, 1},
		{"7", kinds, 7},
		{"8", kinds, 0},
		{"0", kinds, 0},
		{"số 3", kinds, 3},
		{"chon 2", kinds, 2},
		{"2.", kinds, 2},
		{"(2)", kinds, 2},
		{"b", kinds, 2},
		{"Thu hoạch", kinds, 3},
		{"thu hoach", kinds, 3},
		{"thu hoac", kinds, 3},
		{"von", kinds, 7},
		{"sau benh", kinds, 2},
		{"ban hang", kinds, 5},
		{"dien", kinds, 6},
		{"D", stances, 1},
		{"k", stances, 2},
		{"dy", stances, 1},
		{"kdy", stances, 2},
		{"khong dong y", stances, 2},
		{"bo qua", stances, 3},
		{"1", bo, 1},
		{"bò", bo, 2},
		{"trai bo", bo, 1},
		{"con bo", bo, 2},
		{"hai", bo, 2},
		{"1 2", bo, 0},
	} {
		if r := l.Read(c.text, Context{Expect: ExpectChoice, Options: c.options}); r.Option != c.want {
			t.Errorf("%q of %q: %s option %d, want %d", c.text, c.options, r.Intent, r.Option, c.want)
		}
	}
	for text, intent := range map[string]Intent{"tieu nay nhieu": Price, "TC": Stop, "quay lai": Back, "thoat": Exit, "tro giup": Help} {
		if r := l.Read(text, Context{Expect: ExpectChoice, Options: stances}); r.Intent != intent {
			t.Errorf("%q: %s, want %s", text, r.Intent, intent)
		}
	}
}

func TestOtherAnswers(t *testing.T) {
	l := compiled(t, testEntries()...)
	for _, c := range []struct {
		text   string
		expect Expect
		ok     func(Reading) bool
	}{
		{"bon bu prag", ExpectVillage, func(r Reading) bool { return r.VillageID == "bp" && r.Village == "Bon Bu Prăng" }},
		{"bu prang", ExpectVillage, func(r Reading) bool { return r.VillageID == "bp" }},
		{"BUPRANG", ExpectVillage, func(r Reading) bool { return r.VillageID == "bp" }},
		{"3", ExpectVillage, func(r Reading) bool { return r.VillageID == "v3" }},
		{"thon ba", ExpectVillage, func(r Reading) bool { return r.VillageID == "v3" }},
		{"Thôn 3 ạ", ExpectVillage, func(r Reading) bool { return r.VillageID == "v3" }},
		{"nhà tôi ở thôn 5", ExpectVillage, func(r Reading) bool { return r.VillageID == "v5" }},
		{"buôn đăk nur", ExpectVillage, func(r Reading) bool { return r.VillageID == "dn" }},
		{"ndrung", ExpectVillage, func(r Reading) bool { return r.VillageID == "" || r.VillageID == "bn" }},
		{"bu n'drung", ExpectVillage, func(r Reading) bool { return r.VillageID == "bn" }},
		{"tan lap", ExpectVillage, func(r Reading) bool { return r.VillageID == "tl" }},
		{"thôn 99", ExpectVillage, func(r Reading) bool { return r.VillageID == "" && r.Village == "thôn 99" }},
		{"gia tieu", ExpectVillage, func(r Reading) bool { return r.Intent == Price && r.Village == "" }},
		{"khong biet", ExpectVillage, func(r Reading) bool { return r.Village == "" }},
		{"tieu", ExpectCommodity, func(r Reading) bool { return slices.Equal(r.Commodities, []string{"pepper"}) }},
		{"de", ExpectCommodity, func(r Reading) bool { return slices.Equal(r.Commodities, []string{"goat"}) }},
		{"cây cà phê", ExpectCommodity, func(r Reading) bool { return slices.Equal(r.Commodities, []string{"coffee"}) }},
		{"bo", ExpectCommodity, func(r Reading) bool { return len(r.Ambiguous) == 2 && r.Ask == AskCommodity }},
		{"25", ExpectNumber, func(r Reading) bool { return r.HasNumber && r.Number == 25 }},
		{"0", ExpectNumber, func(r Reading) bool { return r.HasNumber && r.Number == 0 }},
		{"2,5 ha", ExpectNumber, func(r Reading) bool { return r.HasNumber && r.Number == 2.5 }},
		{"hai mươi lăm", ExpectNumber, func(r Reading) bool { return r.HasNumber && r.Number == 25 }},
		{"năm", ExpectNumber, func(r Reading) bool { return r.HasNumber && r.Number == 5 }},
		{"1 trieu 2", ExpectNumber, func(r Reading) bool { return r.HasNumber && r.Number == 1_200_000 }},
		{"nhieu lam", ExpectNumber, func(r Reading) bool { return !r.HasNumber }},
		{"98", ExpectPrice, func(r Reading) bool { return r.Price == 98000 }},
		{"98k", ExpectPrice, func(r Reading) bool { return r.Price == 98000 }},
		{"102.500 đ", ExpectPrice, func(r Reading) bool { return r.Price == 102500 }},
		{"trăm mốt", ExpectPrice, func(r Reading) bool { return r.Price == 110000 }},
		{"gia tieu bao nhieu", ExpectPrice, func(r Reading) bool { return r.Intent == Price && r.Price == 0 }},
		{"5 1", ExpectRanking, func(r Reading) bool { return slices.Equal(r.Priority, []int{5, 1}) }},
		{"5,1,2", ExpectRanking, func(r Reading) bool { return slices.Equal(r.Priority, []int{5, 1, 2}) && !r.Doubtful }},
		{"3", ExpectRanking, func(r Reading) bool { return slices.Equal(r.Priority, []int{3}) }},
		{"3 3", ExpectRanking, func(r Reading) bool { return r.Doubtful }},
		{"d", ExpectBallot, func(r Reading) bool { return r.Intent == Vote && r.Stance == Yes }},
		{"K", ExpectBallot, func(r Reading) bool { return r.Intent == Vote && r.Stance == No }},
		{"1d 2k", ExpectBallot, func(r Reading) bool { return r.Ballot["1"] == Yes && r.Ballot["2"] == No }},
		{"0905 123 456", ExpectPhone, func(r Reading) bool { return r.Phone == "+84905123456" }},
		{"so 01621234567 nhe", ExpectPhone, func(r Reading) bool { return r.Phone == "+84321234567" }},
		{"khong co", ExpectPhone, func(r Reading) bool { return r.Phone == "" }},
		{"15/8", ExpectDate, func(r Reading) bool { return r.Date == "08-15" }},
		{"ngày 5 tháng 9 năm 2026", ExpectDate, func(r Reading) bool { return r.Date == "2026-09-05" }},
		{"15-8-26", ExpectDate, func(r Reading) bool { return r.Date == "2026-08-15" }},
		{"2026-08-15", ExpectDate, func(r Reading) bool { return r.Date == "2026-08-15" }},
		{"31/2", ExpectDate, func(r Reading) bool { return r.Date == "" }},
		{"29/2/2027", ExpectDate, func(r Reading) bool { return r.Date == "" }},
		{"duong hu qua xe khong vao duoc", ExpectText, func(r Reading) bool { return r.Intent == None }},
		{"nên làm cầu trước mùa mưa", ExpectText, func(r Reading) bool { return r.Intent == None }},
		{"gia tieu bao nhieu", ExpectText, func(r Reading) bool { return r.Intent == Price }},
		{"tro giup", ExpectText, func(r Reading) bool { return r.Intent == Help }},
		{"dong y vi can duong", ExpectText, func(r Reading) bool { return r.Intent == None }},
	} {
		if r := l.Read(c.text, Context{Expect: c.expect}); !c.ok(r) {
			t.Errorf("%q as %s: %+v", c.text, c.expect, r)
		}
	}
}
