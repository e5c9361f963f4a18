package talks

import (
	"testing"

	"github.com/loa-vn/loa/bot/actions"
	"github.com/loa-vn/loa/bot/sms"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/library"
)

// TestLibrary holds every shipped text to both languages and to the SMS parts
// that its flow declares, and every flow to what the engine can check.
func TestLibrary(t *testing.T) {
	engine, err := flows.Compile(library.Files(), actions.Actions(), actions.Lists())
	if err != nil {
		t.Fatal(err)
	}
	measure := func(text string) int {
		c := sms.Measure(sms.Unmarked(text))
		if c.Encoding != sms.GSM7 {
			t.Errorf("not in GSM-7: %q", text)
		}
		return c.Parts
	}
	for _, f := range engine.Check(measure, []string{"vi", "en"}) {
		t.Error(f)
	}
}
