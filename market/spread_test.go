package market

import "testing"

// report of contact n about ordinary coffee, days before today.
func report(n uint64, days int, amount int64, change ...func(*Report)) Report {
	day := today.Time().AddDate(0, 0, -days)
	r := Report{
		ID: id(1000 + n), Area: area, Contact: id(n), Commodity: "coffee", Amount: amount, Unit: Kilogram,
		Day: DayOf(day, day.Location()), At: day,
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func TestSpread(t *testing.T) {
	held := func(r *Report) { r.Held = true }
	for name, c := range map[string]struct {
		reports []Report
		want    Spread
	}{
		"three people":          {[]Report{report(1, 0, 99_000), report(2, 1, 101_000), report(3, 6, 100_000)}, Spread{99_000, 100_000, 101_000, 3, 0, "2026-11-16"}},
		"two people":            {[]Report{report(1, 0, 99_000), report(2, 1, 101_000)}, Spread{}},
		"two people, two times": {[]Report{report(1, 0, 99_000), report(2, 1, 101_000), report(1, 2, 98_000), report(2, 2, 98_000)}, Spread{}},
		"the latest of each":    {[]Report{report(1, 0, 99_000), report(1, 1, 90_000), report(2, 1, 101_000), report(3, 2, 100_000)}, Spread{99_000, 100_000, 101_000, 3, 0, "2026-11-20"}},
		"a week ago":            {[]Report{report(1, 0, 99_000), report(2, 1, 101_000), report(3, 7, 100_000)}, Spread{}},
		"tomorrow":              {[]Report{report(1, 0, 99_000), report(2, 1, 101_000), report(3, -1, 100_000)}, Spread{}},
		"held":                  {[]Report{report(1, 0, 99_000), report(2, 1, 101_000), report(3, 0, 100_000, held)}, Spread{}},
		"an outlier is dropped": {
			[]Report{report(1, 0, 99_000), report(2, 0, 100_000), report(3, 0, 100_500), report(4, 0, 101_000), report(5, 0, 140_000)},
			Spread{99_000, 100_250, 101_000, 4, 1, today},
		},
		"most say the same": {
			[]Report{report(1, 0, 100_000), report(2, 0, 100_000), report(3, 0, 100_000), report(4, 0, 102_000), report(5, 0, 70_000)},
			Spread{100_000, 100_000, 102_000, 4, 1, today},
		},
		"too few once the outliers are gone": {[]Report{report(1, 0, 100_000), report(2, 0, 100_100), report(3, 0, 200_000)}, Spread{}},
		"another unit": {
			[]Report{report(1, 0, 99_000), report(2, 1, 101_000), report(3, 0, 300, func(r *Report) { r.Unit = Degree })}, Spread{},
		},
		"another grade": {
			[]Report{report(1, 0, 99_000), report(2, 1, 101_000), report(3, 0, 100_000, func(r *Report) { r.Grade = "tuoi" })}, Spread{},
		},
		"the grade in words": {
			[]Report{report(1, 0, 99_000), report(2, 1, 101_000), report(3, 0, 100_000, func(r *Report) { r.Grade = "nhân xô" })},
			Spread{99_000, 100_000, 101_000, 3, 0, "2026-11-21"},
		},
		"an unknown commodity": {[]Report{report(1, 0, 99_000, func(r *Report) { r.Commodity = "gold" })}, Spread{}},
	} {
		b := NewBoard(Catalogue(), places(), nil, c.reports)
		got, ok := b.Spread("coffee", "", today)
		if ok != (c.want.People > 0) || got != c.want {
			t.Errorf("%s: %v %+v, want %+v", name, ok, got, c.want)
		}
	}
}

func TestHolds(t *testing.T) {
	b := board(
		price("2026-11-20", 100_000), price("2026-11-20", 120_000, at("dak-song")),
		price("2026-10-01", 9_000, of("passion_fruit", "")), price("2026-11-20", 100_000, of("durian", "dona-a")), price("2026-11-20", 300, of("rubber", "")),
	)
	for name, c := range map[string]struct {
		change func(*Report)
		held   bool
	}{
		"near":                              {func(*Report) {}, false},
		"a quarter above":                   {func(r *Report) { r.Market, r.Amount = "gia-nghia", 125_000 }, false},
		"more than a quarter above":         {func(r *Report) { r.Market, r.Amount = "gia-nghia", 125_001 }, true},
		"more than a quarter below":         {func(r *Report) { r.Amount = 74_999 }, true},
		"near the other market":             {func(r *Report) { r.Amount = 149_000 }, false},
		"far from its own market":           {func(r *Report) { r.Market, r.Amount = "gia-nghia", 149_000 }, true},
		"a market without a price":          {func(r *Report) { r.Market, r.Amount = "dak-lap", 149_000 }, false},
		"outside the range":                 {func(r *Report) { r.Amount = 1_000_000 }, true},
		"nothing":                           {func(r *Report) { r.Amount = 0 }, true},
		"the reference is old":              {func(r *Report) { r.Commodity, r.Amount = "passion_fruit", 40_000 }, false},
		"no reference":                      {func(r *Report) { r.Commodity, r.Amount = "cocoa", 90_000 }, false},
		"no reference, outside the range":   {func(r *Report) { r.Commodity, r.Amount = "cocoa", 9_000 }, true},
		"unknown commodity":                 {func(r *Report) { r.Commodity = "gold" }, true},
		"unknown grade":                     {func(r *Report) { r.Grade = "arabica" }, true},
		"another grade's price":             {func(r *Report) { r.Commodity, r.Grade, r.Amount = "durian", "dona", 41_000 }, true},
		"latex per kg":                      {func(r *Report) { r.Commodity, r.Amount = "rubber", 300 }, true},
		"latex per độ":                      {func(r *Report) { r.Commodity, r.Amount, r.Unit = "rubber", 310, Degree }, false},
		"a past day without reference then": {func(r *Report) { r.Day, r.Amount = "2026-11-01", 180_000 }, false},
	} {
		r := report(1, 0, 98_000, c.change)
		if got := b.Holds(r); got != c.held {
			t.Errorf("%s: held %v", name, got)
		}
	}
}
