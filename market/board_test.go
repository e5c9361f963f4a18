package market

import (
	"slices"
	"testing"
	"time"
)

func board(prices ...Price) *Board { return NewBoard(Catalogue(), places(), prices, nil) }

func TestQuote(t *testing.T) {
	replaced := price("2026-11-22", 999_000)
	replaced.Replaced = true
	b := board(
		price("2026-11-22", 101_800), price("2026-11-21", 101_300), price("2026-11-10", 99_000), replaced,
		price("2026-11-20", 101_500, at("dak-song")),
		price("2026-09-01", 20_000, of("coffee", "tuoi")), price("2026-09-05", 21_000, of("coffee", "tuoi"), at("dak-lap")),
		price("2026-11-01", 6_500, of("maize", ""), at("dak-song")),
		price("2026-08-01", 150_000, of("pepper", ""), at("gia-nghia")), price("2026-11-02", 148_000, of("pepper", "den"), at("dak-lap")),
	)
	for name, c := range map[string]struct {
		commodity, grade, place string
		today                   Day
		market                  string
		amount, change          int64
		age                     int
	}{
		"first by rank":                       {"coffee", "", "", today, "gia-nghia", 101_800, 500, 0},
		"at a place":                          {"coffee", "nhan", "dak-song", today, "dak-song", 101_500, 0, 2},
		"on a day before":                     {"coffee", "", "", "2026-11-21", "gia-nghia", 101_300, 2_300, 0},
		"between two days":                    {"coffee", "", "gia-nghia", "2026-11-15", "gia-nghia", 99_000, 0, 5},
		"before all":                          {"coffee", "", "gia-nghia", "2026-11-09", "", 0, 0, 0},
		"the fresh one before the first":      {"pepper", "", "", today, "dak-lap", 148_000, 0, 20},
		"the newest when all are old":         {"coffee", "tươi", "", today, "dak-lap", 21_000, 0, 78},
		"no grades":                           {"maize", "", "", today, "dak-song", 6_500, 0, 21},
		"a place without":                     {"maize", "", "gia-nghia", today, "", 0, 0, 0},
		"a place unheard of":                  {"maize", "", "paris", today, "", 0, 0, 0},
		"unheard of":                          {"gold", "", "", today, "", 0, 0, 0},
		"a grade unheard of":                  {"coffee", "arabica", "", today, "", 0, 0, 0},
		"stored without its grade, found by":  {"pepper", "den", "gia-nghia", "2026-08-01", "gia-nghia", 150_000, 0, 0},
		"asked without its grade, found by":   {"pepper", "tiêu đen", "dak-lap", "2026-11-02", "dak-lap", 148_000, 0, 0},
		"45 days are fresh":                   {"pepper", "", "", "2026-09-15", "gia-nghia", 150_000, 0, 45},
		"46 days are not, and there is other": {"coffee", "", "", "2027-01-06", "gia-nghia", 101_800, 500, 45},
	} {
		q, ok := b.Quote(c.commodity, c.grade, c.place, c.today)
		if ok != (c.amount != 0) || q.Amount != c.amount || q.Market != c.market || q.Change != c.change || q.AgeDays != c.age {
			t.Errorf("%s: %v %+v", name, ok, q)
		}
		if (q.Previous != nil) != (c.change != 0) {
			t.Errorf("%s: previous %+v", name, q.Previous)
		}
	}
}

func TestQuotesAndLatest(t *testing.T) {
	b := board(
		price("2026-11-22", 101_800), price("2026-11-20", 101_500, at("dak-song")), price("2026-11-23", 1, at("dak-lap")),
		price("2026-11-19", 100_000, of("durian", "dona-a")), price("2026-11-19", 41_000, of("durian", "dona-c")),
		price("2026-11-18", 80_000, of("durian", "dona-b"), at("dak-song")), price("2026-11-18", 6_500, of("maize", "")),
	)
	var got []string
	for _, q := range b.Quotes("coffee", "", today) {
		got = append(got, q.Market)
	}
	for _, q := range b.Latest("durian", today) {
		got = append(got, q.Grade)
	}
	for _, q := range b.Latest("maize", today) {
		got = append(got, q.Commodity)
	}
	if want := []string{"gia-nghia", "dak-song", "dona-a", "dona-b", "dona-c", "maize"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if b.Latest("rice", today) != nil && len(b.Latest("rice", today)) != 0 || b.Latest("gold", today) != nil || b.Latest("urea", today) != nil {
		t.Error("there is nothing to say")
	}
}

func TestBoardKnows(t *testing.T) {
	b := board(price("2026-11-22", 101_800), price("2026-11-22", 90_000, at("chợ cũ")))
	if !b.Known("coffee") || b.Known("gold") || len(b.Commodities()) != len(Catalogue()) {
		t.Error("commodities")
	}
	if c, ok := b.Commodity("durian"); !ok || c.Name != "sầu riêng" {
		t.Error(c)
	}
	if _, ok := b.Commodity("gold"); ok {
		t.Error("gold")
	}
	if p, ok := b.Place("gia-nghia"); !ok || p.Name != "Gia Nghĩa" {
		t.Error(p)
	}
	if _, ok := b.Place("paris"); ok {
		t.Error("paris")
	}
	if all := b.Places(); len(all) != 4 || all[0].ID != "gia-nghia" || all[3].ID != "chợ cũ" {
		t.Errorf("places %+v", all)
	}
}

func TestHistory(t *testing.T) {
	second := price("2026-11-20", 101_000)
	second.EnteredAt = noon
	b := board(second, price("2026-11-22", 101_800), price("2026-11-20", 100_000), price("2026-11-21", 101_300))
	var got []int64
	for _, p := range b.History("coffee", "", "gia-nghia") {
		got = append(got, p.Amount)
	}
	if !slices.Equal(got, []int64{101_000, 101_300, 101_800}) {
		t.Errorf("history %v", got)
	}
	if len(b.History("coffee", "tuoi", "gia-nghia")) != 0 {
		t.Error("grades are never mixed")
	}
}

func TestNearby(t *testing.T) {
	b := board(
		price("2026-07-01", 20_000, of("coffee", "nhan")), price("2026-11-20", 21_000, of("coffee", "tuoi"), at("dak-song")),
		price("2026-11-20", 148_000, of("pepper", "")), price("2026-01-01", 6_500, of("maize", "")),
		price("2026-11-20", 11_000, of("urea", "")),
	)
	n := b.Nearby("coffee", today)
	if len(n.Elsewhere) != 2 || n.Elsewhere[0].Grade != "tuoi" || n.Elsewhere[1].Fresh() {
		t.Errorf("elsewhere %+v", n.Elsewhere)
	}
	if len(n.Commodities) != 1 || n.Commodities[0].ID != "pepper" {
		t.Errorf("others %+v", n.Commodities)
	}
	if n := b.Nearby("npk", today); len(n.Elsewhere) != 0 || len(n.Commodities) != 1 || n.Commodities[0].ID != "urea" {
		t.Errorf("inputs %+v", n)
	}
	if n := b.Nearby("gold", today); len(n.Elsewhere) != 0 || len(n.Commodities) != 2 {
		t.Errorf("gold %+v", n)
	}
}

func TestEmptyBoard(t *testing.T) {
	b := NewBoard(nil, nil, nil, nil)
	if _, ok := b.Quote("coffee", "", "", today); ok {
		t.Error("quote")
	}
	if _, ok := b.Spread("coffee", "", today); ok {
		t.Error("spread")
	}
	if n := b.Nearby("coffee", today); n.Elsewhere != nil || n.Commodities != nil {
		t.Error("nearby")
	}
	if !b.Holds(Report{Commodity: "coffee", Amount: 100_000, Day: today}) {
		t.Error("an unknown commodity waits")
	}
}

func TestReadGrade(t *testing.T) {
	goods := map[string]Commodity{}
	for _, c := range Catalogue() {
		goods[c.ID] = c
	}
	for _, c := range []struct {
		commodity, said string
		want            []string
	}{
		{"coffee", "", []string{"nhan"}},
		{"coffee", "tuoi", []string{"tuoi"}},
		{"coffee", "Tươi", []string{"tuoi"}},
		{"coffee", "quả tươi", []string{"tuoi"}},
		{"durian", "dona", []string{"dona-a", "dona-b", "dona-c"}},
		{"durian", "monthong", []string{"dona-a", "dona-b", "dona-c"}},
		{"durian", "ri6", []string{"ri6-a", "ri6-b", "ri6-c"}},
		{"durian", "a", []string{"dona-a", "ri6-a"}},
		{"durian", "loại C", []string{"dona-c", "ri6-c"}},
		{"durian", "Dona C", []string{"dona-c"}},
		{"durian", "musang king", nil},
		{"rubber", "mủ chén", []string{"chen"}},
		{"maize", "", nil},
		{"maize", "tươi", nil},
		{"avocado", "034", []string{"034"}},
		{"coffee", "!!", nil},
	} {
		var got []string
		for _, g := range goods[c.commodity].ReadGrade(c.said) {
			got = append(got, g.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %q: %v, want %v", c.commodity, c.said, got, c.want)
		}
	}
	if l := goods["rubber"].Limits("chen"); l.Unit != Kilogram || l.Min != 5_000 {
		t.Errorf("limits %+v", l)
	}
	if l := goods["rubber"].Limits(""); l.Unit != Degree || !l.Plausible(300) || l.Plausible(30_000) || l.Plausible(0) {
		t.Errorf("limits %+v", l)
	}
}

func TestDays(t *testing.T) {
	if got := DayOf(time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC), time.FixedZone("+07", 25200)); got != "2026-11-23" {
		t.Errorf("DayOf = %s", got)
	}
	if got := Day("2026-03-01").DaysSince("2026-02-27"); got != 2 {
		t.Errorf("DaysSince = %d", got)
	}
	if !Day("x").Time().IsZero() {
		t.Error("no date")
	}
}

func BenchmarkQuote(b *testing.B) {
	var prices []Price
	for day := noon.AddDate(-2, 0, 0); !day.After(noon); day = day.AddDate(0, 0, 1) {
		for _, p := range places() {
			prices = append(prices, price(DayOf(day, time.UTC), 100_000, at(p.ID)))
		}
	}
	board := board(prices...)
	b.ReportAllocs()
	for b.Loop() {
		board.Quote("coffee", "", "", today)
	}
}
