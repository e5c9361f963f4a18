package understand

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

// join hashes features that stand together as one of a kind.
func join(kind byte, of ...feature) feature {
	h := (uint64(fnvOffset) ^ uint64(kind)) * fnvPrime
	for _, f := range of {
		h = (h ^ f) * fnvPrime
		h ^= h >> 29
	}
	return h
}

// What stands for words that a commune or a season changes.
var (
	someCommodity  = hash("<commodity>")
	someFertiliser = hash("<fertiliser>")
	someAmbiguous  = hash("<crop or animal>")
	somePlace      = hash("<place>")
	someVillage    = hash("<village>")
	someItem       = hash("<item>")
	someMoney      = hash("<money>")
	someNumber     = hash("<number>")
	bigNumber      = hash("<big number>")
	theStart       = hash("<start>")
	theEnd         = hash("<end>")
)

// features lists what stands in tokens from to to-1, after find. The slice is
// the reader's own until the next call.
func (r *reader) features(p *parted) []feature {
	f := &p.f
	out := r.feats[:0]
	words := r.classed(f)
	n := len(words)
	for i, w := range words {
		out = append(out, join('1', w))
		if i+1 < n {
			out = append(out, join('2', w, words[i+1]))
		}
		if i+2 < n {
			out = append(out, join('3', w, words[i+1], words[i+2]), join('s', w, words[i+2]))
		}
	}
	for c := range lastCue {
		if r.seen.has(c) {
			out = append(out, join('c', feature(c)+1))
		}
	}
	if r.spam() {
		out = append(out, join('p'))
	}
	out = p.b.features(p.voted, out)
	from, to := r.coreOf(f.from, f.to)
	if from < to {
		out = append(out, join('F', hash(r.tokens[from].plain)), join('L', hash(r.tokens[to-1].plain)))
		if to-from >= 2 {
			out = append(out, join('G', hash(r.tokens[from].plain), hash(r.tokens[from+1].plain)), join('M', hash(r.tokens[to-2].plain), hash(r.tokens[to-1].plain)))
		}
	}
	size := 0
	for n := f.words; n > 0; n /= 2 {
		size++
	}
	out = append(out, join('n', feature(size)))
	r.feats = out
	return out
}

// classed is what stands in the part, word by word, with names and numbers as
// what they are.
func (r *reader) classed(f *findings) []feature {
	out := append(r.words[:0], theStart)
	for i := f.from; i < f.to; i++ {
		if r.hasVillageAt(f, i) {
			if i == f.village.i {
				out = append(out, someVillage)
			}
			continue
		}
		if m := r.namedAt(f, i); m != nil {
			switch {
			case m.class == classPlace:
				out = append(out, somePlace)
			case r.isAmbiguous(m, f):
				out = append(out, someAmbiguous)
			case r.fertiliser(m.index):
				out = append(out, someFertiliser)
			default:
				out = append(out, someCommodity)
			}
			i = m.j - 1
			continue
		}
		t := &r.tokens[i]
		switch {
		case f.money.found && i == f.money.at && (t.kind == kindDigit || f.money.sure):
			out = append(out, someMoney)
		case t.kind == kindDigit && len(t.plain) <= 1:
			out = append(out, someItem)
		case t.kind == kindDigit && len(t.plain) <= 3:
			out = append(out, someNumber)
		case t.kind == kindDigit:
			out = append(out, bigNumber)
		case t.kind == kindSign && t.plain != "?" && t.plain != "!":
			continue
		default:
			out = append(out, hash(t.plain))
		}
	}
	out = append(out, theEnd)
	r.words = out
	return out
}

func (r *reader) hasVillageAt(f *findings, i int) bool {
	return f.hasVillage && i >= f.village.i && i < f.village.j
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
	for _, a := range f.ambiguous[:f.na] {
		if a == m.index {
			return true
		}
	}
	return false
}

func (r *reader) fertiliser(i int32) bool {
	switch r.lex.commodities[i].id {
	case "urea", "npk", "potash":
		return true
	}
	return false
}

// features adds what a ballot looks like.
func (b *ballot) features(voted float64, out []feature) []feature {
	if b.empty() {
		return out
	}
	kind := feature(0)
	switch {
	case b.all != "":
		kind = 1
	case len(b.stances) > 1:
		kind = 2
	case len(b.stances) == 1:
		kind = 3
	case len(b.priority) > 0:
		kind = 4
	}
	loose := feature(min(b.loose, 4))
	out = append(out, join('b', kind), join('B', kind, loose))
	if voted > 0 {
		out = append(out, join('v', kind))
	}
	return out
}
