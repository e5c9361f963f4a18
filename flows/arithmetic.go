package flows

import (
	"fmt"
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
