package understand

// except decides which exceptions have a stance of their own ("trừ mục 6 thì
// không có ý kiến") and frees the marks of those that are none.
func (p *ballotParser) except() {
	pieces := p.pieces[:p.n]
	for x := range pieces {
		u := &pieces[x]
		if u.exc == 0 {
			continue
		}
		said := p.allBefore(x)
		own := x+1 < p.n && pieces[x+1].kind == pieceStance
		if own {
			alls := p.allBehind(x + 1)
			switch {
			case alls == x+2 && pieces[alls].gap < gapComma:
				own = false // "trừ mục 3 đồng ý hết"
			case alls > 0 || p.stanceBefore(x):
			case u.exc == 's': // "tất cả trừ mục 4 thì đồng ý"
				own = false // "trừ mục 3 ra, tôi đồng ý"
			}
		}
		if own || u.exc == 'p' && !said && p.allBehind(x) == 0 {
			u.exc = 0
			u.gap += gapHard
		}
	}
}

func (p *ballotParser) allBefore(x int) bool {
	for y := range p.pieces[:x] {
		if p.pieces[y].kind == pieceAll {
			return true
		}
	}
	return false
}

func (p *ballotParser) stanceBefore(x int) bool {
	for y := range p.pieces[:x] {
		if p.pieces[y].kind == pieceStance {
			return true
		}
	}
	return false
}

// allBehind is the first "all" behind piece x, or 0.
func (p *ballotParser) allBehind(x int) int {
	for y := x + 1; y < p.n; y++ {
		if p.pieces[y].kind == pieceAll {
			return y
		}
	}
	return 0
}

// What it costs to bind pieces otherwise than they want.
const (
	costBoth   = 3 // a stance with items on both sides
	costUnused = 3 // a stance without items
	costIdle   = 1 // a word of priority without items
	costFree   = 2 // items behind the last stance that get none
	costLate   = 3 // items that get no priority, where there is one
	costAhead  = 6 // items before the first stance that get none
	never      = 1 << 20
)

// binding is the cheapest way to bind the items before a stance or priority.
type binding struct {
	cost int
	left int  // how many lists between it and the one before went to that one
	from bool // that one had items before it
}

// bind gives each list of items to the stance or the priority on one of its
// sides. Between two stances the lists part where the gap is widest; a stance
// has its items on one side where that can be, and does not stay without.
func (p *ballotParser) bind() {
	var hs [maxPieces]int // stances and priorities
	n := 0
	for x := range p.pieces[:p.n] {
		if p.pieces[x].holds() {
			hs[n] = x
			n++
		}
	}
	if n == 0 {
		return
	}
	// best[k][1] is the best when holder k has items before it, best[k][0]
	// when it has none.
	var best [maxPieces][2]binding
	lead, free := p.between(-1, hs[0]), costAhead
	if p.pieces[hs[0]].kind == piecePriority {
		free = costLate
	}
	best[0] = [2]binding{{cost: never}, {cost: never}}
	if lead == 0 {
		best[0][0].cost = 0
	} else {
		for m := range lead {
			if t := m*free + p.reach(-1, hs[0], m, lead); t <= best[0][1].cost {
				best[0][1] = binding{cost: t, left: m}
			}
		}
		best[0][0] = binding{cost: lead * free, left: lead}
	}
	for k := 1; k < n; k++ {
		best[k] = [2]binding{{cost: never}, {cost: never}}
		lists := p.between(hs[k-1], hs[k])
		for m := 0; m <= lists; m++ {
			right := 0
			if m < lists {
				right = 1
			}
			c := p.reach(hs[k-1], hs[k], m, lists)
			for before := 1; before >= 0; before-- {
				t := best[k-1][before].cost + c + p.charge(hs[k-1], before == 1, m > 0)
				if t <= best[k][right].cost {
					best[k][right] = binding{cost: t, left: m, from: before == 1}
				}
			}
		}
	}
	end := max(n-1, 0) // the last of them
	tail := p.between(hs[end], p.n)
	free = costFree
	if p.pieces[hs[end]].kind == piecePriority {
		free = costLate
	}
	last := binding{cost: never}
	for m := 0; m <= tail; m++ {
		for before := 1; before >= 0; before-- {
			t := best[end][before].cost + p.reach(hs[end], p.n, m, m) + (tail-m)*free + p.charge(hs[end], before == 1, m > 0)
			if t <= last.cost {
				last = binding{cost: t, left: m, from: before == 1}
			}
		}
	}
	p.give(hs[end], p.n, last.left, false)
	from := last.from
	for k := n - 1; k > 0; k-- {
		b := best[k][0]
		if from {
			b = best[k][1]
		}
		p.give(hs[k-1], hs[k], b.left, true)
		from = b.from
	}
	if from {
		p.give(-1, hs[0], best[0][1].left, true)
	}
}

// listed says whether piece x is to be bound.
func (u *piece) listed() bool {
	return u.kind == pieceItems && u.exc == 0 || u.kind == pieceAll && u.stance == ""
}

// between counts the lists between pieces a and b.
func (p *ballotParser) between(a, b int) int {
	n := 0
	for x := a + 1; x < b; x++ {
		if p.pieces[x].listed() {
			n++
		}
	}
	return n
}

// reach is the cost of the gaps when the first m of the lists between pieces a
// and b go to a and the others to b.
func (p *ballotParser) reach(a, b, m, lists int) int {
	cost, seen := 0, 0
	for x := a + 1; x < b; x++ {
		u := &p.pieces[x]
		if !u.listed() {
			continue
		}
		seen++
		switch {
		case seen <= m && a < 0: // left without
		case seen <= m:
			cost += u.gap
			if u.topic && a >= 0 && p.pieces[a].kind == pieceStance {
				cost += gapComma
			}
			if u.kind == pieceAll && a >= 0 && p.pieces[a].kind == piecePriority {
				cost += never
			}
		case seen > m+1:
			cost += u.gap
		}
		if seen > m && u.kind == pieceAll && b < p.n && p.pieces[b].kind == piecePriority {
			cost += never
		}
	}
	if m < lists && b < p.n {
		cost += p.pieces[b].gap
	}
	return cost
}

// charge is what it costs that holder x has items before it, behind it, or
// none.
func (p *ballotParser) charge(x int, before, behind bool) int {
	priority := p.pieces[x].kind == piecePriority
	switch {
	case before && behind && !priority:
		return costBoth
	case !before && !behind && priority:
		return costIdle
	case !before && !behind:
		return costUnused
	}
	return 0
}

// give binds the first m lists between pieces a and b to a, and the others to
// b when they are bound at all.
func (p *ballotParser) give(a, b, m int, rest bool) {
	seen := 0
	for x := a + 1; x < b; x++ {
		u := &p.pieces[x]
		if !u.listed() {
			continue
		}
		seen++
		switch {
		case seen <= m && a >= 0:
			u.by = a
			p.pieces[a].used = true
		case seen > m && rest && b < p.n:
			u.by = b
			p.pieces[b].used = true
		}
	}
}
