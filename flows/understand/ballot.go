package understand

import (
	"math/bits"
	"slices"
)

// ballot is what a message says about the items of a plan.
type ballot struct {
	stances  map[int]string
	order    []int // the first item that was named
	all      string
	priority []int
	reasons  map[string]string
	bare     string // a stance without any item
	doubtful bool
	loose    int // words outside of reasons that belong to nothing
	asked    bool
	marks    int  // stances that were tied to an item or are plain words of voting
	clear    int  // of them, those that are letters or plain words of voting
	rest     bool // all is said of what is left
	from     int  // the token where it begins
	none     bool // "không đồng ý mục nào", "mục nào cũng đồng ý"
}

func (b *ballot) empty() bool {
	return len(b.stances) == 0 && b.all == "" && len(b.priority) == 0 && b.bare == ""
}

// refusesOnly says whether no item is agreed to.
func (b *ballot) refusesOnly() bool {
	for _, s := range b.stances {
		if s != No {
			return false
		}
	}
	return true
}

// mixed says whether the items are not all of one stance.
func (b *ballot) mixed() bool {
	first := ""
	for _, s := range b.stances {
		if first != "" && s != first {
			return true
		}
		first = s
	}
	return false
}

const maxItem = 60

// items is a set of the numbers of items: bit n stands for item n.
type items uint64

func between(lo, hi int) items { return items(1)<<(hi+1) - items(1)<<lo }

func (s items) count() int { return bits.OnesCount64(uint64(s)) }
func (s items) first() int { return bits.TrailingZeros64(uint64(s)) }

// drop takes the lowest number out of the set.
func (s items) drop() items { return s & (s - 1) }

// firstItems lends slices of one number.
var firstItems = func() (a [maxItem + 1]int) {
	for n := range a {
		a[n] = n
	}
	return a
}()

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
	p := ballotParser{r: r, limit: maxItem}
	if r.ctx.Items > 0 {
		p.limit = min(r.ctx.Items, maxItem)
	}
	p.gather()
	p.except()
	p.bind()
	p.count()
	return p.b
}

const (
	maxPieces  = 96
	maxReasons = 8
	maxRanked  = 16
)

// ballotParser reads a ballot in three steps: it gathers what is said into
// pieces (lists of items, "all", stances, words of priority), binds each list
// to a stance or a priority beside it, and counts.
type ballotParser struct {
	r     *reader
	b     ballot
	limit int

	pieces [maxPieces]piece
	n      int
	gap    int  // how far the next piece stands from the last
	exc    byte // the next items are an exception: 's' surely, 'p' perhaps

	why  [maxReasons]because
	whys int

	chosen  bool // a word of voting that does not say which way
	counted bool // so many items, but not which

	said   [5]items // by stance
	first  int      // the first item that was named
	ranked [maxRanked]int
	ranks  int
}

// because is a reason: the tokens that tell it and the piece that it follows.
type because struct{ piece, from, to int }

// stances in the order of ballotParser.said.
var stanceNames = [5]string{"", Yes, No, Other, Abstain}

func stanceIndex(s string) int {
	for i, name := range stanceNames {
		if name == s {
			return i
		}
	}
	return 0
}

// count writes what the bound pieces say into the ballot.
func (p *ballotParser) count() {
	pieces := p.pieces[:p.n]
	bare, tied := "", false
	for x := range pieces {
		u := &pieces[x]
		switch {
		case u.kind == pieceStance && !u.used:
			if u.soft {
				continue
			}
			if bare != "" && bare != u.stance {
				p.b.doubtful = true
			}
			bare = u.stance
		case u.kind == pieceAll && u.stance != "":
			p.everything(u.stance, u)
			tied = true
		case u.kind == pieceAll && u.by >= 0 && u.by < x && u.rest && p.shares(u):
			p.b.loose++ // "đồng ý mục 5, mấy mục kia chưa coi"
		case u.kind == pieceAll && u.by >= 0:
			s := pieces[u.by].stance
			if u.flip {
				s = opposite(s)
			}
			p.everything(s, u)
			tied = true
		case u.kind != pieceItems || u.exc != 0 && u.by < 0:
		case u.by < 0:
			p.alone(u)
		case pieces[u.by].kind == piecePriority:
			p.rank(u)
		default:
			p.say(u.set, pieces[u.by].stance)
			tied = tied || u.set != 0
		}
	}
	p.exceptions(bare, tied)
	p.alsoFirst()
	switch {
	case bare == "":
	case !tied && p.b.all == "":
		p.b.bare = bare
	case p.b.all == bare:
	default:
		p.b.doubtful = p.b.doubtful || !p.saidBefore(bare)
	}
	if p.b.bare != "" && p.loneItems() != 0 && p.ranks == 0 && p.said == ([5]items{}) {
		p.say(p.loneItems(), p.b.bare)
		p.b.loose -= p.loneItems().count()
		p.b.bare = ""
	}
	if p.counted {
		p.b.doubtful = true
	}
	if p.b.loose > 0 {
		p.b.doubtful = true
	}
	p.write()
}

// saidBefore says whether some item has the stance.
func (p *ballotParser) saidBefore(s string) bool { return p.said[stanceIndex(s)] != 0 }

// loneItems are those that no stance was bound to.
func (p *ballotParser) loneItems() items {
	var s items
	for x := range p.pieces[:p.n] {
		if u := &p.pieces[x]; u.kind == pieceItems && u.by < 0 && u.exc == 0 {
			s |= u.set
		}
	}
	return s
}

// alone counts items that no stance is said of.
func (p *ballotParser) alone(u *piece) {
	if p.chosen {
		p.say(u.set, Yes)
		p.b.marks, p.b.clear, p.b.doubtful = p.b.marks+1, p.b.clear+1, true
		return
	}
	p.b.loose += max(u.set.count(), 1)
	p.b.doubtful = true
}

// everything says s of all items.
func (p *ballotParser) everything(s string, u *piece) {
	if p.b.all != "" && p.b.all != s {
		p.b.doubtful = true
	}
	if u.rest {
		p.b.rest = true
	} else if s == No && u.by >= 0 && u.by < u.at {
		p.b.doubtful = true // "không đồng ý hết" may mean not with all
	}
	p.b.none = p.b.none || u.none
	p.b.all = s
}

// shares says whether the stance of "the rest" is that of the items named.
func (p *ballotParser) shares(u *piece) bool {
	for x := range p.pieces[:p.n] {
		if t := &p.pieces[x]; u.by >= 0 && t.kind == pieceItems && t.by == u.by {
			return true
		}
	}
	return false
}

// say gives items a stance; what is said last counts, and is read back.
func (p *ballotParser) say(set items, s string) {
	for i := range p.said {
		if i != stanceIndex(s) && p.said[i]&set != 0 {
			p.said[i] &^= set
			p.b.doubtful = true
		}
	}
	p.said[stanceIndex(s)] |= set
	if p.first == 0 && set != 0 {
		p.first = set.first()
	}
}

// exceptions gives the items behind "trừ" the opposite of what was said.
func (p *ballotParser) exceptions(bare string, tied bool) {
	for x := range p.pieces[:p.n] {
		u := &p.pieces[x]
		if u.kind != pieceItems || u.exc == 0 || u.by >= 0 {
			continue
		}
		base := p.b.all
		if base == "" && bare != "" && !tied {
			p.b.all, base = bare, bare // "đồng ý, trừ mục 3"
		}
		if base == "" {
			for i, said := range p.said {
				if said&u.set != 0 {
					base = stanceNames[i] // "1 đến 8 đồng ý, trừ 3"
				}
			}
			for i := range p.said {
				p.said[i] &^= u.set
			}
		}
		if base == "" {
			p.b.loose += u.set.count()
			p.b.doubtful = true
			continue
		}
		p.say(u.set, opposite(base))
	}
}

// rank adds the items of a piece to the order of priority.
func (p *ballotParser) rank(u *piece) {
	for x := u.at; x <= u.end; x++ {
		a := &p.r.atoms[x]
		if a.kind != atomNumber {
			continue
		}
		for n := a.n; n <= min(a.hi, p.limit); n++ {
			if n >= 1 {
				p.rankNext(n)
			}
		}
	}
}

// rankNext puts item n behind those that were ranked before.
func (p *ballotParser) rankNext(n int) {
	if p.ranks == maxRanked || slices.Contains(p.ranked[:p.ranks], n) {
		p.b.doubtful = true
		return
	}
	p.ranked[p.ranks] = n
	p.ranks++
}

// alsoFirst lets a word of priority that has no item of its own speak of the
// one before it: "mục 1 tôi đồng ý và xin làm đầu tiên".
func (p *ballotParser) alsoFirst() {
	for x := range p.pieces[:p.n] {
		u := &p.pieces[x]
		if u.kind != piecePriority || u.used || p.ranks > 0 {
			continue
		}
		for y := x - 1; y >= 0; y-- {
			if t := &p.pieces[y]; t.kind == pieceItems && t.set.count() == 1 {
				p.rankNext(t.set.first())
				break
			} else if t.kind != pieceStance {
				break
			}
		}
	}
}

// write fills the ballot.
func (p *ballotParser) write() {
	b := &p.b
	n := 0
	for _, set := range p.said {
		n += set.count()
	}
	if n > 0 {
		b.stances = make(map[int]string, n)
		for i, set := range p.said {
			for ; set != 0; set = set.drop() {
				b.stances[set.first()] = stanceNames[i]
			}
		}
		b.order = firstItems[p.first : p.first+1 : p.first+1]
	}
	if p.ranks > 0 {
		b.priority = append([]int(nil), p.ranked[:p.ranks]...)
	}
	for _, w := range p.why[:p.whys] {
		p.keep(w)
	}
	for x := range p.pieces[:p.n] {
		if u := &p.pieces[x]; u.by >= 0 || u.holds() {
			b.from = p.r.atoms[u.at].i
			break
		}
	}
}

// keep writes a reason for the items that it was given for.
func (p *ballotParser) keep(w because) {
	text := p.r.reasonText(w.from, w.to)
	if text == "" {
		return
	}
	if p.b.reasons == nil {
		p.b.reasons = make(map[string]string, 2)
	}
	set, all := p.reasoned(w.piece)
	switch {
	case set != 0:
		for ; set != 0; set = set.drop() {
			p.b.reasons[itoa(set.first())] = text
		}
	case all && p.b.all != "":
		p.b.reasons[All] = text
	default:
		p.b.reasons[""] = text
	}
}

// reasoned gives the items that a reason behind piece x is for.
func (p *ballotParser) reasoned(x int) (set items, all bool) {
	if x < 0 {
		return 0, true
	}
	u := &p.pieces[x]
	switch u.kind {
	case pieceItems:
		return u.set, false
	case pieceAll, piecePriority:
		return 0, true
	}
	for y := range p.pieces[:p.n] {
		if t := &p.pieces[y]; t.by == x {
			set |= t.set
			all = all || t.kind == pieceAll
		}
	}
	return set, all || set == 0
}

func opposite(s string) string {
	if s == No {
		return Yes
	}
	return No
}
