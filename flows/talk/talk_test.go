package talk_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/loa-vn/loa/flows/talk"
)

const sample = `# A talk.
flows: price
lang: vi

> gia ca phe
< Cà phê 101.800
| và 101.500
# then a button
>> opt:agreed:yes
>@ photo-1 vườn tiêu
< one
< two

! 25h
> a
| b
`

func parrot(e talk.Event) ([]string, error) {
	switch e.Kind {
	case talk.Press:
		return nil, nil
	case talk.Send:
		return []string{"one", "two"}, nil
	case talk.Wait:
		if e.Wait != 25*time.Hour {
			return nil, fmt.Errorf("waited %s", e.Wait)
		}
		return nil, nil
	}
	if e.Text == "gia ca phe" {
		return []string{"Cà phê 101.800\nvà 101.500"}, nil
	}
	return nil, nil
}

func TestRunGivesTheFileAsItWasPlayed(t *testing.T) {
	tk, err := talk.Parse([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if tk.Header["lang"] != "vi" || tk.Header["flows"] != "price" || tk.ByHand {
		t.Fatalf("header %v, by hand %v", tk.Header, tk.ByHand)
	}
	if last := tk.Events[len(tk.Events)-1]; last.Text != "a\nb" || last.Kind != talk.Say {
		t.Fatalf("last event %+v", last)
	}
	got, err := tk.Run(parrot)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != sample {
		t.Fatalf("got\n%s\nwant\n%s", got, sample)
	}
}

func TestRunNamesTheLineOfAnError(t *testing.T) {
	tk, err := talk.Parse([]byte("# x\n> hello\n"))
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	_, err = tk.Run(func(talk.Event) ([]string, error) { return nil, broken })
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "line 2") {
		t.Fatalf("got %v", err)
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for in, want := range map[string]string{
		"| more\n":       "nothing to go on with",
		"nonsense\n":     "neither a header",
		"> a\nb: c\n":    "said by nobody",
		"! soon\n":       "no time to pass",
		"! -3h\n":        "no time to pass",
		">@\n":           "nothing is sent",
		"! 3h\n| more\n": "nothing to go on with",
	} {
		_, err := talk.Parse([]byte(in))
		if !errors.Is(err, talk.ErrFormat) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", in, err, want)
		}
	}
}

func TestCheckRewritesOnlyWhatIsNotByHand(t *testing.T) {
	play := func(*talk.Talk) (func(talk.Event) ([]string, error), error) {
		return func(talk.Event) ([]string, error) { return []string{"new"}, nil }, nil
	}
	for _, by := range []string{"# by hand\n", "# by machine\n"} {
		file := filepath.Join(t.TempDir(), "x.talk")
		if err := os.WriteFile(file, []byte(by+"> a\n< old\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := talk.Check(file, false, play); !errors.Is(err, talk.ErrDiffers) {
			t.Fatalf("%s: got %v", by, err)
		}
		err := talk.Check(file, true, play)
		got, _ := os.ReadFile(file)
		if by == "# by hand\n" {
			if !errors.Is(err, talk.ErrDiffers) || !strings.Contains(string(got), "old") {
				t.Fatalf("by hand was rewritten: %v\n%s", err, got)
			}
			continue
		}
		if err != nil || !strings.Contains(string(got), "< new") {
			t.Fatalf("not rewritten: %v\n%s", err, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("# by hand\n> x\n< y\n|\n! 1h\n"))
	f.Add([]byte(">@ a\n| b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		tk, err := talk.Parse(data)
		if err != nil {
			return
		}
		once, err := tk.Run(func(talk.Event) ([]string, error) { return []string{"x\ny"}, nil })
		if err != nil {
			t.Fatal(err)
		}
		again, err := talk.Parse(once)
		if err != nil {
			t.Fatalf("what was played is no talk: %v\n%s", err, once)
		}
		twice, err := again.Run(func(talk.Event) ([]string, error) { return []string{"x\ny"}, nil })
		if err != nil || string(twice) != string(once) {
			t.Fatalf("not stable: %v\n%q\n%q", err, once, twice)
		}
	})
}
