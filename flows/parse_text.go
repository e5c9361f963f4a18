package flows

import (
	"slices"

	"github.com/goccy/go-yaml/ast"
)

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
