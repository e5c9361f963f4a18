package policy_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/loa-vn/loa/bot/policy"
)

const months = 30 * 24 * time.Hour

func vietnam(t testing.TB) *time.Location { return load(t, "Asia/Ho_Chi_Minh") }

func load(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// at reads a time of November 2026 in Vietnam: "23 06:59:59".
func at(t testing.TB, text string) time.Time {
	t.Helper()
	parsed, err := time.ParseInLocation("2006-01-2 15:04:05.999999999", "2026-11-"+text, vietnam(t))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// Rows of one table: who, what for, when → what is decided. until is empty
// unless the verdict is Hold.
func TestMaySend(t *testing.T) {
	agreed := policy.Recipient{Consented: true, LastHeard: at(t, "20 09:00:00")}
	with := func(change func(*policy.Recipient)) policy.Recipient {
		to := agreed
		change(&to)
		return to
	}
	unknown := policy.Recipient{LastHeard: agreed.LastHeard}
	stopped := with(func(to *policy.Recipient) { to.Stopped = true })
	askedAgain := with(func(to *policy.Recipient) { to.Stopped, to.AskedSinceStop = true, true })
	full := with(func(to *policy.Recipient) { to.SentToday = 3 })
	almost := with(func(to *policy.Recipient) { to.SentToday = 2 })
	silent := with(func(to *policy.Recipient) { to.LastHeard = at(t, "22 12:00:00").Add(-6 * months) })
	never := with(func(to *policy.Recipient) { to.LastHeard = time.Time{} })

	const (
		send, hold, drop                           = policy.Send, policy.Hold, policy.Drop
		reply, officer, notice, broadcast, askWhom = policy.Reply, policy.Officer, policy.Notice, policy.Broadcast, policy.Ask
	)
	for _, c := range []struct {
		name    string
		to      policy.Recipient
		purpose policy.Purpose
		now     string
		verdict policy.Verdict
		why     policy.Reason
		until   string
	}{
		{"a reply by day", agreed, reply, "22 12:00:00", send, "", ""},
		{"a reply at night", agreed, reply, "22 02:00:00", send, "", ""},
		{"a reply to someone new", policy.Recipient{}, reply, "22 23:00:00", send, "", ""},
		{"a reply after TC", stopped, reply, "22 23:00:00", send, "", ""},
		{"a reply to a number long silent", silent, reply, "22 12:00:00", send, "", ""},
		{"a reply after the day's broadcasts", full, reply, "22 12:00:00", send, "", ""},

		{"an officer's answer", agreed, officer, "22 12:00:00", send, "", ""},
		{"an officer's answer needs no consent", unknown, officer, "22 12:00:00", send, "", ""},
		{"an officer's answer waits for morning", unknown, officer, "22 22:30:00", hold, policy.QuietHours, "23 07:00:00"},
		{"an officer's answer after TC", stopped, officer, "22 12:00:00", drop, policy.Stopped, ""},
		{"after TC, at night: dropped, not held", stopped, officer, "22 23:00:00", drop, policy.Stopped, ""},
		{"an officer's answer to what was asked after TC", askedAgain, officer, "22 12:00:00", send, "", ""},
		{"the same at night", askedAgain, officer, "22 23:00:00", hold, policy.QuietHours, "23 07:00:00"},
		{"an officer's answer is not a broadcast", full, officer, "22 12:00:00", send, "", ""},
		{"an officer's answer to a number long silent", silent, officer, "22 12:00:00", hold, policy.Silent, "23 07:00:00"},

		{"a notice", agreed, notice, "22 12:00:00", send, "", ""},
		{"a notice without consent", unknown, notice, "22 12:00:00", drop, policy.NoConsent, ""},
		{"a notice after TC", stopped, notice, "22 12:00:00", drop, policy.Stopped, ""},
		{"a notice after TC, whatever was asked since", askedAgain, notice, "22 12:00:00", drop, policy.Stopped, ""},
		{"a notice at night", agreed, notice, "22 23:59:59", hold, policy.QuietHours, "23 07:00:00"},
		{"a notice does not count as a broadcast", full, notice, "22 12:00:00", send, "", ""},
		{"a notice to a number long silent", silent, notice, "22 12:00:00", hold, policy.Silent, "23 07:00:00"},
		{"a notice to a number never heard", never, notice, "22 12:00:00", hold, policy.Silent, "23 07:00:00"},
		{"at night, silence is looked at in the morning", silent, notice, "22 23:00:00", hold, policy.QuietHours, "23 07:00:00"},
		{"a moment before silence is long", silent, notice, "22 11:59:59.999999999", send, "", ""},

		{"a broadcast", agreed, broadcast, "22 12:00:00", send, "", ""},
		{"a broadcast without consent", unknown, broadcast, "22 12:00:00", drop, policy.NoConsent, ""},
		{"a broadcast after TC", stopped, broadcast, "22 12:00:00", drop, policy.Stopped, ""},
		{"a broadcast is not personal: silence is no hindrance", silent, broadcast, "22 12:00:00", send, "", ""},
		{"the third broadcast of the day", almost, broadcast, "22 12:00:00", send, "", ""},
		{"the fourth", full, broadcast, "22 12:00:00", hold, policy.DailyCap, "23 07:00:00"},
		{"the fourth, late in the evening", full, broadcast, "22 23:59:59.999999999", hold, policy.DailyCap, "23 07:00:00"},
		{"just after midnight the count is new, the night is not over", agreed, broadcast, "23 00:00:00", hold, policy.QuietHours, "23 07:00:00"},
		{"a full count before dawn waits for the next day", full, broadcast, "23 03:00:00", hold, policy.DailyCap, "24 07:00:00"},

		{"the last moment of the night", agreed, broadcast, "22 06:59:59.999999999", hold, policy.QuietHours, "22 07:00:00"},
		{"exactly 07:00", agreed, broadcast, "22 07:00:00", send, "", ""},
		{"the last moment of the day", agreed, broadcast, "22 21:59:59.999999999", send, "", ""},
		{"exactly 22:00", agreed, broadcast, "22 22:00:00", hold, policy.QuietHours, "23 07:00:00"},
		{"over the end of a month", agreed, notice, "30 22:00:00", hold, policy.QuietHours, "31 07:00:00"},

		{"who has this number", silent, askWhom, "22 12:00:00", send, "", ""},
		{"who has this number, at night", silent, askWhom, "22 22:00:00", hold, policy.QuietHours, "23 07:00:00"},
		{"who has this number, after TC", stopped, askWhom, "22 12:00:00", drop, policy.Stopped, ""},

		{"no purpose", agreed, "", "22 12:00:00", drop, policy.UnknownPurpose, ""},
		{"a purpose nobody knows", agreed, "advert", "22 12:00:00", drop, policy.UnknownPurpose, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := policy.Decision{Verdict: c.verdict, Why: c.why}
			switch c.until {
			case "":
			case "31 07:00:00": // November has thirty days
				want.Until = time.Date(2026, 12, 1, 7, 0, 0, 0, vietnam(t)).UTC()
			default:
				want.Until = at(t, c.until).UTC()
			}
			for _, zone := range []*time.Location{nil, vietnam(t)} {
				to := c.to
				to.Zone = zone
				for _, now := range []time.Time{at(t, c.now), at(t, c.now).UTC()} {
					if got := policy.Default().MaySend(to, c.purpose, now); got != want {
						t.Errorf("zone %v, now %v:\n got %+v\nwant %+v", zone, now, got, want)
					}
				}
			}
		})
	}
}

// The day and the night are the person's, not the server's.
func TestZoneIsTheRecipients(t *testing.T) {
	to := policy.Recipient{Consented: true, Zone: load(t, "America/New_York"), SentToday: 3}
	noon := at(t, "22 12:00:00") // midnight in New York
	got := policy.Default().MaySend(to, policy.Notice, noon)
	want := time.Date(2026, 11, 22, 7, 0, 0, 0, to.Zone).UTC()
	if got.Verdict != policy.Hold || got.Why != policy.QuietHours || got.Until != want {
		t.Errorf("at midnight in New York: %+v, want a hold until %v", got, want)
	}
	evening := time.Date(2026, 11, 21, 21, 0, 0, 0, to.Zone)
	if got := policy.Default().MaySend(to, policy.Broadcast, evening); got.Why != policy.DailyCap || got.Until != want {
		t.Errorf("full count in the evening: %+v, want a hold until %v", got, want)
	}
}

func TestRulesAreSettings(t *testing.T) {
	to := policy.Recipient{Consented: true}
	clock := func(text string) policy.Clock {
		c, err := policy.ParseClock(text)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	none := policy.Rules{}
	if got := none.MaySend(to, policy.Broadcast, at(t, "22 12:00:00")); got.Verdict != policy.Drop || got.Why != policy.BroadcastsOff {
		t.Errorf("zero rules, broadcast: %+v", got)
	}
	if got := none.MaySend(to, policy.Notice, at(t, "22 02:00:00")); got.Verdict != policy.Send {
		t.Errorf("zero rules, notice at night: %+v", got)
	}
	siesta := policy.Rules{QuietFrom: clock("11:30"), QuietTo: clock("13:30"), BroadcastsPerDay: 1}
	for now, want := range map[string]string{"22 11:29:59": "", "22 11:30:00": "22 13:30:00", "22 13:29:59": "22 13:30:00", "22 13:30:00": "", "22 00:00:00": ""} {
		got := siesta.MaySend(to, policy.Broadcast, at(t, now))
		if want == "" && got.Verdict != policy.Send || want != "" && got.Until != at(t, want).UTC() {
			t.Errorf("siesta at %s: %+v, want until %q", now, got, want)
		}
	}
	to.SentToday = 1
	if got := siesta.MaySend(to, policy.Broadcast, at(t, "22 08:00:00")); got.Until != at(t, "23 13:30:00").UTC() {
		t.Errorf("siesta, full count: %+v", got)
	}
	allDay := policy.Rules{BroadcastsPerDay: 1}
	if got := allDay.MaySend(to, policy.Broadcast, at(t, "22 08:00:00")); got.Until != at(t, "23 00:00:00").UTC() {
		t.Errorf("no quiet hours, full count: %+v, want a hold until midnight", got)
	}
}

// Where the clocks change, the opening is still 07:00 by the wall.
func TestClocksThatChange(t *testing.T) {
	zone := load(t, "America/New_York")
	to := policy.Recipient{Consented: true, Zone: zone}
	for _, day := range []time.Time{
		time.Date(2026, 3, 7, 23, 0, 0, 0, zone),   // an hour is skipped this night
		time.Date(2026, 10, 31, 23, 0, 0, 0, zone), // an hour comes twice
	} {
		got := policy.Default().MaySend(to, policy.Notice, day)
		want := time.Date(day.Year(), day.Month(), day.Day()+1, 7, 0, 0, 0, zone).UTC()
		if got.Until != want {
			t.Errorf("%v: held until %v, want %v", day, got.Until, want)
		}
	}
}

// Where the opening itself is a minute that the clocks skip, the hold lasts a day
// longer rather than end at night.
func TestOpeningThatIsSkipped(t *testing.T) {
	zone := load(t, "America/New_York") // 02:00–03:00 is missing on 8 March 2026
	r := policy.Rules{QuietFrom: 22 * 60, QuietTo: 2*60 + 30}
	got := r.MaySend(policy.Recipient{Consented: true, Zone: zone}, policy.Notice, time.Date(2026, 3, 7, 23, 0, 0, 0, zone))
	if want := time.Date(2026, 3, 9, 2, 30, 0, 0, zone).UTC(); got.Until != want {
		t.Errorf("held until %v, want %v", got.Until, want)
	}
}

// Whatever the rules, the person and the moment: a Hold ends after now, within
// two days, outside quiet hours, and a held broadcast ends on a day with a new
// count; only a Hold has an end, and all but Send have a reason.
func TestDecisionsHold(t *testing.T) {
	zones := []*time.Location{nil, time.UTC}
	for _, name := range []string{
		"Asia/Ho_Chi_Minh", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe",
		"Asia/Kathmandu", "Pacific/Kiritimati", "Africa/Cairo", "Europe/London",
	} {
		zones = append(zones, load(t, name))
	}
	purposes := []policy.Purpose{policy.Reply, policy.Officer, policy.Notice, policy.Broadcast, policy.Ask, "other"}
	random := rand.New(rand.NewPCG(91, 2020))
	from := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	seen := map[policy.Verdict]int{}
	for range 100_000 {
		r := policy.Default()
		if random.IntN(2) == 0 {
			r = policy.Rules{
				QuietFrom:        policy.Clock(random.IntN(4000) - 1000),
				QuietTo:          policy.Clock(random.IntN(4000) - 1000),
				BroadcastsPerDay: random.IntN(5) - 1,
				SilentAfter:      time.Duration(random.IntN(3)) * months,
			}
		}
		now := time.Unix(from+random.Int64N(30*366*24*3600), random.Int64N(1e9))
		to := policy.Recipient{
			Stopped:        random.IntN(4) == 0,
			AskedSinceStop: random.IntN(2) == 0,
			Consented:      random.IntN(4) > 0,
			Zone:           zones[random.IntN(len(zones))],
			SentToday:      random.IntN(6),
			LastHeard:      now.Add(-time.Duration(random.Int64N(int64(4 * months)))),
		}
		p := purposes[random.IntN(len(purposes))]
		got := r.MaySend(to, p, now)
		about := fmt.Sprintf("%+v\n%+v\n%s at %v: %+v", r, to, p, now, got)
		seen[got.Verdict]++

		if (got.Why == "") != (got.Verdict == policy.Send) || got.Until.IsZero() != (got.Verdict != policy.Hold) {
			t.Fatalf("incomplete decision\n%s", about)
		}
		if p == policy.Reply && got.Verdict != policy.Send {
			t.Fatalf("a reply is always sent\n%s", about)
		}
		if got.Verdict == policy.Send && p != policy.Reply {
			if to.Stopped && !to.AskedSinceStop {
				t.Fatalf("sent after TC\n%s", about)
			}
			if (p == policy.Notice || p == policy.Broadcast) && (to.Stopped || !to.Consented) {
				t.Fatalf("sent without consent\n%s", about)
			}
			if p == policy.Broadcast && to.SentToday >= r.BroadcastsPerDay {
				t.Fatalf("sent beyond the cap\n%s", about)
			}
			if isQuiet(r, to.Zone, now) {
				t.Fatalf("sent in quiet hours\n%s", about)
			}
		}
		if got.Verdict != policy.Hold {
			continue
		}
		if !got.Until.After(now) || got.Until.After(now.Add(49*time.Hour)) {
			t.Fatalf("held into the past or for too long\n%s", about)
		}
		if isQuiet(r, to.Zone, got.Until) {
			t.Fatalf("held into quiet hours\n%s", about)
		}
		if got.Why == policy.DailyCap && civil(to.Zone, got.Until).YearDay() == civil(to.Zone, now).YearDay() {
			t.Fatalf("held for a new count, into the same day\n%s", about)
		}
		if got.Why == policy.DailyCap {
			to.SentToday = 0
		}
		to.LastHeard = got.Until
		if then := r.MaySend(to, p, got.Until); then.Verdict != policy.Send {
			t.Fatalf("not sent when the hold ends: %+v\n%s", then, about)
		}
	}
	for _, v := range []policy.Verdict{policy.Send, policy.Hold, policy.Drop} {
		if seen[v] < 1000 {
			t.Errorf("%v was hardly tried: %d", v, seen[v])
		}
	}
}

func civil(zone *time.Location, t time.Time) time.Time {
	if zone == nil {
		zone = time.FixedZone("", 7*3600)
	}
	return t.In(zone)
}

// isQuiet walks the clock minute by minute from QuietFrom: slow and plain.
func isQuiet(r policy.Rules, zone *time.Location, t time.Time) bool {
	here := civil(zone, t)
	now := here.Hour()*60 + here.Minute()
	minute := func(c policy.Clock) int { return (int(c) + 10*1440) % 1440 }
	for c, end := minute(r.QuietFrom), minute(r.QuietTo); c != end; c = (c + 1) % 1440 {
		if c == now {
			return true
		}
	}
	return false
}

func TestMaySendAllocatesNothing(t *testing.T) {
	r, to, now := policy.Default(), policy.Recipient{Consented: true, Zone: vietnam(t), SentToday: 3}, at(t, "22 12:00:00")
	if n := testing.AllocsPerRun(100, func() { r.MaySend(to, policy.Broadcast, now) }); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}

func TestVerdictString(t *testing.T) {
	for v, want := range map[policy.Verdict]string{policy.Send: "send", policy.Hold: "hold", policy.Drop: "drop", 0: "none", 9: "none"} {
		if got := v.String(); got != want {
			t.Errorf("Verdict(%d) is %q, want %q", int(v), got, want)
		}
	}
}

func ExampleRules_MaySend() {
	to := policy.Recipient{Consented: true, SentToday: 3}
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) // 17:00 in Vietnam
	d := policy.Default().MaySend(to, policy.Broadcast, now)
	fmt.Println(d.Verdict, d.Why, d.Until.Format(time.RFC3339))
	fmt.Println(d.Why.Text("en"))
	// Output:
	// hold daily_cap 2026-11-24T00:00:00Z
	// This number has had its broadcasts for today; it will be sent tomorrow.
}

func BenchmarkMaySend(b *testing.B) {
	r, to, now := policy.Default(), policy.Recipient{Consented: true, Zone: vietnam(b)}, at(b, "22 12:00:00")
	to.LastHeard = now
	for _, p := range []policy.Purpose{policy.Reply, policy.Broadcast} {
		b.Run(string(p), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.MaySend(to, p, now)
			}
		})
	}
}
