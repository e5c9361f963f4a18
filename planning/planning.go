// Package planning holds the commune's planning year (MOP-SEDP): communes,
// villages and households, plan items with their funding, consultation
// rounds, voices, priorities, concerns, and the rules that count them. It
// does no I/O of its own: Service works over the small Store declared here.
package planning

import (
	"time"

	"github.com/google/uuid"
)

// Commune is the area that plans. Its code is the scope of every record.
type Commune struct {
	Code     string // stable: "dak-mau"
	Name     string // "Xã Đắk Mẫu"
	Province string // "Lâm Đồng"
	Sample   bool   // made-up data, and marked so wherever it is shown
	Settings Settings
}

// Settings are what a commune decides for itself.
type Settings struct {
	Zone          string        // IANA name; "Asia/Ho_Chi_Minh"
	Lang          string        // default language of a new contact: "vi"
	Marks         bool          // SMS go out with Vietnamese marks (dearer)
	AnswerDays    int           // working days within which an officer answers
	Silence       time.Duration // an unanswered question ends its talk after this
	ResultsPublic bool          // anyone may ask for results while a round is open
	SMSCost       int64         // đồng per part, for showing costs
	Hotline       string        // a number people may call, as written for them
	ChatLink      string        // link to the private chat (https://t.me/…)
}

// Village is a thôn, bon, buôn or tổ dân phố of a commune.
type Village struct {
	Area       string
	Code       string // stable within the commune: "bu-prang"
	Kind       string // thôn | bon | buôn | tổ dân phố, as written
	Name       string // full name: "bon Bu Prăng", "thôn 3"
	Aliases    []string
	Rank       int // order in lists
	Households int // on the roster (provisional ones not counted)
}

// Household has one voice per item. A provisional one stands for a contact
// that nobody has placed on the roster yet: it counts in totals, and in no
// coverage, until it is placed.
type Household struct {
	ID          uuid.UUID
	Area        string
	Village     string // "" = not known
	Number      string // the roster's own number, e.g. "BP-017"; "" when provisional
	Head        string // name of the head of household, as on the roster or as told
	Provisional bool
	Poor        bool // hộ nghèo, cận nghèo
	// Version moves with every change of the household's voices or priorities;
	// whoever writes them says which version they saw.
	Version int64
}

// Item is an activity of the draft plan that people are asked about.
type Item struct {
	Area      string
	Code      string // stable: "KH27-04"
	Year      int    // planned year
	Title     string // full title
	TitleEN   string
	Short     string // for SMS: "Chợ xã"
	ShortEN   string
	Detail    string // what and where, in a sentence
	DetailEN  string
	Place     string
	Village   string // the village it is for; "" = whole commune
	Unit      string // "km", "cái", "lớp"
	Quantity  string // as written: "1,2"
	Funding   []Funding
	When      string // "quý 2/2027"
	Owner     string
	Chain     string // commodity id, when it is for a chain
	Withdrawn bool
}

// Funding is one source's share of an item's cost.
type Funding struct {
	Source string // "Ngân sách tỉnh", "Dân đóng góp", …: a list the commune edits
	Form   Form
	Amount int64 // đồng
	Funded bool  // already allotted
}

// Form is how a contribution is made.
type Form string

// The forms of a contribution. Anything but Money is a value in đồng agreed for it.
const (
	Money  Form = "money"
	Labour Form = "labour"
	Kind   Form = "kind"
	Land   Form = "land"
)

// Round is a consultation (step 6) on numbered items.
type Round struct {
	ID       uuid.UUID
	Area     string
	Number   int // within the commune: 1, 2, …
	Year     int // planned year
	Title    string
	Opens    time.Time
	Closes   time.Time // a voice that Loa accepted before this instant counts
	Items    []Item    // in the order of the numbers people answer with: Items[0] is "1"
	Villages []string  // codes; the denominator of every percentage
	Decision string    // the decision that chose SMS among the forms (Law 10/2022, Art. 26.1)
}

// OpenAt says whether a voice accepted at t counts.
func (r Round) OpenAt(t time.Time) bool { return !t.Before(r.Opens) && t.Before(r.Closes) }

// Stance is what a household says of an item: the four answers of a
// Vietnamese form (phiếu lấy ý kiến).
type Stance string

// The stances.
const (
	Yes     Stance = "yes"     // đồng ý
	No      Stance = "no"      // không đồng ý
	Other   Stance = "other"   // ý kiến khác
	Abstain Stance = "abstain" // không có ý kiến
)

// Stances in the order of every table.
var Stances = [...]Stance{Yes, No, Other, Abstain}

// Voice is a household's stance on an item: the law's "ý kiến". Voices are
// append-only; the latest of a household on an item is its current one.
type Voice struct {
	ID        uuid.UUID
	Area      string
	Round     uuid.UUID
	Item      string // Item.Code
	Household uuid.UUID
	Contact   uuid.UUID
	Village   string // the household's, when it spoke
	Channel   string // channel kind: sms, telegram, phone, paper
	Stance    Stance
	Receipt   string // shared by the voices of one ballot: 8 characters of Crockford's alphabet
	Message   uuid.UUID
	At        time.Time
}

// Priority is a household's list of what should come first. A new list
// replaces the whole list before it; the first three items score 3, 2, 1.
type Priority struct {
	ID        uuid.UUID
	Area      string
	Round     uuid.UUID
	Household uuid.UUID
	Contact   uuid.UUID
	Village   string
	Channel   string
	Items     []string // item codes, most wanted first
	Receipt   string
	Message   uuid.UUID
	At        time.Time
}

// ConcernKind tells the concerns apart.
type ConcernKind string

// What people tell a commune and get an answer to.
const (
	Difficulty ConcernKind = "difficulty" // what makes work hard
	Opinion    ConcernKind = "opinion"    // a wish or reason about the plan or an item
	Question   ConcernKind = "question"   // to an officer
)

// Link is where in a product chain a difficulty sits.
type Link string

// The links of a chain, in the order of every list.
const (
	Inputs         Link = "inputs"
	Production     Link = "production"
	Harvest        Link = "harvest"
	Processing     Link = "processing"
	Selling        Link = "selling"
	Infrastructure Link = "infrastructure" // road, water, power
	Capital        Link = "capital"
	OtherLink      Link = "other"
)

// Links in the order of every list.
var Links = [...]Link{Inputs, Production, Harvest, Processing, Selling, Infrastructure, Capital, OtherLink}

// Concern is a difficulty, an opinion or a question: something a person told
// the commune, with a code they can name and an answer they are owed.
type Concern struct {
	ID         uuid.UUID
	Kind       ConcernKind
	Area       string
	Code       string // 4 characters of Crockford's alphabet, unique in the commune
	Contact    uuid.UUID
	Household  uuid.UUID // zero when not known
	Village    string
	Channel    string
	Text       string    // in the person's own words; empty once erased
	Commodity  string    // difficulty: crop or animal; "" = none
	Link       Link      // difficulty
	Severity   string    // difficulty: "" | mild | bad | severe
	Round      uuid.UUID // opinion on a round
	Item       string    // opinion on an item: its code
	Message    uuid.UUID
	At         time.Time
	Due        time.Time // when the answer is owed (working days)
	Answer     string
	AnsweredBy string
	AnsweredAt time.Time // zero = still open
}

// Cell is how many households took a stance on an item, in one village over
// one channel. A tally is a list of cells; it counts current voices only.
type Cell struct {
	Item        string
	Village     string // "" = not known
	Channel     string
	Stance      Stance
	Provisional bool // households not yet placed on the roster
	Households  int
}

// PriorityCell is how many points and mentions an item has in one village.
type PriorityCell struct {
	Item        string
	Village     string
	Provisional bool
	Points      int // 3, 2, 1 for the first three of each list
	Mentions    int // households that named it at all
}

// HeardCell is how many households with at least one current voice a village has.
type HeardCell struct {
	Village     string
	Channel     string // of the household's latest voice
	Provisional bool
	Households  int
}
