package understand

import (
	"fmt"
	"os"
	"testing"
)

// train on all of train/, test on tuned (model argmax)
func TestAB(t *testing.T) {
	if os.Getenv("AB") == "" {
		t.Skip()
	}
	l := compiled(t)
	var ls []lesson
	for _, f := range sortedKeys(loadRows(t, "/tmp/msgs/train/t*.tsv,testdata/messages.tsv")) {
		for _, r := range loadRows(t, f)[f] {
			x, _ := l.lessonOf(r.text, r.intent)
			ls = append(ls, x)
		}
	}
	e := learn(ls)
	l.evidence = e
	for _, set := range []string{"testdata/tuned.tsv"} {
		n, ok, read := 0, 0, 0
		for _, r := range loadRows(t, set)[set] {
			n++
			x, _ := l.lessonOf(r.text, r.intent)
			p := e.likely(x.features)
			if intents[likeliest(&p)] == r.intent {
				ok++
			}
			if l.Read(r.text, Context{}).Intent == r.intent {
				read++
			}
		}
		fmt.Printf("%s: lessons %d rows %d model %.2f read %.2f\n", set, len(ls), len(e.rows), 100*float64(ok)/float64(n), 100*float64(read)/float64(n))
	}
}
