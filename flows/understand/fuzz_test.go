package understand

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

var fuzzSeeds = []string{
	"", "gia cf hnay", "1d 2k vi it ruong 5d ut 5", "dy het tru 4", "ban 2 ta tieu 28tr", "tram le mot", "102k5", "1tr2", "9tr8/tạ", "100 triệu một tấn",
	"bán tiêu trăm rưỡi", "TC", "dừng", "huy", "\xff\xfe", "\u0301\u0301", "ơ̆ư̆ƀ", "d9ie62u", "gias caf phee", "1-4-7", "dy 1-", "tru tru tru", "vi vi vi",
	"thon", "bon 3", "muc", "muc 99999999999", "999999999999999999 trieu", "2 yen duoc 2tr8", "0,0,0", "1.2.3.4.5.6", "k", "đ", "?", "\n\n", "ưu tiên", "ut 1 1 1",
	"nhan cho toi khi tieu vuot 160.000", "+84 162 123 4567", "15/8/2026", "triệu", "trăm", "mươi", "rưỡi", "2 trăm", "ri6", "a\u200bb", "İ", "ﬁ", "각",
}

func FuzzRead(f *testing.F) {
	l := compiled(f, testEntries()...)
	for i, s := range fuzzSeeds {
		f.Add(s, i%14, i%2 == 0, i%9)
	}
	expects := []Expect{
		ExpectNone, ExpectChoice, ExpectYesNo, ExpectText, ExpectNumber, ExpectPrice, ExpectBallot, ExpectRanking,
		ExpectCommodity, ExpectVillage, ExpectPhone, ExpectDate, ExpectMedia, "other",
	}
	f.Fuzz(func(t *testing.T, s string, expect int, round bool, items int) {
		c := Context{Expect: expects[uint(expect)%uint(len(expects))], Consultation: round, Items: items, Options: []string{"Có", "Không", "Ý kiến khác"}}
		r := l.Read(s, c)
		if r.Text != s {
			t.Fatal("the text was changed")
		}
		if r.Confidence < 0 || r.Confidence > 1 || r.Price < 0 || r.Item < 0 || r.Option < 0 || r.Option > 3 {
			t.Fatalf("%+v", r)
		}
		if r.Intent == Vote && len(r.Voices()) == 0 && len(r.Priority) == 0 {
			t.Fatalf("a vote for nothing: %+v", r)
		}
		if items > 0 {
			for _, n := range r.Priority {
				if n < 1 || n > items {
					t.Fatalf("priority %d of %d items", n, items)
				}
			}
		}
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
		again, notes := l.Explain(s, c)
		a, _ := json.Marshal(r)
		b, _ := json.Marshal(again)
		if string(a) != string(b) {
			t.Fatalf("explained differently: %s, %s", a, b)
		}
		for _, n := range notes {
			if utf8.ValidString(s) && !utf8.ValidString(n.Note) {
				t.Fatalf("broken note %q", n.Note)
			}
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("%q folds to %q, then to %q", s, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("%q folds to broken UTF-8 %q", s, once)
		}
	})
}

func FuzzPhone(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := Phone(s)
		if err != nil {
			return
		}
		if again, err := Phone(p); err != nil || again != p {
			t.Fatalf("%q is %q, which is %q, %v", s, p, again, err)
		}
	})
}
