package flows

import (
	"fmt"
	"reflect"
	"time"
)

// looker is a value that is looked into by name, such as a reading.
type looker interface{ look(name string) any }

// at looks a name or a place into v. What is not there is null; to look into
// something that holds nothing, such as a number, is an error.
func at(v, key any) (any, error) {
	if v == nil {
		return nil, nil
	}
	if name, ok := key.(string); ok {
		switch m := v.(type) {
		case Values:
			return m[name], nil
		case looker:
			return m.look(name), nil
		case map[string]any:
			return m[name], nil
		}
		if r := reflect.ValueOf(v); r.Kind() == reflect.Map && r.Type().Key().Kind() == reflect.String {
			if e := r.MapIndex(reflect.ValueOf(name).Convert(r.Type().Key())); e.IsValid() {
				return e.Interface(), nil
			}
			return nil, nil
		}
		return nil, fmt.Errorf("cannot look for %q in %T", name, v)
	}
	i, ok := whole(key)
	if !ok {
		return nil, fmt.Errorf("cannot look for %v in %T", key, v)
	}
	if list, ok := v.([]any); ok {
		if i < 0 {
			i += int64(len(list))
		}
		if i < 0 || i >= int64(len(list)) {
			return nil, nil
		}
		return list[i], nil
	}
	list, ok := listOf(v)
	if !ok {
		if m, isMap := v.(looker); isMap {
			return m.look(fmt.Sprint(i)), nil
		}
		if r := reflect.ValueOf(v); r.Kind() == reflect.Map {
			return at(v, fmt.Sprint(i))
		}
		return nil, fmt.Errorf("cannot look for place %d in %T", i, v)
	}
	return at(list, i)
}

// whole gives v as a whole number.
func whole(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int64:
		return v, true
	case int32:
		return int64(v), true
	case uint32:
		return int64(v), true
	case float64:
		if n := int64(v); float64(n) == v {
			return n, true
		}
	}
	return 0, false
}

// float gives v as a number.
func float(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case float32:
		return float64(v), true
	}
	n, ok := whole(v)
	return float64(n), ok
}

// listOf gives any list as one of values.
func listOf(v any) ([]any, bool) {
	switch v := v.(type) {
	case nil:
		return nil, true
	case []any:
		return v, true
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return list, true
	case []Values:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return list, true
	case []byte:
		return nil, false
	}
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice && r.Kind() != reflect.Array {
		return nil, false
	}
	list := make([]any, r.Len())
	for i := range list {
		list[i] = r.Index(i).Interface()
	}
	return list, true
}

// truthy says whether a condition holds: null, false, zero and what is empty
// does not.
func truthy(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case int:
		return v != 0
	case int64:
		return v != 0
	case float64:
		return v != 0
	case time.Time:
		return !v.IsZero()
	case Values:
		return len(v) > 0
	case []any:
		return len(v) > 0
	case looker:
		return true
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Slice, reflect.Map, reflect.Array:
		return r.Len() > 0
	case reflect.Pointer:
		return !r.IsNil()
	}
	return !r.IsZero()
}

// missing tells a value that says nothing: null, or empty. False and zero say
// something.
func missing(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool, int, int64, float64:
		return false
	default:
		return !truthy(v)
	}
}

// normal gives v in the types of Values, whatever types an expression or a
// host used for it.
func normal(v any) (any, error) {
	if isNormal(v) {
		return v, nil
	}
	switch v := v.(type) {
	case nil, string, bool, int64, float64, time.Time:
		return v, nil
	case int:
		return int64(v), nil
	case float32:
		return float64(v), nil
	case Values:
		return normalMap(v)
	case map[string]any:
		return normalMap(v)
	case *view:
		return v.values(), nil
	}
	if n, ok := whole(v); ok {
		return n, nil
	}
	if list, ok := listOf(v); ok {
		out := make([]any, len(list))
		for i, e := range list {
			e, err := normal(e)
			if err != nil {
				return nil, err
			}
			out[i] = e
		}
		return out, nil
	}
	r := reflect.ValueOf(v)
	switch {
	case r.Kind() == reflect.String:
		return r.String(), nil
	case r.Kind() == reflect.Bool:
		return r.Bool(), nil
	case r.CanInt():
		return r.Int(), nil
	case r.Kind() == reflect.Map && r.Type().Key().Kind() == reflect.String:
		m := make(map[string]any, r.Len())
		for _, k := range r.MapKeys() {
			m[k.String()] = r.MapIndex(k).Interface()
		}
		return normalMap(m)
	}
	return nil, fmt.Errorf("%T is no value of a flow", v)
}

// isNormal tells a value that is of these types all through; nobody changes a
// value once a flow has it, so it need not be copied.
func isNormal(v any) bool {
	switch v := v.(type) {
	case nil, string, bool, int64, float64, time.Time:
		return true
	case Values:
		for _, e := range v {
			if !isNormal(e) {
				return false
			}
		}
		return v != nil
	case []any:
		for _, e := range v {
			if !isNormal(e) {
				return false
			}
		}
		return v != nil
	}
	return false
}

func normalMap(m map[string]any) (any, error) {
	out := make(Values, len(m))
	for k, e := range m {
		e, err := normal(e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
		out[k] = e
	}
	return out, nil
}
