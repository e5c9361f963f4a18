package understand

import (
	"maps"
	"testing"
)

var open = Context{Consultation: true, Items: 7}

func TestStop(t *testing.T) {
	l := compiled(t, testEntries()...)
	asked := Context{Expect: ExpectChoice, Options: []string{"Cà phê", "Tiêu"}}
	for _, c := range []struct {
		text   string
		c      Context
		intent Intent
		ask    string
	}{
		{"TC", Context{}, Stop, ""},
		{"tc", asked, Stop, ""},
		{"TC", Context{Expect: ExpectText}, Stop, ""},
		{"TC", Context{Expect: ExpectYesNo}, Stop, ""},
		{"dạ tc ạ", open, Stop, ""},
		{"STOP", asked, Stop, ""},
		{"stop all", Context{Expect: ExpectBallot, Consultation: true}, Stop, ""},
		{"dừng", asked, Stop, ""},
		{"Dừng.", Context{}, Stop, ""},
		{"DỪNG", Context{Expect: ExpectYesNo}, Stop, ""},
		{"hủy", asked, Stop, ""},
		{"huỷ", Context{}, Stop, ""},
		{"hu\u0309y", Context{}, Stop, ""},
		{"huy", Context{}, Stop, ""},
		{"Huy", Context{}, None, AskHuy},
		{"huy", asked, None, AskHuy},
		{"huy", Context{Expect: ExpectYesNo}, None, AskHuy},
		{"huy", Context{Expect: ExpectText}, None, AskHuy},
		{"dung", Context{}, None, AskDung},
		{"Dung", open, None, AskDung},
		{"dung", asked, None, AskDung},
		{"đúng", Context{}, None, ""},
		{"đừng", Context{}, None, ""},
		{"Dũng", Context{}, None, ""},
		{"dùng", Context{}, None, ""},
		{"không nhận tin", Context{}, Stop, ""},
		{"khong nhan tin", Context{}, None, AskStop},
		{"khong nhan tin nua", asked, Stop, ""},
		{"đừng nhắn nữa", Context{Expect: ExpectText}, Stop, ""},
		{"soạn TC gửi 1234", Context{}, None, ""},
		{"de tu choi soan TC gui 199", Context{}, None, ""},
		{"stop gia tieu", Context{}, Unsubscribe, ""},
		{"sao khong nhan tin nua", Context{}, Help, ""},
		{"khong nhan duoc tin nua", Context{}, None, AskStop},
		{"tôi không tham gia nữa", Context{}, None, AskStop},
		{"stpo", Context{}, None, ""},
		{"sttop", Context{}, None, AskStop},
		{"dừg", Context{}, None, ""},
	} {
		r := l.Read(c.text, c.c)
		if r.Intent != c.intent || r.Ask != c.ask {
			t.Errorf("%q in %+v: %s ask %q, want %s ask %q", c.text, c.c, r.Intent, r.Ask, c.intent, c.ask)
		}
	}
}

// Each line is a trap of the domain: the text, what it is, what must be found.
func TestTraps(t *testing.T) {
	l := compiled(t, testEntries()...)
	for _, c := range []struct {
		text   string
		c      Context
		intent Intent
		want   map[string]string
	}{
		// k: không, nghìn, the answer K
		{"tieu 141k", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "141000"}},
		{"k dong y muc 2", Context{}, Vote, map[string]string{"item": "2", "stance": "no"}},
		{"2k", open, Vote, map[string]string{"item": "2", "stance": "no"}},
		// kg: kilogram, không
		{"ca phe bn 1 kg", Context{}, Price, map[string]string{"commodity": "coffee"}},
		{"kg dong y muc 2", Context{}, Vote, map[string]string{"item": "2", "stance": "no"}},
		// bo: bơ, bò, bỏ
		{"bo", Context{}, Price, map[string]string{"commodity": "avocado|cattle", "ask": "commodity"}},
		{"bơ", Context{}, Price, map[string]string{"commodity": "avocado"}},
		{"bò", Context{}, Price, map[string]string{"commodity": "cattle"}},
		{"bỏ", Context{}, Skip, nil},
		{"can bo xa", Context{}, Officer, nil},
		{"bỏ phiếu thế nào", Context{}, Help, nil},
		// dieu: điều, điều 3
		{"gia dieu", Context{}, Price, map[string]string{"commodity": "cashew"}},
		{"dieu 3", Context{}, Plan, map[string]string{"item": "3"}},
		{"điều kiện vay vốn thế nào", Context{}, Officer, nil},
		// gia: giá, giả, Gia Nghĩa
		{"ca phe gia nghia", Context{}, Price, map[string]string{"commodity": "coffee", "place": "Gia Nghĩa"}},
		{"mua phai phan gia", Context{}, Difficulty, map[string]string{"kind": "inputs"}},
		// tiêu, mục tiêu
		{"muc tieu la gi", Context{}, Plan, nil},
		// heo rừng is not a pig, héo is not one either
		{"heo rung pha ray", Context{}, Difficulty, map[string]string{"kind": "production"}},
		{"ca phe bi heo la", Context{}, Difficulty, map[string]string{"commodity": "coffee", "kind": "production"}},
		// de: dê, để, đề
		{"gia de", Context{}, Price, map[string]string{"commodity": "goat"}},
		{"de nghi xa lam cau", Context{}, Opinion, nil},
		// questions and conditions about a vote
		{"neu dong y thi gop bao nhieu", open, Plan, nil},
		{"dong y thi duoc gi", open, Help, nil},
		{"bao nhieu ho dong y muc 2", open, Results, map[string]string{"item": "2"}},
		{"ok cam on", open, Thanks, nil},
		{"ok", open, Thanks, nil},
		// negation first
		{"chưa đồng ý", Context{}, Vote, map[string]string{"stance": "no"}},
		{"ko dong y", Context{}, Vote, map[string]string{"stance": "no"}},
		{"không phải không đồng ý", Context{}, None, nil},
		{"hổng đồng ý", Context{}, Vote, map[string]string{"stance": "no"}},
		// latex is per độ, cup lump per kilogram; cherries are a grade of their own
		{"ban mu nuoc 300 dong 1 do", Context{}, PriceReport, map[string]string{"commodity": "rubber", "price": "300", "unit": "do"}},
		{"mủ chén 17k", Context{}, PriceReport, map[string]string{"commodity": "rubber", "price": "17000", "grade": "chen"}},
		{"cà phê tươi 21 ngàn", Context{}, PriceReport, map[string]string{"commodity": "coffee", "price": "21000", "grade": "tuoi"}},
		// money as it is spoken
		{"bán tiêu 102.500", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "102500"}},
		{"bán tiêu 102,5", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "102500"}},
		{"bán tiêu 102k5", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "102500"}},
		{"bán tiêu 102500", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "102500"}},
		{"ban tieu 1 trieu 2 mot yen", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "120000", "unit": "yen"}},
		{"cà phê bán 40 triệu/tấn", Context{}, PriceReport, map[string]string{"commodity": "coffee", "price": "40000", "unit": "tan"}},
		{"bán cà phê 9tr8/tạ", Context{}, PriceReport, map[string]string{"commodity": "coffee", "price": "98000", "unit": "ta"}},
		{"ban ca phe 9tr8", Context{}, PriceReport, map[string]string{"commodity": "coffee", "price": "98000", "unit": "ta"}},
		{"2 yen tieu duoc 2tr8", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "140000"}},
		{"ban tieu tram mot", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "110000"}},
		{"ban tieu tram ba", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "130000"}},
		{"ban tieu tram le hai", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "102000"}},
		{"ban tieu tram ruoi", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "150000"}},
		{"ban ca phe 99 ruoi", Context{}, PriceReport, map[string]string{"commodity": "coffee", "price": "99500"}},
		{"bán cà phê bảy lăm", Context{}, PriceReport, map[string]string{"commodity": "coffee", "price": "75000"}},
		{"bán sầu riêng hai trăm ba", Context{}, PriceReport, map[string]string{"commodity": "durian", "price": "230000"}},
		{"cà phê bán một xị", Context{}, PriceReport, map[string]string{"commodity": "coffee", "price": "100000"}},
		{"tieu ban 14 chai 1 ta", Context{}, PriceReport, map[string]string{"commodity": "pepper", "price": "140000"}},
		// typing methods
		{"gias caf phee", Context{}, Price, map[string]string{"commodity": "coffee"}},
		{"gia1 ca2 phe6", Context{}, Price, map[string]string{"commodity": "coffee"}},
		{"gia bo7", Context{}, Price, map[string]string{"commodity": "avocado"}},
		{"gia bow", Context{}, Price, map[string]string{"commodity": "avocado"}},
		{"ddoongf ys mucj 2", Context{}, Vote, map[string]string{"item": "2", "stance": "yes"}},
		// villages
		{"dk bon bu prag", Context{}, Join, map[string]string{"village": "Bon Bu Prăng"}},
		{"toi o buprang", Context{}, Join, map[string]string{"village": "Bon Bu Prăng"}},
		{"dk thon 5", Context{}, Join, map[string]string{"village": "Thôn 5"}},
		{"dk buon dak nua", Context{}, Join, map[string]string{"village": "Buôn Đắk Nur"}},
	} {
		r := l.Read(c.text, c.c)
		if r.Intent != c.intent {
			t.Errorf("%q: %s, want %s", c.text, r.Intent, c.intent)
			continue
		}
		got := slots(r, c.want)
		for k, v := range c.want {
			if got[k] != v {
				t.Errorf("%q: %s %v, want %v", c.text, r.Intent, got, c.want)
				break
			}
		}
	}
}

func TestReasonsAndDoubts(t *testing.T) {
	l := compiled(t)
	for _, c := range []struct {
		text     string
		ballot   map[string]string
		priority []int
		reasons  map[string]string
		doubtful bool
	}{
		{"1d 2k vi it ruong 5d ut 5", map[string]string{"1": Yes, "2": No, "5": Yes}, []int{5}, map[string]string{"2": "it ruong"}, false},
		{"1Đ 2K vì Ít ruộng quá, 5Đ", map[string]string{"1": Yes, "2": No, "5": Yes}, nil, map[string]string{"2": "Ít ruộng quá"}, false},
		{"kdy 3 vi ton kem", map[string]string{"3": No}, nil, map[string]string{"3": "ton kem"}, false},
		{"kdy 2,3 vì xa, dy 1", map[string]string{"1": Yes, "2": No, "3": No}, nil, map[string]string{"2": "xa", "3": "xa"}, false},
		{"khong dong y vi ton tien", map[string]string{"": No}, nil, map[string]string{"": "ton tien"}, false},
		{"dy het tru 4 vi dat", map[string]string{All: Yes, "4": No}, nil, map[string]string{"4": "dat"}, false},
		{"dong y muc 1,2 con muc 3 khong", map[string]string{"1": Yes, "2": Yes, "3": No}, nil, nil, false},
		{"dong y muc 1, muc 2 khong dong y", map[string]string{"1": Yes, "2": Yes}, nil, nil, true},
		{"1d 9k", map[string]string{"1": Yes}, nil, nil, true},
		{"1d 1k", map[string]string{"1": No}, nil, nil, true},
		{"1d 2k 3", map[string]string{"1": Yes, "2": No}, nil, nil, true},
		{"ut 5 1 5", nil, []int{5, 1}, nil, true},
		{"1 y kien khac 2 khong y kien", map[string]string{"1": Other, "2": Abstain}, nil, nil, false},
		{"dy tat ca, rieng muc 3 khong", map[string]string{All: Yes, "3": No}, nil, nil, false},
	} {
		r := l.Read(c.text, open)
		if r.Intent != Vote || !maps.Equal(r.Voices(), c.ballot) || !maps.Equal(r.Reasons, c.reasons) || r.Doubtful != c.doubtful || len(r.Priority) != len(c.priority) {
			t.Errorf("%q: %s %v %v %q doubtful %v", c.text, r.Intent, r.Voices(), r.Priority, r.Reasons, r.Doubtful)
			continue
		}
		for i, n := range c.priority {
			if r.Priority[i] != n {
				t.Errorf("%q: %v", c.text, r.Priority)
			}
		}
		if r.Doubtful != (r.Ask == AskBallot) {
			t.Errorf("%q: doubtful %v, ask %q", c.text, r.Doubtful, r.Ask)
		}
	}
}

func TestTwoWishes(t *testing.T) {
	l := compiled(t)
	for _, c := range []struct {
		text   string
		intent Intent
		also   []Intent
	}{
		{"gia tieu bao nhieu, dang ky gia ca phe", Price, []Intent{Subscribe}},
		{"dong y muc 2. gia tieu bao nhieu?", Vote, []Intent{Price}},
		{"chao xa. gia tieu? cam on", Price, nil},
		{"cho hoi gia ca phe va bao gio hop thon", Price, []Intent{Officer}},
		{"tieu chet nhanh ca vuon, goi lai cho toi", Difficulty, []Intent{Officer}},
		{"kdy 3 vi ton kem, gia tieu thap", Vote, nil},
		{"ca phe rung trai, vang la", Difficulty, nil},
	} {
		r := l.Read(c.text, open)
		ok := r.Intent == c.intent && len(r.Also) == len(c.also)
		for i := range c.also {
			ok = ok && r.Also[i] == c.also[i]
		}
		if !ok {
			t.Errorf("%q: %s also %v, want %s also %v", c.text, r.Intent, r.Also, c.intent, c.also)
		}
	}
}

func TestImplausiblePricesAreAskedBack(t *testing.T) {
	l := compiled(t, Entry{Kind: KindCommodity, ID: "coffee", Names: []string{"cà phê"}, Unit: "kg", Min: 50000, Max: 150000})
	for text, implausible := range map[string]bool{
		"ban ca phe 102k":     false,
		"ban ca phe 20k":      true,
		"ban ca phe 900k":     true,
		"ban ca phe tuoi 20k": false,
		"ban mu chen 17k":     false,
		"ban mu nuoc 900k":    true,
	} {
		r := l.Read(text, Context{})
		if r.Intent != PriceReport || r.Implausible != implausible || (r.Ask == AskPrice) != implausible {
			t.Errorf("%q: %s %d implausible %v ask %q", text, r.Intent, r.Price, r.Implausible, r.Ask)
		}
	}
}
