package market

import (
	"slices"

	"github.com/google/uuid"
)

// How farmers' reports become a spread.
const (
	SpreadDays   = 7 // reports of this many days, today included
	SpreadPeople = 3 // with fewer people nothing is shown: it would be one neighbour's price

	// A report further than this many (scaled) median absolute deviations
	// from the median does not count, as Leys et al. recommend for the careful
	// choice (Detecting outliers, Journal of Experimental Social Psychology
	// 49(4), 2013, pp. 764-766). 1.4826 makes the deviation that of a normal
	// distribution.
	spreadDeviations = 3
	madScale         = 1.4826
	// The deviation is taken as at least this share of the median: when most
	// people say the very same price it would be nothing, and everybody else
	// an outlier.
	madFloor = 0.02
)

// Spread is what farmers lately said they were paid, beside the reference.
type Spread struct {
	Low, Mid, High int64 // least, median and highest of those that count, đồng per unit
	People         int   // whose word counts: one each, the latest
	Dropped        int   // people whose price was too far off to count
	Since          Day   // the day of the oldest report that counts
}

// Spread of the reports of the last SpreadDays: one (the latest) of each
// contact, at all markets. Those outside median ± 3·1.4826·MAD are dropped;
// false when fewer than SpreadPeople are left.
func (b *Board) Spread(commodity, grade string, today Day) (Spread, bool) {
	reports := b.reports[good{commodity, b.gradeID(commodity, grade)}]
	var counted []Report
	seen := make(map[uuid.UUID]bool)
	for _, r := range slices.Backward(reports) {
		if age := today.DaysSince(r.Day); age < 0 {
			continue
		} else if age >= SpreadDays {
			break
		}
		if !seen[r.Contact] {
			seen[r.Contact] = true
			counted = append(counted, r)
		}
	}
	if len(counted) < SpreadPeople {
		return Spread{}, false
	}
	amounts := make([]int64, len(counted))
	for i, r := range counted {
		amounts[i] = r.Amount
	}
	low, high := bounds(amounts)
	s := Spread{Since: today}
	amounts = amounts[:0]
	for _, r := range counted {
		if a := float64(r.Amount); a < low || a > high {
			s.Dropped++
			continue
		}
		amounts = append(amounts, r.Amount)
		s.Since = min(s.Since, r.Day)
	}
	if len(amounts) < SpreadPeople {
		return Spread{}, false
	}
	slices.Sort(amounts)
	s.Low, s.Mid, s.High, s.People = amounts[0], median(amounts), amounts[len(amounts)-1], len(amounts)
	return s, true
}

// bounds are those outside which an amount is an outlier. It sorts amounts.
func bounds(amounts []int64) (low, high float64) {
	slices.Sort(amounts)
	mid := median(amounts)
	away := make([]int64, len(amounts))
	for i, a := range amounts {
		away[i] = max(a-mid, mid-a)
	}
	slices.Sort(away)
	reach := spreadDeviations * max(madScale*float64(median(away)), madFloor*float64(mid))
	return float64(mid) - reach, float64(mid) + reach
}

// median of sorted amounts; between two, the middle rounded down.
func median(sorted []int64) int64 {
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return sorted[n/2-1] + (sorted[n/2]-sorted[n/2-1])/2
}
