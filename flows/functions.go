package flows

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
)

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
		expr.DisableBuiltin("keys"),
		expr.DisableBuiltin("values"),
		expr.Patch(patch),
		expr.Function("join", joined),
		expr.Function("int", func(a ...any) (any, error) { return one(a, toInt) }),
		expr.Function("float", func(a ...any) (any, error) { return one(a, toFloat) }),
		expr.Function("string", func(a ...any) (any, error) { return one(a, toString) }),
		expr.Function("keys", func(a ...any) (any, error) { return keysOf(a, false) }),
		expr.Function("values", func(a ...any) (any, error) { return keysOf(a, true) }),
		expr.Function(fnAt, func(a ...any) (any, error) { return at(a[0], a[1]) }),
		expr.Function(fnTrue, func(a ...any) (any, error) { return truthy(a[0]), nil }, new(func(any) bool)),
		expr.Function(fnList, func(a ...any) (any, error) { return countable(a[0]), nil }),
		expr.Function(fnText, func(a ...any) (any, error) {
			if a[0] == nil {
				return "", nil
			}
			return a[0], nil
		}),
		expr.Function(fnOrder, func(a ...any) (any, error) { return ordered(operator(a), a[1], a[2]) }),
		expr.Function(fnCount, func(a ...any) (any, error) { return counted(operator(a), a[1], a[2]) }),
	}
}

// keysOf gives the names in values, in order, or what stands under them.
func keysOf(args []any, values bool) (any, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("one value is wanted, not %d", len(args))
	}
	n, err := normal(args[0])
	if n == nil || err != nil {
		return []any{}, err
	}
	m, ok := n.(Values)
	if !ok {
		return nil, fmt.Errorf("%T has no names in it", args[0])
	}
	list := make([]any, 0, len(m))
	for _, k := range slices.SortedFunc(maps.Keys(m), byNumber) {
		if values {
			list = append(list, m[k])
		} else {
			list = append(list, k)
		}
	}
	return list, nil
}

// byNumber puts names that are numbers in the order of these, before others.
func byNumber(a, b string) int {
	x, errA := strconv.Atoi(a)
	y, errB := strconv.Atoi(b)
	switch {
	case errA == nil && errB == nil:
		return cmp.Compare(x, y)
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return strings.Compare(a, b)
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

// operator is the sign that the patch puts before two operands.
func operator(args []any) string {
	op, _ := args[0].(string)
	return op
}

// one calls a function of one argument.
func one(args []any, f func(any) any) (any, error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("one value is wanted, not %d", len(args))
	}
	return f(args[0]), nil
}

// toInt gives a whole number, null for what is none.
func toInt(v any) any {
	switch v := v.(type) {
	case string:
		if n, err := strconv.ParseInt(strings.TrimSpace(v), 10, 64); err == nil {
			return n
		}
		return nil
	case float64:
		if math.Abs(v) < 1e18 {
			return int64(v)
		}
		return nil
	}
	if n, ok := whole(v); ok {
		return n
	}
	return nil
}

// toFloat gives a number, null for what is none.
func toFloat(v any) any {
	if s, ok := v.(string); ok {
		if f, err := strconv.ParseFloat(strings.TrimSpace(s), 64); err == nil {
			return f
		}
		return nil
	}
	if f, ok := float(v); ok {
		return f
	}
	return nil
}

// toString gives a value as it is, ungrouped; null is nothing.
func toString(v any) any {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}
