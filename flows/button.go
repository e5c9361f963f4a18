package flows

import (
	"strings"

	"github.com/loa-vn/loa/flows/understand"
)

// button plays a press.
func (p *player) button() error {
	words := strings.Split(p.in.Button, ":")
	p.out.Reading = understand.Reading{Intent: understand.Choice, Confidence: 1}
	if words[0] != optButton {
		p.now.args = words[1:]
		f, err := p.first(p.e.byButton[words[0]])
		if err != nil {
			return err
		}
		if f != nil {
			if len(f.starts.intents) > 0 {
				p.out.Reading.Intent = f.starts.intents[0]
			}
			return p.press(f)
		}
		return p.stale()
	}
	ask := p.open()
	if ask == nil || len(words) < 3 || words[1] != p.askName(p.top(), ask.step) {
		return p.stale()
	}
	opts, err := p.options(p.top(), ask.step)
	if err != nil {
		return err
	}
	chosen := strings.Join(words[2:], ":")
	if chosen == "" && ask.step.skip {
		return p.take(ask, nil)
	}
	value, ok := pressed(ask.step, opts, chosen)
	if !ok {
		return p.stale()
	}
	return p.take(ask, value)
}

// stale plays a button that answers nothing.
func (p *player) stale() error {
	if f := p.e.flows[flowStale]; f != nil {
		return p.serve(f)
	}
	switch ask := p.open(); {
	case ask != nil:
		p.out.Flow = p.top().flow.id
		return p.put(p.top(), ask, ask.step.text)
	case len(p.frames) > 0:
		return p.run()
	}
	return p.nothing()
}
