package understand

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// builder gathers a lexicon.
type builder struct {
	l  *Lexicon
	lx lexer
}

func newBuilder() *builder {
	return &builder{l: &Lexicon{
		vocab: map[string]int32{}, written: map[string]bool{}, joined: map[string][]word{},
		near: map[nearKey][]string{}, commodityOf: map[string]int32{},
		aliases: newTrie(), phrases: newTrie(),
	}}
}

// words splits a name as a message would be split.
func (b *builder) words(name string) ([]word, error) {
	s, long := normal(name)
	if long || len(s) > 200 {
		return nil, errors.New("a name is longer than 200 bytes")
	}
	tokens, _ := b.lx.split(s, nil)
	var ws []word
	for _, t := range tokens {
		if t.kind == kindSign {
			if t.plain != "-" && t.plain != "." && t.plain != "/" && t.plain != "(" && t.plain != ")" && t.plain != "," {
				return nil, fmt.Errorf("%q holds the sign %q", name, t.plain)
			}
			continue
		}
		ws = append(ws, word{plain: t.plain, marked: t.marked, id: b.wordID(t.plain), bare: t.bare})
		b.l.written[t.marked] = true
	}
	if len(ws) == 0 {
		return nil, fmt.Errorf("%q holds no word", name)
	}
	if len(ws) > 12 {
		return nil, fmt.Errorf("%q has more than 12 words", name)
	}
	return ws, nil
}

func (b *builder) wordID(plain string) int32 {
	id, ok := b.l.vocab[plain]
	if !ok {
		id = int32(len(b.l.vocab))
		b.l.vocab[plain] = id
	}
	return id
}

// phrase puts a name into the trie of phrases.
func (b *builder) phrase(name string, c class, index int32) error {
	exact := strings.HasPrefix(name, "!")
	ws, err := b.words(strings.TrimPrefix(name, "!"))
	if err != nil {
		return err
	}
	b.put(&b.l.phrases, ws, phrase{class: c, index: index, exact: exact})
	if c != classNot && c != classSteer {
		b.join(ws)
	}
	return nil
}

func (b *builder) put(t *trie, ws []word, p phrase) {
	ids := make([]int32, len(ws))
	p.marked = make([]string, len(ws))
	for i, w := range ws {
		ids[i], p.marked[i] = w.id, w.marked
	}
	t.add(ids, p)
}

// join lets a phrase of two to four words be written in one.
func (b *builder) join(ws []word) {
	if len(ws) < 2 || len(ws) > 4 {
		return
	}
	var s strings.Builder
	for _, w := range ws {
		s.WriteString(w.plain)
	}
	j := s.String()
	if len(j) < 5 || syllable(j) {
		return
	}
	if _, ok := b.l.joined[j]; !ok {
		b.l.joined[j] = ws
	}
}

// alias makes from stand for to.
func (b *builder) alias(from, to string) error {
	f, err := b.words(from)
	if err != nil {
		return err
	}
	t, err := b.words(to)
	if err != nil {
		return err
	}
	// An ordinary word with marks must be written with them to be an alias.
	exact := len(f) == 1 && !f[0].bare && syllable(f[0].plain)
	b.l.expansions = append(b.l.expansions, t)
	b.put(&b.l.aliases, f, phrase{class: classAlias, index: int32(len(b.l.expansions) - 1), exact: exact})
	return nil
}

func (b *builder) addBase(base *base) error {
	in := func(where string, err error) error {
		if err != nil {
			return fmt.Errorf("embedded lexicon, %s: %w", where, err)
		}
		return nil
	}
	for _, c := range base.commodities {
		if err := in(c.ID, b.baseCommodity(c)); err != nil {
			return err
		}
	}
	for _, n := range base.not {
		if err := in(n, b.phrase(n, classNot, 0)); err != nil {
			return err
		}
	}
	for _, p := range base.places {
		if err := in("places", b.place("", p)); err != nil {
			return err
		}
	}
	for _, w := range base.words {
		if err := in("words", b.alias(fmt.Sprint(w.Key), fmt.Sprint(w.Value))); err != nil {
			return err
		}
	}
	for name, phrases := range base.cues {
		cue, ok := cueNamed(name)
		if !ok {
			return fmt.Errorf("embedded lexicon, cues: unknown cue %q", name)
		}
		for _, p := range phrases {
			if err := in(name, b.phrase(p, classCue, int32(cue))); err != nil {
				return err
			}
		}
	}
	for _, kind := range sortedKeys(base.troubles) {
		t := base.troubles[kind]
		if err := in(kind, b.trouble(kind, true, t.Sure)); err != nil {
			return err
		}
		if err := in(kind, b.trouble(kind, false, t.Signs)); err != nil {
			return err
		}
	}
	for _, name := range sortedKeys(base.steering) {
		b.l.steers = append(b.l.steers, Intent(name))
		for _, p := range base.steering[name] {
			if err := in(name, b.phrase(p, classSteer, int32(len(b.l.steers)-1))); err != nil {
				return err
			}
		}
	}
	for _, code := range sortedKeys(base.langs) {
		b.l.langs = append(b.l.langs, code)
		for _, p := range base.langs[code] {
			if err := in(code, b.phrase(p, classLang, int32(len(b.l.langs)-1))); err != nil {
				return err
			}
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (b *builder) baseCommodity(c baseCommodity) error {
	i := int32(len(b.l.commodities))
	b.l.commodities = append(b.l.commodities, commodity{id: c.ID, unit: c.Unit, min: c.Min, max: c.Max})
	b.l.commodityOf[c.ID] = i
	for _, n := range c.Names {
		if err := b.phrase(n, classCommodity, i); err != nil {
			return err
		}
	}
	for _, n := range c.Weak {
		if err := b.phrase(n, classWeak, i); err != nil {
			return err
		}
	}
	for _, code := range sortedKeys(c.Grades) {
		g := c.Grades[code]
		if g.Scale == 0 {
			g.Scale = 1
		}
		b.l.grades = append(b.l.grades, grade{commodity: i, code: code, unit: g.Unit, scale: g.Scale, min: g.Min, max: g.Max})
		for _, w := range g.Words {
			if err := b.phrase(w, classGrade, int32(len(b.l.grades)-1)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) place(id string, names []string) error {
	if len(names) == 0 {
		return errors.New("no names")
	}
	at := int32(-1)
	for i, p := range b.l.places {
		if Fold(p.name) == Fold(names[0]) {
			at = int32(i)
			b.l.places[i] = named{id: id, name: names[0]}
		}
	}
	if at < 0 {
		at = int32(len(b.l.places))
		b.l.places = append(b.l.places, named{id: id, name: names[0]})
	}
	for _, n := range names {
		if err := b.phrase(n, classPlace, at); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) trouble(kind string, sure bool, phrases []string) error {
	b.l.kinds = append(b.l.kinds, trouble{kind: kind, sure: sure})
	for _, p := range phrases {
		if err := b.phrase(p, classTrouble, int32(len(b.l.kinds)-1)); err != nil {
			return err
		}
	}
	return nil
}

// add takes in one entry.
func (b *builder) add(e Entry) error {
	if len(e.Names) == 0 {
		return errors.New("no names")
	}
	if strings.TrimSpace(e.ID) == "" {
		return errors.New("no id")
	}
	if e.Min < 0 || e.Max < 0 || (e.Max > 0 && e.Min > e.Max) {
		return fmt.Errorf("prices from %d to %d", e.Min, e.Max)
	}
	switch e.Kind {
	case KindCommodity:
		return b.commodityEntry(e)
	case KindMarket:
		return b.place(e.ID, e.Names)
	case KindVillage:
		return b.village(e.ID, e.Names)
	case KindWord:
		return b.wordEntry(e)
	case KindDifficulty:
		switch e.ID {
		case KindInputs, KindProduction, KindHarvest, KindProcessing, KindSelling, KindInfrastructure, KindCapital, KindOther:
		default:
			return errors.New("unknown kind of difficulty")
		}
		return b.trouble(e.ID, true, e.Names)
	}
	return errors.New("unknown kind")
}

func (b *builder) commodityEntry(e Entry) error {
	switch e.Unit {
	case "", "kg", "do":
	default:
		return fmt.Errorf("unknown base unit %q, want kg or do", e.Unit)
	}
	i, ok := b.l.commodityOf[e.ID]
	if !ok {
		i = int32(len(b.l.commodities))
		b.l.commodities = append(b.l.commodities, commodity{id: e.ID, unit: "kg"})
		b.l.commodityOf[e.ID] = i
	}
	c := &b.l.commodities[i]
	if e.Unit != "" {
		c.unit = e.Unit
	}
	if e.Min > 0 || e.Max > 0 {
		c.min, c.max = e.Min, e.Max
	}
	for _, n := range e.Names {
		ws, err := b.words(n)
		if err != nil {
			return err
		}
		if reserved(ws) {
			return fmt.Errorf("%q is %w", n, ErrReserved)
		}
		cl := classCommodity
		if len(ws) == 1 && len(ws[0].plain) <= 4 && syllable(ws[0].plain) {
			cl = classWeak
		}
		if err := b.phrase(n, cl, i); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) wordEntry(e Entry) error {
	to, err := b.words(e.ID)
	if err != nil {
		return err
	}
	if stopping(to) {
		return ErrStopping
	}
	for _, n := range e.Names {
		ws, err := b.words(n)
		if err != nil {
			return err
		}
		if reserved(ws) {
			return fmt.Errorf("%q is %w", n, ErrReserved)
		}
		if err := b.alias(n, e.ID); err != nil {
			return err
		}
	}
	return nil
}

// What Compile's error for an entry wraps besides ErrEntry when the entry would
// change what must not change.
var (
	ErrReserved = errors.New("a word of stopping or of negation")
	ErrStopping = errors.New("no word may be made to stand for stopping or erasing")
)

// reserved tells words that no entry may give another meaning.
func reserved(ws []word) bool {
	if len(ws) != 1 {
		return false
	}
	switch ws[0].plain {
	case "khong", "ko", "k", "chua", "dung", "huy", "stop", "tc", "xoa", "dong", "y", "co":
		return true
	}
	return false
}

// stopping tells an expansion that would end or erase things.
func stopping(ws []word) bool {
	for _, w := range ws {
		switch w.plain {
		case "stop", "tc", "huy", "xoa", "dung", "ngung", "ngung nhan", "unsubscribe", "delete", "erase":
			return true
		}
	}
	return false
}

// finish compiles what hangs together.
func (b *builder) finish() (*Lexicon, error) {
	var err error
	b.l.fixed = make(map[string][]word, len(fixedExpansions))
	for _, w := range fixedExpansions {
		ws, err := b.words(w)
		if err != nil {
			return nil, err
		}
		b.l.fixed[w] = ws
	}
	if b.l.spoken, err = spoken(); err != nil {
		return nil, err
	}
	for w := range b.l.spoken.plain {
		b.wordID(w)
	}
	b.nearIndex()
	return b.l, nil
}
