package flows

import (
	"strings"
	"testing"
)

// letters counts a part for every 100 signs.
func letters(text string) int { return (len([]rune(text)) + 99) / 100 }

func TestCheckFindsEveryRule(t *testing.T) {
	long := strings.Repeat("dài ", 60)
	for name, c := range map[string]struct {
		rule  Rule
		steps string
		line  int
	}{
		"after end":         {RuleUnreachable, "- end: 1\n- say: x\n", 5},
		"after all cases":   {RuleUnreachable, "- when: [{if: lang, then: [{end: }]}]\n  else: [{end: }]\n- say: x\n", 6},
		"in a case":         {RuleUnreachable, "- when:\n  - if: lang\n    then:\n    - end: 1\n    - say: x\n", 8},
		"never":             {RuleUnreachable, "- say: x\n  if: false\n", 4},
		"never unless":      {RuleUnreachable, "- say: x\n  unless: 1\n", 4},
		"never a case":      {RuleUnreachable, "- when:\n  - if: nil\n    then: [{say: x}]\n", 5},
		"translation":       {RuleTranslation, "- say: {vi: có}\n", 4},
		"label translation": {RuleTranslation, "- ask: choice\n  save: y\n  text: x\n  options:\n  - {value: a, text: {en: a}}\n  - {value: b, text: b}\n", 8},
		"action":            {RuleAction, "- do: price.fnd\n", 4},
		"argument":          {RuleArgument, "- do: price.find\n  with: {crop: 1, market: 2}\n", 5},
		"argument missing":  {RuleArgument, "- do: vote.record\n  with: {item: 1}\n", 4},
		"result":            {RuleResult, "- do: price.find\n  with: {crop: 1}\n  save: y\n- say: '{y.cost}'\n", 7},
		"list":              {RuleList, "- ask: choice\n  save: y\n  text: x\n  options: {from: colours}\n", 7},
		"long":              {RuleLong, "- say: " + long + "\n", 4},
		"long with sample":  {RuleLong, "- set: {y: 1}\n- say: '" + long[:245] + " {y}'\n", 5},
		"long with options": {RuleLong, "- ask: choice\n  save: y\n  text: x\n  options: [{value: a, text: " + long + "}, {value: b, text: b}]\n", 6},
		"call":              {RuleCall, "- call: nobody\n", 4},
		"loop":              {RuleLoop, "- call: a\n", 1},
		"way out":           {RuleWayOut, "- ask: village\n  save: y\n  text: x\n", 4},
		"variable":          {RuleVariable, "- say: x\n  if: receit\n", 5},
		"variable in text":  {RuleVariable, "- say: 'x {receit.code}'\n", 4},
		"index":             {RuleVariable, "- say: '{index}'\n", 4},
		"input":             {RuleVariable, "- say: '{input.crops}'\n", 4},
		"choices":           {RuleEmptyChoices, "- ask: choice\n  save: y\n  text: x\n  options: [{value: a, text: a}]\n", 4},
	} {
		t.Run(name, func(t *testing.T) {
			e := compiled(t, map[string]string{"a": "id: a\nstarts: {intents: [price]}\nsteps:\n" + c.steps})
			var about []Finding
			for _, f := range e.Check(letters, []string{"vi", "en"}) {
				if f.File == "a.yaml" {
					about = append(about, f)
				}
			}
			if len(about) != 1 || about[0].Rule != c.rule || about[0].Line != c.line || about[0].Flow != "a" {
				t.Fatalf("got %v, want %s in line %d", about, c.rule, c.line)
			}
			if !strings.HasPrefix(about[0].String(), "a.yaml:") {
				t.Error(about[0].String())
			}
		})
	}
}

func TestATextMayNameTheWayOut(t *testing.T) {
	for ask, want := range map[string]int{
		"text: Which?":             1,
		"text: 'Which? Or THOÁT.'": 0,
		"{text: Which?, again: 'Không rõ thì BỎ QUA.'}":   0,
		"{text: Which?, again: 'Không biết thì bỏ quán'}": 1,
		"{text: Which?, skip: true}":                      0,
	} {
		ask = strings.Trim(ask, "{}")
		e := compiled(t, map[string]string{"a": "id: a\nstarts: {intents: [price]}\nsteps:\n- {ask: village, save: x, " + ask + "}\n"})
		n := 0
		for _, f := range e.Check(letters, nil) {
			if f.Rule == RuleWayOut {
				n++
			}
		}
		if n != want {
			t.Errorf("%s: %d findings, want %d", ask, n, want)
		}
	}
}

func TestCheckFindsWhatALibraryLacks(t *testing.T) {
	e := compiled(t, map[string]string{
		"a":      "id: a\nsteps: [{say: x}]\n",
		"a.rade": "words: {old: new}\n",
	})
	var got []string
	for _, f := range e.Check(letters, nil) {
		got = append(got, f.String())
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{
		"nothing starts or calls the flow a", `there is no flow "lost"`, `there is no flow "stale"`,
		"no flow starts with stop", "no flow starts with erase", "no flow starts with help", "no flow starts with exit",
		`a.rade.yaml:1: stale words: no text of a.yaml is "old"`,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in\n%s", want, all)
		}
	}
	if len(got) != 8 {
		t.Errorf("%d findings\n%s", len(got), all)
	}
}

func TestCheckFindsNothingInTheTestLibrary(t *testing.T) {
	for _, f := range testEngine(t).Check(letters, []string{"vi", "en"}) {
		t.Error(f)
	}
}

func TestCheckMeasuresWithTheFlowsSamples(t *testing.T) {
	text := "id: a\nstarts: {intents: [price]}\nparts: 1\nsamples: {y.text: %}\nsteps:\n- set: {y: input}\n- say: '{y.text}'\n"
	for sample, want := range map[string]int{"x": 0, strings.Repeat("x", 101): 1} {
		e := compiled(t, map[string]string{"a": strings.ReplaceAll(text, "%", sample)})
		n := 0
		for _, f := range e.Check(letters, nil) {
			if f.Rule == RuleLong {
				n++
			}
		}
		if n != want {
			t.Errorf("%d findings, want %d", n, want)
		}
	}
}
