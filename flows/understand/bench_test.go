package understand

import "testing"

func BenchmarkRead(b *testing.B) {
	l, err := Compile(testEntries()...)
	if err != nil {
		b.Fatal(err)
	}
	for _, m := range []struct {
		name, text string
		c          Context
	}{
		{"price", "gia cf hnay", Context{}},
		{"marked", "Giá hồ tiêu tại Gia Nghĩa?", Context{}},
		{"choice", "1", Context{}},
		{"yes", "1", Context{Expect: ExpectYesNo}},
		{"stop", "TC", Context{}},
		{"report", "hôm qua nhà tôi bán tiêu giá 141k", Context{}},
		{"ballot", "1d 2k vi it ruong 5d ut 5", Context{Consultation: true, Items: 7}},
		{"difficulty", "kk tieu nha toi chet nhanh ca vuon", Context{}},
		{"village", "bon bu prag", Context{Expect: ExpectVillage}},
		{"telex", "gias caf phee hoom nay", Context{}},
		{"long", "hom nay toi muon hoi xa la gia ca phe o gia nghia bao nhieu mot ky vay, nha toi con hai tan chua ban, co nen ban luc nay khong", Context{}},
	} {
		b.Run(m.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Read(m.text, m.c)
			}
		})
	}
}

// A week of messages, as they come: how many a core reads in a second.
func BenchmarkMessages(b *testing.B) {
	l, err := Compile(testEntries()...)
	if err != nil {
		b.Fatal(err)
	}
	var texts []string
	for _, file := range []string{"testdata/fresh.tsv", "testdata/heldout.tsv"} {
		for _, m := range readLabelled(b, file) {
			texts = append(texts, m.text)
		}
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		l.Read(texts[n%len(texts)], Context{})
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
}

// How long it takes to learn from the examples, once for a process.
func BenchmarkLearn(b *testing.B) {
	for b.Loop() {
		if _, err := teach(); err != nil {
			b.Fatal(err)
		}
	}
}

// testEntries are what a commune adds: villages, a market, a word.
func testEntries() []Entry {
	return []Entry{
		{Kind: KindVillage, ID: "v1", Names: []string{"Thôn 1"}},
		{Kind: KindVillage, ID: "v3", Names: []string{"Thôn 3"}},
		{Kind: KindVillage, ID: "v5", Names: []string{"Thôn 5"}},
		{Kind: KindVillage, ID: "bp", Names: []string{"Bon Bu Prăng", "Bu Prăng A"}},
		{Kind: KindVillage, ID: "bn", Names: []string{"Bon Bu N'Drung"}},
		{Kind: KindVillage, ID: "dn", Names: []string{"Buôn Đắk Nur"}},
		{Kind: KindVillage, ID: "tl", Names: []string{"Thôn Tân Lập"}},
		{Kind: KindVillage, ID: "pt", Names: []string{"Buôn Pu Tung"}},
		{Kind: KindMarket, ID: "gn", Names: []string{"Gia Nghĩa"}},
		{Kind: KindMarket, ID: "ds", Names: []string{"Đắk Song"}},
		{Kind: KindWord, ID: "sầu riêng", Names: []string{"sầu rin"}},
	}
}
