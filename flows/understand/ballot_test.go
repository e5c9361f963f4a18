package understand

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// said writes a ballot as the examples do: "all:yes,1:no", with the order of
// priority as "ut 5,1" and a stance without an item by itself.
func (b *ballot) said() string {
	var parts []string
	if b.all != "" {
		parts = append(parts, "all:"+b.all)
	}
	for _, n := range slices.Sorted(maps.Keys(b.stances)) {
		parts = append(parts, fmt.Sprintf("%d:%s", n, b.stances[n]))
	}
	s := strings.Join(parts, ",")
	if b.bare != "" {
		s = b.bare
	}
	if len(b.priority) > 0 {
		s = strings.TrimSpace(s + " ut " + strings.Trim(strings.ReplaceAll(fmt.Sprint(b.priority), " ", ","), "[]"))
	}
	return s
}

// ballotOf reads text as a ballot, whatever its wish is.
func ballotOf(l *Lexicon, text string, c Context) ballot {
	r := newReader(l)
	r.begin(text, c)
	r.prepare()
	return r.readBallot(0, len(r.tokens))
}

func TestBallots(t *testing.T) {
	l := compiled(t, testEntries()...)
	for _, group := range []struct {
		name  string
		lines []string // text = ballot
	}{
		{"numbers and letters", []string{
			"1d 2k 3d = 1:yes,2:no,3:yes",
			"m2d m4k = 2:yes,4:no",
			"D1 D2 K3 = 1:yes,2:yes,3:no",
			"d 1 2 3 k 4 5 = 1:yes,2:yes,3:yes,4:no,5:no",
			"1y 2n 3y = 1:yes,2:no,3:yes",
			"1.co 2.khong 3.co = 1:yes,2:no,3:yes",
			"1-d 2-k = 1:yes,2:no",
			"1 co, 2 khong, 3 co = 1:yes,2:no,3:yes",
			"1,4 dy con 3 kdy = 1:yes,3:no,4:yes",
			"2d,4d,7k = 2:yes,4:yes,7:no",
			"so 3 K = 3:no",
			"muc 4 k, muc 5 d = 4:no,5:yes",
			"1 ok 2 ok 3 ko ok = 1:yes,2:yes,3:no",
		}},
		{"words before and behind", []string{
			"Bác mục 3, thuận mục 5 = 3:no,5:yes",
			"dong y muc 3 nhung muc 1 thi khong = 1:no,3:yes",
			"Đồng ý 1 với 6, còn 7 thì không = 1:yes,6:yes,7:no",
			"2 5 7 ung, 3 ko ung = 2:yes,3:no,5:yes,7:yes",
			"dieu 5 dong y, dieu 6 phan doi = 5:yes,6:no",
			"khong dong y ca 4 lan 6 = 4:no,6:no",
			"kdy 1,2; dy 3,4; con 5 khong y kien = 1:no,2:no,3:yes,4:yes,5:abstain",
			"mục 5 đồng ý, mục 4 chợ thì không, mục 1 cũng đồng ý = 1:yes,4:no,5:yes",
			"Đường với nước (mục 1, 5) đồng ý, chợ (mục 4) thì không = 1:yes,4:no,5:yes",
			"mục 4 tôi không đồng ý, còn lại các mục 1, 2, 3 thì nhất trí = 1:yes,2:yes,3:yes,4:no",
			"muc 3 thi toi ung, muc 6 thi thoi khoi = 3:yes,6:no",
			"ung muc 1 voi muc 2, muc 7 chua ung = 1:yes,2:yes,7:no",
			"mục 4 chợ thì không = 4:no",
			"m5 kdong y = 5:no",
			"yes item 2, no item 3 = 2:yes,3:no",
			"dong y muc 1, khong dong y muc 4, muc 6 khong y kien = 1:yes,4:no,6:abstain",
			"toi dong y muc 5, may muc kia chua coi = 5:yes",
			"muc 4 nha toi gio tay phan doi = 4:no",
			"đéo đồng ý cái số 4 = 4:no",
			"1 dy 2 trắng = 1:yes,2:abstain",
			"gat muc 4 ra = 4:no",
			"Tôi gạt mục 6, không cần thiết = 6:no",
			"ca hai muc 2 va 5 deu dong y = 2:yes,5:yes",
			"Mục 3 nhà tôi không trồng cà phê nên xin không có ý kiến = 3:abstain",
			"6: y khac = 6:other",
			"gạt mục 2 với mục 6 ra, còn lại tui đồng ý = all:yes,2:no,6:no",
			"toi ung ho muc 1 nhung phan doi muc 4 = 1:yes,4:no",
			"muc 2 lam cung duoc nhung uu tien muc 5 = 2:yes ut 5",
			"chi dong y muc 5 thoi con may muc kia khong = all:no,5:yes",
			"dy 1,2,3 kdy 4,5 ko yk 6 = 1:yes,2:yes,3:yes,4:no,5:no,6:abstain",
			"5. nuoc sach: dong y; 4. cho xa: khong = 4:no,5:yes",
			"em chiu muc 2 con muc 3 em khong chiu = 2:yes,3:no",
			"1 co 2 khong 3 co 4 khong = 1:yes,2:no,3:yes,4:no",
			"toi bo phieu cho muc 5 = 5:yes",
			"mục 4 thì em trung lập = 4:abstain",
		}},
		{"items in words", []string{
			"muc thu ba thi tui ung ho = 3:yes",
			"y thu nhat duoc, y thu hai khong duoc = 1:yes,2:no",
			"muc so bon thi duoc, dy = 4:yes",
			"một đồng ý hai không đồng ý ba đồng ý = 1:yes,2:no,3:yes",
			"bốn mục đầu tôi đồng ý = 1:yes,2:yes,3:yes,4:yes",
			"ba muc dau thi nhat tri = 1:yes,2:yes,3:yes",
			"ba đồng ý = yes",
			"muc5 dongy = 5:yes",
			"mục một, hai, ba đồng ý = 1:yes,2:yes,3:yes",
			"1-3 d 4-7 k = 1:yes,2:yes,3:yes,4:no,5:no,6:no,7:no",
			"nha toi dong y 2 muc la muc 1 va muc 5 = 1:yes,5:yes",
			"dong y cac muc tu 1 den 5, muc 6 va 7 khong dong y = 1:yes,2:yes,3:yes,4:yes,5:yes,6:no,7:no",
			"so bay dong y, so chin thi khong = 7:yes,9:no",
			"tu muc 1 den muc 4 dy, 5 voi 6 khong = 1:yes,2:yes,3:yes,4:yes,5:no,6:no",
			"1 den 8 dong y ngoai tru 3 = 1:yes,2:yes,3:no,4:yes,5:yes,6:yes,7:yes,8:yes",
		}},
		{"all and all but", []string{
			"cả bảy mục tôi đều đồng ý = all:yes",
			"đồng ý hết trừ mục 4 = all:yes,4:no",
			"trừ mục 3 còn lại dy = all:yes,3:no",
			"ngoài mục 4 với 6 ra thì đồng ý cả = all:yes,4:no,6:no",
			"Trừ mục 5 ra thì mục nào nhà tôi cũng đồng ý = all:yes,5:no",
			"Trừ mục 3 chưa ưng, mấy mục kia gia đình đồng ý cả = all:yes,3:no",
			"dy muc 1 thoi, tat ca muc kia khong dy = all:no,1:yes",
			"Mục nào tôi cũng đồng ý, trừ mục 6 thì không có ý kiến = all:yes,6:abstain",
			"đồng ý hết, riêng mục 2 thì không = all:yes,2:no",
			"phản đối tất tần tật, chỉ ủng hộ mỗi mục 2 = all:no,2:yes",
			"muc nao cung dy, chi 3 vs 5 la ko = all:yes,3:no,5:no",
			"dong y tru muc 3 = all:yes,3:no",
			"duoc het tru 1 voi 6 = all:yes,1:no,6:no",
			"khong dong y muc nao = all:no",
			"không mục nào là tôi không đồng ý = all:yes",
			"tán thành toàn bộ, không bỏ mục nào = all:yes",
			"mục nào e cũng hk đồng ý = all:no",
			"ko dy tat ca tru nuoc sach muc 5 = all:no,5:yes",
			"các mục đều được cả chỉ có mục 2 với mục 7 là tôi phản đối = all:yes,2:no,7:no",
			"tất cả các mục trừ mục 4 thì đồng ý = all:yes,4:no",
			"4k, con lai d het = all:yes,4:no",
			"chi muc 1 thoi, con lai khong = all:no,1:yes",
			"chỉ ưng mỗi mục 5, mấy cái kia thôi = all:no,5:yes",
			"đồng ý chỉ mục 5 = 5:yes",
			"muc 1 2 3 dong y het, 4 5 khong = 1:yes,2:yes,3:yes,4:no,5:no",
			"tất cả mục 1 2 3 đều đồng ý = 1:yes,2:yes,3:yes",
			"ngoại trừ mục 1 và 2, tôi không đồng ý mục nào = all:no,1:yes,2:yes",
			"dong y 7/7 muc = all:yes",
			"đồng ý full nha ad = all:yes",
			"Tất nhiên là đồng ý rồi = yes",
			"cả nhà tôi đồng ý = yes",
		}},
		{"priorities", []string{
			"làm mục 5 trước = ut 5",
			"ut 5 roi toi 1 = ut 5,1",
			"5 đồng ý và ưu tiên nó luôn = 5:yes ut 5",
			"mục 1 tôi đồng ý và xin làm đầu tiên = 1:yes ut 1",
			"Thứ nhất mục 7, thứ nhì mục 3 = ut 7,3",
			"nhat 5, nhi 1, ba 3 = ut 5,1,3",
			"nuoc sach (5) truoc, duong (1) sau = ut 5,1",
			"sap thu tu can lam: 3 > 1 > 5 = ut 3,1,5",
			"Mục 4 không đồng ý, làm mục 5 trước = 4:no ut 5",
			"ưu tiên số một của nhà tôi là mục 5, sau đó đến mục 3 = ut 5,3",
			"Đồng ý mục 5, làm trước luôn mục này = 5:yes ut 5",
			"dy het, ut 1 voi 5 = all:yes ut 1,5",
			"uu tien muc 2 truoc muc 5 = ut 2,5",
			"chon 3 muc lam truoc: 1, 5, 7 = ut 1,5,7",
			"nhất là mục 5, nhì là mục 1 = ut 5,1",
			"ut: 5-1-7 = ut 5,1,7",
			"Ưu tiên số một với tôi là mục 6, số hai là mục 1 = ut 6,1",
			"ut muc 3, sau do 1, cuoi la 4 = ut 3,1,4",
			"ut so 1: 5, so 2: 1 = ut 5,1",
			"đồng ý mục 2 và 3 nhưng phải làm mục 3 trước = 2:yes,3:yes ut 3",
			"so 1 la muc 5, so 2 la muc 3 = ut 5,3",
			"mục 4 để sau, làm mục 5 trước = ut 5",
			"ưu tiên 5. đồng ý hết = all:yes ut 5",
			"dong y muc 5, muc 5 la can nhat = 5:yes ut 5",
		}},
		{"what is no item", []string{
			"ho 45 thon 2 bo phieu: 1 dong y 2 dong y 7 khong = 1:yes,2:yes,7:no",
			"mn thon 3 thong nhat muc 2 = 2:yes",
			"phiếu hộ ông Tám thôn 6: 1 đồng ý, 4 đồng ý, 7 không = 1:yes,4:yes,7:no",
			"muc 3 ton 2 ty, toi khong dong y = 3:no",
			"muc 7 toi dong y 100% = 7:yes",
			"nha co 3 nguoi dong y muc 2 = 2:yes",
			"ok dong y nhe can bo = yes",
			"nha so 12 thon 2, dy het = all:yes",
			"muc 6 den duong 20 bong thi dong y = 6:yes",
			"toi dong y muc 5 vi nha toi thieu nuoc tu thang 3 den nay = 5:yes",
			"thu 7 toi hop roi, dong y muc 1 = 1:yes",
			"nha 5 nhan khau deu dong y muc 1 = 1:yes",
			"nha toi 1 phieu thuan muc 3 = 3:yes",
			"mi 2k8 = ",
			"muc 5 co xa khong a = ",
		}},
		{"negation and the last word", []string{
			"hang muc 5 ca nha khong ai chiu het = 5:no",
			"muc 5 xoa doi thi ai ma khong ung ho, toi dy = 5:yes",
			"khong phai toi khong dong y muc 2, toi dong y = 2:yes",
			"Sửa phiếu: mục 6 từ không thành đồng ý = 6:yes",
			"3 từ đồng ý thành không đồng ý, 4 từ không đồng ý thành đồng ý = 3:no,4:yes",
			"sua phieu giup: 3 la K chu khong phai D = 3:no",
			"hôm qua nhắn không đồng ý mục 4, nay nhà tôi bàn lại rồi, đồng ý = 4:yes",
			"muc 4 dong y cung duoc, khong cung duoc = 4:abstain",
			"nỏ ưng mục 2 = 2:no",
			"khong phai muc 2 ma muc 3 moi dong y = 3:yes",
			"trước em đồng ý mục 3 nhưng giờ nghĩ lại thì không = 3:no",
			"muc 6 lam sao ma dong y duoc = 6:no",
			"muc 4 toi khong phan doi = 4:yes",
			"khong phan doi muc nao = all:yes",
			"mục 6 chưa hẳn đồng ý = 6:no",
			"chẳng ai đồng ý mục 3 = 3:no",
		}},
	} {
		for _, line := range group.lines {
			text, want, _ := strings.Cut(line, " = ")
			if b := ballotOf(l, text, Context{}); b.said() != want {
				t.Errorf("%s: %q: %s, want %s", group.name, text, b.said(), want)
			}
		}
	}
}

// Who is unsure is read what was understood.
func TestDoubtfulBallots(t *testing.T) {
	l := compiled(t)
	for text, doubtful := range map[string]bool{
		"1d 2k 5d ut 5":                      false,
		"dong y muc 3 nhung muc 1 thi khong": false,
		"đồng ý hết, riêng mục 2 thì không":  false,
		"1d 2k 3": true,
		"Sửa phiếu: mục 6 từ không thành đồng ý": true,
		"không phải tôi không đồng ý mục 2":      true,
		"1d 2k a nham 2d": true,
		"bo phieu muc 1":  true,
		"muc 4 dong y cung duoc, khong cung duoc gi": true,
		"khong muc nao la toi khong dong y":          true,
		"truoc dong y muc 3 gio khong dong y nua":    true,
	} {
		if b := ballotOf(l, text, open); b.doubtful != doubtful {
			t.Errorf("%q: %s, doubtful %v", text, b.said(), b.doubtful)
		}
	}
}
