package understand

// EntryKind says what an Entry names.
type EntryKind string

// What an entry can name.
const (
	KindCommodity  EntryKind = "commodity"
	KindMarket     EntryKind = "market"     // a place for prices
	KindVillage    EntryKind = "village"    // thôn, bon, buôn, tổ dân phố
	KindWord       EntryKind = "word"       // an alias and what it stands for
	KindDifficulty EntryKind = "difficulty" // words that tell a kind of difficulty
)

// Entry adds to or overrides the base lexicon: commodities with their aliases
// and plausible prices come from market, villages from planning, words from a
// commune's officers.
type Entry struct {
	Kind  EntryKind
	ID    string   // commodity id, market id, village code, the expansion for words, kind of difficulty
	Names []string // with marks, as written; the first is canonical
	Unit  string   // commodities: base unit (kg, do)
	Min   int64    // commodities: least plausible price, đồng per base unit; 0 = unknown
	Max   int64    // commodities: highest plausible price, đồng per base unit; 0 = unknown
}

// Lexicon is a compiled, immutable lexicon, safe for concurrent use.
type Lexicon struct {
	version string
}

// Compile joins the base lexicon with entries. An error names the bad entry.
func Compile(entries ...Entry) (*Lexicon, error) { return &Lexicon{}, nil }

// Version is a short hash of the content, to be stored with every reading.
func (l *Lexicon) Version() string { return l.version }

// Read says what text means in context c. It never fails: what is not
// understood is None.
func (l *Lexicon) Read(text string, c Context) Reading {
	return Reading{Text: text, Intent: None, Version: l.version}
}

// Explain reads as Read does and says step by step how.
func (l *Lexicon) Explain(text string, c Context) (Reading, []StepNote) { return l.Read(text, c), nil }
