package understand

type pieceKind uint8

const (
	pieceItems pieceKind = iota
	pieceAll
	pieceStance
	piecePriority
)

// piece is a piece of what a ballot says, to be bound to others.
type piece struct {
	kind    pieceKind
	stance  string
	set     items // of items; empty when the round has none of them
	at, end int   // atoms
	gap     int   // how far it stands from the piece before
	by      int   // the stance or priority that items belong to, or -1
	used    bool  // a stance or priority that has items
	exc     byte  // items behind a word of exception
	topic   bool  // "mục 2 thì": a stance is to come
	done    bool  // a list that "và" or a range has ended: what a comma parts from it is another
	soft    bool  // a stance by a little word
	flip    bool
	rest    bool
	none    bool
}

func (u *piece) holds() bool { return u.kind == pieceStance || u.kind == piecePriority }

// How far pieces stand apart.
const (
	gapText   = 1
	gapComma  = 2
	gapReason = 3
	gapStop   = 4
	gapBreak  = 5
	gapHard   = 6
)

// gather goes through the atoms once.
func (p *ballotParser) gather() {
	atoms := p.r.atoms
	for x := 0; x < len(atoms) && p.n < maxPieces; x++ {
		a := &atoms[x]
		p.b.doubtful = p.b.doubtful || a.doubt
		switch a.kind {
		case atomNumber:
			p.number(x)
			continue
		case atomStance:
			p.stance(x)
		case atomAll:
			p.all(x)
		case atomExcept:
			p.exc = 's'
			if a.soft {
				p.exc = 'p'
			}
			p.gap += gapStop
		case atomBreak:
			p.gap += gapBreak
			p.exc = 0
			if p.numberAhead(x) && p.r.word(a.i) == "chi" {
				p.exc = 'p'
			}
		case atomPriority:
			p.add(piece{kind: piecePriority, at: x, end: x})
		case atomChoose:
			p.chosen = true
		case atomCount:
			p.counted = true
		case atomBecause:
			x = p.reason(x+1, x+1)
			continue
		case atomText:
			if p.closed() {
				x = p.reason(x, x)
				continue
			}
			p.b.loose += a.j - a.i
			p.gap += gapText
		case atomSign:
			p.sign(a)
		case atomCourtesy:
			if p.n > 0 && oneOf(p.r.word(a.i), "thi", "la") && x > 0 && atoms[x-1].kind == atomNumber {
				p.pieces[p.n-1].topic = true
			}
			if p.r.word(a.i) == "lam" && p.gap > 0 && x+1 < len(atoms) && atoms[x+1].kind == atomItem {
				p.gap += gapText
			}
		}
	}
	if p.n == maxPieces {
		p.b.doubtful = true
	}
}

func (p *ballotParser) add(u piece) {
	u.gap, u.by, p.gap = p.gap, -1, 0
	p.pieces[p.n] = u
	p.n++
}

func (p *ballotParser) sign(a *atom) {
	next := a.j < len(p.r.tokens) && p.r.tokens[a.j].glued
	switch p.r.word(a.i) {
	case "?":
		p.b.asked = true
		p.gap += gapReason
	case ",":
		p.gap += gapComma
	case ".", "!":
		if !next && !(p.gap == 0 && p.n > 0 && p.pieces[p.n-1].kind == pieceItems) {
			p.gap += gapStop
		}
	case ";", "\n":
		p.gap += gapHard
	}
}

// number takes a number or a range, and joins it to a list that stands right
// before.
func (p *ballotParser) number(x int) {
	a := &p.r.atoms[x]
	if x > 0 && x+1 < len(p.r.atoms) && p.r.atoms[x-1].kind == atomText && p.r.atoms[x+1].kind == atomText {
		p.b.loose++ // "đèn đường 20 bóng"
		p.gap += gapText
		return
	}
	var set items
	if a.n < 1 || a.hi > p.limit {
		p.b.doubtful = true
		if a.n >= 1 && a.n <= p.limit {
			set = between(a.n, p.limit)
		}
	} else {
		set = between(a.n, a.hi)
	}
	topic := p.topicAhead(x)
	if p.n > 0 && p.gap <= gapComma && p.exc == 0 {
		if u := &p.pieces[p.n-1]; u.kind == pieceItems && !u.topic && u.set&set == 0 && u.set != 0 && set != 0 && (p.gap == 0 || p.n == 1 || !topic && !u.done && !(p.n > 3 && p.stanceNext(x))) {
			u.set |= set
			u.done = u.done || a.hi > a.n || p.joined(x)
			u.end = x
			p.gap = 0
			return
		}
	}
	if p.n > 0 && p.pieces[p.n-1].rest && p.gap == 0 {
		p.n-- // "còn lại các mục 1, 2, 3"
		p.gap = p.pieces[p.n].gap
	}
	p.add(piece{kind: pieceItems, at: x, end: x, set: set, exc: p.exc, topic: topic, done: a.hi > a.n})
	p.exc = 0
}

// stanceNext says whether a stance follows the number of atom x.
func (p *ballotParser) stanceNext(x int) bool {
	n := p.next(x)
	return n != nil && n.kind == atomStance && !n.weak
}

// joined says whether "và" or the like stands before the number of atom x.
func (p *ballotParser) joined(x int) bool {
	for x--; x >= 0 && (p.r.atoms[x].kind == atomItem || p.r.atoms[x].kind == atomCourtesy); x-- {
		if oneOf(p.r.word(p.r.atoms[x].i), "va", "voi", "vs", "lan") {
			return true
		}
	}
	return false
}

// topicAhead says whether "thì" or "là" follows the number of atom x.
func (p *ballotParser) topicAhead(x int) bool {
	for x++; x < len(p.r.atoms); x++ {
		a := &p.r.atoms[x]
		if a.kind != atomCourtesy {
			return false
		}
		if oneOf(p.r.word(a.i), "thi", "la") {
			return true
		}
	}
	return false
}

// stance takes a stance; a little word is one only beside an item.
func (p *ballotParser) stance(x int) {
	a := &p.r.atoms[x]
	if a.weak && !p.stands(x) {
		if !oneOf(p.r.word(a.i), "ok", "oke", "okie", "yes", "co", "duoc", "tot", "chuan") {
			if p.closed() {
				return
			}
			p.b.loose += a.j - a.i
			p.gap += gapText
		}
		return
	}
	if !a.weak || a.glued {
		p.b.marks++
	}
	if w := p.r.word(a.i); !a.weak || a.j-a.i == 1 && (w == "d" || w == "k" || w == "dd" || a.glued && len(w) == 1) {
		p.b.clear++
	}
	if a.weak {
		p.b.marks++
		if a.stance == Abstain {
			p.b.doubtful = true // "không biết" is said of many things
		}
	}
	p.exc = 0
	p.add(piece{kind: pieceStance, at: x, end: x, stance: a.stance, soft: a.weak})
}

// stands says whether the little word of atom x is a stance: right behind or
// before an item, or at the end of what is said of one.
func (p *ballotParser) stands(x int) bool {
	a := &p.r.atoms[x]
	if p.asks(x) {
		return false
	}
	letter := a.j-a.i == 1 && len(p.r.word(a.i)) == 1
	before := p.behind(x)
	if a.glued && x > 0 && p.r.atoms[x-1].kind == atomNumber {
		return true
	}
	ahead := p.ahead(x)
	if before && (letter || ahead) {
		return true
	}
	if ahead && p.n > 0 && p.pieces[p.n-1].kind == pieceItems && (p.n == 1 || p.pieces[p.n-2].kind == pieceStance && !p.leads()) {
		return true // "mục 4 chợ thì không"
	}
	if x+1 < len(p.r.atoms) && p.numberNear(x) {
		return letter || oneOf(p.r.word(a.i), "ok", "oke", "yes", "no", "bo", "chong", "thuan", "bac", "gat", "loai", "khong", "thoi", "khoi", "dung")
	}
	return p.allNear(x)
}

// asks says whether the "không" of atom x closes a question that "có" opened:
// "mục 5 có xa không".
func (p *ballotParser) asks(x int) bool {
	a := &p.r.atoms[x]
	if !oneOf(p.r.word(a.i), "khong", "chua") || a.j-a.i > 1 {
		return false
	}
	for i := a.i - 1; i >= 0 && p.r.tokens[i].kind == kindWord; i-- {
		if oneOf(p.r.word(i), "co", "da") && p.r.word(a.i-1) != "thi" {
			return true
		}
	}
	return false
}

// leads says whether stances stand before their items.
func (p *ballotParser) leads() bool {
	return p.n > 0 && p.pieces[0].kind == pieceStance && p.n < 3
}

// behind says whether items stand right before atom x.
func (p *ballotParser) behind(x int) bool {
	for x--; x >= 0; x-- {
		a := &p.r.atoms[x]
		switch a.kind {
		case atomNumber:
			return true
		case atomAll:
			return true
		case atomCourtesy:
		case atomSign:
			if oneOf(p.r.word(a.i), ",", ";", "?", "\n") {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// ahead says whether what is said ends behind atom x.
func (p *ballotParser) ahead(x int) bool {
	for x++; x < len(p.r.atoms); x++ {
		a := &p.r.atoms[x]
		switch a.kind {
		case atomCourtesy:
		case atomText:
			return false
		case atomStance:
			return a.weak
		default:
			return true
		}
	}
	return true
}

// numberNear says whether a number stands right behind atom x.
func (p *ballotParser) numberNear(x int) bool {
	for x++; x < len(p.r.atoms); x++ {
		switch a := &p.r.atoms[x]; a.kind {
		case atomNumber:
			return true
		case atomItem, atomCourtesy:
		case atomSign:
			if p.r.word(a.i) != ":" {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// allNear says whether "all" stands right behind atom x.
func (p *ballotParser) allNear(x int) bool {
	for x++; x < len(p.r.atoms); x++ {
		switch p.r.atoms[x].kind {
		case atomAll:
			return true
		case atomCourtesy:
		default:
			return false
		}
	}
	return false
}

// numberAhead says whether a number follows, with nothing but signs and
// courtesy between.
func (p *ballotParser) numberAhead(x int) bool {
	for y := x + 1; y < len(p.r.atoms); y++ {
		switch p.r.atoms[y].kind {
		case atomNumber:
			return true
		case atomItem, atomCourtesy:
		case atomSign:
			if oneOf(p.r.word(p.r.atoms[y].i), ";", "\n", "?") {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// all takes a word for every item.
func (p *ballotParser) all(x int) {
	a := &p.r.atoms[x]
	if a.soft {
		if p.numberNear(x) || p.n > 1 && p.gap == 0 && p.pieces[p.n-1].kind == pieceStance && p.pieces[p.n-1].gap < gapStop &&
			p.pieces[p.n-2].kind == pieceItems && (p.n < 3 || p.pieces[p.n-3].kind != piecePriority) {
			return // "không đồng ý cả 4 lẫn 6", "mục 5 không ai chịu hết"
		}
		if !p.besideStance(x) {
			if !p.closed() {
				p.gap += gapText
			}
			return
		}
	}
	if u := p.n - 1; u >= 0 && p.pieces[u].kind == pieceAll && p.gap <= gapText && a.stance == "" {
		p.pieces[u].rest = p.pieces[u].rest || a.rest
		return
	}
	p.exc = 0
	p.add(piece{kind: pieceAll, at: x, end: x, stance: a.stance, flip: a.flip, rest: a.rest, none: a.none})
}

// besideStance says whether a stance stands right before or behind atom x.
func (p *ballotParser) besideStance(x int) bool {
	for y := x - 1; y >= 0; y-- {
		k := p.r.atoms[y].kind
		if k == atomStance {
			return true
		}
		if k != atomCourtesy && k != atomItem {
			break
		}
	}
	for y := x + 1; y < len(p.r.atoms); y++ {
		a := &p.r.atoms[y]
		if a.kind == atomStance {
			return true
		}
		if a.kind != atomCourtesy && a.kind != atomAll {
			break
		}
	}
	return false
}
