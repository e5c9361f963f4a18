package bot

import (
	"time"

	"github.com/loa-vn/loa/storage"
)

// paceWindow is how long Config.Chatter counts for.
const paceWindow = 10 * time.Minute

// pace counts the answers that each address got in its current ten minutes.
// An address that was not answered for that long is forgotten, at the latest
// after twenty.
type pace struct {
	counts, before map[storage.Hash]answers // before: of the ten minutes that ended at since
	since          time.Time
}

type answers struct {
	from time.Time
	n    int
}

// given is how many answers the address had by now.
func (p *pace) given(address storage.Hash, now time.Time) int {
	return p.of(address, now).n
}

// gave notes n more.
func (p *pace) gave(address storage.Hash, now time.Time, n int) {
	if p.counts == nil || now.Sub(p.since) >= paceWindow {
		p.before, p.counts, p.since = p.counts, map[storage.Hash]answers{}, now
	}
	a := p.of(address, now)
	a.n += n
	p.counts[address] = a
}

func (p *pace) of(address storage.Hash, now time.Time) answers {
	a, ok := p.counts[address]
	if !ok {
		a, ok = p.before[address]
	}
	if !ok || now.Sub(a.from) >= paceWindow {
		return answers{from: now}
	}
	return a
}
