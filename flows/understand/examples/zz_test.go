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
