package flows

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxFile is how long a flow file may be, in bytes.
const maxFile = 256 << 10

// Mistake is one thing that is wrong in a file, with where it is. Compile
// joins all mistakes of all files into its error.
type Mistake struct {
	File   string
	Line   int // from 1; 0 = the file as a whole
	Msg    string
	Source string // the line itself
}

// Error gives "file:line: what is wrong" and the line beneath.
func (m *Mistake) Error() string {
	if m.Line == 0 {
		return m.File + ": " + m.Msg
	}
	s := fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Msg)
	if m.Source != "" {
		s += fmt.Sprintf("\n%6d | %s", m.Line, m.Source)
	}
	return s
}

// source is a file being read; it collects what is wrong in it.
type source struct {
	name  string
	lines []string
	errs  []error
}

func newSource(name string, data []byte) *source {
	return &source{name: name, lines: strings.Split(string(data), "\n")}
}

func (s *source) failAt(line int, format string, args ...any) {
	m := &Mistake{File: s.name, Line: line, Msg: fmt.Sprintf(format, args...)}
	if line > 0 && line <= len(s.lines) {
		m.Source = strings.TrimRight(s.lines[line-1], "\r")
	}
	s.errs = append(s.errs, m)
}

func (s *source) fail(n ast.Node, format string, args ...any) { s.failAt(lineOf(n), format, args...) }

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

// parse gives the only document of the file, or nil when there is none to be
// had; what is wrong is in errs.
func (s *source) parse(data []byte) (root ast.Node) {
	if len(data) > maxFile {
		s.failAt(0, "longer than %d KB", maxFile>>10)
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			s.failAt(0, "not YAML: %v", r)
			root = nil
		}
	}()
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil && at.GetToken().Position != nil {
			s.failAt(at.GetToken().Position.Line, "%s", at.GetMessage())
		} else {
			s.failAt(0, "%v", err)
		}
		return nil
	}
	for _, doc := range f.Docs {
		if doc == nil || doc.Body == nil {
			continue
		}
		if root != nil {
			s.fail(doc.Body, "a file holds one document")
			return nil
		}
		root = doc.Body
	}
	if root == nil {
		s.failAt(0, "the file is empty")
	}
	return root
}

// null tells a value that was left out.
func null(n ast.Node) bool {
	if n == nil {
		return true
	}
	_, ok := n.(*ast.NullNode)
	return ok
}

// fields is a mapping being read; whatever is not taken is a mistake.
type fields struct {
	src   *source
	node  ast.Node
	pairs []pair
}

type pair struct {
	key   string
	node  ast.Node // of the key
	value ast.Node
	taken bool
}

// mapping reads n as a mapping; nil when it is none.
func (s *source) mapping(n ast.Node, what string) *fields {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		if null(n) {
			s.failAt(lineOf(n), "%s: a mapping is wanted here", what)
		} else {
			s.fail(n, "%s: a mapping is wanted here", what)
		}
		return nil
	}
	f := &fields{src: s, node: n}
	for _, v := range values {
		key, ok := s.scalar(v.Key, what)
		if !ok {
			continue
		}
		if f.find(key) != nil {
			s.fail(v.Key, "%q stands here twice", key)
			continue
		}
		f.pairs = append(f.pairs, pair{key: key, node: v.Key, value: v.Value})
	}
	return f
}

func (f *fields) find(key string) *pair {
	for i := range f.pairs {
		if f.pairs[i].key == key {
			return &f.pairs[i]
		}
	}
	return nil
}

func (f *fields) has(key string) bool { return f.find(key) != nil }

// take gives the value under key, nil when there is none.
func (f *fields) take(key string) ast.Node {
	p := f.find(key)
	if p == nil {
		return nil
	}
	p.taken = true
	if p.value == nil {
		return ast.Null(p.node.GetToken())
	}
	return p.value
}

// done reports the fields that nobody took.
func (f *fields) done(what string) {
	for _, p := range f.pairs {
		if !p.taken {
			f.src.fail(p.node, "%s knows no %q", what, p.key)
		}
	}
}

func (f *fields) str(key string) string {
	n := f.take(key)
	if n == nil {
		return ""
	}
	s, _ := f.src.scalar(n, key)
	return s
}

func (f *fields) flag(key string) bool {
	n := f.take(key)
	if n == nil {
		return false
	}
	b, ok := n.(*ast.BoolNode)
	if !ok {
		f.src.fail(n, "%s: true or false is wanted here", key)
		return false
	}
	return b.Value
}

// number gives a whole number from 0 to 1000, or def.
func (f *fields) number(key string, def int) int {
	n := f.take(key)
	if n == nil {
		return def
	}
	var v int
	s, ok := f.src.scalar(n, key)
	if !ok {
		return def
	}
	if _, err := fmt.Sscanf(s, "%d", &v); err != nil || fmt.Sprint(v) != s || v < 0 || v > 1000 {
		f.src.fail(n, "%s: a number from 0 to 1000 is wanted here", key)
		return def
	}
	return v
}

func (f *fields) strs(key string) []string {
	n := f.take(key)
	if n == nil {
		return nil
	}
	var list []string
	for _, n := range f.src.list(n, key) {
		if s, ok := f.src.scalar(n, key); ok {
			list = append(list, s)
		}
	}
	return list
}

func (s *source) list(n ast.Node, what string) []ast.Node {
	q, ok := n.(*ast.SequenceNode)
	if !ok {
		s.fail(n, "%s: a list is wanted here", what)
		return nil
	}
	return q.Values
}

// scalar gives a plain value as it is written.
func (s *source) scalar(n ast.Node, what string) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimRight(n.Value.Value, "\n"), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	s.fail(n, "%s: a plain value is wanted here", what)
	return "", false
}
