package understand

// closed says whether items and their stance were said, so that words behind
// them tell why.
func (p *ballotParser) closed() bool {
	if p.n < 2 || p.exc != 0 {
		return false
	}
	last, before := &p.pieces[p.n-1], &p.pieces[p.n-2]
	switch last.kind {
	case pieceStance:
		return before.kind == pieceItems || before.kind == pieceAll
	case pieceItems, pieceAll:
		if last.exc != 0 && before.kind == pieceAll {
			return true
		}
		return before.kind == pieceStance && (p.n < 3 || p.pieces[p.n-3].kind == pieceStance || p.pieces[p.n-3].kind == piecePriority)
	}
	return false
}

// reason takes the words from atom x on as a reason and gives the last atom
// used. start is where it may first end.
func (p *ballotParser) reason(x, start int) int {
	atoms := p.r.atoms
	end := x
	for ; end < len(atoms); end++ {
		if end == start && atoms[end].kind == atomSign {
			continue
		}
		if p.reasonEnds(end, start) {
			break
		}
	}
	if end > x {
		first, last := x, end-1
		for first < last && atoms[first].kind == atomSign {
			first++
		}
		for last > first && (atoms[last].kind == atomSign || atoms[last].kind == atomItem || atoms[last].kind == atomBreak) {
			last--
		}
		if p.whys < maxReasons {
			p.why[p.whys] = because{piece: p.n - 1, from: atoms[first].i, to: atoms[last].j}
			p.whys++
		}
		p.gap += gapReason
	}
	for end > start && (atoms[end-1].kind == atomItem || atoms[end-1].kind == atomBreak || atoms[end-1].kind == atomSign) {
		end--
	}
	return max(end-1, x-1)
}

// reasonEnds says whether atom x begins something that is no part of a reason.
func (p *ballotParser) reasonEnds(x, start int) bool {
	atoms := p.r.atoms
	a := &atoms[x]
	switch a.kind {
	case atomNumber:
		n := p.next(x)
		return a.n >= 1 && a.n <= p.limit && n != nil && (n.kind == atomStance && (n.glued || n.i == a.j || !n.weak) || n.kind == atomPriority)
	case atomStance:
		if a.weak {
			return x+1 < len(atoms) && atoms[x+1].kind == atomNumber && p.r.word(a.i) == "k"
		}
		return p.numberAhead(x) || p.allNear(x)
	case atomPriority:
		return p.numberAhead(x)
	case atomItem:
		if x <= start || x+1 >= len(atoms) || atoms[x+1].kind != atomNumber {
			return false
		}
		n := p.next(x + 1)
		return n != nil && (n.kind == atomStance || n.kind == atomPriority) || oneOf(p.r.word(atoms[x-1].i), ",", ".") || atoms[x-1].kind == atomBreak
	case atomExcept:
		return !a.soft && p.numberAhead(x) || a.soft && x > start && atoms[x-1].kind == atomSign && p.numberAhead(x)
	case atomAll:
		return a.rest
	case atomBreak:
		return p.numberAhead(x)
	case atomSign:
		return oneOf(p.r.word(a.i), ";", "\n")
	}
	return false
}

// next is the first atom behind x that is no courtesy and no sign of
// punctuation.
func (p *ballotParser) next(x int) *atom {
	for y := x + 1; y < len(p.r.atoms); y++ {
		a := &p.r.atoms[y]
		if a.kind != atomCourtesy && (a.kind != atomSign || oneOf(p.r.word(a.i), ";", "\n")) {
			return a
		}
	}
	return nil
}
