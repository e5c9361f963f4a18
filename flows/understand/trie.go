package understand

// class says what a phrase of the lexicon stands for.
type class uint8

const (
	classCue class = iota
	classCommodity
	classWeak // a commodity, by a short word that needs company when unmarked
	classNot  // swallows commodities
	classPlace
	classVillage
	classGrade
	classTrouble
	classLang
	classSteer // steering words, which count only as the whole message
	classAlias
)

// phrase is a terminal of a trie.
type phrase struct {
	class  class
	exact  bool // marks must be written as here
	index  int32
	marked []string
}

// trie finds phrases by their folded words; the words are ids.
type trie struct {
	edges map[uint64]int32
	terms map[int32][]phrase
	next  int32
	roots map[int32]bool
}

func newTrie() trie {
	return trie{edges: map[uint64]int32{}, terms: map[int32][]phrase{}, roots: map[int32]bool{}}
}

func edge(node, word int32) uint64 { return uint64(uint32(node))<<32 | uint64(uint32(word)) }

// add puts a phrase in; words and marked run in parallel.
func (t *trie) add(words []int32, p phrase) {
	node := int32(0)
	t.roots[words[0]] = true
	for _, w := range words {
		k := edge(node, w)
		n, ok := t.edges[k]
		if !ok {
			t.next++
			n = t.next
			t.edges[k] = n
		}
		node = n
	}
	for _, q := range t.terms[node] {
		if q.class == p.class && q.index == p.index && equal(q.marked, p.marked) {
			return
		}
	}
	t.terms[node] = append(t.terms[node], p)
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
