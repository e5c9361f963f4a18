package understand

import (
	"slices"
)

// ballot is what a message says about the items of a plan.
type ballot struct {
	stances  map[int]string
	order    []int
	all      string
	priority []int
	reasons  map[string]string
	bare     string // a stance without any item
	doubtful bool
	loose    int // words outside of reasons that belong to nothing
	asked    bool
	marks    int // stances that were tied to an item or are plain words of voting
	clear    int // of them, those that are letters or plain words of voting
	items    bool
	rest     bool // all is said of what is left
	none     bool // "không đồng ý mục nào"
	counted  bool // so many items, but not which
}

func (b *ballot) empty() bool {
	return len(b.stances) == 0 && b.all == "" && len(b.priority) == 0 && b.bare == ""
}

const maxItem = 60

// readBallot reads tokens from to to-1 as a ballot.
func (r *reader) readBallot(from, to int) ballot {
	if at := r.changedMind(from, to); at > 0 {
		if b := r.lastWord(from, at, to); !b.empty() {
			return b
		}
	}
	return r.parseBallot(from, to)
}

func (r *reader) parseBallot(from, to int) ballot {
	r.atomise(from, to)
	b := ballot{}
	p := ballotParser{r: r, b: &b, limit: maxItem}
	if r.ctx.Items > 0 {
		p.limit = r.ctx.Items
	}
	p.run()
	return b
}

// ballotParser goes through the atoms once.
type ballotParser struct {
	r       *reader
	b       *ballot
	limit   int
	pending []int  // numbers that wait for a stance
	stance  string // a stance that waits for numbers
	group   []int  // items that got a stance last: a reason belongs to them
	all     bool   // "all" that waits for a stance
	except  []int
	inExc   bool
	prio    bool
	style   byte // 'n' number first, 's' stance first
	chosen  bool // a word of voting that does not say which way
	after   int  // numbers taken since the stance
	buf     [16]int
}

func (p *ballotParser) run() {
	atoms := p.r.atoms
	p.pending = p.buf[:0]
	for x := 0; x < len(atoms); x++ {
		a := &atoms[x]
		switch a.kind {
		case atomNumber:
			x = p.number(x)
		case atomStance:
			p.take(x)
		case atomAll:
			p.everything(x)
		case atomExcept:
			if p.b.bare != "" && p.b.all == "" && p.numberAhead(x) {
				p.b.all, p.b.bare = p.b.bare, ""
			}
			if p.b.all != "" || p.all {
				p.inExc = true
				p.stance = ""
			} else if len(p.b.stances) > 0 && p.numberAhead(x) {
				// "đồng ý mục 1, 2 còn mục 3 không": what comes has its own stance.
				p.stance, p.prio, p.style = "", false, 'n'
			} else {
				p.b.loose++
			}
		case atomPriority:
			p.settle()
			if len(p.pending) > 0 && !p.numberAhead(x) {
				p.b.priority = append(p.b.priority, p.pending...)
				p.pending = p.pending[:0]
				continue
			}
			p.prio, p.stance = true, ""
		case atomChoose:
			p.chosen = true
		case atomBecause:
			p.settle()
			x = p.reason(x+1, x+1)
		case atomText:
			if len(p.group) > 0 && p.after >= 0 && len(p.pending) == 0 && !p.prio {
				x = p.reason(x, x)
				continue
			}
			p.b.loose += a.j - a.i
		case atomSign:
			if p.r.word(a.i) == "?" {
				p.b.asked = true
			}
		}
	}
	p.finish()
}

func (p *ballotParser) numberAhead(x int) bool {
	for y := x + 1; y < len(p.r.atoms); y++ {
		switch p.r.atoms[y].kind {
		case atomNumber:
			return true
		case atomItem, atomSign, atomCourtesy:
		default:
			return false
		}
	}
	return false
}

// next is the first atom behind x that is not a sign of punctuation.
func (p *ballotParser) next(x int) *atom {
	for y := x + 1; y < len(p.r.atoms); y++ {
		if k := p.r.atoms[y].kind; k != atomSign || oneOf(p.r.word(p.r.atoms[y].i), ";", "\n") {
			return &p.r.atoms[y]
		}
	}
	return nil
}

// number takes a number, or a range, and gives the last atom it used.
func (p *ballotParser) number(x int) int {
	atoms := p.r.atoms
	lo := atoms[x].n
	hi := lo
	end := x
	if n := p.howMany(x); n > 0 {
		if lo == p.r.ctx.Items && (p.all || p.b.all != "") {
			return x + n // "cả 7 mục"
		}
		p.b.counted, p.b.doubtful = true, true
		return x + n
	}
	if y := x + 2; y < len(atoms) && oneOf(p.r.word(atoms[x+1].i), "-", "den", "toi") {
		if atoms[y].kind == atomItem && y+1 < len(atoms) {
			y++
		}
		if atoms[y].kind == atomNumber && atoms[y].n > lo && atoms[y].n <= p.limit {
			hi, end = atoms[y].n, y
		}
	}
	if lo < 1 || hi > p.limit {
		p.b.doubtful = true
		if n := p.next(end); n != nil && n.kind == atomStance && (n.glued || p.style == 'n') {
			return end + 1 // an item that there is not, with its stance
		}
		p.b.loose++
		return end
	}
	p.b.items = true
	// A stance right behind the number belongs to it, whatever came before.
	own := false
	if n := p.next(end); n != nil && n.kind == atomStance {
		own = n.glued || p.style == 'n' || p.stanceThenEnd(end)
	}
	for n := lo; n <= hi; n++ {
		switch {
		case own:
			p.pending = append(p.pending, n)
		case p.prio:
			if slices.Contains(p.b.priority, n) {
				p.b.doubtful = true
				continue
			}
			p.b.priority = append(p.b.priority, n)
		case p.inExc:
			p.except = append(p.except, n)
		case p.stance != "":
			p.assign(n, p.stance)
			p.after++
		default:
			if p.style == 0 {
				p.style = 'n'
			}
			p.pending = append(p.pending, n)
		}
	}
	if own {
		p.prio, p.stance, p.inExc = false, "", false
	}
	return end
}

// howMany says how many atoms behind a number belong to it when it tells how
// many items are meant and not which: "3 mục", "2 mục cuối".
func (p *ballotParser) howMany(x int) int {
	atoms := p.r.atoms
	if x+1 >= len(atoms) || atoms[x+1].kind != atomItem || x > 0 && atoms[x-1].kind == atomItem ||
		x+2 < len(atoms) && atoms[x+2].kind == atomNumber {
		return 0
	}
	if x+2 < len(atoms) && oneOf(p.r.word(atoms[x+2].i), "dau", "cuoi", "nay", "do", "tren", "duoi", "ay") {
		return 2
	}
	return 1
}

// stanceThenEnd says whether the stance behind number x is the last of the
// ballot or is itself followed by something that is not its number, while a
// stance before x has had numbers already.
func (p *ballotParser) stanceThenEnd(x int) bool {
	if p.stance != "" || p.prio {
		if p.style != 'n' && !p.prio {
			return false
		}
	}
	for y := x + 1; y < len(p.r.atoms); y++ {
		if p.r.atoms[y].kind != atomStance {
			continue
		}
		n := p.next(y)
		return n == nil || n.kind != atomNumber && n.kind != atomItem || p.style == 'n'
	}
	return false
}

// take handles a stance.
func (p *ballotParser) take(x int) {
	a := &p.r.atoms[x]
	if !a.weak || a.glued {
		p.b.marks++
	}
	if w := p.r.word(a.i); !a.weak || a.j-a.i == 1 && (w == "d" || w == "k" || w == "dd" || a.glued && len(w) == 1) {
		p.b.clear++
	}
	s := a.stance
	if a.weak && s == Abstain {
		p.b.doubtful = true // "không biết" is said of many things
	}
	switch {
	case p.inExc && len(p.except) > 0:
		for _, n := range p.except {
			p.assign(n, s)
		}
		p.except, p.inExc = p.except[:0], false
		return
	case len(p.pending) > 0:
		p.group = p.group[:0]
		for _, n := range p.pending {
			p.assign(n, s)
		}
		if a.weak {
			p.b.marks++
		}
		p.pending = p.pending[:0]
		p.stance, p.prio, p.after = "", false, 0
		return
	case p.all:
		p.b.all, p.all = s, false
		if len(p.except) > 0 {
			for _, n := range p.except {
				p.assign(n, opposite(s))
			}
			p.except = p.except[:0]
		}
		p.inExc = false
		return
	}
	p.settle()
	if a.weak && p.b.bare == "" && !p.numberNext(x) && !p.allNext(x) {
		if len(p.group) > 0 || len(p.b.stances) > 0 {
			p.b.loose++
		} else {
			p.weakBare(s, a)
		}
		return
	}
	if p.b.bare != "" && p.b.bare != s {
		p.b.doubtful = true
	}
	if p.numberNext(x) || p.allNext(x) {
		p.stance = s
		p.group = p.group[:0]
		p.after = 0
		p.prio = false
		if p.style == 0 {
			p.style = 's'
		}
		if a.weak {
			p.b.marks++
		}
		return
	}
	p.b.bare = s
	p.stance = s
	p.prio = false
}

// weakBare keeps a little word that stands alone; it is a stance only when a
// question for one is open, which the callers know.
func (p *ballotParser) weakBare(_ string, a *atom) {
	if !oneOf(p.r.word(a.i), "ok", "oke", "okie", "yes") {
		p.b.loose += a.j - a.i
	}
}

func (p *ballotParser) numberNext(x int) bool {
	for y := x + 1; y < len(p.r.atoms); y++ {
		switch k := p.r.atoms[y]; k.kind {
		case atomNumber:
			return true
		case atomItem, atomCourtesy:
		case atomSign:
			if oneOf(p.r.word(k.i), ";", "\n", "?") {
				return false
			}
		default:
			return false
		}
	}
	return false
}

func (p *ballotParser) allNext(x int) bool {
	for y := x + 1; y < len(p.r.atoms); y++ {
		switch p.r.atoms[y].kind {
		case atomAll:
			return true
		case atomCourtesy, atomItem:
		default:
			return false
		}
	}
	return false
}

func (p *ballotParser) everything(x int) {
	a := &p.r.atoms[x]
	if a.stance == No {
		p.b.none, p.b.doubtful = true, true
	}
	if y := x + 1; y < len(p.r.atoms) && p.r.atoms[y].kind == atomNumber && p.howMany(y) > 0 && p.r.word(a.j-1) == "ca" && p.r.ctx.Items > 0 && p.r.atoms[y].n != p.r.ctx.Items {
		return // "cả 3 mục"
	}
	w := p.r.word(a.j - 1)
	if w == "lai" || w == "khac" {
		p.b.rest = true
	} else if p.stance == No || p.b.bare == No {
		p.b.doubtful = true // "không đồng ý hết" may mean not with all
	}
	switch {
	case (w == "lai" || w == "khac") && p.b.all == "" && len(p.pending) == 0 && (len(p.b.stances) > 0 || p.stance == ""):
		p.all, p.stance, p.prio = true, "", false // the rest: their stance is to come
	case p.stance != "":
		p.b.all = p.stance
		p.b.bare = ""
		p.stance = ""
	case p.b.bare != "" && p.b.all == "":
		p.b.all, p.b.bare = p.b.bare, ""
	case p.b.all == "" && len(p.pending) == 0:
		p.all = true
	default:
		p.b.loose++
	}
}

// settle gives up what waits for a stance that does not come.
func (p *ballotParser) settle() {
	if p.inExc && p.b.all != "" {
		for _, n := range p.except {
			p.assign(n, opposite(p.b.all))
		}
		p.except, p.inExc = p.except[:0], false
	}
}

func (p *ballotParser) assign(n int, s string) {
	if p.b.stances == nil {
		p.b.stances = make(map[int]string, 8)
	}
	if old, ok := p.b.stances[n]; ok && old != s {
		p.b.doubtful = true
	}
	if _, ok := p.b.stances[n]; !ok {
		p.b.order = append(p.b.order, n)
	}
	p.b.stances[n] = s
	p.group = append(p.group, n)
	if p.b.bare == s {
		p.b.bare = ""
	}
}

// reason takes the words from atom x on as the reason for the items before
// and gives the last atom used.
func (p *ballotParser) reason(x, start int) int {
	atoms := p.r.atoms
	end := x
	for ; end < len(atoms); end++ {
		a := &atoms[end]
		if end == start && a.kind == atomSign {
			continue
		}
		if a.kind == atomNumber && a.n >= 1 && a.n <= p.limit {
			if n := p.next(end); n != nil && n.kind == atomStance && (n.glued || n.i == a.j || !n.weak) {
				break
			}
		}
		if (a.kind == atomStance && !a.weak || a.kind == atomPriority) && (p.numberNext(end) || p.allNext(end)) {
			break
		}
		if a.kind == atomStance && a.weak && end+1 < len(atoms) && atoms[end+1].kind == atomNumber && len(a.stance) > 0 && p.r.word(a.i) == "k" {
			break
		}
		if a.kind == atomItem && end+1 < len(atoms) && atoms[end+1].kind == atomNumber && end > start {
			if n := p.next(end + 1); n != nil && n.kind == atomStance {
				break
			}
		}
		if a.kind == atomSign && oneOf(p.r.word(a.i), ";", "\n") {
			break
		}
	}
	if end > x {
		first, last := x, end-1
		for first < last && atoms[first].kind == atomSign {
			first++
		}
		for last > first && (atoms[last].kind == atomSign || atoms[last].kind == atomItem) {
			last--
		}
		if text := p.r.reasonText(atoms[first].i, atoms[last].j); text != "" {
			p.keep(text)
		}
	}
	if end > start && atoms[end-1].kind == atomItem {
		end--
	}
	p.stance, p.prio = "", false
	return max(end-1, x-1)
}

func (p *ballotParser) keep(text string) {
	if p.b.reasons == nil {
		p.b.reasons = make(map[string]string, 2)
	}
	if len(p.group) == 0 {
		key := ""
		if p.b.all != "" {
			key = All
		}
		p.b.reasons[key] = text
		return
	}
	for _, n := range p.group {
		p.b.reasons[itoa(n)] = text
	}
}

func (p *ballotParser) finish() {
	p.settle()
	if p.chosen && len(p.pending) > 0 && p.b.bare == "" && len(p.b.stances) == 0 && p.b.all == "" {
		for _, n := range p.pending {
			p.assign(n, Yes)
		}
		p.pending = p.pending[:0]
		p.b.marks, p.b.clear, p.b.doubtful = p.b.marks+1, p.b.clear+1, true
	}
	if p.b.counted && p.stance != "" && len(p.b.stances) == 0 && p.b.all == "" && p.b.bare == "" {
		p.b.bare = p.stance
	}
	if len(p.pending) > 0 {
		if p.b.bare != "" && len(p.b.stances) == 0 {
			for _, n := range p.pending {
				p.assign(n, p.b.bare)
			}
			p.b.bare = ""
		} else {
			p.b.loose += len(p.pending)
			p.b.doubtful = true
		}
	}
	if p.all {
		p.b.loose++
	}
	if len(p.except) > 0 {
		p.b.doubtful = true
	}
	if len(p.b.stances) > 0 && p.b.bare != "" {
		p.b.bare = ""
		p.b.doubtful = true
	}
	if p.b.loose > 0 {
		p.b.doubtful = true
	}
}

func opposite(s string) string {
	if s == No {
		return Yes
	}
	return No
}
