package understand

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// weighed is the note of weighing part p.
func (r *reader) weighed(p *parted, likely [width]float64) StepNote {
	n := StepNote{Step: "weigh"}
	if p.from > 0 || p.to < len(r.tokens) {
		n.Part = r.text[r.tokens[p.from].start:r.tokens[p.to-1].end]
	}
	var order [3]int
	for i := range order {
		best := likeliest(&likely)
		order[i] = best
		n.Likely = append(n.Likely, Likely{intents[best], likely[best]})
		likely[best] = -1
	}
	n.Because = r.because(order[0], order[1])
	for i, l := range n.Likely {
		if i > 0 {
			n.Note += ", "
		}
		n.Note += string(l.Intent) + " " + strconv.FormatFloat(l.Share, 'f', 2, 64)
	}
	n.Note += "; because of " + strings.Join(n.Because, ", ")
	if n.Part != "" {
		n.Note = strconv.Quote(n.Part) + ": " + n.Note
	}
	return n
}

// because lists the words and pairs that speak most for one intent against
// another.
func (r *reader) because(intent, other int) []string {
	type reason struct {
		name   string
		weight float32
	}
	var all []reason
	add := func(f feature, name string) {
		if row, ok := r.lex.evidence.rows.row(f); ok {
			w := r.lex.evidence.weights[int(row)*width:][:width]
			all = append(all, reason{name, w[intent] - w[other]})
		}
	}
	for i, w := range r.words {
		add(w, r.named[i])
		if i > 0 {
			add(pair(r.words[i-1], w), r.named[i-1]+" "+r.named[i])
		}
	}
	slices.SortStableFunc(all, func(a, b reason) int { return cmp.Compare(b.weight, a.weight) })
	const most = 5
	var out []string
	for _, x := range all {
		if x.weight <= 0 || len(out) == most {
			break
		}
		out = append(out, x.name+" +"+strconv.FormatFloat(float64(x.weight), 'f', 1, 32))
	}
	return out
}
