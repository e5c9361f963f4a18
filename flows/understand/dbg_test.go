package understand

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestDbg(t *testing.T) {
	if os.Getenv("DBG") == "" {
		t.Skip()
	}
	l := compiled(t)
	for s := range strings.SplitSeq(os.Getenv("DBG"), "|") {
		r, n := l.Explain(s, Context{Consultation: os.Getenv("ROUND") != ""})
		fmt.Printf("%s → %s %.2f ask=%s item=%d %s %v %v c=%v %v p=%d also=%v\n", s, r.Intent, r.Confidence, r.Ask, r.Item, r.Stance, r.Ballot, r.Priority, r.Commodities, r.Ambiguous, r.Price, r.Also)
		for _, x := range n {
			fmt.Println("    ", x.Step, ":", x.Note)
		}
	}
}
