package actions

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

var noon = time.Date(2026, 8, 3, 5, 0, 0, 0, time.UTC)

func TestNotesOutliveTalks(t *testing.T) {
	var n notes
	n.wait("kk tieu chet nhanh", uuid.Nil, noon)
	n.wait("1d 2k", uuid.Nil, noon)
	n.Doubt = true
	state := closeSession(n, nil)
	got, talk := openSession(state, noon.Add(time.Hour))
	if len(talk) != 0 || strings.Join(got.Waiting, "|") != "kk tieu chet nhanh|1d 2k" || !got.Doubt {
		t.Errorf("%+v, talk %q", got, talk)
	}
	got.drop("kk tieu chet nhanh")
	got.drop("1d 2k")
	got.Doubt = false
	if state := closeSession(got, nil); state != nil {
		t.Errorf("nothing to keep is %q", state)
	}
}

func TestWaitingEndsAfterAMonth(t *testing.T) {
	var n notes
	n.wait("1d", uuid.Nil, noon)
	if got, _ := openSession(closeSession(n, nil), noon.AddDate(0, 0, 31)); len(got.Waiting) != 0 {
		t.Errorf("still waiting: %v", got.Waiting)
	}
}

func TestOnlySoManyWait(t *testing.T) {
	var n notes
	for _, text := range []string{"a", "b", "c", "b", "d", strings.Repeat("ế", 1000)} {
		n.wait(text, uuid.Nil, noon)
	}
	if len(n.Waiting) != waitingMost || n.Waiting[1] != "d" || utf8.RuneCountInString(n.Waiting[2]) != waitingRunes {
		t.Errorf("waiting: %q", n.Waiting)
	}
	n.drop(strings.Repeat("ế", 1000))
	if len(n.Waiting) != waitingMost-1 {
		t.Error("a long text that waits cannot be dropped")
	}
}

func FuzzSession(f *testing.F) {
	f.Add([]byte{0, 'x'})
	f.Add([]byte{200, 1})
	f.Add(closeSession(notes{Waiting: []string{"1d"}, Doubt: true}, []byte("talk")))
	f.Fuzz(func(t *testing.T, state []byte) {
		n, talk := openSession(state, noon)
		again, same := openSession(closeSession(n, talk), noon)
		if !bytes.Equal(talk, same) || again.Doubt != n.Doubt || strings.Join(again.Waiting, "\x00") != strings.Join(n.Waiting, "\x00") {
			t.Errorf("%q: %+v %q, then %+v %q", state, n, talk, again, same)
		}
	})
}

func TestTold(t *testing.T) {
	for said, want := range map[string]string{
		"kk tieu chet nhanh":            "tieu chet nhanh",
		"KK: tiêu chết nhanh":           "tiêu chết nhanh",
		"khó khăn":                      "",
		"báo khó khăn - thiếu nước":     "thiếu nước",
		"gop y muc 4: lam mai che":      "muc 4: lam mai che",
		"ý kiến góp ý: mở lớp":          "mở lớp",
		"CB xin hoi vay von":            "xin hoi vay von",
		"de nghi xa lam cau":            "de nghi xa lam cau",
		"kho khan kho khan kho khan ca": "kho khan ca",
		"":                              "",
	} {
		if got := told(said); got != want {
			t.Errorf("told(%q) = %q, want %q", said, got, want)
		}
	}
	if got := withoutItem("muc 4: lam mai che"); got != "lam mai che" {
		t.Errorf("got %q", got)
	}
	if got := withoutItem("mục 4"); got != "mục 4" {
		t.Errorf("got %q", got)
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"ếếếế", 4, "ếếếế"}, {"ếếếếế", 4, "ếếế…"}, {"", 3, ""}} {
		if got := cut(c.text, c.n); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for amount, want := range map[int64]string{99_000: "99", 32_500: "32,5", 2_050: "2,1", 101_800: "101,8"} {
		if got := thousands(amount, "vi"); got != want {
			t.Errorf("thousands(%d) = %q, want %q", amount, got, want)
		}
	}
	for change, want := range map[int64]string{500: "+500", -1_000: "-1.000", 0: "+0", 1_234_567: "+1.234.567"} {
		if got := signed(change, "vi"); got != want {
			t.Errorf("signed(%d) = %q, want %q", change, got, want)
		}
	}
	if got := grouped("7K2F9Q3D"); got != "7K2F-9Q3D" {
		t.Errorf("got %q", got)
	}
}
