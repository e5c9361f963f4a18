package understand

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
)

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

// ErrEntry is wrapped by every error that Compile gives for an entry.
var ErrEntry = errors.New("lexicon entry")

// Lexicon is a compiled, immutable lexicon, safe for concurrent use.
type Lexicon struct {
	version string

	vocab   map[string]int32  // folded word → id
	written map[string]bool   // words as written with marks, lower case
	aliases trie              // abbreviations → expansions
	phrases trie              // everything else
	joined  map[string][]word // "hotieu" → hồ tiêu
	near    map[nearKey][]string
	spoken  *vocabulary

	expansions  [][]word
	fixed       map[string][]word // what abbreviations become by their neighbours
	commodities []commodity
	commodityOf map[string]int32
	grades      []grade
	places      []named
	villages    []village
	kinds       []trouble
	langs       []string
	steers      []Intent
	evidence    *evidence

	pool sync.Pool // *reader
}

type commodity struct {
	id       string
	unit     string
	min, max int64
}

type grade struct {
	commodity int32
	code      string
	unit      string
	scale     float64
	min, max  int64
}

type named struct {
	id, name string
}

type trouble struct {
	kind string
	sure bool
}

// word is one word of an expansion.
type word struct {
	plain, marked string
	id            int32
	bare          bool
}

// Compile joins the base lexicon with entries. The result is independent of
// anything else that was compiled. An error wraps ErrEntry and names the bad
// entry and what is wrong with it.
func Compile(entries ...Entry) (*Lexicon, error) {
	evidence, err := taught()
	if err != nil {
		return nil, err
	}
	l, err := compile(entries...)
	if err != nil {
		return nil, err
	}
	l.evidence = evidence
	return l, nil
}

// compile makes a lexicon that has not learned anything.
func compile(entries ...Entry) (*Lexicon, error) {
	base, err := baseLexicon()
	if err != nil {
		return nil, err
	}
	b := newBuilder()
	if err := b.addBase(base); err != nil {
		return nil, err
	}
	for i, e := range entries {
		if err := b.add(e); err != nil {
			return nil, fmt.Errorf("%w %d (%s %q): %w", ErrEntry, i+1, e.Kind, e.ID, err)
		}
	}
	l, err := b.finish()
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	h.Write(base.raw)
	for _, e := range entries {
		fmt.Fprintf(h, "%q %q %q %q %d %d\n", e.Kind, e.ID, e.Names, e.Unit, e.Min, e.Max)
	}
	l.version = hex.EncodeToString(h.Sum(nil)[:6])
	return l, nil
}

// Version is a short hash of the content, to be stored with every reading.
func (l *Lexicon) Version() string { return l.version }
