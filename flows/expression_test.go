package flows

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/loa-vn/loa/flows/understand"
)

// evaluate gives an expression's value in a frame with some variables.
func evaluate(t *testing.T, src string) (any, error) {
	t.Helper()
	ex, err := compileExpression(src, 1)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	p := &player{e: &Engine{}, h: newTestHost()}
	p.out.Reading = understand.Reading{Text: "gia tieu", Commodities: []string{"pepper", "coffee"}, Item: 3, Ballot: map[string]string{"1": "yes"}}
	p.now.reading = &p.out.Reading
	f := &frame{flow: &flow{}, input: &p.now, args: Values{"for": "x"}}
	f.set("kind", "selling")
	f.set("nothing", nil)
	f.set("n", int64(5))
	f.set("list", []any{"a", "b"})
	f.set("receipt", Values{"code": "7K2F", "items": []any{Values{"n": int64(1)}, Values{"n": int64(2)}}})
	return p.eval(f, ex)
}

func TestExpressionsForgiveNull(t *testing.T) {
	for src, want := range map[string]any{
		"kind":                                  "selling",
		"kind == 'selling'":                     true,
		"kind == 'x' or nothing":                false,
		"not nothing":                           true,
		"!list":                                 false,
		"missing":                               nil,
		"missing.deep[3].deeper":                nil,
		"nothing.x":                             nil,
		"receipt.code":                          "7K2F",
		"receipt['code']":                       "7K2F",
		"receipt.items[1].n":                    int64(2),
		"receipt.items[-1].n":                   int64(2),
		"receipt.items[7].n":                    nil,
		"missing > 3":                           false,
		"missing < 3":                           false,
		"n >= 5 and n <= 5":                     true,
		"n + 1":                                 int64(6),
		"n - 1 > 3":                             true,
		"n / 2":                                 2.5,
		"n / 0":                                 nil,
		"n % 0":                                 nil,
		"missing + 1":                           nil,
		"kind + '!'":                            "selling!",
		"'a' in list":                           true,
		"'a' in missing":                        false,
		"len(missing)":                          0,
		"len(list)":                             2,
		"missing ? 1 : 2":                       2,
		"list ? 1 : 2":                          1,
		"missing ?? 'x'":                        "x",
		"any(missing, # == 1)":                  false,
		"filter(receipt.items, .n > 1)[0].n":    int64(2),
		"map(receipt.items, .n)[0]":             int64(1),
		"join(list, '; ')":                      "a; b",
		"join(missing)":                         "",
		"upper(missing)":                        "",
		"missing contains 'x'":                  false,
		"input.commodities[0]":                  "pepper",
		"input.commodities[5]":                  nil,
		"input.item == 3":                       true,
		"input.ballot['1']":                     "yes",
		"input.price":                           nil,
		"input.village == nil":                  true,
		"keys(input.ballot)[0]":                 "1",
		"args.for":                              "x",
		"lang":                                  "vi",
		"code":                                  "7K2F9QC4",
		"now.Year() ?? 1":                       nil, // refused when compiled
		"join(keys({'10': 1, '2': 2, 'b': 3}))": "2, 10, b",
		"join(values({'10': 1, '2': 2, 'b': 3}))": "2, 1, 3",
		"len(keys(missing))":                      0,
		"null":                                    nil,
		"missing ? 1 : null":                      nil,
		"int('12')":                               int64(12),
		"int('x')":                                nil,
		"int(missing)":                            nil,
		"int(2.7)":                                int64(2),
		"float('2.5')":                            2.5,
		"float('x')":                              nil,
		"string(2026)":                            "2026",
		"string(missing)":                         "",
		"let x = n; x + n":                        int64(10),
		"input?.text":                             "gia tieu",
	} {
		if src == "now.Year() ?? 1" {
			if _, err := compileExpression(src, 1); err == nil {
				t.Error("a method can be called")
			}
			continue
		}
		got, err := evaluate(t, src)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v (%T) %v, want %v", src, got, got, err, want)
		}
	}
}

func TestExpressionsSayWhatIsWrong(t *testing.T) {
	for src, want := range map[string]string{
		"kind.x":   `cannot look for "x" in string`,
		"n > kind": "cannot compare int64 with string",
		"n * kind": "cannot reckon int64 * string",
		"len(n)":   "len(n): ",
	} {
		if _, err := evaluate(t, src); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", src, err, want)
		}
	}
}

func TestTruthy(t *testing.T) {
	for _, v := range []any{true, "x", 1, int64(2), 0.5, time.Now(), Values{"a": nil}, []any{nil}, []string{"x"}, &view{}, struct{ a int }{1}} {
		if !truthy(v) {
			t.Errorf("%v (%T) does not hold", v, v)
		}
	}
	for _, v := range []any{nil, false, "", 0, int64(0), 0.0, time.Time{}, Values{}, Values(nil), []any{}, []string(nil), map[string]string{}, (*int)(nil)} {
		if truthy(v) {
			t.Errorf("%v (%T) holds", v, v)
		}
	}
}

func TestFormat(t *testing.T) {
	type place string
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		v      any
		vi, en string
	}{
		{nil, "", ""},
		{"x", "x", "x"},
		{int64(7), "7", "7"},
		{999, "999", "999"},
		{int64(101800), "101.800", "101,800"},
		{int64(-1234567), "-1.234.567", "-1,234,567"},
		{2.5, "2,5", "2.5"},
		{1234.567, "1.234,57", "1,234.57"},
		{-0.001, "0", "0"},
		{3.0, "3", "3"},
		{true, "có", "yes"},
		{false, "không", "no"},
		{day, "22/11/2026", "22 November 2026"},
		{time.Time{}, "", ""},
		{[]any{int64(1000), nil, "b"}, "1.000, b", "1,000, b"},
		{[]int{1, 2}, "1, 2", "1, 2"},
		{place("Gia Nghĩa"), "Gia Nghĩa", "Gia Nghĩa"},
		{Values{"a": 1}, "", ""},
	} {
		if got := string(appendValue(nil, c.v, "vi")); got != c.vi {
			t.Errorf("%v: got %q, want %q", c.v, got, c.vi)
		}
		if got := string(appendValue(nil, c.v, "en")); got != c.en {
			t.Errorf("%v: got %q, want %q", c.v, got, c.en)
		}
	}
}
