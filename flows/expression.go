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
	if at, ok := errors.AsType[*file.Error](err); ok {
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
		switch n.Name {
		case "now":
			v.err = errors.New("the time is `now`, not now()")
		case "toPairs":
			v.err = errors.New("there is no function \"toPairs\"")
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
