// Package market holds what Loa knows of prices: commodities and their
// grades, market places, reference prices, farmers' own price reports, and
// the rules that turn them into an answer. It does no I/O of its own: Service
// works over the small Store declared here.
package market

import (
	"time"

	"github.com/google/uuid"
)

// Commodity is a product chain's tradable good, or an input such as a
// fertiliser.
type Commodity struct {
	ID      string   // stable: "coffee"
	Name    string   // Vietnamese, with marks: "cà phê"
	NameEN  string   // English: "coffee"
	Unit    Unit     // what a price of it is per
	Min     int64    // lowest plausible price, đồng per Unit
	Max     int64    // highest plausible price, đồng per Unit
	Grades  []Grade  // the first is the one meant when none is named
	Aliases []string // how people write it, with and without marks
	Input   bool     // something farmers buy (fertiliser), not sell
}

// Grade is a quality of a commodity with a price of its own: coffee cherries
// beside dry beans, durian A beside C. Prices of two grades are never mixed.
type Grade struct {
	ID      string
	Name    string
	NameEN  string
	Unit    Unit  // "" = the commodity's
	Min     int64 // plausible đồng per unit; 0 = the commodity's
	Max     int64
	Aliases []string
}

// Unit is what a price is per.
type Unit string

// The units a price is stored in. Other units (tạ, tấn, yến) are converted
// when a price comes in; there is no conversion between kg and độ.
const (
	Kilogram Unit = "kg"
	Degree   Unit = "do" // độ: rubber latex is priced per degree of dry content
)

// Place is a market place for prices. It is not an administrative unit:
// papers still quote "Đắk Nông" and "Lâm Đồng" separately.
type Place struct {
	Area    string // commune that keeps it
	ID      string // stable within the commune: "gia-nghia"
	Name    string // "Gia Nghĩa"
	Aliases []string
	Rank    int // the order in which the commune names its markets; lowest first
}

// Day is a civil date "2006-01-02" in the commune's time zone. Days compare
// as strings do.
type Day string

// DayOf is the civil date of t in loc.
func DayOf(t time.Time, loc *time.Location) Day { return Day(t.In(loc).Format(time.DateOnly)) }

// Time is midnight UTC of the day; the zero time if d is no date.
func (d Day) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// DaysSince counts the days from earlier to d; negative when earlier is later.
func (d Day) DaysSince(earlier Day) int {
	return int(d.Time().Sub(earlier.Time()).Hours() / 24)
}

// Price is a reference price: what an officer or a named source says a
// commodity went for, at a market, on a day. A price is never overwritten: a
// correction is a new Price that names the one it Replaces, and the replaced
// one stays in the history.
type Price struct {
	ID        uuid.UUID
	Area      string // commune
	Commodity string
	Grade     string
	Market    string // Place.ID
	Amount    int64  // đồng per Unit
	Unit      Unit
	Day       Day
	Source    string // in words a farmer can weigh: "xã hỏi đại lý, 7h sáng"
	EnteredAt time.Time
	EnteredBy string    // officer's login, or "import", "sample"
	Replaces  uuid.UUID // the price this one corrects; zero if none
	Replaced  bool      // a correction of this one exists: it no longer counts
	Note      string    // why it was corrected
}

// Report is what a farmer says they sold for or were offered. Reports are
// shown as a spread beside the reference and never overwrite it.
type Report struct {
	ID        uuid.UUID
	Area      string
	Contact   uuid.UUID
	Message   uuid.UUID // the message that said it
	Village   string
	Commodity string
	Grade     string
	Market    string // where it was sold, if said
	Amount    int64  // đồng per Unit
	Unit      Unit
	Day       Day
	At        time.Time
	Held      bool // an outlier that waits for an officer: kept, not shown
}
