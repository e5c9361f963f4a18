package market

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

func entry(change ...func(*Entry)) Entry {
	e := Entry{
		Area: area, Commodity: "coffee", Market: "gia-nghia", Amount: 101_800, Day: today,
		Source: "xã hỏi đại lý, 7h sáng", By: "lan",
	}
	for _, c := range change {
		c(&e)
	}
	return e
}

func TestRecordPrice(t *testing.T) {
	yesterday := price("2026-11-21", 101_300)
	for name, c := range map[string]struct {
		change func(*Entry)
		err    error
		want   int64
		grade  string
		unit   Unit
		warns  bool
	}{
		"ordinary grade":              {func(*Entry) {}, nil, 101_800, "nhan", Kilogram, false},
		"named grade":                 {func(e *Entry) { e.Grade, e.Amount = "tuoi", 20_000 }, nil, 20_000, "tuoi", Kilogram, false},
		"per tạ":                      {func(e *Entry) { e.Amount, e.Unit = 10_180_050, "tạ" }, nil, 101_801, "nhan", Kilogram, false},
		"per tấn":                     {func(e *Entry) { e.Amount, e.Unit = 101_800_000, "tan" }, nil, 101_800, "nhan", Kilogram, false},
		"latex per độ":                {func(e *Entry) { e.Commodity, e.Amount, e.Unit = "rubber", 310, Degree }, nil, 310, "nuoc", Degree, false},
		"cup lump per kg":             {func(e *Entry) { e.Commodity, e.Grade, e.Amount = "rubber", "chen", 17_000 }, nil, 17_000, "chen", Kilogram, false},
		"no grades":                   {func(e *Entry) { e.Commodity, e.Amount = "maize", 6_800 }, nil, 6_800, "", Kilogram, false},
		"a jump is stored and warned": {func(e *Entry) { e.Amount = 125_000 }, nil, 125_000, "nhan", Kilogram, true},
		"confirmed above the range":   {func(e *Entry) { e.Amount, e.Confirmed = 260_000, true }, nil, 260_000, "nhan", Kilogram, true},

		"no commune":           {func(e *Entry) { e.Area = "" }, ErrArea, 0, "", "", false},
		"unknown commodity":    {func(e *Entry) { e.Commodity = "gold" }, ErrCommodity, 0, "", "", false},
		"unknown grade":        {func(e *Entry) { e.Grade = "dona-a" }, ErrGrade, 0, "", "", false},
		"grade of none":        {func(e *Entry) { e.Commodity, e.Grade = "maize", "a" }, ErrGrade, 0, "", "", false},
		"unknown market":       {func(e *Entry) { e.Market = "paris" }, ErrMarket, 0, "", "", false},
		"nothing":              {func(e *Entry) { e.Amount = 0 }, ErrAmount, 0, "", "", false},
		"below nothing":        {func(e *Entry) { e.Amount = -5 }, ErrAmount, 0, "", "", false},
		"beyond counting":      {func(e *Entry) { e.Amount = 1 << 60 }, ErrAmount, 0, "", "", false},
		"less than half a đ":   {func(e *Entry) { e.Amount, e.Unit = 400, "tấn" }, ErrAmount, 0, "", "", false},
		"latex per kg":         {func(e *Entry) { e.Commodity, e.Amount, e.Unit = "rubber", 310, Kilogram }, ErrUnit, 0, "", "", false},
		"coffee per độ":        {func(e *Entry) { e.Unit = Degree }, ErrUnit, 0, "", "", false},
		"per head":             {func(e *Entry) { e.Unit = "con" }, ErrUnit, 0, "", "", false},
		"no date":              {func(e *Entry) { e.Day = "2026-02-30" }, ErrDay, 0, "", "", false},
		"tomorrow":             {func(e *Entry) { e.Day = "2026-11-23" }, ErrFuture, 0, "", "", false},
		"no source":            {func(e *Entry) { e.Source = "  " }, ErrSource, 0, "", "", false},
		"a digit too many":     {func(e *Entry) { e.Amount = 1_018_000 }, ErrImplausible, 0, "", "", false},
		"a digit too few":      {func(e *Entry) { e.Amount = 10_180 }, ErrImplausible, 0, "", "", false},
		"above the range":      {func(e *Entry) { e.Amount = 260_000 }, ErrImplausible, 0, "", "", false},
		"the day has a price":  {func(e *Entry) { e.Day = yesterday.Day }, ErrExists, 0, "", "", false},
		"replaces none":        {func(e *Entry) { e.Replaces, e.Note = id(99), "sai" }, ErrNoPrice, 0, "", "", false},
		"correction, no words": {func(e *Entry) { e.Replaces = yesterday.ID }, ErrNote, 0, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			s, m := newService(t, yesterday)
			p, w, err := s.RecordPrice(t.Context(), entry(c.change))
			if !errors.Is(err, c.err) || (c.err == nil) != (err == nil) {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			if err != nil {
				if len(m.prices) != 1 {
					t.Error("something was stored")
				}
				if errors.Is(c.err, ErrExists) && p.ID != yesterday.ID {
					t.Error("the price that stands was not returned")
				}
				return
			}
			if p.Amount != c.want || p.Grade != c.grade || p.Unit != c.unit || w.Zero() == c.warns {
				t.Errorf("got %+v, warning %+v", p, w)
			}
			if p.ID == uuid.Nil || !p.EnteredAt.Equal(noon) || p.EnteredBy != "lan" || m.prices[1] != p {
				t.Errorf("stored %+v", m.prices[1])
			}
		})
	}
}

// A typo within the plausible range is seen beside the price before: 11,000
// for 98,000 đồng of a crop that may cost either.
func TestTypoWithinRange(t *testing.T) {
	s, _ := newService(t, price("2026-11-20", 9_000, of("passion_fruit", "")), price("2026-06-01", 45_000, of("passion_fruit", ""), at("dak-song")))
	e := entry(func(e *Entry) { e.Commodity, e.Amount = "passion_fruit", 90_000 })
	_, _, err := s.RecordPrice(t.Context(), e)
	if !errors.Is(err, ErrImplausible) {
		t.Fatalf("error %v", err)
	}
	if p := (*Problem)(nil); !errors.As(err, &p) || !strings.Contains(p.Text("vi"), "9.000") || !strings.Contains(p.Text("en"), "90.000") {
		t.Errorf("words %v", err)
	}
	e.Confirmed = true
	if _, w, err := s.RecordPrice(t.Context(), e); err != nil || w.Zero() || w.Text("vi") == w.Text("en") {
		t.Errorf("confirmed: %v, %v", w, err)
	}
}

// What day it is is decided in the commune: at 18:00 UTC it is tomorrow there.
func TestTodayIsTheCommunes(t *testing.T) {
	s, _ := newService(t)
	s.now = func() time.Time { return noon.Add(13 * time.Hour) }
	e := entry(func(e *Entry) { e.Day = "2026-11-23" })
	if _, _, err := s.RecordPrice(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	e.Commodity, e.Amount = "pepper", 148_000
	s.Zone = func(string) *time.Location { return time.UTC }
	if _, _, err := s.RecordPrice(t.Context(), e); !errors.Is(err, ErrFuture) {
		t.Fatal(err)
	}
}

func TestCorrectPrice(t *testing.T) {
	old := price("2026-11-21", 110_300)
	s, m := newService(t, old)
	p, err := s.CorrectPrice(t.Context(), area, old.ID, 101_300, "gõ nhầm", "minh")
	if err != nil {
		t.Fatal(err)
	}
	if p.Amount != 101_300 || p.Replaces != old.ID || p.Note != "gõ nhầm" || p.EnteredBy != "minh" || p.Day != old.Day || p.Source != old.Source {
		t.Errorf("corrected %+v", p)
	}
	if len(m.prices) != 2 || !m.prices[0].Replaced || m.prices[0].Amount != 110_300 {
		t.Errorf("history %+v", m.prices)
	}
	for name, c := range map[string]struct {
		area   string
		id     uuid.UUID
		amount int64
		note   string
		err    error
	}{
		"corrected before": {area, old.ID, 101_400, "lại", ErrReplaced},
		"of no price":      {area, id(77), 101_400, "lại", ErrNoPrice},
		"of the zero id":   {area, uuid.Nil, 101_400, "lại", ErrNoPrice},
		"of another place": {"quang-tin", p.ID, 101_400, "lại", ErrNoPrice},
		"of no commune":    {"", p.ID, 101_400, "lại", ErrArea},
		"without words":    {area, p.ID, 101_400, " ", ErrNote},
		"out of the range": {area, p.ID, 1_014_000, "lại", ErrImplausible},
		"nothing":          {area, p.ID, 0, "lại", ErrAmount},
	} {
		if _, err := s.CorrectPrice(t.Context(), c.area, c.id, c.amount, c.note, "minh"); !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if again, err := s.CorrectPrice(t.Context(), area, p.ID, 101_400, "đại lý báo lại", "minh"); err != nil || again.Replaces != p.ID {
		t.Errorf("a correction of a correction: %+v, %v", again, err)
	}
	// An outlier that is true is corrected to by RecordPrice, confirmed.
	last := m.prices[len(m.prices)-1]
	e := entry(func(e *Entry) {
		e.Day, e.Amount, e.Replaces, e.Note, e.Confirmed = last.Day, 300_000, last.ID, "đúng vậy", true
	})
	if _, _, err := s.RecordPrice(t.Context(), e); err != nil {
		t.Error(err)
	}
}

func TestStoreErrorsAreKept(t *testing.T) {
	s, m := newService(t)
	m.fail = errors.New("disk full")
	if _, _, err := s.RecordPrice(t.Context(), entry()); !errors.Is(err, m.fail) {
		t.Error(err)
	}
	if err := s.SavePlace(t.Context(), Place{Area: area, ID: "x", Name: "X"}); !errors.Is(err, m.fail) {
		t.Error(err)
	}
	if err := s.HoldReport(t.Context(), area, id(5), true); !errors.Is(err, errMissing) {
		t.Error(err)
	}
}

// Two officers enter the same day at once: one price stands.
func TestOnePriceADay(t *testing.T) {
	s, m := newService(t)
	var wg sync.WaitGroup
	refused := make(chan error, 16)
	for range cap(refused) {
		wg.Go(func() {
			if _, _, err := s.RecordPrice(t.Context(), entry()); err != nil {
				refused <- err
			}
		})
	}
	wg.Wait()
	close(refused)
	n := 0
	for err := range refused {
		n++
		if !errors.Is(err, ErrExists) {
			t.Error(err)
		}
	}
	if n != 15 || len(m.prices) != 1 {
		t.Errorf("%d refused, %d stored", n, len(m.prices))
	}
}

func TestSavePlaceAndCommodity(t *testing.T) {
	s, m := newService(t)
	for _, c := range []struct {
		p   Place
		err error
	}{
		{Place{Area: area, ID: "bmt", Name: " Buôn Ma Thuột "}, nil},
		{Place{ID: "bmt", Name: "Buôn Ma Thuột"}, ErrArea},
		{Place{Area: area, ID: "Buôn", Name: "Buôn Ma Thuột"}, ErrName},
		{Place{Area: area, ID: "bmt"}, ErrName},
	} {
		if err := s.SavePlace(t.Context(), c.p); !errors.Is(err, c.err) {
			t.Errorf("%+v: %v", c.p, err)
		}
	}
	if got := m.places[len(m.places)-1].Name; got != "Buôn Ma Thuột" {
		t.Errorf("name %q", got)
	}
	tea := Commodity{ID: "tea", Name: "chè", Unit: Kilogram, Min: 5_000, Max: 60_000}
	for name, c := range map[string]struct {
		change func(*Commodity)
		err    error
	}{
		"good":               {func(*Commodity) {}, nil},
		"no id":              {func(c *Commodity) { c.ID = "" }, ErrName},
		"no name":            {func(c *Commodity) { c.Name = " " }, ErrName},
		"per tạ":             {func(c *Commodity) { c.Unit = "ta" }, ErrUnit},
		"upside down":        {func(c *Commodity) { c.Min = 70_000 }, ErrAmount},
		"a grade twice":      {func(c *Commodity) { c.Grades = []Grade{{ID: "a", Name: "A"}, {ID: "a", Name: "A"}} }, ErrName},
		"a grade's unit":     {func(c *Commodity) { c.Grades = []Grade{{ID: "a", Name: "A", Unit: "bao"}} }, ErrUnit},
		"a grade's own max":  {func(c *Commodity) { c.Grades = []Grade{{ID: "a", Name: "A", Max: 100}} }, ErrAmount},
		"a grade, all right": {func(c *Commodity) { c.Grades = []Grade{{ID: "a", Name: "A", Max: 100_000}} }, nil},
	} {
		x := tea
		c.change(&x)
		if err := s.SaveCommodity(t.Context(), area, x); !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.SaveCommodity(t.Context(), "", tea); !errors.Is(err, ErrArea) {
		t.Error(err)
	}
}

func TestHoldReport(t *testing.T) {
	s, m := newService(t)
	m.reports = []Report{{ID: id(1), Area: area, Held: true}}
	if err := s.HoldReport(t.Context(), area, id(1), false); err != nil || m.reports[0].Held {
		t.Errorf("%v, %+v", err, m.reports)
	}
	if err := s.HoldReport(t.Context(), "", id(1), false); !errors.Is(err, ErrArea) {
		t.Error(err)
	}
}

func TestProblemsSpeak(t *testing.T) {
	p := ErrMarket.saying("Không rõ chợ «%[1]s».", "Unknown market “%[1]s”.", "x")
	if p.Text("vi") != "Không rõ chợ «x»." || p.Text("en") != "Unknown market “x”." || p.Text("fr") != p.VI || p.Error() != "market: "+p.EN {
		t.Errorf("%+v", p)
	}
	if !errors.Is(p, ErrMarket) || errors.Is(p, ErrGrade) || errors.Is(p, errMissing) {
		t.Error("problems are told apart by code")
	}
}
