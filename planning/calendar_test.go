package planning

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var vietnam = time.FixedZone("+07", 7*60*60)

func TestDueAfter(t *testing.T) {
	for name, c := range map[string]struct {
		from string // in Vietnam
		days int
		want string
	}{
		"Monday, two days":                       {"2026-07-20T09:00", 2, "2026-07-22T17:00"},
		"late in the evening":                    {"2026-07-20T23:30", 2, "2026-07-22T17:00"},
		"Friday, two days":                       {"2026-07-24T09:00", 2, "2026-07-28T17:00"},
		"Saturday counts from Monday":            {"2026-07-25T09:00", 2, "2026-07-28T17:00"},
		"over a weekend":                         {"2026-07-23T09:00", 5, "2026-07-30T17:00"},
		"no days, in office hours":               {"2026-07-20T09:00", 0, "2026-07-20T17:00"},
		"no days, after hours":                   {"2026-07-24T18:00", 0, "2026-07-27T17:00"},
		"no days, on Sunday":                     {"2026-07-26T09:00", -1, "2026-07-27T17:00"},
		"over 30 April and 1 May":                {"2026-04-29T09:00", 1, "2026-05-04T17:00"},
		"over New Year":                          {"2026-12-31T09:00", 1, "2027-01-04T17:00"},
		"over Tết 2026":                          {"2026-02-13T09:00", 1, "2026-02-23T17:00"},
		"over Tết 2027, with the days made good": {"2027-02-04T09:00", 1, "2027-02-12T17:00"},
		"over Tết 2028":                          {"2028-01-24T09:00", 1, "2028-02-01T17:00"},
		"the Hùng Kings' day on a Sunday":        {"2026-04-24T09:00", 1, "2026-04-28T17:00"},
		"over the National Day":                  {"2026-08-31T09:00", 1, "2026-09-03T17:00"},
	} {
		from, err := time.ParseInLocation("2006-01-02T15:04", c.from, vietnam)
		if err != nil {
			t.Fatal(err)
		}
		if got := DueAfter(from.UTC(), c.days, vietnam).In(vietnam).Format("2006-01-02T15:04"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	from := time.Date(2026, 4, 29, 2, 0, 0, 0, time.UTC)
	only := Holiday{Day: "2026-05-01"}
	if got := DueAfter(from, 1, vietnam, only).Format(time.DateOnly); got != "2026-04-30" {
		t.Errorf("a list that is given stands alone: %s", got)
	}
}

func TestDueAfterIsAWorkingDay(t *testing.T) {
	for day := range 3 * 365 {
		from := time.Date(2026, 1, 1, 20, 0, 0, 0, time.UTC).AddDate(0, 0, day)
		for n := range 6 {
			due := DueAfter(from, n, vietnam)
			if weekend(due) || due.Hour() != closing || !due.After(from) || n > 0 && due.Sub(from) < time.Duration(n-1)*24*time.Hour {
				t.Fatalf("%d days after %s: %s", n, from, due)
			}
			if later := DueAfter(from, n+1, vietnam); later.Before(due) || n > 0 && !later.After(due) {
				t.Fatalf("%d days after %s: %s, one more: %s", n, from, due, later)
			}
		}
	}
}

func TestHolidays(t *testing.T) {
	var got, open []string
	for _, h := range Holidays(2027) {
		if h.Name == "" || h.NameEN == "" {
			t.Errorf("without a name: %+v", h)
		}
		got = append(got, h.Day[5:])
		if !h.Confirmed {
			open = append(open, h.Day[5:])
		}
	}
	want := strings.Fields("01-01 02-05 02-06 02-07 02-08 02-09 02-10 02-11 04-16 04-30 05-01 05-03 09-01 09-02 11-24")
	if !slices.Equal(got, want) {
		t.Errorf("2027: %v", got)
	}
	if want := strings.Fields("02-05 02-06 02-07 02-08 02-09 02-10 02-11 04-16 05-03 09-01 11-24"); !slices.Equal(open, want) {
		t.Errorf("to be confirmed: %v", open)
	}
	// Years whose moon is not known here have the fixed dates.
	if n := len(Holidays(2025)); n != 5 {
		t.Errorf("2025: %d", n)
	}
}
