package flows

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// library makes files of flows; a name without a dot is NAME.yaml.
func library(files map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func compiled(tb testing.TB, files map[string]string) *Engine {
	tb.Helper()
	e, err := Compile(library(files), testActions, testLists)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func TestCompileSaysWhereAndWhat(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"yaml":           {"id: a\nsteps: [\n", "a.yaml:"},
		"empty":          {"", "a.yaml: the file is empty"},
		"two documents":  {"id: a\nsteps: [{say: x}]\n---\nid: b\n", "one document"},
		"unknown field":  {"id: a\nstarts: {intents: [price]}\nstep: []\nsteps: [{say: x}]\n", `a.yaml:3: a flow knows no "step"`},
		"unknown in ask": {"id: a\nsteps:\n- ask: text\n  save: x\n  txt: y\n  text: y\n", `a.yaml:5: a ask knows no "txt"`},
		"twice":          {"id: a\nid: b\nsteps: [{say: x}]\n", "a.yaml:2:"},
		"no id":          {"steps: [{say: x}]\n", "id: a name of"},
		"no steps":       {"id: a\n", "steps: a flow has at least one"},
		"intent":         {"id: a\nstarts: {intents: [prise]}\nsteps: [{say: x}]\n", `no intent "prise"`},
		"starts nothing": {"id: a\nstarts: {if: round}\nsteps: [{say: x}]\n", "nothing starts this flow"},
		"button":         {"id: a\nstarts: {buttons: [opt]}\nsteps: [{say: x}]\n", "a button is not empty"},
		"kind":           {"id: a\nsteps:\n- ask: colour\n  save: x\n  text: y\n", `a.yaml:3: ask: there is no kind "colour"`},
		"no save":        {"id: a\nsteps:\n- ask: text\n  text: y\n", "`save` names"},
		"reserved":       {"id: a\nsteps:\n- ask: text\n  save: input\n  text: y\n", `"input" cannot name a variable`},
		"same id":        {"id: a\nsteps:\n- {ask: text, save: x, text: y}\n- {ask: text, save: x, text: y}\n", `a.yaml:4: ask: another ask has the id "x"`},
		"two kinds":      {"id: a\nsteps: [{say: x, do: y}]\n", "not both"},
		"no kind":        {"id: a\nsteps: [{text: x}]\n", "a step is one of"},
		"expression":     {"id: a\nsteps:\n- say: x\n  if: a ==\n", "a.yaml:4: if:"},
		"function":       {"id: a\nsteps:\n- say: '{f(1)}'\n", `no function "f"`},
		"clock":          {"id: a\nsteps:\n- say: '{now()}'\n", "a.yaml:3:"},
		"brace":          {"id: a\nsteps:\n- say: 'x {y'\n", "a brace is not closed"},
		"language":       {"id: a\nsteps:\n- say: {Vietnamese!: x}\n", "a language is wanted"},
		"choice":         {"id: a\nsteps:\n- {ask: choice, save: x, text: y}\n", "a choice has options"},
		"yes_no":         {"id: a\nsteps:\n- {ask: yes_no, save: x, text: y, options: [{value: ja, text: z}]}\n", "are yes and no"},
		"same option":    {"id: a\nsteps:\n- {ask: choice, save: x, text: y, options: [{value: b, text: z}, {value: b, text: z}]}\n", "stands here twice"},
		"greedy":         {"id: a\nsteps:\n- {ask: number, save: x, text: y, greedy: true}\n", "greedy is for"},
		"silence asks":   {"id: a\nsilence: [{ask: text, save: x, text: y}]\nsteps: [{say: x}]\n", "silence asks nothing"},
		"when":           {"id: a\nsteps: [{when: []}]\n", "at least one case"},
		"case":           {"id: a\nsteps: [{when: [{if: x}]}]\n", "each case has a `then`"},
		"each":           {"id: a\nsteps: [{each: round.items, steps: [{say: x}]}]\n", "`as` names the loop's variable"},
		"parts":          {"id: a\nparts: many\nsteps: [{say: x}]\n", "a number from 0 to 1000"},
		"flag":           {"id: a\nsteps: [{ask: text, save: x, text: y, skip: maybe}]\n", "true or false"},
		"alias":          {"id: &x a\nsteps: [{say: *x}]\n", "a plain value is wanted"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Compile(library(map[string]string{"a": c.text}), nil, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestCompileJoinsAllMistakes(t *testing.T) {
	_, err := Compile(library(map[string]string{
		"a":    "id: a\nsteps:\n- {say: '{'}\n- {say: '{'}\n",
		"b":    "id: b\nsteps: 3\n",
		"c":    "id: d\nsteps: [{say: x}]\n",
		"d":    "id: d\nsteps: [{say: x}]\n",
		"e.en": "words: {}\n",
	}), nil, nil)
	for _, want := range []string{"a.yaml:3:", "a.yaml:4:", "b.yaml:2:", `the flow "d" is in c.yaml already`, "e.en.yaml: there is no flow e.yaml"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
	var m *Mistake
	if !errors.As(err, &m) || m.File != "a.yaml" || m.Line != 3 || m.Source != "- {say: '{'}" {
		t.Errorf("got %+v", m)
	}
}

func TestWordsOfAnotherLanguage(t *testing.T) {
	flow := "id: a\nsteps:\n- say: {vi: 'Giá {x}', en: 'Price {x}'}\n- set: {x: 1}\n"
	for name, c := range map[string]struct{ words, want string }{
		"placeholder": {"words: {'Giá {x}': '{y}'}\n", `{y} is not in the text "Giá {x}"`},
		"already":     {"words: {'Giá {x}': '{x}', 'Giá {x}': 'z'}\n", "a.rade.yaml:1:"},
		"logic":       {"steps: []\n", "`words` is wanted"},
		"no mapping":  {"words: [a]\n", "a mapping is wanted"},
		"nothing":     {"words: {'Giá {x}': }\n", "a plain value is wanted"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Compile(library(map[string]string{"a": flow, "a.rade": c.words}), nil, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v\nwant %s", err, c.want)
			}
		})
	}
	_, err := Compile(library(map[string]string{"a": flow, "a.en": "words: {'Giá {x}': '{x}'}\n"}), nil, nil)
	if err == nil || !strings.Contains(err.Error(), "has words in en already") {
		t.Fatal(err)
	}
}

func TestWordsCanBeFilledIn(t *testing.T) {
	flow := "id: a\nstarts: {keywords: [aa]}\nsteps:\n- say: {vi: \"Giá \\\"{lang}\\\"\", en: 'Price {lang}'}\n- say: '{lang}'\n- say: {vi: 'Tin', en: News}\n"
	e := compiled(t, map[string]string{"a": flow})
	empty, err := e.Words("a", "rade")
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.Replace(strings.Replace(empty, "  \"\"\n", "  \"R {lang} \\\\n\"\n", 1), "  \"\"\n", "  \"N\"\n", 1)
	compiled(t, map[string]string{"a": flow, "a.rade": empty}) // what is empty is not said
	e = compiled(t, map[string]string{"a": flow, "a.rade": filled})
	h := newTestHost()
	h.lang = "rade"
	said, _ := say(t, e, h, nil, "aa")
	wants(t, said, "R rade \\n rade. N")
	again, err := e.Words("a", "rade")
	if err != nil || again != filled {
		t.Errorf("%v\n%s\nwant\n%s", err, again, filled)
	}
	if _, err := e.Words("b", "rade"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
}

func TestFlowsAreListed(t *testing.T) {
	e := testEngine(t)
	for _, f := range e.Flows() {
		switch f.ID {
		case "price":
			if f.Title["en"] != "Ask a price" || !f.Started || f.Keywords[0] != "gia" || f.Intents[0] != "price" || f.Buttons[0] != "price" {
				t.Errorf("%+v", f)
			}
		case "consent":
			if f.Started {
				t.Errorf("%+v", f)
			}
		}
	}
	if len(e.Flows()) != 14 {
		t.Errorf("%d flows", len(e.Flows()))
	}
}

func TestJoin(t *testing.T) {
	for want, says := range map[string][]string{
		"":                         nil,
		"a b":                      {"a", "b"},
		"ab c":                     {"a", "~b", "c"},
		"a":                        {"~a", "", "~"},
		"a, b, c":                  {"a", "~, b", "~, c"},
		"UT 5 1. Mã 7K2F. Đã xong": {"UT 5 1", "Mã 7K2F.", "Đã xong"},
		"https://t.me/loa Dạ: Gia": {"https://t.me/loa", "Dạ:", "Gia"},
	} {
		if got := Join(says, " "); got != want {
			t.Errorf("%q: got %q, want %q", says, got, want)
		}
	}
}

func TestGraph(t *testing.T) {
	e := testEngine(t)
	g, err := e.Graph("vote")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"flowchart TD\n", "vote: vote, plan, [vote] if round.open", `{{"each item in round.items"}}`, "|done|", "do vote.record",
	} {
		if !strings.Contains(g, want) {
			t.Errorf("%q is not in\n%s", want, g)
		}
	}
	if _, err := e.Graph("nothing"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
	for _, f := range e.Flows() {
		g, err := e.Graph(f.ID)
		if err != nil || strings.Count(g, "\n") < 4 {
			t.Errorf("%s: %v\n%s", f.ID, err, g)
		}
	}
}
