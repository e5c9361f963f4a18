package conformance

import (
	"fmt"
	"reflect"
	"slices"
	"time"
)

// same ends the test unless got is want. An empty list is a list that is not
// there; instants must be equal and in UTC.
func (s *scene) same(what string, want, got any) {
	s.Helper()
	if diff := differ(what, reflect.ValueOf(want), reflect.ValueOf(got)); diff != "" {
		s.Fatal(diff)
	}
}

func differ(path string, want, got reflect.Value) string {
	if want.IsValid() != got.IsValid() || want.IsValid() && want.Type() != got.Type() {
		return fmt.Sprintf("%s: want %v, got %v", path, want, got)
	}
	if !want.IsValid() {
		return ""
	}
	if instant, ok := reflect.TypeAssert[time.Time](want); ok {
		if g, _ := reflect.TypeAssert[time.Time](got); !g.Equal(instant) || g.Location() != time.UTC {
			return fmt.Sprintf("%s: want %v, got %v", path, instant, g)
		}
		return ""
	}
	switch want.Kind() {
	case reflect.Interface:
		return differ(path, want.Elem(), got.Elem())
	case reflect.Struct:
		for i := range want.NumField() {
			if diff := differ(path+"."+want.Type().Field(i).Name, want.Field(i), got.Field(i)); diff != "" {
				return diff
			}
		}
	case reflect.Slice, reflect.Array:
		if want.Len() != got.Len() {
			return fmt.Sprintf("%s: want %d, got %d:\n%v\n%v", path, want.Len(), got.Len(), want, got)
		}
		for i := range want.Len() {
			if diff := differ(fmt.Sprintf("%s[%d]", path, i), want.Index(i), got.Index(i)); diff != "" {
				return diff
			}
		}
	case reflect.Map:
		if want.Len() != got.Len() {
			return fmt.Sprintf("%s: want %v, got %v", path, want, got)
		}
		for _, k := range want.MapKeys() {
			if diff := differ(fmt.Sprintf("%s[%v]", path, k), want.MapIndex(k), got.MapIndex(k)); diff != "" {
				return diff
			}
		}
	default:
		if !reflect.DeepEqual(want.Interface(), got.Interface()) {
			return fmt.Sprintf("%s: want %v, got %v", path, want, got)
		}
	}
	return ""
}

// texts picks one text of each element, in order.
func texts[T any](list []T, of func(T) string) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = of(v)
	}
	return out
}

// sorted is texts in the order of the alphabet.
func sorted[T any](list []T, of func(T) string) []string {
	out := texts(list, of)
	slices.Sort(out)
	return out
}
