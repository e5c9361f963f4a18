package flows

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// ordered compares numbers, texts or times; with null nothing holds.
func ordered(op string, a, b any) (bool, error) {
	if a == nil || b == nil {
		return false, nil
	}
	order, err := compare(a, b)
	if err != nil {
		return false, err
	}
	switch op {
	case "<":
		return order < 0, nil
	case "<=":
		return order <= 0, nil
	case ">":
		return order > 0, nil
	default:
		return order >= 0, nil
	}
}

func compare(a, b any) (int, error) {
	if x, ok := a.(string); ok {
		if y, ok := b.(string); ok {
			return strings.Compare(x, y), nil
		}
	}
	if x, ok := a.(time.Time); ok {
		if y, ok := b.(time.Time); ok {
			return x.Compare(y), nil
		}
	}
	x, okX := float(a)
	y, okY := float(b)
	switch {
	case !okX || !okY:
		return 0, fmt.Errorf("cannot compare %T with %T", a, b)
	case x < y:
		return -1, nil
	case x > y:
		return 1, nil
	}
	return 0, nil
}

// counted reckons; whole numbers stay whole but in a division, texts are
// joined by +, and with null the result is null.
func counted(op string, a, b any) (any, error) {
	if a == nil || b == nil {
		return nil, nil
	}
	if x, ok := a.(string); ok && op == "+" {
		if y, ok := b.(string); ok {
			return x + y, nil
		}
	}
	i, okI := whole(a)
	j, okJ := whole(b)
	if _, f := a.(float64); f {
		okI = false
	}
	if _, f := b.(float64); f {
		okJ = false
	}
	if okI && okJ {
		switch op {
		case "+":
			return i + j, nil
		case "-":
			return i - j, nil
		case "*":
			return i * j, nil
		case "%":
			if j == 0 {
				return nil, nil
			}
			return i % j, nil
		}
	}
	x, okX := float(a)
	y, okY := float(b)
	if !okX || !okY {
		return nil, fmt.Errorf("cannot reckon %T %s %T", a, op, b)
	}
	switch op {
	case "+":
		return x + y, nil
	case "-":
		return x - y, nil
	case "*":
		return x * y, nil
	case "/":
		if y == 0 {
			return nil, nil
		}
		return x / y, nil
	}
	return nil, fmt.Errorf("%% wants whole numbers")
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
