package market

const (
	// HeldShare is how far a farmer's report may be from the reference, as a
	// share of it, before it waits for an officer. Between farm gate and
	// market, and between two markets of Đắk Nông, it is a tenth; a quarter is
	// a slip of the keys, another grade or another unit.
	HeldShare = 0.25
	// HeldDays is how old a reference may be, at most, to be held against a
	// report; without one only the plausible range counts.
	HeldDays = 30
)

// Holds says whether an incoming report is an outlier that has to wait for an
// officer: an unknown commodity, another unit, a price outside the plausible
// range, or one more than HeldShare away from every reference of the last
// HeldDays (the report's own market's, where it has one; else of all).
func (b *Board) Holds(r Report) bool {
	c, ok := b.Commodity(r.Commodity)
	if !ok {
		return true
	}
	grade := c.gradeID(r.Grade)
	if _, ok := c.Grade(grade); !ok && len(c.Grades) > 0 {
		return true
	}
	l := c.Limits(grade)
	if r.Unit != "" && r.Unit != l.Unit || !l.Plausible(r.Amount) {
		return true
	}
	if q, ok := b.Quote(c.ID, grade, r.Market, r.Day); ok && r.Market != "" && q.AgeDays <= HeldDays {
		return far(r.Amount, q.Amount)
	}
	compared := false
	for _, q := range b.Quotes(c.ID, grade, r.Day) {
		if q.AgeDays > HeldDays {
			continue
		}
		if !far(r.Amount, q.Amount) {
			return false
		}
		compared = true
	}
	return compared
}

// far says whether amount is more than HeldShare away from reference.
func far(amount, reference int64) bool {
	return float64(max(amount-reference, reference-amount)) > HeldShare*float64(reference)
}
