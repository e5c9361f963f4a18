package flows

import (
	"fmt"
	"slices"
	"strings"
)

// run plays steps until a question waits or no flow is left.
func (p *player) run() error {
	for len(p.frames) > 0 {
		f := p.top()
		if f.lost {
			f.again()
		}
		if p.ops++; p.ops > maxOps {
			return fmt.Errorf("%w: flow %s", ErrRunaway, f.flow.id)
		}
		if f.pc >= len(f.code) {
			waits, err := p.leave(nil)
			if waits || err != nil {
				return err
			}
			continue
		}
		o := &f.code[f.pc]
		waits, err := p.step(f, o)
		if err != nil {
			return fmt.Errorf("%s:%d: %s: %w", f.flow.file, o.step.line, o.step.kind, err)
		}
		if waits {
			return nil
		}
	}
	return nil
}

// step plays one op and moves on; it tells whether a question waits.
func (p *player) step(f *frame, o *op) (waits bool, err error) {
	s := o.step
	next := f.pc + 1
	switch o.code {
	case opSay:
		err = p.say(f, s)
	case opAsk:
		if waits, err = p.ask(f, o); waits || err != nil || len(p.frames) == 0 {
			return waits, err
		}
	case opDo:
		err = p.do(f, o)
	case opSet:
		for _, a := range s.with {
			v, err := p.evalNormal(f, a.ex)
			if err != nil {
				return false, err
			}
			f.set(a.name, v)
		}
	case opCall:
		return false, p.call(f, o)
	case opEnd:
		var v any
		if s.value != nil {
			if v, err = p.evalNormal(f, s.value); err != nil {
				return false, err
			}
		}
		return p.leave(v)
	case opUnless, opIf:
		v, err := p.eval(f, o.cond)
		if err != nil {
			return false, err
		}
		if truthy(v) == (o.code == opIf) {
			next = o.target
		}
	case opJump:
		next = o.target
	case opEach:
		list, err := p.each(f, s)
		if err != nil {
			return false, err
		}
		if len(list) == 0 {
			next = o.target
		} else {
			f.loops = append(f.loops, loop{place: f.pc, list: list, loaded: true, key: keyOf(list[0])})
		}
	case opNext:
		if l := &f.loops[len(f.loops)-1]; l.index+1 < len(l.list) {
			l.index++
			l.key = keyOf(l.list[l.index])
			next = o.target + 1
		} else {
			f.loops = f.loops[:len(f.loops)-1]
		}
	}
	f.pc = next
	return false, err
}

// leave ends the top flow with a value; it tells whether the question below
// waits again.
func (p *player) leave(value any) (waits bool, err error) {
	over := p.top().over
	p.frames = p.frames[:len(p.frames)-1]
	if len(p.frames) == 0 {
		return false, nil
	}
	f := p.top()
	if !f.lost {
		if err := p.settle(f); err != nil {
			return false, err
		}
	}
	if f.lost {
		return false, nil // run begins it again
	}
	o := &f.code[f.pc]
	if over {
		return p.resume(f, o)
	}
	f.done(o, value)
	f.pc++
	return false, nil
}

// resume puts the question again that another wish came in between, once; the
// second time its talk ends as with silence. A question that need not be asked
// any more is passed over.
func (p *player) resume(f *frame, o *op) (waits bool, err error) {
	if need, err := p.needed(f, o.step); err != nil || !need {
		f.pc++
		return false, err
	}
	ages := !p.helped && p.in.Kind != InputButton
	if f.resumed && ages {
		at := talkAt(p.frames, len(p.frames)-1)
		over := f.over || p.frames[at].over
		if err := p.hush(at); err != nil || !over || len(p.frames) == 0 {
			return false, err
		}
		if f = p.top(); f.lost {
			return false, nil
		}
		return p.resume(f, &f.code[f.pc])
	}
	f.resumed = f.resumed || ages
	t := o.step.resume
	if t == nil {
		t = o.step.text
	}
	return true, p.put(f, o, t)
}

// needed says whether a step's own conditions hold now.
func (p *player) needed(f *frame, s *step) (bool, error) {
	for _, c := range []struct {
		ex   *expression
		want bool
	}{{s.cond, true}, {s.unless, false}} {
		if c.ex == nil {
			continue
		}
		v, err := p.eval(f, c.ex)
		if err != nil || truthy(v) != c.want {
			return false, err
		}
	}
	return true, nil
}

// done remembers what a do or a call gave.
func (f *frame) done(o *op, value any) {
	if o.step.save != "" {
		f.set(o.step.save, value)
	} else if len(o.loops) == 0 {
		f.set(o.mark, nil)
	}
}

// passed tells a step that is not played again in a flow that began again.
func (f *frame) passed(o *op) bool {
	if !f.kept || len(o.loops) > 0 {
		return false
	}
	name := o.step.save
	if name == "" {
		name = o.mark
	}
	_, ok := f.get(name)
	return ok
}

func (p *player) say(f *frame, s *step) error {
	if p.silent {
		return nil
	}
	said, err := p.render(f, s.text)
	if err != nil || said == "" {
		return err
	}
	var buttons []Option
	for _, b := range s.buttons {
		value, err := p.render(f, b.value)
		if err != nil {
			return err
		}
		label, err := p.render(f, b.label)
		if err != nil {
			return err
		}
		buttons = append(buttons, Option{Value: value, Label: label})
	}
	if s.toast && p.in.Kind == InputButton {
		p.toasts = append(p.toasts, Reply{Says: []string{said}, Toast: true})
		return nil
	}
	p.says = append(p.says, said)
	p.buttons = append(p.buttons, buttons...)
	return nil
}

// ask puts a question, unless its answer is known.
func (p *player) ask(f *frame, o *op) (waits bool, err error) {
	s := o.step
	if f.passed(o) {
		return false, nil
	}
	if s.from != nil {
		v, err := p.eval(f, s.from)
		if err != nil {
			return false, err
		}
		if v, ok := coerce(s, v); ok {
			opts, err := p.options(f, s)
			if err != nil {
				return false, err
			}
			if ok = s.opts == nil || s.expect != "choice"; !ok {
				_, ok = pressed(s, opts, fmt.Sprint(v))
			}
			if ok {
				f.set(s.save, v)
				return false, nil
			}
		}
	}
	if p.silent {
		p.frames = p.frames[:0]
		return true, nil
	}
	if p.in.Group {
		return true, p.sendAway(f)
	}
	if err := p.once(f.flow, f.pc); err != nil {
		return false, err
	}
	f = p.top()
	f.narrow = nil
	if s.expect == "choice" {
		opts, err := p.options(f, s)
		if err != nil {
			return false, err
		}
		if len(opts) == 0 { // nothing to choose from
			f.set(s.save, nil)
			return false, nil
		}
	}
	return true, p.put(f, o, s.text)
}

// once ends a talk below that waits for the very question that is to be put
// now: nobody is asked one thing twice.
func (p *player) once(asks *flow, pc int) error {
	t := talkAt(p.frames, len(p.frames)-1)
	for i := range t {
		if p.frames[i].flow != asks || p.frames[i].pc != pc || !p.frames[i+1].over {
			continue
		}
		below := talkAt(p.frames, i)
		above := slices.Clone(p.frames[i+1:])
		p.frames = p.frames[:i+1]
		if err := p.hush(below); err != nil {
			return err
		}
		above[0].over = below > 0
		p.frames = append(p.frames, above...)
		return nil
	}
	return nil
}

// sendAway ends a talk in a group, where nothing is asked.
func (p *player) sendAway(f *frame) error {
	here := *f
	p.frames = p.frames[:0]
	if here.flow.private != nil {
		said, err := p.render(&here, here.flow.private)
		if err == nil && said != "" {
			p.says = append(p.says, said)
		}
		return err
	}
	if away := p.e.flows[flowPrivate]; away != nil && away != here.flow {
		served := p.out.Flow
		err := p.begin(away)
		p.out.Flow = served
		return err
	}
	return nil
}

// put says a question and waits.
func (p *player) put(f *frame, o *op, t *text) error {
	said, err := p.render(f, t)
	if err != nil {
		return err
	}
	opts, err := p.options(f, o.step)
	if err != nil {
		return err
	}
	if said != "" {
		p.says = append(p.says, said)
	}
	f.listed = listed(o.step, opts)
	p.asked = &Reply{
		Options: opts, Ask: p.askName(f, o.step), Skip: o.step.skip,
		Inline: o.step.inline && len(f.narrow) == 0,
	}
	return nil
}

// askName names an open ask, so that a press on an older question of the same
// id, of another item, is not taken for its answer.
func (p *player) askName(f *frame, s *step) string {
	if len(f.loops) == 0 {
		return s.id
	}
	var b strings.Builder
	b.WriteString(s.id)
	for _, l := range f.loops {
		b.WriteByte('.')
		if l.key == nil {
			fmt.Fprint(&b, l.index+1)
			continue
		}
		b.WriteString(strings.ReplaceAll(fmt.Sprint(l.key), ":", "_"))
	}
	return b.String()
}

// replies gives what was said in the turn.
func (p *player) replies() []Reply {
	if len(p.says) == 0 && p.asked == nil {
		return p.toasts
	}
	r := Reply{}
	if p.asked != nil {
		r = *p.asked
	}
	r.Says, r.Buttons = p.says, p.buttons
	return append(p.toasts, r)
}

func (p *player) do(f *frame, o *op) error {
	s := o.step
	if f.passed(o) {
		return nil
	}
	if _, ok := p.e.actions[s.name]; !ok {
		return fmt.Errorf("%w: action %q", ErrUnknown, s.name)
	}
	args, err := p.args(f, s.with)
	if err != nil {
		return err
	}
	result, err := p.h.Do(s.name, args)
	if err != nil {
		return fmt.Errorf("%s: %w", s.name, err)
	}
	p.facts = [len(factNames)]fact{}
	p.lang = ""
	var value any
	if result != nil {
		if value, err = normal(result); err != nil {
			return fmt.Errorf("%s gave %w", s.name, err)
		}
	}
	f.done(o, value)
	return nil
}

func (p *player) call(f *frame, o *op) error {
	if f.passed(o) {
		f.pc++
		return nil
	}
	to := p.e.flows[o.step.name]
	if to == nil {
		return fmt.Errorf("%w: flow %q", ErrUnknown, o.step.name)
	}
	if len(p.frames) >= maxFrames {
		return fmt.Errorf("%w: flow %s", ErrRunaway, to.id)
	}
	args, err := p.args(f, o.step.with)
	if err != nil {
		return err
	}
	p.frames = append(p.frames, frame{flow: to, code: to.code, args: args, input: f.input})
	return nil
}

func (p *player) args(f *frame, list []arg) (Values, error) {
	args := make(Values, len(list))
	for _, a := range list {
		v, err := p.evalNormal(f, a.ex)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.name, err)
		}
		args[a.name] = v
	}
	return args, nil
}
