package flows

import (
	"testing"
	"time"

	"github.com/loa-vn/loa/flows/understand"
)

// still is a host that takes no time.
type still struct {
	reading understand.Reading
	round   Values
	links   []Option
}

func (h *still) Do(string, Values) (Values, error)                  { return nil, nil }
func (h *still) Options(string) []Option                            { return h.links }
func (h *still) Read(string, understand.Context) understand.Reading { return h.reading }
func (h *still) Lookup(string) any                                  { return h.round }
func (h *still) Lang() string                                       { return "vi" }
func (h *still) Now() time.Time                                     { return time.Time{} }
func (h *still) NewCode() string                                    { return "7K2F9QC4" }

// opened plays texts and gives the state they leave.
func opened(tb testing.TB, e *Engine, h Host, texts ...string) []byte {
	tb.Helper()
	var state []byte
	for _, text := range texts {
		out, err := e.Play(h, state, Input{Kind: InputText, Text: text})
		if err != nil {
			tb.Fatal(err)
		}
		state = out.State
	}
	if len(state) == 0 {
		tb.Fatal("no talk is open")
	}
	return state
}

// BenchmarkChoice plays one turn that answers a choice and asks the next
// question: decode, play, encode.
func BenchmarkChoice(b *testing.B) {
	e := testEngine(b)
	h := newTestHost()
	h.open = true
	round := h.Lookup("round").(Values)
	answer := understand.Reading{Text: "1", Intent: understand.Choice, Confidence: 0.95, Option: 1}
	for _, talk := range []struct {
		name  string
		state []byte
		links []Option
	}{
		{"loop", opened(b, e, h, "ke hoach"), nil},
		{"list", opened(b, e, h, "kk nong qua", "bo qua"), h.Options("links")},
	} {
		b.Run(talk.name, func(b *testing.B) {
			quiet := &still{reading: answer, round: round, links: talk.links}
			in := Input{Kind: InputText, Text: "1"}
			b.ReportAllocs()
			for b.Loop() {
				out, err := e.Play(quiet, talk.state, in)
				if err != nil || !out.Waiting {
					b.Fatal(out, err)
				}
			}
			b.ReportMetric(float64(len(talk.state)), "state-bytes")
		})
	}
}

// BenchmarkStart plays a whole one-turn talk.
func BenchmarkStart(b *testing.B) {
	e := testEngine(b)
	quiet := &still{reading: understand.Reading{Text: "gia tieu", Intent: understand.Price, Confidence: 0.9, Commodities: []string{"pepper"}}}
	in := Input{Kind: InputText, Text: "gia tieu"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Play(quiet, nil, in); err != nil {
			b.Fatal(err)
		}
	}
}
