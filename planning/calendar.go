package planning

import (
	"slices"
	"strings"
	"time"
)

// Holiday is a weekday off for everyone.
type Holiday struct {
	Day       string // "2006-01-02"
	Name      string
	NameEN    string
	Confirmed bool // fixed by law; else to be checked against the yearly notice
}

// closing is the hour at which an answer due on a day is due.
const closing = 17

// Holidays are the public holidays of Vietnam in a year, by day, as far as
// they are known here: those of a fixed date in any year (Labour Code 2019,
// Art. 112), Tết and the Hùng Kings' day from 2026 to 2028. What the
// government announces each year (Tết, the second day of the National Day,
// days off in exchange) is not Confirmed: a commune passes its own list to
// DueAfter when the announcement says otherwise. A holiday on a Saturday or
// Sunday is made good on the next working day (Art. 111.3).
func Holidays(year int) []Holiday {
	var list []Holiday
	add := func(month time.Month, day, days int, name, en string, confirmed bool) {
		first := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		for i := range days {
			list = append(list, Holiday{first.AddDate(0, 0, i).Format(time.DateOnly), name, en, confirmed})
		}
	}
	add(time.January, 1, 1, "Tết Dương lịch", "New Year", true)
	switch year { // Tết: the last day of the old year and four of the new; 10/3 by the moon
	case 2026:
		add(time.February, 16, 5, "Tết Nguyên đán", "Tết", false)
		add(time.April, 26, 1, "Giỗ Tổ Hùng Vương", "Hùng Kings' Day", false)
	case 2027:
		add(time.February, 5, 5, "Tết Nguyên đán", "Tết", false)
		add(time.April, 16, 1, "Giỗ Tổ Hùng Vương", "Hùng Kings' Day", false)
	case 2028:
		add(time.January, 25, 5, "Tết Nguyên đán", "Tết", false)
		add(time.April, 4, 1, "Giỗ Tổ Hùng Vương", "Hùng Kings' Day", false)
	}
	add(time.April, 30, 1, "Ngày Chiến thắng", "Reunification Day", true)
	add(time.May, 1, 1, "Quốc tế Lao động", "Labour Day", true)
	add(time.September, 1, 1, "Quốc khánh (ngày liền kề)", "National Day (the day beside)", false)
	add(time.September, 2, 1, "Quốc khánh", "National Day", true)
	if year >= 2026 { // chosen by Resolution 80-NQ/TW of 7 January 2026; the Labour Code is yet to follow
		add(time.November, 24, 1, "Ngày Văn hóa Việt Nam", "Vietnam Culture Day", false)
	}
	return madeGood(list)
}

// madeGood adds the next working day for each holiday at a weekend.
func madeGood(list []Holiday) []Holiday {
	byDay := func(x, y Holiday) int { return strings.Compare(x.Day, y.Day) }
	slices.SortFunc(list, byDay)
	off := make(map[string]bool, len(list))
	for _, h := range list {
		off[h.Day] = true
	}
	for _, h := range list {
		day, err := time.Parse(time.DateOnly, h.Day)
		if err != nil || !weekend(day) {
			continue
		}
		for weekend(day) || off[day.Format(time.DateOnly)] {
			day = day.AddDate(0, 0, 1)
		}
		h.Day, h.Name, h.NameEN, h.Confirmed = day.Format(time.DateOnly), h.Name+" (nghỉ bù)", h.NameEN+" (in lieu)", false
		off[h.Day] = true
		list = append(list, h)
	}
	slices.SortFunc(list, byDay)
	return list
}

// DueAfter is when something promised within so many working days of t is
// due: at the end of office hours (17:00 in loc) of the last of them. The day
// of t itself does not count; with no working days it is due that day, or the
// next working day when that one is over or off. Working days are Monday to
// Friday but for holidays: those given, exactly, or those of Holidays when
// none are.
func DueAfter(t time.Time, workingDays int, loc *time.Location, holidays ...Holiday) time.Time {
	local := t.In(loc)
	off := map[string]bool{}
	known := map[int]bool{}
	for _, h := range holidays {
		off[h.Day] = true
	}
	works := func(day time.Time) bool {
		if y := day.Year(); len(holidays) == 0 && !known[y] {
			known[y] = true
			for _, h := range Holidays(y) {
				off[h.Day] = true
			}
		}
		return !weekend(day) && !off[day.Format(time.DateOnly)]
	}
	// Days are counted at noon UTC, which no change of clocks can move.
	day := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, time.UTC)
	end := func() time.Time { return time.Date(day.Year(), day.Month(), day.Day(), closing, 0, 0, 0, loc) }
	if workingDays <= 0 {
		if works(day) && !t.After(end()) {
			return end()
		}
		workingDays = 1
	}
	for left := workingDays; left > 0; {
		day = day.AddDate(0, 0, 1)
		if works(day) {
			left--
		}
	}
	return end()
}

func weekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}
