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
	ExpectName,
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
