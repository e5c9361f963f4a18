package flows

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/loa-vn/loa/flows/understand"
)

// say plays texts one after the other and gives what was said last, and the
// state.
func say(t *testing.T, e *Engine, h Host, state []byte, texts ...string) (string, []byte) {
	t.Helper()
	said := ""
	for _, text := range texts {
		out, err := e.Play(h, state, Input{Kind: InputText, Text: text})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		said, state = "", out.State
		for _, r := range out.Replies {
			said += Join(r.Says, " ")
		}
	}
	return said, state
}

func wants(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

const oldFlow = `id: a
starts: {keywords: [a]}
steps:
- {ask: text, save: one, text: One?}
- {do: contact.consent}
- {ask: text, save: two, text: Two?}
- {ask: number, save: three, text: Three?, skip: true}
- say: "{one} {two} {three}"
`

func TestAChangedFlowGoesOnAtTheSameQuestion(t *testing.T) {
	h := newTestHost()
	_, state := say(t, compiled(t, map[string]string{"a": oldFlow}), h, nil, "a", "x")
	reworded := compiled(t, map[string]string{"a": strings.ReplaceAll(oldFlow, "Two?", "The second?")})
	said, _ := say(t, reworded, h, state, "y", "3")
	wants(t, said, "x y 3")

	moved := compiled(t, map[string]string{"a": strings.ReplaceAll(oldFlow, "steps:\n", "steps:\n- say: New here.\n- {ask: text, save: zero, text: Zero?}\n")})
	said, _ = say(t, moved, h, state, "y", "3")
	wants(t, said, "x y 3")
}

func TestAChangedFlowBeginsAgainWithItsAnswersKept(t *testing.T) {
	h := newTestHost()
	_, state := say(t, compiled(t, map[string]string{"a": oldFlow}), h, nil, "a", "x", "y")
	if len(h.done) != 1 {
		t.Fatal(h.done)
	}
	without := compiled(t, map[string]string{"a": strings.ReplaceAll(oldFlow, "ask: number, save: three, text: Three?", "ask: number, save: other, text: Other?")})
	said, state := say(t, without, h, state, "3")
	wants(t, said, "Other?")
	if len(h.done) != 1 {
		t.Errorf("an action was done again: %v", h.done)
	}
	said, _ = say(t, without, h, state, "4")
	wants(t, said, "x y ")

	otherKind := compiled(t, map[string]string{"a": strings.ReplaceAll(oldFlow, "ask: text, save: two", "ask: number, skip: true, save: two")})
	_, state = say(t, compiled(t, map[string]string{"a": oldFlow}), h, nil, "a", "x")
	said, state = say(t, otherKind, h, state, "y")
	wants(t, said, "Two?")
	said, _ = say(t, otherKind, h, state, "2", "3")
	wants(t, said, "x 2 3")
}

func TestAWishIsServedThoughTheQuestionIsGone(t *testing.T) {
	h := newTestHost()
	files := map[string]string{
		"a": oldFlow, "stop": "id: stop\nstarts: {intents: [stop]}\nsteps: [{say: Stopped.}]\n",
		"help": "id: help\nstarts: {intents: [help]}\nsteps: [{say: Help.}]\n",
	}
	_, state := say(t, compiled(t, files), h, nil, "a", "x")
	files["a"] = strings.ReplaceAll(oldFlow, "save: two", "save: second")
	e := compiled(t, files)
	said, _ := say(t, e, h, state, "hd")
	wants(t, said, "Help. Two?")
	said, left := say(t, e, h, state, "tc")
	wants(t, said, "Stopped.")
	said, left2 := say(t, e, h, state, "thoat")
	wants(t, said, "")
	if left != nil || left2 != nil {
		t.Error("a talk is still open")
	}
}

func TestAListThatChangedKeepsItsItem(t *testing.T) {
	e := testEngine(t)
	h := newTestHost()
	h.open = true
	_, state := say(t, e, h, nil, "ke hoach", "d")
	h.items = slices.Insert(h.items, 0, any(Values{"code": "DM-0", "title": "Cầu", "cost": int64(1)}))
	h.done = nil
	_, _ = say(t, e, h, state, "k")
	if !slices.Equal(h.done, []string{"vote.record map[item:DM-2 stance:no]"}) {
		t.Errorf("done %v", h.done)
	}
	h.items, h.done = h.items[:1], nil
	said, _ := say(t, e, h, state, "k")
	wants(t, said, "Mục 1: Cầu, 1 triệu. Đồng ý nhắn D, không đồng ý nhắn K.")
	if len(h.done) != 0 {
		t.Errorf("an answer to an item that is gone was taken: %v", h.done)
	}
}

// shifting is a host whose list of options changes.
type shifting struct {
	*testHost
	opts []Option
}

func (h *shifting) Options(string) []Option { return h.opts }

func TestANumberIsNotTakenForAListThatChanged(t *testing.T) {
	e := compiled(t, map[string]string{"a": "id: a\nstarts: {keywords: [a]}\nsteps:\n- {ask: choice, save: x, text: Which?, options: {from: links}}\n- say: '{x}'\n"})
	h := &shifting{newTestHost(), []Option{{"v", "V"}, {"w", "W"}}}
	_, state := say(t, e, h, nil, "a")
	h.opts = []Option{{"u", "U"}, {"v", "V"}, {"w", "W"}}
	said, state := say(t, e, h, state, "1")
	wants(t, said, "Which?")
	said, _ = say(t, e, h, state, "1")
	wants(t, said, "u")
	h.opts = nil
	said, _ = say(t, e, h, nil, "a")
	wants(t, said, "") // nothing to choose from: not asked
}

func TestAStateThatCannotBeReadIsNoTalk(t *testing.T) {
	e := testEngine(t)
	h := newTestHost()
	h.open = true
	good := opened(t, e, h, "ke hoach", "d")
	for name, state := range map[string][]byte{
		"garbage": []byte("garbage"), "version": seal(append([]byte{99}, good[1:len(good)-4]...)), "cut": good[:len(good)-3],
		"cut and sealed": seal(slices.Clone(good[:len(good)-7])), "longer": seal(append(slices.Clone(good[:len(good)-4]), 1)),
		"one byte": {1}, "changed": []byte(strings.ReplaceAll(string(good), "DM-2", "DM-3")),
		"a flow that is gone": seal([]byte(strings.ReplaceAll(string(good[:len(good)-4]), "vote", "veto"))),
	} {
		said, _ := say(t, e, h, state, "hd")
		if !strings.HasPrefix(said, "Hỏi giá: GIA.") || strings.Contains(said, "?") {
			t.Errorf("%s: got %q", name, said)
		}
	}
}

func TestRunawaysAreErrors(t *testing.T) {
	for name, flow := range map[string]string{
		"calls": "id: a\nstarts: {keywords: [a]}\nsteps:\n- call: a\n",
		"loops": "id: a\nstarts: {keywords: [a]}\nsteps:\n- {each: 1..500, as: x, steps: [{each: 1..500, as: y, steps: [{set: {z: y}}]}]}\n",
	} {
		_, err := compiled(t, map[string]string{"a": flow}).Play(newTestHost(), nil, Input{Kind: InputText, Text: "a"})
		if !errors.Is(err, ErrRunaway) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestErrorsNameTheStep(t *testing.T) {
	for step, want := range map[string]error{"do: nothing": ErrUnknown, "call: nobody": ErrUnknown, "do: fail": os.ErrClosed} {
		e, err := Compile(library(map[string]string{"a": "id: a\nstarts: {keywords: [a]}\nsteps:\n- " + step + "\n"}), []Action{{Name: "fail"}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		out, err := e.Play(newTestHost(), nil, Input{Kind: InputText, Text: "a"})
		if !errors.Is(err, want) || !strings.Contains(err.Error(), "a.yaml:4:") || out.State != nil {
			t.Errorf("%s: %v", step, err)
		}
	}
}

func TestFactsAreLookedUpOnceATurnAndAgainAfterADo(t *testing.T) {
	e := compiled(t, map[string]string{"a": "id: a\nstarts: {keywords: [a]}\nsteps:\n- say: '{contact.consent} {contact.consent} {lang}'\n- do: contact.consent\n- say: '{contact.consent} {contact.x}'\n"})
	h := newTestHost()
	said, _ := say(t, e, h, nil, "a")
	wants(t, said, "không không vi có ")
	if h.looked["contact"] != 2 || h.looked["round"] != 0 {
		t.Errorf("looked up %v", h.looked)
	}
}

func TestAPrefilledAskIsNotPut(t *testing.T) {
	for from, want := range map[string]string{
		"input.commodities[0]": "pepper", "nil": "?", "''": "?", "input.commodities": "pepper", "3": "?",
	} {
		e := compiled(t, map[string]string{"a": "id: a\nstarts: {intents: [price]}\nsteps:\n- {ask: commodity, save: x, skip: true, text: '?', from: \"" + from + "\"}\n- say: '{x}'\n"})
		said, _ := say(t, e, newTestHost(), nil, "gia tieu")
		wants(t, said, want)
	}
	e := compiled(t, map[string]string{"a": "id: a\nstarts: {intents: [price]}\nsteps:\n- {ask: choice, save: x, text: '?', from: input.commodities, options: [{value: coffee, text: c}, {value: rubber, text: r}]}\n- say: '{x}'\n"})
	for text, want := range map[string]string{"gia ca phe": "coffee", "gia tieu": "?"} {
		said, _ := say(t, e, newTestHost(), nil, text)
		wants(t, said, want)
	}
	e = compiled(t, map[string]string{"a": "id: a\nstarts: {intents: [price]}\nsteps:\n- {ask: yes_no, save: x, text: '?', from: 'false'}\n- {ask: number, save: y, text: 'n?', from: '0'}\n- say: '{x} {y}'\n"})
	said, _ := say(t, e, newTestHost(), nil, "gia tieu")
	wants(t, said, "không 0")
}

func TestTheFirstOfSeveralThatMayStartIsTaken(t *testing.T) {
	flow := func(id, starts string) string {
		return "id: " + id + "\nstarts: {intents: [price]" + starts + "}\nsteps: [{say: " + id + "}]\n"
	}
	files := map[string]string{
		"a": flow("plain", ""), "b": flow("open", ", if: round.open"), "c": flow("early", ", rank: 1, if: contact.consent"),
	}
	e := compiled(t, files)
	h := newTestHost()
	for _, c := range []struct {
		open, consent bool
		want          string
	}{{false, false, "plain"}, {true, false, "open"}, {true, true, "early"}, {false, true, "early"}} {
		h.open, h.consent = c.open, c.consent
		said, _ := say(t, e, h, nil, "gia")
		wants(t, said, c.want)
	}
}

func TestATalkIsInterruptedAtMostTwice(t *testing.T) {
	ask := func(id string) string {
		return "id: " + id + "\nstarts: {keywords: [" + id + "]}\nsilence: [{do: vote.record, with: {item: \"'" + id + "'\", stance: x}}]\nsteps:\n- {ask: number, skip: true, save: x, text: " + id + "?}\n- say: " + id + ".\n"
	}
	files := map[string]string{}
	for _, id := range []string{"aa", "bb", "cc", "dd"} {
		files[id] = ask(id)
	}
	e := compiled(t, files)
	h := newTestHost()
	_, state := say(t, e, h, nil, "aa", "bb", "cc")
	if len(h.done) != 0 {
		t.Fatal(h.done)
	}
	_, state = say(t, e, h, state, "dd")
	if !slices.Equal(h.done, []string{"vote.record map[item:aa stance:<nil>]"}) {
		t.Fatal(h.done)
	}
	said, state := say(t, e, h, state, "1")
	wants(t, said, "dd. cc?")
	said, state = say(t, e, h, state, "bb")
	wants(t, said, "bb?") // begins afresh, what interrupted it is over
	if !slices.Equal(h.done[1:], []string{"vote.record map[item:cc stance:<nil>]", "vote.record map[item:bb stance:<nil>]"}) {
		t.Fatal(h.done)
	}
	said, state = say(t, e, h, state, "1")
	wants(t, said, "bb.")
	if state != nil {
		t.Error("a talk is still open")
	}
}

func TestBackGoesToTheCaller(t *testing.T) {
	e := compiled(t, map[string]string{
		"a": "id: a\nstarts: {keywords: [aa]}\nsteps:\n- {ask: number, skip: true, save: x, text: x?}\n- {call: b, save: y}\n- say: '{x} {y}'\n",
		"b": "id: b\nsteps:\n- {ask: number, skip: true, save: y, text: y?}\n- end: y\n",
	})
	said, state := say(t, e, newTestHost(), nil, "aa", "1", "quay lai")
	wants(t, said, "x?")
	said, state = say(t, e, newTestHost(), state, "quay lai")
	wants(t, said, "x?")
	said, _ = say(t, e, newTestHost(), state, "2", "3")
	wants(t, said, "2 3")
}

func TestOutcomeTellsWhatHappened(t *testing.T) {
	e := testEngine(t)
	h := newTestHost()
	h.open = true
	out, err := e.Play(h, nil, Input{Kind: InputText, Text: "ke hoach"})
	if err != nil || !out.Waiting || out.Flow != "vote" || out.Reading.Intent != understand.Plan || len(out.Replies) != 1 {
		t.Fatalf("%+v %v", out, err)
	}
	r := out.Replies[0]
	if r.Ask != "item.DM-1" || !r.Inline || len(r.Options) != 2 || r.Options[1] != (Option{"no", "Không đồng ý"}) {
		t.Errorf("%+v", r)
	}
	talk := out.State
	out, err = e.Play(h, talk, Input{Kind: InputText, Text: "gia tieu", Group: true})
	if err != nil || string(out.State) != string(talk) || out.Waiting || out.Flow != "price" {
		t.Errorf("%+v %v", out, err)
	}
	out, err = e.Play(h, talk, Input{Kind: InputSilence})
	if err != nil || out.State != nil || out.Replies != nil || out.Flow != "vote" {
		t.Errorf("%+v %v", out, err)
	}
	out, err = e.Play(h, nil, Input{Kind: InputSilence})
	if err != nil || out.State != nil || out.Replies != nil {
		t.Errorf("%+v %v", out, err)
	}
}

func TestStateHoldsEveryKindOfValue(t *testing.T) {
	e := compiled(t, map[string]string{"a": "id: a\nstarts: {keywords: [a]}\nsteps:\n" +
		"- set: {i: -5000000000, f: 2.5, s: \"'ă'\", t: now, y: 'true', n: 'false', l: \"[1, 'b', nil]\", m: '{\"a\": {\"b\": [1.5]}}', z: nil}\n" +
		"- {ask: text, save: x, text: x?}\n- say: '{i} {f} {s} {t} {y} {n} {l} {m.a.b} {z} {x}'\n"})
	said, _ := say(t, e, newTestHost(), nil, "a", "!")
	wants(t, said, "-5.000.000.000 2,5 ă 22/11/2026 có không 1, b 1,5  !")
}

func TestAWishForTheFlowThatAsksIsAnAnswer(t *testing.T) {
	e := testEngine(t)
	h := newTestHost()
	h.consent, h.open = true, true
	said, _ := say(t, e, h, nil, "gia", "gia tieu")
	wants(t, said, "Giá tiêu 148.000.")
	said, _ = say(t, e, h, nil, "kk", "kk tieu chet nhanh")
	wants(t, said, "Đã ghi. Mã 7K2F1.")
	_, state := say(t, e, h, nil, "ke hoach")
	said, _ = say(t, e, h, state, "1d 2k")
	wants(t, said, "Đã ghi 2 mục.")
}

func TestInFreeWordsAKeywordIsAWishOnlyAlone(t *testing.T) {
	files := map[string]string{
		"a": "id: a\nstarts: {keywords: [aa]}\nsteps:\n- {ask: text, save: x, text: x?}\n- say: '({x})'\n",
		"b": "id: b\nstarts: {keywords: [chao, xin chao]}\nsteps: [{say: Hello.}]\n",
		"u": "id: u\nstarts: {asks: [huy, dung]}\nsteps: [{say: Stop?}]\n",
	}
	e := compiled(t, files)
	for text, want := range map[string]string{
		"chao em, tieu chet": "(chao em, tieu chet)", "Chào!": "Hello. x?", "xin chào": "Hello. x?", "huy": "Stop? x?",
	} {
		said, _ := say(t, e, newTestHost(), nil, "aa", text)
		wants(t, said, want)
	}
}

func TestAButtonMaySkip(t *testing.T) {
	e := testEngine(t)
	h := newTestHost()
	h.open = true
	out, err := e.Play(h, nil, Input{Kind: InputText, Text: "ke hoach"})
	if err != nil || !out.Replies[0].Skip {
		t.Fatalf("%+v %v", out, err)
	}
	out, err = e.Play(h, out.State, Input{Kind: InputButton, Button: "opt:item.DM-1:"})
	if err != nil || out.Replies[0].Ask != "item.DM-2" || len(h.done) != 0 {
		t.Fatalf("%+v %v", out, err)
	}
	_, state := say(t, e, h, nil, "xoa")
	out, err = e.Play(h, state, Input{Kind: InputButton, Button: "opt:sure:"})
	if err != nil || out.Replies[0].Skip || !out.Replies[0].Toast {
		t.Fatalf("%+v %v", out, err)
	}
}

func TestATalkGoesOnAmongManyAtOnce(t *testing.T) {
	e := testEngine(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			h := newTestHost()
			h.open = true
			var state []byte
			for _, text := range []string{"ke hoach", "d", "gia tieu", "k", "kk nong qua", "tieu", "1", "1", "d"} {
				out, err := e.Play(h, state, Input{Kind: InputText, Text: text})
				if err != nil {
					t.Error(err)
					return
				}
				state = out.State
			}
			if state != nil || len(h.done) != 6 {
				t.Errorf("done %v", h.done)
			}
		})
	}
	wg.Wait()
}
