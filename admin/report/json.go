package report

import (
	"encoding/json"
	"io"
)

func writeJSON(w io.Writer, data any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(data)
}
