package admin

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/loa-vn/loa/admin/report"
)

// export is a file that can be taken along.
type export struct{ Name, URL string }

// exportsOf are the files under an address.
func exportsOf(address string, pairs ...string) []export {
	var all []export
	for _, f := range report.Formats() {
		all = append(all, export{strings.ToUpper(f), query(address, append([]string{"format", f}, pairs...)...)})
	}
	return all
}

// consultationExport is a round's result as a file.
func (v *visit) consultationExport() error {
	round, _, err := v.roundOfPath()
	if err != nil {
		return err
	}
	result, err := v.Planning.Result(v.ctx(), v.commune, round.ID)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-lay-y-kien-%d-dot-%d", v.area(), round.Year, round.Number)
	return v.file(name, func(out *bytes.Buffer, format string) error {
		return report.Consultation(out, format, result, v.lang)
	})
}

// difficultyExport is the commune's difficulties as a file.
func (v *visit) difficultyExport() error {
	list, err := report.GatherDifficulties(v.ctx(), v.Store, v.commune, v.since(), v.now)
	if err != nil {
		return err
	}
	return v.file(v.area()+"-kho-khan-"+string(v.today()), func(out *bytes.Buffer, format string) error {
		return report.Difficulties(out, format, list, v.lang)
	})
}

// file sends a file in the format that the query names, once all of it is made.
func (v *visit) file(name string, write func(*bytes.Buffer, string) error) error {
	format := v.form("format")
	if !slices.Contains(report.Formats(), format) {
		return errNotFound
	}
	var out bytes.Buffer
	if err := write(&out, format); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", report.ContentType(format))
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name+"."+format))
	h.Set("Cache-Control", "no-store")
	_, err := out.WriteTo(v.w)
	if err != nil {
		v.Log.Debug("a file could not be written", "error", err)
	}
	return nil
}
