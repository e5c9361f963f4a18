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
	var lessons []lesson
	r := newReader(l)
	err = eachExample(func(text, meaning string) error {
		intent, slots, _ := strings.Cut(meaning, "\t")
		if strings.Contains(slots, "ctx=") {
			return nil // in a talk it means something else
		}
		at := slices.Index(intents, Intent(intent))
		if at < 0 && intent != ordinary {
			return fmt.Errorf("unknown intent %q", intent)
		}
		lessons = append(lessons, lesson{features: slices.Clone(r.lesson(text)), intent: at})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return learn(lessons), nil
})

// ordinary, in the place of an intent, says that a line ends nothing, erases
// nothing and gives no voice, whatever else it wants.
const ordinary = "ordinary"

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
	intent   int // -1: anything but an end, an erasure or a voice
}

// How the learner goes about it.
const (
	rounds  = 12
	rate    = .12
	decay   = 2e-6 // pulls weights to zero
	atLeast = 2    // examples that must share a feature

	// ordinaryWeight is what an ordinary line counts beside an example whose
	// intent is known.
	ordinaryWeight = 1
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
	if l.intent >= 0 {
		p[l.intent] -= 1
	} else {
		p = excess(p)
	}
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

// excess is how far the shares are from those of an ordinary line: the nearest
// ones that give nothing to what it is not.
func excess(p [width]float64) [width]float64 {
	grave := 0.0
	for _, i := range graveIntents {
		grave += p[i]
	}
	var d [width]float64
	for i := range p {
		d[i] = -p[i] * grave / max(1-grave, 1e-6) * ordinaryWeight
	}
	for _, i := range graveIntents {
		d[i] = p[i] * ordinaryWeight
	}
	return d
}

// graveIntents cost more than a question when they are wrong.
var graveIntents = [...]int{indexOf(Stop), indexOf(Erase), indexOf(Vote)}
