package understand

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type row struct {
	text   string
	intent Intent
	slots  string
	file   string
}

func loadRows(t *testing.T, glob string) map[string][]row {
	out := map[string][]row{}
	for g := range strings.SplitSeq(glob, ",") {
		files, _ := filepath.Glob(g)
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				c := strings.Split(strings.TrimRight(line, "\n"), "\t")
				if len(c) < 2 || strings.HasPrefix(line, "#") {
					continue
				}
				out[f] = append(out[f], row{c[0], Intent(c[1]), strings.Join(c[2:], ""), f})
			}
		}
	}
	return out
}

func (l *Lexicon) lessonOf(text string, intent Intent) (lesson, bool) {
	r := l.reader()
	defer r.release()
	return lesson{features: append([]feature(nil), r.lesson(text)...), intent: indexOf(intent)}, true
}

func TestCV(t *testing.T) {
	glob := os.Getenv("CV")
	if glob == "" {
		t.Skip()
	}
	l := compiled(t)
	files := loadRows(t, glob)
	extra := loadRows(t, os.Getenv("EXTRA"))
	total, right, rules := 0, 0, 0
	conf := map[string]int{}
	var names []string
	for f := range files {
		names = append(names, f)
	}
	var fixed []lesson
	for _, rows := range extra {
		for _, r := range rows {
			if ls, ok := l.lessonOf(r.text, r.intent); ok {
				fixed = append(fixed, ls)
			}
		}
	}
	for _, hold := range names {
		var lessons []lesson
		for _, ls := range fixed {
			lessons = append(lessons, lesson{append([]feature(nil), ls.features...), ls.intent})
		}
		for f, rows := range files {
			if f == hold {
				continue
			}
			for _, r := range rows {
				if ls, ok := l.lessonOf(r.text, r.intent); ok {
					lessons = append(lessons, ls)
				}
			}
		}
		start := time.Now()
		e := learn(lessons)
		took := time.Since(start)
		n, ok, rule := 0, 0, 0
		l.evidence = e
		for _, r := range files[hold] {
			n++
			if got := l.Read(r.text, Context{}); got.Intent == r.intent {
				rule++
			} else if os.Getenv("SHOW") == "read" {
				fmt.Printf("%s\twant %s got %s %.2f ask %s\n", r.text, r.intent, got.Intent, got.Confidence, got.Ask)
			}
			ls, good := l.lessonOf(r.text, r.intent)
			if !good {
				continue
			}
			p := e.likely(ls.features)
			best := 0
			for i := range p {
				if p[i] > p[best] {
					best = i
				}
			}
			if got := l.Read(r.text, Context{}); intents[best] == r.intent && got.Intent != r.intent && os.Getenv("SHOW") == "gap" {
				fmt.Printf("%s\twant %s %.2f got %s %.2f ask %s\n", r.text, r.intent, p[best], got.Intent, got.Confidence, got.Ask)
			}
			if intents[best] == r.intent {
				ok++
			} else {
				conf[string(r.intent)+">"+string(intents[best])]++
				if os.Getenv("SHOW") == "model" {
					fmt.Printf("%s\twant %s got %s %.2f\n", r.text, r.intent, intents[best], p[best])
				}
			}
		}
		fmt.Printf("%s: %d lessons %d rows %v: model %.1f %% read %.1f %%\n", filepath.Base(hold), len(lessons), len(e.rows), took, 100*float64(ok)/float64(n), 100*float64(rule)/float64(n))
		total += n
		right += ok
		rules += rule
	}
	fmt.Printf("all: model %.2f %% read %.2f %%\n", 100*float64(right)/float64(total), 100*float64(rules)/float64(total))
}
