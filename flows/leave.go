package flows

import (
	"slices"

	"github.com/loa-vn/loa/flows/understand"
)

// exit ends the talk.
func (p *player) exit() error {
	p.frames, p.misses = p.frames[:0], 0
	f, err := p.first(p.e.byIntent[understand.Exit])
	if f == nil || err != nil {
		return err
	}
	return p.begin(f)
}

// silence plays the end of a talk that was never answered.
func (p *player) silence() error {
	if len(p.frames) > 0 {
		p.out.Flow = p.top().flow.id
	}
	p.misses = 0
	return p.hush(0)
}

// hush drops the frames from i on, the innermost first, and plays the silence
// of each.
func (p *player) hush(i int) error {
	gone := slices.Clone(p.frames[i:])
	p.frames = p.frames[:i]
	below, silent := p.frames, p.silent
	p.silent = true
	for _, f := range slices.Backward(gone) {
		if len(f.flow.hush) == 0 {
			continue
		}
		f.code, f.pc, f.loops, f.over, f.lost, f.kept = f.flow.hush, 0, nil, false, false, false
		p.frames = []frame{f}
		if err := p.run(); err != nil {
			return err
		}
	}
	p.frames, p.silent = below, silent
	return nil
}
