package sample

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
)

// series is how a price went over the last two years: levels every four
// months, from 24 months ago to today, in đồng, as Đắk Nông saw them.
type series struct {
	commodity, grade string
	unit             market.Unit
	levels           [7]float64
	step             int64   // what dealers round to
	noise            float64 // of a day's price, as a share
	months           string  // months in which there is trade: "x" by month, January first
	every            int     // days between entries; 1 = every working day of the last two months
	markets          int     // at so many of the markets
}

const (
	allYear     = "xxxxxxxxxxxx"
	cashewTime  = ".xxxx......."
	durianTime  = "......xxxx.."
	rubberTime  = "x..xxxxxxxxx"
	cassavaTime = "xxxx....xxxx"
)

var priced = []series{
	{"coffee", "", market.Kilogram, [7]float64{112_000, 128_000, 117_000, 109_000, 102_000, 99_000, 101_500}, 100, 0.004, allYear, 1, 3},
	{"pepper", "", market.Kilogram, [7]float64{143_000, 152_000, 158_000, 149_000, 142_000, 144_000, 148_000}, 500, 0.005, allYear, 1, 3},
	{"cashew", "tuoi", market.Kilogram, [7]float64{28_500, 31_000, 30_000, 29_000, 31_500, 32_000, 31_000}, 500, 0.02, cashewTime, 7, 3},
	{"rubber", "", market.Degree, [7]float64{330, 345, 320, 300, 305, 298, 302}, 5, 0.01, rubberTime, 7, 2},
	{"cassava", "", market.Kilogram, [7]float64{2_300, 2_000, 1_900, 2_050, 2_200, 2_150, 2_250}, 50, 0.015, cassavaTime, 7, 3},
	{"durian", "dona-a", market.Kilogram, [7]float64{118_000, 95_000, 88_000, 105_000, 92_000, 96_000, 100_000}, 1_000, 0.03, durianTime, 3, 2},
	{"durian", "dona-b", market.Kilogram, [7]float64{95_000, 76_000, 70_000, 84_000, 74_000, 77_000, 80_000}, 1_000, 0.03, durianTime, 3, 2},
	{"durian", "dona-c", market.Kilogram, [7]float64{50_000, 39_000, 36_000, 43_000, 38_000, 40_000, 41_000}, 1_000, 0.03, durianTime, 3, 2},
	{"durian", "ri6-a", market.Kilogram, [7]float64{68_000, 54_000, 50_000, 60_000, 53_000, 55_000, 57_000}, 1_000, 0.03, durianTime, 3, 2},
}

const source = "xã hỏi đại lý, 7 giờ sáng"

// prices are 24 months of reference prices, the last of them this morning's
// (yesterday's before seven o'clock).
func prices(r *rand.Rand, now time.Time, zone *time.Location, newID func() uuid.UUID) []market.Price {
	const days = 730
	last := now.In(zone).Add(-7 * time.Hour)
	var out []market.Price
	for _, s := range priced {
		drift := 0.0
		for back := days; back >= 0; back-- {
			day := last.AddDate(0, 0, -back)
			drift = 0.9*drift + s.noise*r.NormFloat64()
			if !s.entered(day, back) {
				continue
			}
			base := s.level(float64(days-back)/days) * (1 + drift)
			for i, place := range Places()[:s.markets] {
				amount := base * (1 - 0.002*float64(i)) * (1 + 0.001*r.NormFloat64())
				out = append(out, market.Price{
					ID: newID(), Area: Code, Commodity: s.commodity, Grade: s.grade, Market: place.ID,
					Amount: int64(math.Round(amount/float64(s.step))) * s.step, Unit: s.unit,
					Day: market.DayOf(day, zone), Source: source, EnteredBy: "sample",
					EnteredAt: time.Date(day.Year(), day.Month(), day.Day(), 7, 10+i, 0, 0, zone),
				})
			}
		}
	}
	return out
}

// entered says whether someone asked for the price that day: on working days
// of the last two months where it is asked daily, else every so many days,
// and only while there is trade.
func (s series) entered(day time.Time, back int) bool {
	if s.months[day.Month()-1] == '.' {
		return false
	}
	if s.every == 1 && back <= 60 {
		return day.Weekday() != time.Sunday
	}
	return back%max(s.every, 7) == 0
}

// level interpolates between the levels; t is 0 at the start and 1 today.
func (s series) level(t float64) float64 {
	x := t * float64(len(s.levels)-1)
	i := min(int(x), len(s.levels)-2)
	return s.levels[i] + (s.levels[i+1]-s.levels[i])*(x-float64(i))
}
