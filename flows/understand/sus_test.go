package understand

import (
	"fmt"
	"os"
	"testing"
)

func TestSus(t *testing.T) {
	if os.Getenv("SUS") == "" {
		t.Skip()
	}
	l := compiled(t)
	files := loadRows(t, "/tmp/msgs/train/*.tsv")
	type ex struct {
		r row
		l lesson
	}
	var all []ex
	for _, f := range sortedKeys(files) {
		for _, r := range files[f] {
			if r.intent == ordinary {
				continue
			}
			x, _ := l.lessonOf(r.text, r.intent)
			all = append(all, ex{r, x})
		}
	}
	const folds = 10
	n := 0
	for k := range folds {
		var ls []lesson
		for i, e := range all {
			if i%folds != k {
				ls = append(ls, e.l)
			}
		}
		ev := learn(ls)
		for i, e := range all {
			if i%folds != k {
				continue
			}
			p := ev.likely(e.l.features)
			best := likeliest(&p)
			if intents[best] != e.r.intent && p[e.l.intent] < .1 {
				fmt.Printf("SUS\t%s\t%s\t%s\t%s\t%.2f\n", e.r.file, e.r.text, e.r.intent, intents[best], p[best])
				n++
			}
		}
	}
	fmt.Println("suspicious", n, "of", len(all))
}
