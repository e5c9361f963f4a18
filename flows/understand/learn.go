package understand

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// taught is what the embedded examples teach, learned once.
var taught = sync.OnceValues(func() (*evidence, error) {
	l, err := compile()
	if err != nil {
		return nil, err
	}
	files, err := lexiconFiles.ReadDir("lexicon/examples")
	if err != nil {
		return nil, fmt.Errorf("embedded examples: %w", err)
	}
	var lessons []lesson
	r := newReader(l)
	for _, f := range files {
		data, err := lexiconFiles.ReadFile("lexicon/examples/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("embedded examples: %w", err)
		}
		n := 0
		for line := range strings.Lines(string(data)) {
			n++
			if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
				continue
			}
			text, rest, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
			intent, _, _ := strings.Cut(rest, "\t")
			if !slices.Contains(intents, Intent(intent)) {
				return nil, fmt.Errorf("embedded examples: %s:%d: unknown intent %q", f.Name(), n, intent)
			}
			lessons = append(lessons, lesson{features: slices.Clone(r.lesson(text)), intent: indexOf(Intent(intent))})
		}
	}
	return learn(lessons), nil
})

// lesson gives the features of a whole message outside of any talk.
func (r *reader) lesson(text string) []feature {
	r.begin(text, Context{})
	r.prepare()
	p := r.parted(0, len(r.tokens))
	return r.features(&p)
}

// lesson is an example as the learner sees it.
type lesson struct {
	features []feature
	intent   int
}

// How the learner goes about it.
const (
	rounds  = 12
	rate    = .12
	decay   = 2e-6 // pulls weights to zero
	atLeast = 2    // examples that must share a feature
)

// learn fits the evidence to the lessons by stochastic gradient descent with a
// step size of its own for each weight (Duchi, Hazan, Singer: Adaptive
// Subgradient Methods, 2011). The same lessons always give the same evidence.
func learn(lessons []lesson) *evidence {
	count := map[feature]int{}
	for i := range lessons {
		for _, f := range lessons[i].features {
			count[f]++
		}
	}
	e := &evidence{rows: make(map[feature]int32, len(count)/2)}
	for i := range lessons {
		kept := lessons[i].features[:0:0]
		for _, f := range lessons[i].features {
			if count[f] < atLeast {
				continue
			}
			if _, ok := e.rows[f]; !ok {
				e.rows[f] = int32(len(e.rows))
			}
			kept = append(kept, f)
		}
		lessons[i].features = kept
	}
	e.weights = make([]float32, len(e.rows)*width)
	seen := make([]float32, len(e.weights)) // sums of squared gradients
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	state := uint64(1)
	for range rounds {
		for i := len(order) - 1; i > 0; i-- { // Fisher-Yates with a fixed sequence
			state = state*6364136223846793005 + 1442695040888963407
			j := int((state >> 33) % uint64(i+1))
			order[i], order[j] = order[j], order[i]
		}
		for _, at := range order {
			e.step(&lessons[at], seen)
		}
	}
	return e
}

// step moves the weights a little towards the lesson.
func (e *evidence) step(l *lesson, seen []float32) {
	p := e.likely(l.features)
	p[l.intent] -= 1
	for _, f := range l.features {
		at := int(e.rows[f]) * width
		w, s := e.weights[at:][:width], seen[at:][:width]
		for i := range w {
			g := float32(p[i]) + decay*w[i]
			if g > -1e-4 && g < 1e-4 {
				continue
			}
			s[i] += g * g
			w[i] -= rate * g / (float32(math.Sqrt(float64(s[i]))) + .1)
		}
	}
}
