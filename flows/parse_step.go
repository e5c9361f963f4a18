package flows

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/loa-vn/loa/flows/understand"
)

var stepKinds = []stepKind{stepSay, stepAsk, stepDo, stepWhen, stepEach, stepSet, stepCall, stepEnd}

func (s *source) step(n ast.Node, depth int, silent bool) *step {
	f := s.mapping(n, "a step")
	if f == nil {
		return nil
	}
	st := &step{line: lineOf(n)}
	for _, k := range stepKinds {
		if !f.has(string(k)) {
			continue
		}
		if st.kind != "" {
			s.fail(n, "a step is one of %s and %s, not both", st.kind, k)
			return nil
		}
		st.kind = k
	}
	if st.kind == "" {
		s.fail(n, "a step is one of say, ask, do, when, each, set, call, end")
		return nil
	}
	st.line = lineOf(f.find(string(st.kind)).node)
	st.cond, st.unless = s.expression(f, "if"), s.expression(f, "unless")
	if f.has("id") {
		if st.id = f.str("id"); !idForm.MatchString(st.id) {
			s.fail(f.find("id").node, "id: a name of a–z, 0–9 and _ is wanted, not %q", st.id)
		}
	}
	switch st.kind {
	case stepSay:
		st.text = s.text(f.take("say"), "say")
		st.toast = f.flag("toast")
		st.buttons = s.buttons(f.take("buttons"))
	case stepAsk:
		if silent {
			s.fail(n, "silence asks nothing")
		}
		s.ask(f, st)
	case stepDo:
		st.name = f.str("do")
		s.saved(f, st)
		st.with = s.args(f.take("with"), "with")
		if st.id == "" {
			st.id = st.save
		}
	case stepCall:
		if st.name = f.str("call"); !idForm.MatchString(st.name) {
			s.fail(n, "call: the id of a flow is wanted, not %q", st.name)
		}
		s.saved(f, st)
		st.with = s.args(f.take("with"), "with")
		if st.id == "" {
			st.id = st.save
		}
	case stepSet:
		st.with = s.args(f.take("set"), "set")
		for _, a := range st.with {
			s.variable(n, a.name)
		}
	case stepWhen:
		s.when(f, st, depth, silent)
	case stepEach:
		st.list = s.expression(f, "each")
		if st.as = f.str("as"); st.as == "" {
			s.fail(n, "each: `as` names the loop's variable")
		} else {
			s.variable(n, st.as)
		}
		if steps := f.take("steps"); steps != nil {
			st.steps = s.steps(steps, depth+1, silent)
		}
		if len(st.steps) == 0 {
			s.fail(n, "each: steps are wanted")
		}
	case stepEnd:
		if v := f.take("end"); !null(v) {
			st.value = s.expressionAt(v, "end")
		}
	}
	f.done("a " + string(st.kind))
	return st
}

func (s *source) ask(f *fields, st *step) {
	n := f.find("ask").node
	if st.expect = understand.Expect(f.str("ask")); !slices.Contains(kinds, st.expect) {
		s.fail(n, "ask: there is no kind %q", st.expect)
	}
	s.saved(f, st)
	if st.save == "" {
		s.fail(n, "ask: `save` names what keeps the answer")
	}
	if st.id == "" {
		st.id = st.save
	}
	st.text = s.text(f.take("text"), "text")
	st.again = s.optionalText(f.take("again"), "again")
	st.resume = s.optionalText(f.take("resume"), "resume")
	st.from = s.expression(f, "from")
	st.skip, st.inline, st.greedy = f.flag("skip"), f.flag("inline"), f.flag("greedy")
	if st.greedy && st.expect != understand.ExpectText {
		s.fail(n, "greedy is for an ask of kind text")
	}
	if o := f.take("options"); o != nil {
		st.opts = s.options(o)
	}
	if f.has("sure") {
		st.sure = sureness(f.str("sure"))
		if st.expect != understand.ExpectYesNo || st.sure != sureWord && st.sure != sureNumber {
			s.fail(n, "sure: of a yes_no, word or number")
		}
	}
	switch {
	case st.expect == understand.ExpectChoice && st.opts == nil:
		s.fail(n, "ask: a choice has options")
	case st.expect == understand.ExpectYesNo && st.opts != nil:
		for _, o := range st.opts.written {
			if o.value != understand.Yes && o.value != understand.No {
				s.fail(n, "ask: the options of yes_no are yes and no")
			}
		}
		if st.opts.list != "" {
			s.fail(n, "ask: the options of yes_no are written")
		}
	}
}

func (s *source) saved(f *fields, st *step) {
	if !f.has("save") {
		return
	}
	st.save = f.str("save")
	s.variable(f.find("save").node, st.save)
}

// variable checks the name of one.
func (s *source) variable(n ast.Node, name string) {
	switch {
	case !nameForm.MatchString(name):
		s.fail(n, "a variable is a name of letters, digits and _, not %q", name)
	case slices.Contains(reserved, name):
		s.fail(n, "%q cannot name a variable, it has a meaning already", name)
	}
}

func (s *source) when(f *fields, st *step, depth int, silent bool) {
	for _, n := range s.list(f.take("when"), "when") {
		b := s.mapping(n, "a case of when")
		if b == nil {
			continue
		}
		br := branch{cond: s.expression(b, "if")}
		if br.cond == nil {
			s.fail(n, "when: each case has an `if`")
		}
		if then := b.take("then"); then != nil {
			br.then = s.steps(then, depth+1, silent)
		} else {
			s.fail(n, "when: each case has a `then`")
		}
		b.done("a case of when")
		st.branches = append(st.branches, br)
	}
	if n := f.take("else"); n != nil {
		st.other = s.steps(n, depth+1, silent)
	}
	if len(st.branches) == 0 {
		s.fail(f.node, "when: at least one case is wanted")
	}
}
