package understand

import "slices"

// A feature is a hash of what it is about: the same in every lexicon.
type feature = uint64

// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func hash(s string) feature {
	h := uint64(fnvOffset)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return h
}

// pair is the feature of two that stand together.
func pair(a, b feature) feature {
	h := (a ^ fnvOffset) * fnvPrime
	h = (h ^ h>>29 ^ b) * fnvPrime
	return h ^ h>>32
}

// What stands for words that a commune, a season or a person changes.
const (
	someCommodity  = "<crop>"
	someFertiliser = "<fertiliser>"
	someAmbiguous  = "<crop or animal>"
	somePlace      = "<place>"
	someVillage    = "<village>"
	someDigit      = "<digit>"
	someNumber     = "<number>"
	someBigNumber  = "<big number>"
	someMoney      = "<price>"
	theStart       = "<start>"
	theEnd         = "<end>"
)

// features are the words of the part and each two that stand together. The
// slice is the reader's own until the next call.
func (r *reader) features(p *parted) []feature {
	words := r.classed(&p.f)
	out := r.feats[:0]
	for i, w := range words {
		out = append(out, w)
		if i > 0 {
			out = append(out, pair(words[i-1], w))
		}
	}
	r.feats = out
	return out
}

// classed is what stands in the part, word by word, with names and numbers as
// what they are.
func (r *reader) classed(f *findings) []feature {
	r.words, r.named = r.words[:0], r.named[:0]
	r.put(theStart)
	for i := f.from; i < f.to; i++ {
		if f.hasVillage && i >= f.village.i && i < f.village.j {
			if i == f.village.i {
				r.put(someVillage)
			}
			continue
		}
		if m := r.namedAt(f, i); m != nil {
			r.put(r.classOf(f, m))
			i = m.j - 1
			continue
		}
		t := &r.tokens[i]
		switch {
		case f.money.found && i == f.money.at && (t.kind == kindDigit || f.money.sure):
			r.put(someMoney)
		case t.kind == kindDigit && len(t.plain) <= 1:
			r.put(someDigit)
		case t.kind == kindDigit && len(t.plain) <= 3:
			r.put(someNumber)
		case t.kind == kindDigit:
			r.put(someBigNumber)
		case t.kind == kindSign && t.plain != "?" && t.plain != "!":
		default:
			r.put(t.plain)
		}
	}
	r.put(theEnd)
	return r.words
}

func (r *reader) put(word string) {
	r.words = append(r.words, hash(word))
	if r.noting {
		r.named = append(r.named, word)
	}
}

// classOf is what a commodity or a place that is named stands as.
func (r *reader) classOf(f *findings, m *match) string {
	switch {
	case m.class == classPlace:
		return somePlace
	case r.isAmbiguous(m, f):
		return someAmbiguous
	case r.fertiliser(m.index):
		return someFertiliser
	}
	return someCommodity
}

// namedAt is the commodity or place that begins at token i and counts.
func (r *reader) namedAt(f *findings, i int) *match {
	var best *match
	for x := range r.matches {
		m := &r.matches[x]
		if m.i > i {
			break
		}
		if m.i != i || m.j > f.to {
			continue
		}
		switch m.class {
		case classPlace:
		case classCommodity, classWeak:
			if !f.hasCommodity(m.index) && !r.isAmbiguous(m, f) || m.class == classWeak && !r.weakCounts(m, f) {
				continue
			}
		default:
			continue
		}
		if best == nil || m.j > best.j {
			best = m
		}
	}
	return best
}

func (r *reader) isAmbiguous(m *match, f *findings) bool {
	return slices.Contains(f.ambiguous[:f.na], m.index)
}

func (r *reader) fertiliser(i int32) bool {
	switch r.lex.commodities[i].id {
	case "urea", "npk", "potash":
		return true
	}
	return false
}
