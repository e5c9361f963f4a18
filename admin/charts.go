package admin

import (
	"strconv"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// dayChart is bars by day, laid out for an SVG of Width × Height.
type dayChart struct {
	Width, Height int
	Bars          []dayBar
	Most          int
}

type dayBar struct {
	X, Y, W, H, Middle int
	Count              int
	Label              string // of the axis; "" = none
	Day                string // in full
}

// chartDays lays out a number for each day.
func chartDays(days []storage.DayCount, lang string) dayChart {
	const step, bar, tall = 34, 24, 96
	c := dayChart{Width: step * len(days), Height: tall + 38}
	for _, d := range days {
		c.Most = max(c.Most, d.Count)
	}
	for i, d := range days {
		h := 0
		if c.Most > 0 {
			h = (d.Count*tall + c.Most - 1) / c.Most
		}
		b := dayBar{X: i*step + (step-bar)/2, Y: 16 + tall - h, W: bar, H: h, Middle: i*step + step/2, Count: d.Count, Day: dayOf(lang, d.Day)}
		if t := d.Day.Time(); i%2 == (len(days)-1)%2 {
			b.Label = strconv.Itoa(t.Day()) + "/" + strconv.Itoa(int(t.Month()))
		}
		c.Bars = append(c.Bars, b)
	}
	return c
}

// stanceBar is one item's stances as a bar of 1,000 units.
type stanceBar struct {
	Parts []stancePart
	Sum   int
}

type stancePart struct {
	Stance planning.Stance
	X, W   int
	Count  int
	Share  planning.Share
}

// barOf lays out a tally; a stance that nobody took has no part.
func barOf(t planning.Tally) stanceBar {
	const whole = 1000
	b := stanceBar{Sum: t.Sum()}
	done := 0
	for _, s := range planning.Stances {
		n := t.Of(s)
		if n == 0 {
			continue
		}
		from := done * whole / b.Sum
		done += n
		b.Parts = append(b.Parts, stancePart{s, from, done*whole/b.Sum - from, n, planning.Share{Count: n, Total: b.Sum, Of: planning.OfHouseholdsHeard}})
	}
	return b
}

// priceLine is a price over time, laid out for an SVG.
type priceLine struct {
	Width, Height      int
	Points             string // of a polyline
	Low, High          int64
	From, To           market.Day
	LastX, LastY       int
	HighY, LowY, Right int
}

// chartPrices lays out prices, oldest first; nil when there are fewer than two.
func chartPrices(prices []market.Price) *priceLine {
	if len(prices) < 2 {
		return nil
	}
	const width, height, top, side = 640, 170, 14, 4
	l := &priceLine{Width: width, Height: height, Low: prices[0].Amount, High: prices[0].Amount, From: prices[0].Day, To: prices[len(prices)-1].Day, Right: width - side}
	for _, p := range prices {
		l.Low, l.High = min(l.Low, p.Amount), max(l.High, p.Amount)
	}
	days := max(1, l.To.DaysSince(l.From))
	spread := max(1, l.High-l.Low)
	y := func(amount int64) int { return top + int((l.High-amount)*int64(height-2*top)/spread) }
	for i, p := range prices {
		x := side + p.Day.DaysSince(l.From)*(width-2*side)/days
		if i > 0 {
			l.Points += " "
		}
		l.Points += strconv.Itoa(x) + "," + strconv.Itoa(y(p.Amount))
		l.LastX, l.LastY = x, y(p.Amount)
	}
	l.HighY, l.LowY = y(l.High), y(l.Low)
	return l
}
