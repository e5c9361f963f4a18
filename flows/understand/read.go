package understand

import "strings"

// reader reads one message at a time; its buffers are reused.
type reader struct {
	lex *Lexicon
	lx  lexer
	ctx Context

	text    string // normal, bounded
	long    bool
	vote    float64 // how likely the part that was weighed last is a voice
	telling bool    // somebody is to be told: "bao" is báo, no bag
	tokens  []token
	spare   []token
	matches []match
	kept    []match
	numbers []number
	atoms   []atom
	seen    cues
	first   [lastCue]int16 // where a cue was first seen; valid only when seen
	last    [lastCue]int16

	words []feature // of the part that is weighed
	named []string  // likewise, when noting
	feats []feature

	notes  []StepNote
	noting bool
}

func newReader(l *Lexicon) *reader {
	return &reader{
		lex: l, tokens: make([]token, 0, 64), spare: make([]token, 0, 64),
		matches: make([]match, 0, 96), kept: make([]match, 0, 96),
		numbers: make([]number, 0, 16), atoms: make([]atom, 0, 64),
	}
}

// Read says what text means in context c. It never fails: what is not
// understood is None.
func (l *Lexicon) Read(text string, c Context) Reading {
	r := l.reader()
	defer r.release()
	return r.read(text, c)
}

// Explain reads as Read does and says step by step how.
func (l *Lexicon) Explain(text string, c Context) (Reading, []StepNote) {
	r := l.reader()
	defer r.release()
	r.noting = true
	out := r.read(text, c)
	notes := r.notes
	r.notes = nil
	return out, notes
}

// reader takes one that is at rest, or makes one.
func (l *Lexicon) reader() *reader {
	if r, ok := l.pool.Get().(*reader); ok {
		return r
	}
	return newReader(l)
}

// release gives the reader back without anything of the message.
func (r *reader) release() {
	clear(r.tokens[:cap(r.tokens)])
	clear(r.spare[:cap(r.spare)])
	clear(r.atoms[:cap(r.atoms)])
	r.tokens, r.spare, r.atoms = r.tokens[:0], r.spare[:0], r.atoms[:0]
	r.text, r.lx.text, r.ctx, r.notes, r.noting = "", "", Context{}, nil, false
	r.lex.pool.Put(r)
}

func (r *reader) note(step string, say func() string) {
	if r.noting {
		r.notes = append(r.notes, StepNote{Step: step, Note: say()})
	}
}

// said is the message as it now stands, for notes.
func (r *reader) said() string {
	var b strings.Builder
	for i, t := range r.tokens {
		if i > 0 && !(t.glued && (t.kind == kindSign || r.tokens[i-1].kind == kindSign)) {
			b.WriteByte(' ')
		}
		b.WriteString(t.marked)
	}
	return b.String()
}
