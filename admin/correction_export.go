package admin

import (
	"fmt"
	"strings"
	"time"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/examples"
)

// askedItems is how many items a round of an example has.
const askedItems = 7

// correctionExport is every correction as a line of examples, to be scored
// with `loa understand --score` and kept as a test.
func (v *visit) correctionExport() error {
	all, err := v.Store.Corrections(v.ctx(), v.area(), time.Time{}, 0)
	if err != nil {
		return err
	}
	var out strings.Builder
	fmt.Fprintf(&out, "# Loa, %s, %s: corrections: text, intent, slots, parted by tabs. Score with: loa understand --score corrections.tsv\n",
		strings.Join(strings.Fields(v.commune.Name), " "), v.today())
	for _, k := range all {
		e, err := meantBy(k.Correction, k.Said.Message)
		if err != nil {
			continue // of an intent that there is no more
		}
		if situation(k.Said.Message).Consultation {
			e.Context = understand.Context{Consultation: true, Items: askedItems}
		}
		out.WriteString(exampleLine(e) + "\n")
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/tab-separated-values; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="corrections.tsv"`)
	h.Set("Cache-Control", "no-store")
	if _, err := v.w.Write([]byte(out.String())); err != nil {
		v.Log.Debug("a file could not be written", "error", err)
	}
	return nil
}

// exampleLine is an example as a line that is read back as it is: a message
// that begins with the sign of a comment gets a space before it.
func exampleLine(e examples.Example) string {
	if strings.HasPrefix(e.Text, "#") {
		e.Text = " " + e.Text
	}
	return strings.ToValidUTF8(e.String(), "\uFFFD")
}
