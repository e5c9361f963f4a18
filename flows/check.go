package flows

import (
	"fmt"
	"slices"
	"strings"

	"github.com/loa-vn/loa/flows/understand"
)

// Rule names what a Finding is about.
type Rule string

// The rules of Check.
const (
	RuleUnreachable  Rule = "unreachable"   // a step or a flow that is never played
	RuleTranslation  Rule = "translation"   // a text is missing in a language
	RuleStaleWords   Rule = "stale words"   // words in another language for a text that is no more
	RuleAction       Rule = "action"        // there is no such action
	RuleArgument     Rule = "argument"      // an action takes no such argument, or wants one that is missing
	RuleResult       Rule = "result"        // an action gives nothing of that name
	RuleList         Rule = "list"          // there is no such list of options
	RuleLong         Rule = "long"          // a text takes more SMS parts than the flow allows
	RuleCall         Rule = "call"          // a flow is called that there is not
	RuleWayOut       Rule = "way out"       // who cannot answer a question cannot go on
	RuleVariable     Rule = "variable"      // a name is used that nothing sets
	RuleIncomplete   Rule = "incomplete"    // the library lacks a flow that the engine plays by itself
	RuleLoop         Rule = "loop"          // flows call each other in a circle
	RuleEmptyChoices Rule = "empty choices" // a choice of fewer than two
)

// Finding is one thing that Check found, with where it is.
type Finding struct {
	Rule Rule
	Flow string
	File string
	Line int
	Msg  string
}

// String gives "file:line: rule: what".
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Rule, f.Msg)
}

// Check looks for what would trouble people or stop a flow, though it
// compiles. Measure tells how many SMS parts a text takes; langs are the
// languages that every text must be in. Findings come by file and line.
//
// A question that some cannot answer, such as for a village or a price, must
// allow to be skipped, or name a word that leads out of it (BỎ QUA, THOÁT,
// QUAY LẠI, HD) in its text or `again`.
//
// A text is measured with samples in place of its placeholders: those of the
// flow's `samples` by expression, else by the last name in it: price, amount,
// cost, money: 1.200.000; code, receipt: 8 signs; date, day, until: 31/12/2026;
// index, count, item, number, days, parts, and what is reckoned: 12; phone: 12
// signs; text, words, reason, list: 60 signs; anything else: 14 signs. With
// the options of an ask goes the numbered list that SMS adds: those of a
// host's list are not known and count nothing.
func (e *Engine) Check(measure func(text string) (parts int), langs []string) []Finding {
	c := &checker{e: e, measure: measure, langs: langs}
	c.library()
	for _, f := range e.order {
		c.flow = f
		c.reach(f.steps)
		c.reach(f.silence)
		c.words()
		c.names()
		f.each(c.step)
	}
	for _, w := range e.stale {
		c.flow = w.flow
		c.addIn(w.file, RuleStaleWords, w.line, "no text of %s is %q", w.flow.file, w.of)
	}
	slices.SortStableFunc(c.found, func(a, b Finding) int {
		if n := strings.Compare(a.File, b.File); n != 0 {
			return n
		}
		return a.Line - b.Line
	})
	return slices.Compact(c.found)
}

type checker struct {
	e       *Engine
	measure func(string) int
	langs   []string
	flow    *flow
	found   []Finding
}

func (c *checker) add(r Rule, line int, format string, args ...any) {
	c.addIn(c.flow.file, r, line, format, args...)
}

func (c *checker) addIn(file string, r Rule, line int, format string, args ...any) {
	f := Finding{Rule: r, File: file, Line: line, Msg: fmt.Sprintf(format, args...)}
	if c.flow != nil {
		f.Flow = c.flow.id
	}
	c.found = append(c.found, f)
}

// library checks what flows are to each other.
func (c *checker) library() {
	for _, id := range []string{flowLost, flowStale} {
		if c.e.flows[id] == nil {
			c.addIn("", RuleIncomplete, 0, "there is no flow %q", id)
		}
	}
	for _, i := range []understand.Intent{understand.Stop, understand.Erase, understand.Help, understand.Exit} {
		if len(c.e.byIntent[i]) == 0 {
			c.addIn("", RuleIncomplete, 0, "no flow starts with %s", i)
		}
	}
	used := map[string]bool{flowLost: true, flowStale: true, flowPrivate: true}
	calls := map[string][]string{}
	for _, f := range c.e.order {
		f.each(func(s *step) {
			if s.kind == stepCall {
				used[s.name] = true
				calls[f.id] = append(calls[f.id], s.name)
			}
		})
	}
	for _, f := range c.e.order {
		c.flow = f
		if !f.starts.any() && !used[f.id] {
			c.add(RuleUnreachable, f.line, "nothing starts or calls the flow %s", f.id)
		}
		if circle(calls, f.id, f.id, map[string]bool{}) {
			c.add(RuleLoop, f.line, "the flow %s comes to call itself", f.id)
		}
	}
	c.flow = nil
}

func circle(calls map[string][]string, from, to string, seen map[string]bool) bool {
	for _, next := range calls[from] {
		if next == to {
			return true
		}
		if !seen[next] {
			seen[next] = true
			if circle(calls, next, to, seen) {
				return true
			}
		}
	}
	return false
}

// reach reports the steps that are never played; it tells whether the end of
// the list is reached.
func (c *checker) reach(steps []*step) bool {
	for i, s := range steps {
		if never(s.cond, false) || never(s.unless, true) {
			c.add(RuleUnreachable, s.line, "the condition of this %s never holds", s.kind)
		}
		on := true
		switch s.kind {
		case stepEnd:
			on = false
		case stepEach:
			c.reach(s.steps)
		case stepWhen:
			on = c.reach(s.other) || len(s.other) == 0
			for _, b := range s.branches {
				if never(b.cond, false) {
					c.add(RuleUnreachable, b.cond.line, "the condition of this case never holds")
				}
				if c.reach(b.then) {
					on = true
				}
			}
		}
		if !on && s.cond == nil && s.unless == nil {
			if i+1 < len(steps) {
				c.add(RuleUnreachable, steps[i+1].line, "this %s comes after the end of the flow", steps[i+1].kind)
			}
			return false
		}
	}
	return true
}

// never tells a condition that is constant and keeps its step from being played.
func never(ex *expression, when bool) bool {
	return ex != nil && ex.constant && truthy(ex.value) == when
}

func (c *checker) step(s *step) {
	switch s.kind {
	case stepDo:
		c.action(s)
	case stepCall:
		if c.e.flows[s.name] == nil {
			c.add(RuleCall, s.line, "there is no flow %q", s.name)
		}
	case stepAsk:
		c.ask(s)
	}
}

func (c *checker) action(s *step) {
	a, ok := c.e.actions[s.name]
	if !ok {
		c.add(RuleAction, s.line, "there is no action %q", s.name)
		return
	}
	for _, w := range s.with {
		if !slices.Contains(a.Args, w.name) && !slices.Contains(a.Args, w.name+"?") {
			c.add(RuleArgument, w.ex.line, "%s takes no %q, only %s", s.name, w.name, strings.Join(a.Args, ", "))
		}
	}
	for _, name := range a.Args {
		given := slices.ContainsFunc(s.with, func(w arg) bool { return w.name == name })
		if !strings.HasSuffix(name, "?") && !given {
			c.add(RuleArgument, s.line, "%s wants %q", s.name, name)
		}
	}
}

func (c *checker) ask(s *step) {
	if o := s.opts; o != nil && o.list != "" && !c.e.lists[o.list] {
		c.add(RuleList, o.line, "there is no list %q", o.list)
	}
	switch s.expect {
	case understand.ExpectYesNo, understand.ExpectText, ExpectName:
	case understand.ExpectChoice:
		if s.opts.list == "" && len(s.opts.written) < 2 {
			c.add(RuleEmptyChoices, s.line, "a choice of one is none")
		}
	default:
		if !s.skip && !tellsWayOut(s.text) && (s.again == nil || !tellsWayOut(s.again)) {
			c.add(RuleWayOut, s.line, "who cannot answer this %s has no way on: let it be skipped, or name a way out", s.expect)
		}
	}
}

// tellsWayOut tells a text that names a word which leads out of the question.
func tellsWayOut(t *text) bool {
	said := " " + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return ' '
	}, understand.Fold(t.source().src)) + " "
	for _, word := range []string{" bo qua ", " thoat ", " skip ", " exit ", " quay lai ", " back ", " hd ", " help "} {
		if strings.Contains(said, word) {
			return true
		}
	}
	return false
}

// names checks what expressions refer to.
func (c *checker) names() {
	set := map[string]bool{}
	gives := map[string][]string{} // of variables that only actions set
	other := map[string]bool{}
	c.flow.each(func(s *step) {
		switch s.kind {
		case stepSet:
			for _, a := range s.with {
				set[a.name], other[a.name] = true, true
			}
		case stepEach:
			set[s.as], set["index"], other[s.as] = true, true, true
		case stepDo:
			set[s.save] = true
			if a, ok := c.e.actions[s.name]; ok && s.save != "" {
				gives[s.save] = append(gives[s.save], a.Returns...)
			} else {
				other[s.save] = true
			}
		case stepAsk, stepCall:
			set[s.save], other[s.save] = true, true
		}
	})
	c.flow.expressions(func(s *step, ex *expression) {
		for _, ref := range ex.refs {
			root := ref[0]
			switch {
			case root == "input" || root == "answer":
				if len(ref) > 1 && !isInputField(ref[1]) {
					c.add(RuleVariable, ex.line, "a reading has no %q", strings.Join(ref, "."))
				}
			case set[root]:
				if len(ref) > 1 && !other[root] && !slices.Contains(gives[root], ref[1]) {
					c.add(RuleResult, ex.line, "no action gives %q", strings.Join(ref, "."))
				}
			case root == "index" || !slices.Contains(reserved, root):
				c.add(RuleVariable, ex.line, "nothing sets %q", root)
			}
		}
	})
}
