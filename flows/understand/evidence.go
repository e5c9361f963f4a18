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
	rows    table     // feature → row of weights
	weights []float32 // a row is width long
}

// table finds the row of a feature, which is a hash already: open addressing
// with linear probing, at most half full.
type table struct {
	keys []feature // 0 = free
	rows []int32
	used int
}

func newTable(most int) table {
	size := 16
	for size < 2*most {
		size *= 2
	}
	return table{keys: make([]feature, size), rows: make([]int32, size)}
}

// row of f, and whether it has one.
func (t *table) row(f feature) (int32, bool) {
	at := t.find(f)
	return t.rows[at], t.keys[at] != 0
}

// add gives f the next row.
func (t *table) add(f feature) int32 {
	at := t.find(f)
	t.keys[at], t.rows[at] = max(f, 1), int32(t.used)
	t.used++
	return t.rows[at]
}

// find is where f is, or would be.
func (t *table) find(f feature) int {
	f = max(f, 1)
	mask := uint64(len(t.keys) - 1)
	at := (f ^ f>>32) & mask
	for t.keys[at] != f && t.keys[at] != 0 {
		at = (at + 1) & mask
	}
	return int(at)
}

// intents in the order of a row.
var intents = Intents()

// width is the number of intents.
const width = 24

// likely gives each intent's share of what the features say; the shares sum
// to 1.
func (e *evidence) likely(features []feature) [width]float64 {
	var sum [width]float32
	for _, f := range features {
		if row, ok := e.rows.row(f); ok {
			e.add(row, &sum)
		}
	}
	return shares(&sum)
}

func (e *evidence) add(row int32, sum *[width]float32) {
	w := (*[width]float32)(e.weights[int(row)*width:])
	for i := range sum {
		sum[i] += w[i]
	}
}

// shares is the softmax of sum.
func shares(sum *[width]float32) (p [width]float64) {
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
