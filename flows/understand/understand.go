// Package understand turns a message as farmers write it into a meaning, or
// into one good question. It is deterministic, explainable and works without
// network, clock or randomness: the same text, context and lexicon always give
// the same reading.
//
// A message is folded and split (fold.go, token.go), leftovers of typing
// methods, missing spaces and typos are mended (mend.go), abbreviations
// expanded (expand.go) and phrases of the lexicon matched (match.go). What it
// wants is weighed: each word, and each two that stand together, speak for
// and against the intents (features.go, evidence.go, decide.go). How much they
// do is learned from labelled messages (lexicon/examples, learn.go). What
// costs more than a question when it is wrong, an end to all messages, an
// erasure or a voice on the plan, must be one by its form as well (stop.go,
// voice.go, ending.go). Numbers, prices, crops, villages and ballots are read by
// rules (number.go, price.go, crop.go, village.go, ballot.go).
package understand

// Intent is what a person wants.
type Intent string

// The intents. None is everything else: greetings, adverts, noise, abuse.
const (
	Price       Intent = "price"
	Trend       Intent = "trend"
	PriceReport Intent = "price_report"
	Subscribe   Intent = "subscribe"
	Unsubscribe Intent = "unsubscribe"
	Alert       Intent = "alert"
	Difficulty  Intent = "difficulty"
	Vote        Intent = "vote"
	Opinion     Intent = "opinion"
	Plan        Intent = "plan"
	Results     Intent = "results"
	Join        Intent = "join"
	Stop        Intent = "stop"
	Erase       Intent = "erase"
	Help        Intent = "help"
	Language    Intent = "language"
	Officer     Intent = "officer"
	Thanks      Intent = "thanks"
	Choice      Intent = "choice"
	Skip        Intent = "skip"
	Next        Intent = "next"
	Back        Intent = "back"
	Exit        Intent = "exit"
	None        Intent = "none"
)

// Intents lists every intent, in the order of the documentation.
func Intents() []Intent {
	return []Intent{
		Price, Trend, PriceReport, Subscribe, Unsubscribe, Alert, Difficulty, Vote, Opinion, Plan, Results,
		Join, Stop, Erase, Help, Language, Officer, Thanks, Choice, Skip, Next, Back, Exit, None,
	}
}

// Expect says what kind of answer is being waited for; it biases the reading.
type Expect string

// The kinds of answer a talk can wait for.
const (
	ExpectNone      Expect = ""
	ExpectChoice    Expect = "choice"
	ExpectYesNo     Expect = "yes_no"
	ExpectText      Expect = "text"
	ExpectNumber    Expect = "number"
	ExpectPrice     Expect = "price"
	ExpectBallot    Expect = "ballot"
	ExpectRanking   Expect = "ranking"
	ExpectCommodity Expect = "commodity"
	ExpectVillage   Expect = "village"
	ExpectPhone     Expect = "phone"
	ExpectDate      Expect = "date"
	ExpectMedia     Expect = "media"
)

// The stances of a Vietnamese form.
const (
	Yes     = "yes"     // đồng ý
	No      = "no"      // không đồng ý
	Other   = "other"   // ý kiến khác
	Abstain = "abstain" // không có ý kiến
)

// All is the ballot's key for every item of the round.
const All = "all"

// The kinds of difficulty: where in the chain the trouble is.
const (
	KindInputs         = "inputs"
	KindProduction     = "production"
	KindHarvest        = "harvest"
	KindProcessing     = "processing"
	KindSelling        = "selling"
	KindInfrastructure = "infrastructure"
	KindCapital        = "capital"
	KindOther          = "other"
)

// How bad a difficulty is, when it was said.
const (
	Mild   = "mild"
	Bad    = "bad"
	Severe = "severe"
)

// The questions a reading may want to put before anything is done.
const (
	AskCommodity = "commodity" // which of Ambiguous is meant
	AskBallot    = "ballot"    // the ballot is doubtful: read it back
	AskStop      = "stop"      // is an end to all messages meant
	AskPrice     = "price"     // the price is implausible or unclear
	AskHuy       = "huy"       // unmarked "huy": cancel, or a name
	AskWish      = "wish"      // the evidence is thin, and what it points to would be recorded
	AskDung      = "dung"      // unmarked "dung": đúng, đừng, dừng or dùng
)

// AboutConsent marks a question why Loa keeps numbers and asks for consent.
const AboutConsent = "consent"

// Context is what the reader must know of the talk.
type Context struct {
	Consultation bool     `json:"consultation,omitempty"` // a round is open for this person: "1d 2k" is a ballot
	Items        int      `json:"items,omitempty"`        // how many items the open round has (numbers 1..Items); 0 = unknown
	Expect       Expect   `json:"expect,omitempty"`       // what the talk waits for
	Options      []string `json:"options,omitempty"`      // for ExpectChoice: the options' labels as shown, in order (answers count from 1)
}

// zero says whether nothing is known of the talk.
func (c *Context) zero() bool {
	return !c.Consultation && c.Items == 0 && c.Expect == ExpectNone && len(c.Options) == 0
}

// Reading is what a message was understood to mean. Empty fields say nothing.
type Reading struct {
	Text        string            `json:"text"`
	Intent      Intent            `json:"intent"`
	Confidence  float64           `json:"confidence"` // 0..1
	Commodities []string          `json:"commodities,omitempty"`
	Ambiguous   []string          `json:"ambiguous,omitempty"`   // commodity ids of which one is meant
	Place       string            `json:"place,omitempty"`       // a market's canonical name
	PlaceID     string            `json:"place_id,omitempty"`    // its id, when an Entry gave one
	Grade       string            `json:"grade,omitempty"`       // empty for the ordinary grade; else tuoi, kho, chen, dona, ri6, a, …
	Unit        string            `json:"unit,omitempty"`        // the unit that was said: kg, do, yen, ta, tan, bao, con
	Price       int64             `json:"price,omitempty"`       // đồng per base unit (kg, or độ for latex) after conversion
	Direction   string            `json:"direction,omitempty"`   // alerts: above, below
	Kind        string            `json:"kind,omitempty"`        // kind of difficulty
	Severity    string            `json:"severity,omitempty"`    // mild, bad, severe, when said
	Item        int               `json:"item,omitempty"`        // number of a plan item
	Stance      string            `json:"stance,omitempty"`      // yes, no, other, abstain
	Ballot      map[string]string `json:"ballot,omitempty"`      // "1" → "yes"; "all" → every item not named
	Priority    []int             `json:"priority,omitempty"`    // item numbers, first = most wanted
	Reasons     map[string]string `json:"reasons,omitempty"`     // item number → reason in the writer's words; "" when no item was named
	Village     string            `json:"village,omitempty"`     // canonical name from the list, or as written, normalised
	VillageID   string            `json:"village_id,omitempty"`  // the Entry's id when matched
	Lang        string            `json:"lang,omitempty"`        // vi, en, rade, mnong, …
	Option      int               `json:"option,omitempty"`      // 1-based option chosen under ExpectChoice; 0 = none
	Number      float64           `json:"number,omitempty"`      // a number that was asked for or stands alone
	HasNumber   bool              `json:"has_number,omitempty"`  // tells 0 from nothing
	Phone       string            `json:"phone,omitempty"`       // E.164
	Date        string            `json:"date,omitempty"`        // YYYY-MM-DD, or MM-DD when no year was said
	Implausible bool              `json:"implausible,omitempty"` // a price outside the commodity's Min..Max
	Doubtful    bool              `json:"doubtful,omitempty"`    // a ballot or priority to read back before it counts
	Bare        string            `json:"bare,omitempty"`        // yes/no: the word on which a yes rests alone, when it is mere courtesy (ok, da, vang, uh, …) or may mean something else (dung: đúng, đừng, dừng): enough to confirm, never to consent (dung) or to erase (any)
	Rest        bool              `json:"rest,omitempty"`        // the ballot's "all" is said of the items that the household has not spoken on yet ("còn lại")
	Unknown     string            `json:"unknown,omitempty"`     // prices: what was asked for and is no commodity of the lexicon, as written
	Places      []string          `json:"places,omitempty"`      // every place, when more than one was named; Place is the first
	About       string            `json:"about,omitempty"`       // help: what it is about, when that was said: consent
	Code        string            `json:"code,omitempty"`        // a receipt or a code of Loa's, in capitals without hyphen
	Also        []Intent          `json:"also,omitempty"`        // further wishes in the same message; a vote among them has its Ballot, Priority and Reasons filled
	AlsoText    []string          `json:"also_text,omitempty"`   // the words of each further wish, in the order of Also
	Ask         string            `json:"ask,omitempty"`         // the one question to put if unsure
	Version     string            `json:"version,omitempty"`     // of the lexicon
	Context     *Context          `json:"context,omitempty"`     // in which it was read; nil = nothing was known of the talk
}

// StepNote says what one step of reading did, for people.
type StepNote struct {
	Step string `json:"step"`
	Note string `json:"note"`
	// Of weighing: the likeliest wishes, what spoke most for the first against
	// the second (words as they were read, and <crop>, <price> … for what a name
	// or a number is), and the words that were weighed when not the whole.
	Likely  []Likely `json:"likely,omitempty"`
	Because []string `json:"because,omitempty"`
	Part    string   `json:"part,omitempty"`
}

// Likely is a wish with its share of the evidence, 0 to 1.
type Likely struct {
	Intent Intent  `json:"intent"`
	Share  float64 `json:"share"`
}
