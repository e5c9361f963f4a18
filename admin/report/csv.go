package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// byteOrderMark makes spreadsheet programs read the file as UTF-8.
const byteOrderMark = "\uFEFF"

func writeCSV(w io.Writer, p paper) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	lines := [][]string{p.flat.head}
	for _, row := range p.flat.rows {
		line := make([]string, len(row))
		for i, c := range row {
			switch c := c.(type) {
			case string:
				line[i] = harmless(c)
			case int:
				line[i] = strconv.Itoa(c)
			case percent:
				line[i] = strconv.FormatFloat(float64(c), 'f', 1, 64)
			}
		}
		lines = append(lines, line)
	}
	return out.WriteAll(lines)
}

// harmless is a text that no spreadsheet program takes for a formula.
func harmless(s string) string {
	if trimmed := strings.TrimLeft(s, " \t\r\n"); trimmed != "" && strings.ContainsRune("=+-@", rune(trimmed[0])) || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return "'" + s
	}
	return s
}
