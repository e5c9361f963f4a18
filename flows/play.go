package flows

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/vm"

	"github.com/loa-vn/loa/flows/understand"
)

// Errors of Play. All of them are mistakes of a flow or of the host, never of
// a person.
var (
	// ErrRunaway: a flow went on without end.
	ErrRunaway = errors.New("flows: a flow does not come to an end")
	// ErrUnknown: a flow names an action or a flow that there is not.
	ErrUnknown = errors.New("flows: unknown name")
)

const (
	maxOps    = 1000 // of one turn
	maxTalks  = 3    // open at once: one and those that interrupt it
	maxMisses = 3    // answers in a row that are not understood
	sure      = 0.7  // confidence from which a wish is clear

	optButton = "opt"
)

// Flows that the engine plays by itself, where the library has them.
const (
	flowLost    = "lost"
	flowStale   = "stale"
	flowPrivate = "private"
)

// Play plays one turn: it gives the input to the talk in state (empty when
// none is open) and gives the new state and the replies. A state that cannot
// be read is no talk. After an error nothing of the turn may be kept.
func (e *Engine) Play(h Host, state []byte, in Input) (Outcome, error) {
	p := &player{e: e, h: h, in: in}
	if len(state) > 0 && !in.Group {
		frames, misses, err := e.restore(state, p.room[:])
		if err == nil {
			p.frames, p.misses = frames, misses
		}
	}
	p.now.media = in.Media
	p.now.reading = &p.out.Reading
	if err := p.play(); err != nil {
		return Outcome{}, err
	}
	p.out.Replies = p.replies()
	if in.Group {
		p.out.State = state
		return p.out, nil
	}
	if len(p.frames) > 0 {
		b, err := appendState(make([]byte, 0, 256), p.frames, p.misses)
		if err != nil {
			return Outcome{}, fmt.Errorf("flows: %w", err)
		}
		p.out.State, p.out.Waiting = b, true
	}
	return p.out, nil
}

// player plays one turn.
type player struct {
	e      *Engine
	h      Host
	in     Input
	out    Outcome
	now    view // what was said in this turn
	frames []frame
	room   [2]frame
	misses int
	ops    int
	silent bool // silence is being played: nothing is said
	helped bool // help was served: the question is none the older for it

	lang  string
	facts [len(factNames)]fact
	vm    vm.VM
	env   map[string]any // what an expression sees, kept for the next

	says    []string
	buttons []Option
	toasts  []Reply
	asked   *Reply // the question that is open now
}

func (p *player) top() *frame { return &p.frames[len(p.frames)-1] }

func (p *player) play() error {
	if p.in.Kind == InputSilence {
		return p.silence()
	}
	if len(p.frames) > 0 {
		if err := p.settle(p.top()); err != nil {
			return err
		}
	}
	if p.in.Kind == InputButton {
		return p.button()
	}
	return p.said()
}

// open gives the ask that waits, nil when none does.
func (p *player) open() *op {
	if len(p.frames) == 0 || p.top().lost {
		return nil
	}
	return &p.top().code[p.top().pc]
}

// clear tells a reading that can be acted on.
func (p *player) clear() bool { return p.out.Reading.Confidence >= sure }

// said plays a text, or media with its caption.
func (p *player) said() error {
	ask := p.open()
	opts, err := p.read(ask)
	if err != nil {
		return err
	}
	r := &p.out.Reading
	if (r.Intent == understand.Stop || r.Intent == understand.Erase) && r.Ask == "" && (p.clear() || len(p.frames) == 0) {
		f, err := p.first(p.e.byIntent[r.Intent])
		if err != nil {
			return err
		}
		if f != nil && ask != nil && p.confirms(f, ask.step) {
			return p.take(ask, true)
		}
		if f != nil {
			p.frames = p.frames[:0]
			return p.begin(f)
		}
	}
	switch {
	case ask != nil:
		return p.answered(ask, opts)
	case len(p.frames) > 0:
		return p.astray()
	}
	f, err := p.wish(false)
	if err != nil {
		return err
	}
	if f == nil {
		return p.nothing()
	}
	return p.begin(f)
}

// confirms tells the wish that is being asked about, said again in a word or
// two: "xóa" at "really erase?".
func (p *player) confirms(f *flow, s *step) bool {
	const most = 3
	if s.sure != sureNumber || f != p.top().flow || len(strings.Fields(p.in.Text)) > most {
		return false
	}
	for w := range strings.FieldsSeq(understand.Fold(p.in.Text)) {
		switch bare(w) {
		case "khong", "k", "ko", "kg", "dung", "thoi", "chua", "no", "not", "dont":
			return false
		}
	}
	return true
}

// read asks the host what was said means.
func (p *player) read(ask *op) ([]Option, error) {
	var c understand.Context
	var opts []Option
	if ask != nil {
		var err error
		if opts, err = p.options(p.top(), ask.step); err != nil {
			return nil, err
		}
		c.Expect = ask.step.expect
		if len(p.top().narrow) > 0 {
			c.Expect = understand.ExpectChoice
		}
		if len(opts) > 0 {
			c.Options = make([]string, len(opts))
			for i, o := range opts {
				c.Options[i] = o.Label
			}
		}
	}
	if p.in.Kind == InputMedia && strings.TrimSpace(p.in.Text) == "" {
		p.out.Reading = understand.Reading{Intent: understand.None}
		return opts, nil
	}
	p.out.Reading = p.h.Read(p.in.Text, c)
	if p.out.Reading.Text == "" {
		p.out.Reading.Text = p.in.Text
	}
	return opts, nil
}

// answered plays what was said while ask was open.
func (p *player) answered(ask *op, opts []Option) error {
	r := &p.out.Reading
	p.out.Flow = p.top().flow.id
	value, ok, changed := p.value(ask.step, opts)
	if changed {
		return p.put(p.top(), ask, ask.step.text)
	}
	if ok && p.plain(ask.step) {
		return p.take(ask, value)
	}
	control := p.control(ask.step)
	var other *flow
	if !ask.step.greedy {
		var err error
		if other, err = p.wish(true); err != nil {
			return err
		}
	}
	if ok && (other == nil || p.same(other)) && (control == "" || ask.step.expect != understand.ExpectText) {
		return p.take(ask, value)
	}
	switch control {
	case understand.Exit:
		return p.exit()
	case understand.Back:
		return p.back(ask)
	case understand.Help:
		if other != nil { // a keyword
			p.helped = true
			return p.serve(other)
		}
		f, err := p.first(p.e.byIntent[understand.Help])
		if err != nil {
			return err
		}
		if f != nil {
			p.helped = true
			return p.serve(f)
		}
	case understand.Skip, understand.Next:
		if ask.step.skip {
			return p.take(ask, nil)
		}
	}
	if other != nil {
		return p.serve(other)
	}
	if len(r.Ambiguous) > 1 && ask.step.expect == understand.ExpectCommodity && p.list(ask.step) != "" {
		p.top().narrow = r.Ambiguous
	}
	return p.missed(ask)
}

// plain tells a reading that was made as an answer, whatever else it is.
func (p *player) plain(s *step) bool {
	i := p.out.Reading.Intent
	switch s.expect {
	case understand.ExpectText, ExpectName:
		return false
	case understand.ExpectMedia:
		return true
	case understand.ExpectBallot, understand.ExpectRanking:
		if _, ok := itemAlone(&p.out.Reading); ok {
			return s.expect == understand.ExpectBallot
		}
		return i == understand.Choice || i == understand.Vote
	case understand.ExpectYesNo:
		return i == understand.Choice || i == understand.Vote
	case understand.ExpectPrice:
		return i == understand.Choice || i == understand.PriceReport
	case understand.ExpectVillage:
		return i == understand.Choice || i == understand.Join
	}
	return i == understand.Choice
}

// same tells a wish for the flow that is asking: said as an answer, it is one,
// but for a ballot, which says more than was asked.
func (p *player) same(other *flow) bool {
	return len(p.out.Reading.Ballot) == 0 && talkWith(other, p.frames[talkAt(p.frames, len(p.frames)-1):]) >= 0
}

// control gives the intent that steers the talk itself.
func (p *player) control(s *step) understand.Intent {
	r := &p.out.Reading
	switch r.Intent {
	case understand.Exit, understand.Back, understand.Help, understand.Skip, understand.Next:
	default:
		return ""
	}
	if !p.clear() || s.greedy && len(strings.Fields(r.Text)) > 3 {
		return ""
	}
	return r.Intent
}

// take keeps an answer and goes on.
func (p *player) take(ask *op, value any) error {
	f := p.top()
	p.out.Flow = f.flow.id
	m := mark{pc: f.pc}
	for _, l := range f.loops {
		m.index = append(m.index, l.index)
	}
	if len(f.history) == maxHistory {
		f.history = slices.Delete(f.history, 0, 1)
	}
	f.history = append(f.history, m)
	f.set(ask.step.save, value)
	f.narrow, f.listed, f.resumed, p.misses = nil, 0, false, 0
	switch ask.step.expect {
	case understand.ExpectText, ExpectName, understand.ExpectBallot, understand.ExpectRanking, understand.ExpectMedia:
		if value != nil {
			f.input = &p.now
		}
	}
	f.pc++
	return p.run()
}

// missed puts the question again, or gives up.
func (p *player) missed(ask *op) error {
	p.misses++
	if p.misses < maxMisses {
		t := ask.step.again
		if t == nil {
			t = ask.step.text
		}
		return p.put(p.top(), ask, t)
	}
	if err := p.hush(0); err != nil {
		return err
	}
	p.misses = 0
	return p.nothing()
}

// back asks the question before, of this flow or else of its caller.
func (p *player) back(ask *op) error {
	for i := len(p.frames) - 1; i >= 0; i-- {
		f := &p.frames[i]
		if n := len(f.history); n > 0 && !f.lost {
			m := f.history[n-1]
			f.history = f.history[:n-1]
			f.pc, f.narrow = m.pc, nil
			f.loops = f.loops[:0]
			for j, place := range f.code[m.pc].loops {
				f.loops = append(f.loops, loop{place: place, index: m.index[j]})
			}
			p.frames, p.misses = p.frames[:i+1], 0
			f.unset(f.code[m.pc].step.save)
			p.out.Flow = f.flow.id
			if err := p.settle(f); err != nil {
				return err
			}
			if f.lost {
				return p.run()
			}
			return p.put(f, &f.code[f.pc], f.code[f.pc].step.text)
		}
		if f.over {
			break
		}
	}
	return p.put(p.top(), ask, ask.step.text)
}

// nothing plays the flow for what was not understood; a group is left alone.
func (p *player) nothing() error {
	f := p.e.flows[flowLost]
	if f == nil || p.in.Group {
		return nil
	}
	return p.begin(f)
}

// astray plays a text for a talk whose question is no more in its flow.
func (p *player) astray() error {
	r := &p.out.Reading
	if r.Intent == understand.Exit && p.clear() {
		return p.exit()
	}
	other, err := p.wish(true)
	if err != nil {
		return err
	}
	if other == nil && r.Intent == understand.Help && p.clear() {
		if other, err = p.first(p.e.byIntent[understand.Help]); err != nil {
			return err
		}
	}
	if other != nil {
		return p.serve(other)
	}
	p.out.Flow = p.top().flow.id
	p.misses = 0
	return p.run()
}
