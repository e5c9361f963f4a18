package talks

import (
	"os"
	"strings"
	"testing"

	"github.com/loa-vn/loa/flows/talk"
)

// said is what the person does in a talk, a line each.
func said(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	k, err := talk.Parse(data)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var b strings.Builder
	for _, e := range k.Events {
		if e.Kind != talk.Reply {
			b.WriteString(string(e.Kind) + " " + e.Media + e.Text + e.Wait.String() + "\n")
		}
	}
	return b.String()
}
