package examples

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/loa-vn/loa/flows/understand"
)

func TestZZ(t *testing.T) {
	if os.Getenv("ZZ") == "" {
		t.Skip()
	}
	l, err := understand.Compile()
	if err != nil {
		t.Fatal(err)
	}
	if o := os.Getenv("ORD"); o != "" {
		data, _ := os.ReadFile(o)
		n := 0
		for line := range strings.Lines(string(data)) {
			text, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
			for _, text := range []string{text, understand.Fold(text)} {
				for _, c := range []understand.Context{{}, {Consultation: true, Items: 7}} {
					r := l.Read(text, c)
					if r.Intent == understand.Stop || r.Intent == understand.Erase || r.Intent == understand.Vote {
						n++
						if os.Getenv("MISS") != "" {
							fmt.Println(c.Consultation, r.Intent, r.Confidence, r.Ask, text)
						}
					}
				}
			}
		}
		fmt.Println("false", n)
		return
	}
	for f := range strings.FieldsSeq(os.Getenv("ZZ")) {
		file, err := os.Open(f)
		if err != nil {
			t.Fatal(err)
		}
		set, err := Read(file)
		if err != nil {
			t.Fatal(f, err)
		}
		s := ScoreOf(set, func(text string, c understand.Context) understand.Reading {
			c.Consultation = c.Consultation || os.Getenv("ROUND") != ""
			return l.Read(text, c)
		})
		if os.Getenv("MISS") == "only" {
			s.printMisses(os.Stdout)
			continue
		}
		if os.Getenv("BRIEF") != "" {
			a := s.Slots()
			fmt.Printf("%s %d intent %.1f slots p %.1f r %.1f false %v\n", f, s.Messages, 100*s.IntentShare(), 100*a.Precision(), 100*a.Recall(), s.False)
			continue
		}
		s.Print(os.Stdout, f, os.Getenv("MISS") != "")
	}
}
