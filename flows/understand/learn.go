package understand

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// taught is what the embedded examples teach, learned once.
var taught = sync.OnceValues(teach)

func teach() (*evidence, error) {
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
}

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
	least   = 3e-4 // smaller steps are not taken
	atLeast = 2    // examples that must share a feature

	// ordinaryWeight is what an ordinary line counts beside an example whose
	// intent is known.
	ordinaryWeight = .5
)

// learn fits the evidence to the lessons by stochastic gradient descent with a
// step size of its own for each weight (Duchi, Hazan, Singer: Adaptive
// Subgradient Methods, 2011). The same lessons always give the same evidence.
func learn(lessons []lesson) *evidence {
	e := &evidence{}
	rows := e.index(lessons)
	e.weights = make([]float32, e.rows.used*width)
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
			e.step(rows[at], lessons[at].intent, seen)
		}
	}
	return e
}

// index gives every feature that enough lessons share a row, in the order in
// which they come, and the rows of each lesson.
func (e *evidence) index(lessons []lesson) [][]int32 {
	total := 0
	for i := range lessons {
		total += len(lessons[i].features)
	}
	all := newTable(total)
	count := make([]int32, total)
	for i := range lessons {
		for _, f := range lessons[i].features {
			row, ok := all.row(f)
			if !ok {
				row = all.add(f)
			}
			count[row]++
		}
	}
	shared := 0
	for _, n := range count[:all.used] {
		if n >= atLeast {
			shared++
		}
	}
	e.rows = newTable(shared)
	kept := make([]int32, 0, total)
	out := make([][]int32, len(lessons))
	for i := range lessons {
		from := len(kept)
		for _, f := range lessons[i].features {
			if was, _ := all.row(f); count[was] < atLeast {
				continue
			}
			row, ok := e.rows.row(f)
			if !ok {
				row = e.rows.add(f)
			}
			kept = append(kept, row)
		}
		out[i] = kept[from:]
	}
	return out
}

// step moves the weights of rows a little towards the intent; -1 is an
// ordinary line's.
func (e *evidence) step(rows []int32, intent int, seen []float32) {
	var sum [width]float32
	for _, row := range rows {
		e.add(row, &sum)
	}
	p := shares(&sum)
	if intent >= 0 {
		p[intent]--
	} else {
		p = excess(p)
	}
	// Most intents are out of the question: their weights stay.
	var active [width]int
	n := 0
	var g [width]float32
	for i := range p {
		if p[i] > least || p[i] < -least {
			g[i] = float32(p[i])
			active[n] = i
			n++
		}
	}
	for _, row := range rows {
		w := (*[width]float32)(e.weights[int(row)*width:])
		s := (*[width]float32)(seen[int(row)*width:])
		for _, i := range active[:n] {
			d := g[i] + decay*w[i]
			s[i] += d * d
			w[i] -= rate * d / (float32(math.Sqrt(float64(s[i]))) + .1)
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
