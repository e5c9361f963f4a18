package flows

import (
	"fmt"
	"hash/fnv"
	"slices"
)

// opcode tells ops apart.
type opcode byte

const (
	opSay opcode = iota
	opAsk
	opDo
	opSet
	opCall
	opEnd
	opUnless // jumps when its condition does not hold
	opIf     // jumps when its condition holds
	opJump
	opEach // begins a loop, or jumps past it when there is nothing in it
	opNext // goes on with the loop that begins at target
)

// op is one step of the flat form of a flow: a place in it is a number, so
// that a talk can go on inside branches and loops.
type op struct {
	code   opcode
	step   *step
	cond   *expression
	target int
	loops  []int  // places of the opEach around it, outermost first
	mark   string // of a do or call that saves nothing: the variable that says it was done
}

// assembler makes ops of steps.
type assembler struct {
	code  []op
	loops []int
	marks map[string]int
}

func assemble(steps []*step) []op {
	a := &assembler{marks: map[string]int{}}
	a.steps(steps)
	return a.code
}

func (a *assembler) add(o op) int {
	o.loops = slices.Clone(a.loops)
	a.code = append(a.code, o)
	return len(a.code) - 1
}

func (a *assembler) steps(steps []*step) {
	for _, s := range steps {
		a.step(s)
	}
}

func (a *assembler) step(s *step) {
	var past []int
	if s.cond != nil {
		past = append(past, a.add(op{code: opUnless, step: s, cond: s.cond}))
	}
	if s.unless != nil {
		past = append(past, a.add(op{code: opIf, step: s, cond: s.unless}))
	}
	switch s.kind {
	case stepSay:
		a.add(op{code: opSay, step: s})
	case stepAsk:
		a.add(op{code: opAsk, step: s})
	case stepDo:
		a.add(op{code: opDo, step: s, mark: a.mark(s)})
	case stepCall:
		a.add(op{code: opCall, step: s, mark: a.mark(s)})
	case stepSet:
		a.add(op{code: opSet, step: s})
	case stepEnd:
		a.add(op{code: opEnd, step: s})
	case stepWhen:
		a.when(s)
	case stepEach:
		begin := a.add(op{code: opEach, step: s})
		a.loops = append(a.loops, begin)
		a.steps(s.steps)
		a.add(op{code: opNext, step: s, target: begin})
		a.loops = a.loops[:len(a.loops)-1]
		past = append(past, begin)
	}
	a.land(past)
}

// mark names what is remembered of a do or call that saves nothing. No
// variable can have such a name.
func (a *assembler) mark(s *step) string {
	if s.save != "" {
		return ""
	}
	name := "!" + s.name
	if s.id != "" {
		name = "!" + s.id
	}
	a.marks[name]++
	if n := a.marks[name]; n > 1 {
		name = fmt.Sprintf("%s#%d", name, n)
	}
	return name
}

func (a *assembler) when(s *step) {
	var past []int
	for _, b := range s.branches {
		test := a.add(op{code: opUnless, step: s, cond: b.cond})
		a.steps(b.then)
		past = append(past, a.add(op{code: opJump, step: s}))
		a.land([]int{test})
	}
	a.steps(s.other)
	a.land(past)
}

// land lets jumps come down at the next op.
func (a *assembler) land(jumps []int) {
	for _, j := range jumps {
		a.code[j].target = len(a.code)
	}
}

// structure gives a hash of what a place in the code depends on: everything
// but texts.
func structure(code []op) uint32 {
	h := fnv.New32a()
	for i := range code {
		o := &code[i]
		fmt.Fprint(h, o.code, o.target, o.loops, o.step.kind, o.step.id, o.step.save, o.step.expect, o.step.name, o.step.as, ";")
		for _, ex := range []*expression{o.cond, o.step.list, o.step.value, o.step.from} {
			if ex != nil {
				fmt.Fprint(h, ex.src)
			}
			fmt.Fprint(h, "|")
		}
		for _, w := range o.step.with {
			fmt.Fprint(h, w.name, "=", w.ex.src, ",")
		}
		if opts := o.step.opts; opts != nil {
			fmt.Fprint(h, opts.list)
			for _, w := range opts.written {
				fmt.Fprint(h, ",", w.value)
			}
		}
	}
	return h.Sum32()
}

// expressions gives every expression of the flow, with the step it stands in
// (nil for those of starts and of the flow's own texts).
func (f *flow) expressions(visit func(*step, *expression)) {
	seen := func(s *step, list ...*expression) {
		for _, ex := range list {
			if ex != nil {
				visit(s, ex)
			}
		}
	}
	seen(nil, f.starts.cond)
	f.texts(func(s *step, t *text) {
		for _, w := range t.words {
			for _, p := range w.parts {
				seen(s, p.ex)
			}
		}
	})
	f.each(func(s *step) {
		seen(s, s.cond, s.unless, s.from, s.list, s.value)
		for _, a := range s.with {
			seen(s, a.ex)
		}
		for _, b := range s.branches {
			seen(s, b.cond)
		}
		if s.opts != nil {
			seen(s, s.opts.only)
		}
	})
}

// texts gives every text of the flow, with the step it stands in.
func (f *flow) texts(visit func(*step, *text)) {
	seen := func(s *step, list ...*text) {
		for _, t := range list {
			if t != nil {
				visit(s, t)
			}
		}
	}
	seen(nil, f.title, f.private)
	f.each(func(s *step) {
		seen(s, s.text, s.again, s.resume)
		for _, b := range s.buttons {
			seen(s, b.value, b.label)
		}
		if s.opts != nil {
			for _, o := range s.opts.written {
				seen(s, o.label)
			}
		}
	})
}

// each gives every step of the flow, its silence too.
func (f *flow) each(visit func(*step)) {
	var walk func([]*step)
	walk = func(steps []*step) {
		for _, s := range steps {
			visit(s)
			for _, b := range s.branches {
				walk(b.then)
			}
			walk(s.other)
			walk(s.steps)
		}
	}
	walk(f.steps)
	walk(f.silence)
}
