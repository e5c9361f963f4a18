package flows

import (
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/loa-vn/loa/flows/understand"
)

var (
	idForm   = regexp.MustCompile(`^[a-z][a-z0-9_]{0,31}$`)
	nameForm = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]{0,31}$`)
	langForm = regexp.MustCompile(`^[a-z]{2,8}$`)
)

// maxDepth is how deep steps may stand in steps.
const maxDepth = 16

// reserved are the names that expressions know besides variables.
var reserved = []string{
	"args", "input", "answer", "lang", "now", "code", "index",
	"contact", "round", "commune", "group",
	"true", "false", "nil", "null", "not", "and", "or", "in", "let", "if", "else", "join",
}

// kinds of ask.
var kinds = []understand.Expect{
	understand.ExpectChoice, understand.ExpectYesNo, understand.ExpectText, understand.ExpectNumber,
	understand.ExpectPrice, understand.ExpectBallot, understand.ExpectRanking, understand.ExpectCommodity,
	understand.ExpectVillage, understand.ExpectPhone, understand.ExpectDate, understand.ExpectMedia,
}

func (s *source) flow(root ast.Node) *flow {
	f := s.mapping(root, "a flow")
	if f == nil {
		return nil
	}
	fl := &flow{id: f.str("id"), file: s.name, line: lineOf(root), parts: f.number("parts", 2)}
	if !idForm.MatchString(fl.id) {
		s.fail(root, "id: a name of a–z, 0–9 and _ is wanted, not %q", fl.id)
	}
	fl.title = s.optionalText(f.take("title"), "title")
	fl.starts = s.starts(f.take("starts"))
	fl.private = s.optionalText(f.take("private"), "private")
	fl.samples = s.samples(f.take("samples"))
	if n := f.take("silence"); n != nil {
		fl.silence = s.steps(n, 0, true)
	}
	if n := f.take("steps"); n != nil {
		fl.steps = s.steps(n, 0, false)
	}
	if len(fl.steps) == 0 {
		s.fail(root, "steps: a flow has at least one")
	}
	if fl.parts < 1 {
		s.fail(root, "parts: at least 1")
	}
	f.done("a flow")
	return fl
}

func (s *source) samples(n ast.Node) map[string]string {
	if n == nil {
		return nil
	}
	f := s.mapping(n, "samples")
	if f == nil {
		return nil
	}
	m := map[string]string{}
	for _, p := range f.pairs {
		m[p.key] = f.str(p.key)
	}
	return m
}

func (s *source) starts(n ast.Node) starts {
	st := starts{rank: 10}
	if n == nil {
		return st
	}
	f := s.mapping(n, "starts")
	if f == nil {
		return st
	}
	st.line = lineOf(n)
	for _, i := range f.strs("intents") {
		if !slices.Contains(understand.Intents(), understand.Intent(i)) {
			s.fail(f.find("intents").node, "starts: there is no intent %q", i)
		}
		st.intents = append(st.intents, understand.Intent(i))
	}
	for _, k := range f.strs("keywords") {
		k = understand.Fold(k)
		if k == "" {
			s.fail(f.find("keywords").node, "starts: a keyword is empty")
			continue
		}
		st.keywords = append(st.keywords, k)
	}
	for _, b := range f.strs("buttons") {
		if b == "" || b == optButton || strings.Contains(b, ":") {
			s.fail(f.find("buttons").node, "starts: a button is not empty, not %q and without a colon", optButton)
		}
		st.buttons = append(st.buttons, b)
	}
	st.asks = f.strs("asks")
	st.media = f.flag("media")
	st.cond = s.expression(f, "if")
	st.rank = f.number("rank", st.rank)
	f.done("starts")
	if !st.any() {
		s.fail(n, "starts: nothing starts this flow")
	}
	return st
}

func (s *source) steps(n ast.Node, depth int, silent bool) []*step {
	if depth > maxDepth {
		s.fail(n, "steps stand more than %d deep", maxDepth)
		return nil
	}
	var list []*step
	for _, n := range s.list(n, "steps") {
		if st := s.step(n, depth, silent); st != nil {
			list = append(list, st)
		}
	}
	return list
}

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

func (s *source) options(n ast.Node) *options {
	o := &options{line: lineOf(n)}
	if q, ok := n.(*ast.SequenceNode); ok {
		for _, n := range q.Values {
			value, label := s.valueAndText(n, "an option")
			if slices.ContainsFunc(o.written, func(w writtenOption) bool { return w.value == value }) {
				s.fail(n, "options: %q stands here twice", value)
			}
			o.written = append(o.written, writtenOption{value, label})
		}
		if len(o.written) == 0 {
			s.fail(n, "options: at least one is wanted")
		}
		return o
	}
	f := s.mapping(n, "options")
	if f == nil {
		return o
	}
	if o.list = f.str("from"); o.list == "" {
		s.fail(n, "options: `from` names a list")
	}
	o.only = s.expression(f, "only")
	f.done("options")
	return o
}

func (s *source) buttons(n ast.Node) []button {
	if n == nil {
		return nil
	}
	var list []button
	for _, n := range s.list(n, "buttons") {
		value, label := s.valueAndText(n, "a button")
		w, err := compileWords(anyLang, value, s.name, lineOf(n))
		if err != nil {
			s.fail(n, "%v", err)
		}
		list = append(list, button{value: &text{words: []words{w}, line: lineOf(n)}, label: label})
	}
	return list
}

func (s *source) valueAndText(n ast.Node, what string) (string, *text) {
	f := s.mapping(n, what)
	if f == nil {
		return "", blank()
	}
	value := f.str("value")
	if value == "" {
		s.fail(n, "%s has a value", what)
	}
	label := s.text(f.take("text"), "text")
	f.done(what)
	return value, label
}

func (s *source) args(n ast.Node, what string) []arg {
	if null(n) {
		return nil
	}
	f := s.mapping(n, what)
	if f == nil {
		return nil
	}
	var list []arg
	for _, p := range f.pairs {
		if !nameForm.MatchString(p.key) {
			s.fail(p.node, "%s: a name is wanted, not %q", what, p.key)
		}
		if ex := s.expression(f, p.key); ex != nil {
			list = append(list, arg{p.key, ex})
		}
	}
	return list
}

// expression reads the expression under key, nil when there is none.
func (s *source) expression(f *fields, key string) *expression {
	n := f.take(key)
	if n == nil {
		return nil
	}
	return s.expressionAt(n, key)
}

func (s *source) expressionAt(n ast.Node, what string) *expression {
	src, ok := s.scalar(n, what)
	if !ok {
		return nil
	}
	ex, err := compileExpression(src, lineOf(n))
	if err != nil {
		s.fail(n, "%s: %v", what, err)
		return nil
	}
	return ex
}

func (s *source) optionalText(n ast.Node, what string) *text {
	if n == nil {
		return nil
	}
	return s.text(n, what)
}

func blank() *text { return &text{words: []words{{}}} }

// text reads a text; it always gives one.
func (s *source) text(n ast.Node, what string) *text {
	if null(n) {
		s.failAt(lineOf(n), "%s: a text is wanted here", what)
		return blank()
	}
	t := &text{line: lineOf(n)}
	add := func(lang string, n ast.Node) {
		src, ok := s.scalar(n, what)
		if !ok {
			return
		}
		w, err := compileWords(lang, src, s.name, lineOf(n))
		if err != nil {
			s.fail(n, "%s: %v", what, err)
			return
		}
		t.words = append(t.words, w)
	}
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		f := s.mapping(n, what)
		for _, p := range f.pairs {
			if !langForm.MatchString(p.key) {
				s.fail(p.node, "%s: a language is wanted, not %q", what, p.key)
			}
			add(p.key, f.take(p.key))
		}
	default:
		add(anyLang, n)
	}
	if len(t.words) == 0 {
		if len(s.errs) == 0 {
			s.fail(n, "%s: a text is wanted here", what)
		}
		return blank()
	}
	return t
}
