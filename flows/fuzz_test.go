package flows

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
)

func FuzzCompile(f *testing.F) {
	files, err := filepath.Glob("testdata/library/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal("no flows", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range []string{
		"id: a\nsteps:\n- say: '{1 + }'\n", "id: &a [*a]", "- - - -", "id: a\nsteps: [{each: 1..9, as: x, steps: [{end: x}]}]",
		"{", "steps: {say: x}", "id: a\nsteps:\n- say: |\n    x {{ y\n", "? [a]\n: b\n", "words: {a: b}", "!!x y", "<<: {a: b}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		words := fstest.MapFS{
			"a.yaml":    {Data: []byte("id: a\nsteps: [{say: Lost.}]\n")},
			"a.xx.yaml": {Data: data},
		}
		if e, err := Compile(words, testActions, testLists); err == nil {
			e.Check(letters, []string{"vi", "xx"})
		}
		e, err := Compile(fstest.MapFS{"a.yaml": {Data: data}}, testActions, testLists)
		if err != nil {
			return
		}
		e.Check(letters, []string{"vi", "en"})
		for _, info := range e.Flows() {
			if _, err := e.Graph(info.ID); err != nil {
				t.Fatal(err)
			}
		}
		var state []byte
		for _, text := range []string{"gia tieu", "kk", "1", "ke hoach", "d"} {
			out, err := e.Play(newTestHost(), state, Input{Kind: InputText, Text: text})
			if err != nil {
				return // a flow may ask for what cannot be done
			}
			state = out.State
		}
	})
}

func FuzzPlay(f *testing.F) {
	e := testEngine(f)
	h := newTestHost()
	h.open = true
	talks := [][]string{
		{"ke hoach", "d"}, {"kk nong qua", "bo qua"}, {"gia bo"}, {"gia", "bo"}, {"ke hoach", "gia", "kk"}, {"the", "3", "102k"}, {"huy"},
	}
	open := func(talk ...string) []byte {
		state, _ := unseal(opened(f, e, h, talk...))
		return state
	}
	for _, talk := range talks {
		f.Add(open(talk...), "1", byte(0))
		f.Add(open(talk...), "opt:item.DM-2:yes", byte(1))
		f.Add(open(talk...), "quay lai", byte(2))
	}
	f.Add([]byte{1, 0, 1}, "", byte(3))
	f.Add([]byte(nil), "1d 2k", byte(4))
	f.Add([]byte{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "gia tieu", byte(8))
	f.Fuzz(func(t *testing.T, state []byte, text string, kind byte) {
		h := newTestHost()
		h.open = kind&8 == 0
		in := Input{Kind: InputText, Text: text, Group: kind&16 != 0}
		switch kind & 7 {
		case 1:
			in = Input{Kind: InputButton, Button: text, Group: in.Group}
		case 2:
			in = Input{Kind: InputMedia, Text: text, Media: []string{"photo-1"}, Group: in.Group}
		case 3:
			in = Input{Kind: InputSilence}
		}
		if _, err := e.Play(newTestHost(), state, in); err != nil {
			t.Fatal(err) // what is not a state is no talk
		}
		out, err := e.Play(h, seal(slices.Clone(state)), in)
		if err != nil {
			return // sealed, it may hold what no flow put there, such as a list where a text belongs
		}
		if in.Kind == InputSilence && (len(out.Replies) > 0 || len(out.State) > 0) {
			t.Fatalf("silence was answered: %+v", out)
		}
		if in.Group {
			return
		}
		if out.Waiting != (len(out.State) > 0) {
			t.Fatalf("%+v", out)
		}
		// What the engine wrote, it can read: the talk goes on.
		if out.Waiting {
			if _, _, err := e.restore(out.State, nil); err != nil {
				t.Fatalf("%v: %x", err, out.State)
			}
		}
	})
}
