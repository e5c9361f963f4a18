package understand

import (
	"fmt"
	"math"
	"strings"
	"sync"
)

// vocabulary is which words the examples hold, and how often.
type vocabulary struct {
	plain   map[string]int  // folded
	written map[string]bool // with marks, as somebody wrote them more than once
	total   int
}

// often is how many times a word must stand in the examples to be known.
const often = 3

// spoken is the vocabulary of the embedded examples, counted once.
var spoken = sync.OnceValues(func() (*vocabulary, error) {
	v := &vocabulary{plain: map[string]int{}, written: map[string]bool{}}
	marked := map[string]int{}
	var lx lexer
	var tokens []token
	err := eachExample(func(text, _ string) error {
		s, _ := normal(text)
		tokens, _ = lx.split(s, tokens[:0])
		for i := range tokens {
			t := &tokens[i]
			if t.kind != kindWord || !syllable(t.plain) {
				continue
			}
			v.plain[strings.Clone(t.plain)]++
			if !t.bare {
				marked[strings.Clone(t.marked)]++
			}
		}
		return nil
	})
	for w, n := range v.plain {
		if n < often {
			delete(v.plain, w)
			continue
		}
		v.total += n
	}
	for w, n := range marked {
		if n > 1 {
			v.written[w] = true
		}
	}
	return v, err
})

// eachExample calls do with the text of each embedded example and the rest of
// its line: the intent, a tab and the slots.
func eachExample(do func(text, meaning string) error) error {
	files, err := lexiconFiles.ReadDir("lexicon/examples")
	if err != nil {
		return fmt.Errorf("embedded examples: %w", err)
	}
	for _, f := range files {
		data, err := lexiconFiles.ReadFile("lexicon/examples/" + f.Name())
		if err != nil {
			return fmt.Errorf("embedded examples: %w", err)
		}
		n := 0
		for line := range strings.Lines(string(data)) {
			n++
			if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
				continue
			}
			text, meaning, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
			if err := do(text, meaning); err != nil {
				return fmt.Errorf("embedded examples, %s:%d: %w", f.Name(), n, err)
			}
		}
	}
	return nil
}

// part cuts a word that was written without its spaces into words that are
// known, the likeliest way by how often each is said; nil when there is none.
func (v *vocabulary) part(w string) []string {
	const shortest, longest, most = 2, 7, 24
	if len(w) < 2*shortest+1 || len(w) > most {
		return nil
	}
	var cost [most + 1]float64
	var from [most + 1]int
	for end := 1; end <= len(w); end++ {
		cost[end] = math.Inf(1)
		for start := max(0, end-longest); start <= end-shortest; start++ {
			n := v.plain[w[start:end]]
			if n == 0 || math.IsInf(cost[start], 1) {
				continue
			}
			if c := cost[start] - math.Log(float64(n)/float64(v.total)); c < cost[end] {
				cost[end], from[end] = c, start
			}
		}
	}
	if math.IsInf(cost[len(w)], 1) {
		return nil
	}
	var out []string
	for end := len(w); end > 0; end = from[end] {
		out = append(out, w[from[end]:end])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
