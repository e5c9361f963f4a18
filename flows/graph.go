package flows

import (
	"fmt"
	"strings"
)

// Graph draws a flow as the text of a Mermaid flowchart, with Vietnamese
// words. The error wraps ErrUnknown when there is no such flow.
func (e *Engine) Graph(id string) (string, error) {
	f := e.flows[id]
	if f == nil {
		return "", fmt.Errorf("%w: flow %q", ErrUnknown, id)
	}
	var b strings.Builder
	b.WriteString("flowchart TD\n")
	fmt.Fprintf(&b, "  start([%s])\n", label(f.begins()))
	fmt.Fprintf(&b, "  start --> %s\n", place(f, 0, 0))
	for i := range f.code {
		f.draw(&b, i)
	}
	b.WriteString("  stop([end])\n")
	return b.String(), nil
}

// begins says what starts the flow.
func (f *flow) begins() string {
	var list []string
	for _, i := range f.starts.intents {
		list = append(list, string(i))
	}
	for _, k := range f.starts.keywords {
		list = append(list, strings.ToUpper(k))
	}
	for _, k := range f.starts.buttons {
		list = append(list, "["+k+"]")
	}
	for _, k := range f.starts.asks {
		list = append(list, k+"?")
	}
	if f.starts.media {
		list = append(list, "media")
	}
	s := f.id
	if len(list) > 0 {
		s += ": " + strings.Join(list, ", ")
	}
	if f.starts.cond != nil {
		s += " if " + f.starts.cond.src
	}
	return s
}

// draw writes the node of an op and the lines that leave it.
func (f *flow) draw(b *strings.Builder, i int) {
	o := &f.code[i]
	node := func(left, text, right string) { fmt.Fprintf(b, "  n%d%s%s%s\n", i, left, label(text), right) }
	line := func(to int, text string) {
		if text != "" {
			text = "|" + text + "|"
		}
		fmt.Fprintf(b, "  n%d -->%s %s\n", i, text, place(f, to, 0))
	}
	s := o.step
	switch o.code {
	case opJump, opNext:
		return
	case opSay:
		node("[", s.text.source().src, "]")
		line(i+1, "")
	case opAsk:
		node("[/", fmt.Sprintf("%s? %s", s.id, s.text.source().src), "/]")
		line(i+1, string(s.expect))
	case opDo:
		node("[[", "do "+s.name, "]]")
		line(i+1, "")
	case opSet:
		var names []string
		for _, a := range s.with {
			names = append(names, a.name+" = "+a.ex.src)
		}
		node("[", strings.Join(names, "; "), "]")
		line(i+1, "")
	case opCall:
		node("[[", "call "+s.name, "]]")
		line(i+1, "")
	case opEnd:
		text := "end"
		if s.value != nil {
			text += " " + s.value.src
		}
		node("([", text, "])")
	case opUnless:
		node("{", o.cond.src, "}")
		line(i+1, "yes")
		line(o.target, "no")
	case opIf:
		node("{", o.cond.src, "}")
		line(i+1, "no")
		line(o.target, "yes")
	case opEach:
		node("{{", fmt.Sprintf("each %s in %s", s.as, s.list.src), "}}")
		line(i+1, "next")
		line(o.target, "done")
	}
}

// place names the node that op i comes to, through jumps.
func place(f *flow, i, hops int) string {
	if i >= len(f.code) || hops > len(f.code) {
		return "stop"
	}
	switch o := &f.code[i]; o.code {
	case opJump, opNext:
		return place(f, o.target, hops+1)
	}
	return fmt.Sprintf("n%d", i)
}

// label quotes a text for Mermaid.
func label(s string) string {
	s = strings.NewReplacer(`"`, "#quot;", "\n", " ", "`", "'").Replace(s)
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return `"` + s + `"`
}
