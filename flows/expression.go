package flows

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// expression is a compiled expression. Most are a constant or a path such as
// input.commodities and need no machine.
type expression struct {
	src  string
	line int

	constant bool
	value    any // of a constant

	root string // of a path
	path []any  // names (string) and places (int64) under root

	prog  *vm.Program
	roots []string   // outermost names it uses, sorted
	refs  [][]string // names with what is looked for in them: ["input", "text"]
}

// Names of the functions that expressions are rewritten with.
const (
	fnAt    = "_at"
	fnTrue  = "_true"
	fnList  = "_list"
	fnText  = "_text"
	fnOrder = "_order"
	fnCount = "_count"
)

// maxExpression is how long an expression may be, in bytes.
const maxExpression = 1000

func compileExpression(src string, line int) (*expression, error) {
	src = strings.TrimSpace(src)
	if src == "" {
		return nil, errors.New("an expression is wanted here")
	}
	if len(src) > maxExpression {
		return nil, fmt.Errorf("an expression is longer than %d bytes", maxExpression)
	}
	tree, err := parser.Parse(src)
	if err != nil {
		return nil, oneLine(err)
	}
	e := &expression{src: src, line: line}
	names := &names{}
	ast.Walk(&tree.Node, names)
	if names.err != nil {
		return nil, names.err
	}
	e.refs, e.roots = names.used()
	if e.simple(tree.Node) {
		return e, nil
	}
	e.prog, err = expr.Compile(src, machine(&rewriter{})...)
	if err != nil {
		return nil, oneLine(err)
	}
	return e, nil
}

// oneLine leaves out the excerpt that expr adds to its messages.
func oneLine(err error) error {
	var at *file.Error
	if errors.As(err, &at) {
		return fmt.Errorf("%s", at.Message)
	}
	return err
}

// simple takes constants and paths.
func (e *expression) simple(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.NilNode:
		e.constant = true
	case *ast.StringNode:
		e.constant, e.value = true, n.Value
	case *ast.BoolNode:
		e.constant, e.value = true, n.Value
	case *ast.IntegerNode:
		e.constant, e.value = true, int64(n.Value)
	case *ast.FloatNode:
		e.constant, e.value = true, n.Value
	case *ast.IdentifierNode:
		e.root = n.Value
	case *ast.ChainNode:
		return e.simple(n.Node)
	case *ast.MemberNode:
		if !e.simple(n.Node) || e.constant {
			e.root, e.path, e.constant, e.value = "", nil, false, nil
			return false
		}
		switch p := n.Property.(type) {
		case *ast.StringNode:
			e.path = append(e.path, p.Value)
		case *ast.IntegerNode:
			e.path = append(e.path, int64(p.Value))
		default:
			e.root, e.path = "", nil
			return false
		}
	default:
		return false
	}
	return true
}

// names collects what an expression refers to.
type names struct {
	chains   [][]string
	covered  map[*ast.IdentifierNode]bool
	declared []string
	called   []string
	err      error
}

// Visit comes to inner nodes first, so that the longest chain of a name comes last.
func (v *names) Visit(n *ast.Node) {
	switch n := (*n).(type) {
	case *ast.IdentifierNode:
		v.chains = append(v.chains, []string{n.Value})
	case *ast.MemberNode:
		if chain := chainOf(n); len(chain) > 1 {
			v.chains = append(v.chains, chain)
		}
	case *ast.VariableDeclaratorNode:
		v.declared = append(v.declared, n.Name)
	case *ast.BuiltinNode:
		if n.Name == "now" {
			v.err = errors.New("the time is `now`, not now()")
		}
	case *ast.CallNode:
		id, ok := n.Callee.(*ast.IdentifierNode)
		switch {
		case !ok:
			v.err = errors.New("a value cannot be called")
		case id.Value != "join":
			v.err = fmt.Errorf("there is no function %q", id.Value)
		default:
			v.called = append(v.called, id.Value)
		}
	}
}

// chainOf gives root and names of a.b.c, as far as they are written.
func chainOf(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return []string{n.Value}
	case *ast.ChainNode:
		return chainOf(n.Node)
	case *ast.MemberNode:
		chain := chainOf(n.Node)
		if p, ok := n.Property.(*ast.StringNode); ok && len(chain) > 0 {
			return append(slices.Clone(chain), p.Value)
		}
	}
	return nil
}

func (v *names) used() (refs [][]string, roots []string) {
	for _, c := range v.chains {
		if slices.Contains(v.declared, c[0]) || slices.Contains(v.called, c[0]) {
			continue
		}
		// A chain replaces the shorter ones that it begins with.
		refs = slices.DeleteFunc(refs, func(old []string) bool {
			return len(old) == len(c)-1 && slices.Equal(old, c[:len(old)]) || slices.Equal(old, c)
		})
		refs = append(refs, c)
		if !slices.Contains(roots, c[0]) {
			roots = append(roots, c[0])
		}
	}
	slices.Sort(roots)
	return refs, roots
}

// rewriter makes expressions forgiving of null.
type rewriter struct{}

// Visit rewrites one node; inner nodes were rewritten before.
func (rewriter) Visit(n *ast.Node) {
	switch v := (*n).(type) {
	case *ast.MemberNode:
		ast.Patch(n, call(fnAt, v.Node, v.Property))
	case *ast.UnaryNode:
		if v.Operator == "not" || v.Operator == "!" {
			v.Node = call(fnTrue, v.Node)
		}
	case *ast.BinaryNode:
		switch v.Operator {
		case "and", "or", "&&", "||":
			v.Left, v.Right = call(fnTrue, v.Left), call(fnTrue, v.Right)
		case "<", "<=", ">", ">=":
			ast.Patch(n, call(fnOrder, &ast.StringNode{Value: v.Operator}, v.Left, v.Right))
		case "+", "-", "*", "/", "%":
			ast.Patch(n, call(fnCount, &ast.StringNode{Value: v.Operator}, v.Left, v.Right))
		case "in":
			v.Right = call(fnList, v.Right)
		case "contains", "startsWith", "endsWith", "matches":
			v.Left = call(fnText, v.Left)
		}
	case *ast.ConditionalNode:
		v.Cond = call(fnTrue, v.Cond)
	case *ast.SliceNode:
		v.Node = call(fnList, v.Node)
	case *ast.BuiltinNode:
		if len(v.Arguments) == 0 {
			return
		}
		switch v.Name {
		case "all", "none", "any", "one", "filter", "find", "findIndex", "findLast", "findLastIndex", "count":
			v.Arguments[0] = call(fnList, v.Arguments[0])
			if len(v.Arguments) > 1 {
				if p, ok := v.Arguments[1].(*ast.PredicateNode); ok {
					p.Node = call(fnTrue, p.Node)
				}
			}
		case "len", "map", "sum", "first", "last", "min", "max", "sort", "sortBy", "groupBy", "reverse", "uniq",
			"concat", "flatten", "take", "reduce", "mean", "median":
			v.Arguments[0] = call(fnList, v.Arguments[0])
		case "trim", "upper", "lower", "split", "replace", "indexOf", "hasPrefix", "hasSuffix":
			v.Arguments[0] = call(fnText, v.Arguments[0])
		}
	}
}

func call(name string, args ...ast.Node) *ast.CallNode {
	return &ast.CallNode{Callee: &ast.IdentifierNode{Value: name}, Arguments: args}
}

// machine gives the options that every expression is compiled with: nothing
// of the clock, no functions but those without effects.
func machine(patch ast.Visitor) []expr.Option {
	return []expr.Option{
		expr.Env(map[string]any{}),
		expr.AllowUndefinedVariables(),
		expr.DisableBuiltin("now"),
		expr.DisableBuiltin("join"),
		expr.DisableBuiltin("int"),
		expr.DisableBuiltin("float"),
		expr.DisableBuiltin("string"),
		expr.Patch(patch),
		expr.Function("join", func(a ...any) (any, error) { return joined(a...) }),
		expr.Function("int", func(a ...any) (any, error) { return one(a, toInt) }),
		expr.Function("float", func(a ...any) (any, error) { return one(a, toFloat) }),
		expr.Function("string", func(a ...any) (any, error) { return one(a, toString) }),
		expr.Function(fnAt, func(a ...any) (any, error) { return at(a[0], a[1]) }),
		expr.Function(fnTrue, func(a ...any) (any, error) { return truthy(a[0]), nil }, new(func(any) bool)),
		expr.Function(fnList, func(a ...any) (any, error) { return countable(a[0]), nil }),
		expr.Function(fnText, func(a ...any) (any, error) {
			if a[0] == nil {
				return "", nil
			}
			return a[0], nil
		}),
		expr.Function(fnOrder, func(a ...any) (any, error) { return ordered(a[0].(string), a[1], a[2]) }),
		expr.Function(fnCount, func(a ...any) (any, error) { return counted(a[0].(string), a[1], a[2]) }),
	}
}

// countable gives what can be gone through: null as an empty list.
func countable(v any) any {
	switch v := v.(type) {
	case nil:
		return []any{}
	case looker:
		if n, err := normal(v); err == nil {
			return n
		}
	}
	return v
}

// joined writes a list with a separator between.
func joined(args ...any) (any, error) {
	if len(args) == 0 || len(args) > 2 {
		return nil, errors.New("join takes a list and a separator")
	}
	list, ok := listOf(args[0])
	if !ok {
		return nil, fmt.Errorf("join: %T is no list", args[0])
	}
	sep := ", "
	if len(args) == 2 {
		sep = fmt.Sprint(args[1])
	}
	words := make([]string, 0, len(list))
	for _, e := range list {
		if e != nil {
			words = append(words, fmt.Sprint(e))
		}
	}
	return strings.Join(words, sep), nil
}
