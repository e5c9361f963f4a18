package policy

import (
	"fmt"
	"time"
)

// Clock is a civil time of day in minutes since midnight, 0 to 1439. In
// settings it is written "22:00".
type Clock int

const (
	hour Clock = 60
	day  Clock = 24 * hour
)

// ParseClock reads "07:00" or "7:00", from 00:00 to 23:59.
func ParseClock(text string) (Clock, error) {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("time of day %q: want hours and minutes such as 22:00", text)
	}
	return clockOf(t), nil
}

// String is the clock as ParseClock reads it: "07:00".
func (c Clock) String() string {
	c = c.inDay()
	return fmt.Sprintf("%02d:%02d", int(c/hour), int(c%hour))
}

// MarshalText writes the clock into settings.
func (c Clock) MarshalText() ([]byte, error) {
	return []byte(c.String()), nil
}

// UnmarshalText reads the clock from settings.
func (c *Clock) UnmarshalText(text []byte) error {
	parsed, err := ParseClock(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

// inDay brings a clock that was computed, not parsed, back between midnights.
func (c Clock) inDay() Clock {
	return (c%day + day) % day
}

func clockOf(t time.Time) Clock {
	return Clock(t.Hour())*hour + Clock(t.Minute())
}

// quiet reports whether here, a time in the person's own zone, is in quiet hours.
func (r Rules) quiet(here time.Time) bool {
	from, to, now := r.QuietFrom.inDay(), r.QuietTo.inDay(), clockOf(here)
	if from <= to {
		return from <= now && now < to
	}
	return now >= from || now < to
}

// nextOpening is the first QuietTo after here.
func (r Rules) nextOpening(here time.Time) time.Time {
	return r.opening(here, func(t time.Time) bool { return t.After(here) })
}

// nextDay is the first QuietTo of a later civil day than here's.
func (r Rules) nextDay(here time.Time) time.Time {
	return r.opening(here, func(t time.Time) bool { return t.After(here) && date(t) != date(here) })
}

// opening is the first QuietTo, from the day of here on, that serves, in UTC.
// Where a change of the clocks skips that minute, it is the day after.
func (r Rules) opening(here time.Time, serves func(time.Time) bool) time.Time {
	y, m, d := here.Date()
	for ; ; d++ {
		t := time.Date(y, m, d, 0, int(r.QuietTo.inDay()), 0, 0, here.Location())
		if !r.quiet(t) && serves(t) {
			return t.UTC()
		}
	}
}

func date(t time.Time) [3]int {
	y, m, d := t.Date()
	return [3]int{y, int(m), d}
}

// zone is where the person lives. Vietnam has one time, without daylight saving.
func zone(to Recipient) *time.Location {
	if to.Zone != nil {
		return to.Zone
	}
	return time.FixedZone("", 7*60*60)
}
