package examples_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/examples"
)

func TestParseAndWriteAgree(t *testing.T) {
	for _, line := range []string{
		"gia ca phe\tprice\tcommodity=coffee",
		"gia bo\tprice\tcommodity=avocado|cattle",
		"dy het tru 2\tvote\tballot=all:yes,2:no",
		"1d 2k 10d\tvote\tctx=round;ballot=1:yes,2:no,10:yes",
		"tieu dak song\tprice\tcommodity=pepper;place=Đắk Song",
		"alo\tnone\t",
	} {
		e, err := examples.Parse(line)
		if err != nil {
			t.Fatal(err)
		}
		if got := e.String(); got != line {
			t.Errorf("%q is written as %q", line, got)
		}
	}
	e, err := examples.Parse("2k 1d\tvote\tballot=2:no,1:yes")
	if err != nil || e.Slots[examples.Ballot] != "1:yes,2:no" {
		t.Errorf("a ballot in another order: %v, %v", e, err)
	}
}

func TestParseNamesWhatIsWrong(t *testing.T) {
	for line, word := range map[string]string{
		"no tab":                            "tabs",
		"a\tb\tc\td":                        "tabs",
		"x\tbuy\t":                          `"buy"`,
		"x\tprice\tcommodity":               `"commodity"`,
		"x\tprice\tcommodity=":              "key=value",
		"x\tprice\tcolour=red":              `"colour"`,
		"x\tprice\tcommodity=a;commodity=b": "twice",
	} {
		_, err := examples.Parse(line)
		if !errors.Is(err, examples.ErrExample) || !strings.Contains(err.Error(), word) {
			t.Errorf("%q: %v, want one that names %s", line, err, word)
		}
	}
	_, err := examples.Read(strings.NewReader("# a comment\n\nx\tprice\t\nbroken\n"))
	if err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("%v does not name the line", err)
	}
}

func TestTextsStayOnTheirLine(t *testing.T) {
	e := examples.Example{Text: "gia\tca phe\nhom nay", Intent: understand.Price}
	back, err := examples.Parse(e.String())
	if err != nil || back.Text != "gia ca phe hom nay" {
		t.Errorf("%q, %v", back.Text, err)
	}
}

func TestOfSaysOnlyWhatMattersToTheWish(t *testing.T) {
	for name, c := range map[string]struct {
		r    understand.Reading
		want string
	}{
		"one item as a ballot": {understand.Reading{Text: "2k", Intent: understand.Vote, Ballot: map[string]string{"2": "no"}}, "2k\tvote\titem=2;stance=no"},
		"several items":        {understand.Reading{Text: "x", Intent: understand.Vote, Ballot: map[string]string{"10": "no", "all": "yes", "2": "no"}, Priority: []int{5, 1}}, "x\tvote\tballot=all:yes,2:no,10:no;priority=5,1"},
		"a bare stance":        {understand.Reading{Text: "x", Intent: understand.Vote, Stance: "abstain"}, "x\tvote\tstance=abstain"},
		"no crop in a plan":    {understand.Reading{Text: "x", Intent: understand.Plan, Commodities: []string{"coffee"}, Item: 3}, "x\tplan\titem=3"},
		"no price in a price":  {understand.Reading{Text: "x", Intent: understand.Price, Commodities: []string{"coffee"}, Price: 100}, "x\tprice\tcommodity=coffee"},
	} {
		if got := examples.Of(c.r).String(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestScoreCounts(t *testing.T) {
	set, err := examples.Read(strings.NewReader("a\tprice\tcommodity=coffee\nb\tprice\tcommodity=pepper\nc\tnone\t\nd\tvote\titem=1;stance=yes\n"))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]understand.Reading{
		"a": {Intent: understand.Price, Commodities: []string{"coffee"}},
		"b": {Intent: understand.Price, Commodities: []string{"rice"}},
		"c": {Intent: understand.Stop},
		"d": {Intent: understand.Plan, Item: 1},
	}
	s := examples.ScoreOf(set, func(text string, _ understand.Context) understand.Reading { return said[text] })
	if s.Messages != 4 || s.Intents != 2 || s.IntentShare() != .5 || s.FalseAlarms() != 1 || len(s.Misses) != 3 {
		t.Errorf("%+v", s)
	}
	if c := s.ByIntent[understand.Price]; c != (examples.Count{Right: 2}) {
		t.Errorf("price: %+v", c)
	}
	if c := s.BySlot[examples.Commodity]; c != (examples.Count{Right: 1, Extra: 1, Missed: 1}) || c.Precision() != .5 || c.Recall() != .5 {
		t.Errorf("commodity: %+v", c)
	}
	if c := s.BySlot[examples.Stance]; c != (examples.Count{Missed: 1}) {
		t.Errorf("stance: %+v", c)
	}
}

func scored(t *testing.T, path string) examples.Score {
	t.Helper()
	lexicon, err := understand.Compile()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	set, err := examples.Read(file)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return examples.ScoreOf(set, lexicon.Read)
}

// Messages that nobody has tuned on, and those that were used to tune on: the
// report prints what they come to; this keeps them from falling back.
func TestMessagesAreReadAsWellAsSaid(t *testing.T) {
	for file, least := range map[string]struct{ intent, slots float64 }{
		"testdata/heldout.tsv":       {.94, .93},
		"testdata/fresh.tsv":         {.97, .95},
		"testdata/dev.tsv":           {1, 1},
		"lexicon/examples/tuned.tsv": {.97, .95},
	} {
		s := scored(t, filepath.Join("..", filepath.FromSlash(file)))
		all := s.Slots()
		if s.IntentShare() < least.intent || all.Precision() < least.slots || all.Recall() < least.slots || s.FalseAlarms() > 0 {
			t.Errorf("%s: intent %.3f, slots precision %.3f recall %.3f, false stop, erase or vote %d", file, s.IntentShare(), all.Precision(), all.Recall(), s.FalseAlarms())
		}
	}
}

// Ordinary lines that were learned from are never taken for what they are not;
// of those that were held out hardly any.
func TestOrdinaryLinesStayOrdinary(t *testing.T) {
	lexicon, err := understand.Compile()
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for file, most := range map[string]int{
		"testdata/ordinary-heldout.txt":   3,
		"lexicon/examples/ordinary.tsv":   0,
		"lexicon/examples/ordinary-2.tsv": 0,
	} {
		from, err := os.Open(filepath.Join("..", filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		o, err := examples.ScoreOrdinary(from, lexicon.Read)
		from.Close()
		if err != nil {
			t.Fatal(err)
		}
		lines += o.Lines
		if len(o.False) > most {
			t.Errorf("%s: %d of %d lines are taken for an end, an erasure or a voice", file, len(o.False), o.Lines)
			if most == 0 {
				for _, r := range o.False {
					t.Errorf("  %s %q", r.Intent, r.Text)
				}
			}
		}
	}
	if lines < 2000 {
		t.Errorf("only %d lines", lines)
	}
}

// What is learned from must be read nearly as it is labelled, or the labels
// contradict each other; and nothing held out may be learned from.
func TestExamplesAreOfOneMind(t *testing.T) {
	learned := map[string]string{}
	files, err := filepath.Glob("../lexicon/examples/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if text, meaning, ok := strings.Cut(line, "\t"); ok && !strings.Contains(meaning, "ctx=") {
				intent, _, _ := strings.Cut(strings.TrimRight(meaning, "\n"), "\t")
				if was, ok := learned[text]; ok && was != intent && intent != "ordinary" && was != "ordinary" {
					t.Errorf("%q is %s and %s", text, was, intent)
				}
				learned[text] = intent
			}
		}
	}
	for _, path := range []string{"../testdata/heldout.tsv", "../testdata/fresh.tsv", "../testdata/ordinary-heldout.txt"} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var known []string
		for line := range strings.Lines(string(data)) {
			text, _, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
			if _, ok := learned[text]; ok && len(strings.Fields(text)) > 3 {
				known = append(known, text)
			}
		}
		if len(known) > 0 {
			t.Errorf("%s: learned from: %q", path, slices.Compact(known))
		}
	}
}

func TestOrdinaryLinesAreCounted(t *testing.T) {
	read := func(text string, c understand.Context) understand.Reading {
		switch {
		case text == "a":
			return understand.Reading{Intent: understand.Stop}
		case text == "b" && c.Consultation:
			return understand.Reading{Intent: understand.Vote}
		}
		return understand.Reading{Intent: understand.Price}
	}
	o, err := examples.ScoreOrdinary(strings.NewReader("a\n\nb\nc\n"), read)
	if err != nil || o.Lines != 3 || len(o.False) != 2 || o.False[0].Text != "a" || o.False[1].Intent != understand.Vote {
		t.Errorf("%+v, %v", o, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a\tprice\tcommodity=coffee", "\t\t", "x\tvote\tballot=,,;priority=1", "x\tnone\tctx=round;ctx=round"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		e, err := examples.Parse(line)
		if err != nil {
			return
		}
		again, err := examples.Parse(e.String())
		if err != nil {
			t.Fatalf("%q is written as %q, which is none: %v", line, e.String(), err)
		}
		if again.String() != e.String() {
			t.Fatalf("%q, then %q", e.String(), again.String())
		}
	})
}
