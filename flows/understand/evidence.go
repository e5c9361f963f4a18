package understand

import (
	"math"
)

// evidence is what each thing that may stand in a message says for and against
// each intent. It is learned from the examples (learn.go): multinomial logistic
// regression, so that the intents' shares of exp(sum of the weights) are
// estimates of how likely each is (Bishop, Pattern Recognition and Machine
// Learning, 4.3.4).
type evidence struct {
	rows    map[uint64]int32 // feature → row of weights
	weights []float32        // a row is len(intents) long
}

// intents in the order of a row.
var intents = Intents()

// width is the number of intents.
const width = 24

// likely adds the evidence of features up and gives each intent's share, which
// sum to 1.
func (e *evidence) likely(features []uint64) (p [width]float64) {
	var sum [width]float32
	for _, f := range features {
		row, ok := e.rows[f]
		if !ok {
			continue
		}
		w := e.weights[int(row)*width:][:width]
		for i := range sum {
			sum[i] += w[i]
		}
	}
	top := sum[0]
	for _, s := range sum {
		top = max(top, s)
	}
	total := 0.0
	for i, s := range sum {
		p[i] = math.Exp(float64(s - top))
		total += p[i]
	}
	for i := range p {
		p[i] /= total
	}
	return p
}

// index of an intent in a row.
func indexOf(i Intent) int {
	for k, x := range intents {
		if x == i {
			return k
		}
	}
	return width - 1
}
