package understand

// match is a phrase found at tokens i to j-1.
type match struct {
	class   class
	index   int32
	i, j    int
	quality int // 2: marks agree wholly, 1: the writer left some out
}

// match finds the phrases of the lexicon. A match inside a longer one is
// dropped, so that "không đồng ý" hides "đồng ý" and "mục tiêu" hides "tiêu".
func (r *reader) match() {
	t := &r.lex.phrases
	r.matches = r.matches[:0]
	for i := range r.tokens {
		if r.tokens[i].id < 0 || !t.roots[r.tokens[i].id] {
			continue
		}
		node := int32(0)
		for j := i; j < len(r.tokens); {
			k := &r.tokens[j]
			if k.id < 0 {
				if j > i && r.bridges(j) {
					j++
					continue
				}
				break
			}
			n, ok := t.edges[edge(node, k.id)]
			if !ok {
				break
			}
			node = n
			j++
			for x := range t.terms[node] {
				p := &t.terms[node][x]
				if q := r.agrees(p, i, j); q > 0 {
					r.matches = append(r.matches, match{class: p.class, index: p.index, i: i, j: j, quality: q})
				}
			}
		}
	}
	r.swallow()
}

// bridges tells a hyphen or a dot inside a name ("ca-phe", "h.tieu").
func (r *reader) bridges(j int) bool {
	t := &r.tokens[j]
	return t.kind == kindSign && t.glued && (t.plain == "-" || t.plain == ".") &&
		j+1 < len(r.tokens) && r.tokens[j+1].glued && r.tokens[j+1].kind == kindWord
}

// agrees compares the marks of tokens i to j-1 with a phrase's.
func (r *reader) agrees(p *phrase, i, j int) int {
	q, w := 2, 0
	for ; i < j; i++ {
		t := &r.tokens[i]
		if t.kind == kindSign {
			continue
		}
		m := p.marked[w]
		w++
		if t.marked == m {
			continue
		}
		if p.exact {
			return 0
		}
		if t.bare {
			q = 1
			continue
		}
		a := agree(t.marked, m)
		if a == 0 || a == 1 && len(p.marked) == 1 && inFullMarks(t.marked) {
			return 0
		}
		q = min(q, a)
	}
	return q
}

// swallow drops the matches for which a longer phrase around them, or one that
// the marks fit better, speaks.
func (r *reader) swallow() {
	ms := r.matches
	kept := r.kept[:0]
	for x := range ms {
		m := &ms[x]
		drop := false
		for y := range ms {
			o := &ms[y]
			if o.i > m.i {
				break // matches are in the order of where they begin
			}
			if x == y || o.class == classSteer || m.class == classSteer {
				continue
			}
			inside := o.i <= m.i && o.j >= m.j && o.j-o.i > m.j-m.i
			same := o.i == m.i && o.j == m.j
			switch {
			case inside && hides(o, m):
				drop = true
			case m.class == classTrouble && o.class == classCommodity && o.i < m.i && m.i < o.j && o.j < m.j && r.plainSpan(m.i, m.j):
				drop = true // "mủ nước bán" is not "nước bẩn"
			case same && o.quality > m.quality && !r.plainSpan(m.i, m.j):
				drop = true
			case same && o.class == classNot && m.class != classNot && m.quality <= o.quality && (m.class == classCommodity || m.class == classWeak):
				drop = true
			}
			if drop {
				break
			}
		}
		if !drop {
			kept = append(kept, *m)
		}
	}
	r.kept = kept[:0]
	r.matches = append(r.matches[:0], kept...)
}

// hides says whether a longer phrase o speaks for the shorter m inside it.
func hides(o, m *match) bool {
	if m.class == classCue {
		switch cue(m.index) {
		case cueCutoff, cueMessages, cueWipe, cuePersonal:
			return o.class != classCue && o.class != classTrouble // words of a form, whatever phrase they stand in
		}
	}
	switch o.class {
	case classCue:
		if m.class == classCue && cue(m.index) == cueQuestion {
			// A question word is hidden only by what it is no question in.
			switch cue(o.index) {
			case cueNothing, cueQuestion, cueSayAbstain, cueSayNo, cueEveryitem:
				return true
			}
			return false
		}
		if m.class == classCue && cue(m.index) == cueWhenq && cue(o.index) != cueNothing && cue(o.index) != cueWhenq {
			return false
		}
		if m.class == classCue && cue(o.index) == cueNotShould {
			return cue(m.index) == cueShould || cue(m.index) == cueOpinion || cue(m.index) == cueTreat
		}
		return m.class == classCue || m.class == classCommodity && m.quality == 1 && o.j-o.i > 2 || m.class == classWeak || m.class == classTrouble
	case classCommodity:
		return m.class == classCommodity || m.class == classWeak || m.class == classTrouble || (m.class == classCue && cue(m.index) != cueGia && cue(m.index) != cueSell)
	case classNot:
		return m.class == classCommodity || m.class == classWeak || m.class == classCue || m.class == classGrade
	case classPlace, classVillage:
		return m.class != classVillage && m.class != classPlace || m.class == o.class
	case classTrouble:
		return m.class == classTrouble || m.class == classCue
	case classLang:
		return m.class == classCue || m.class == classCommodity || m.class == classWeak || m.class == classLang
	}
	return m.class == o.class
}

func (r *reader) plainSpan(i, j int) bool {
	for ; i < j; i++ {
		if !r.tokens[i].bare {
			return false
		}
	}
	return true
}
