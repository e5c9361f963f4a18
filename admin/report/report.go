// Package report writes what the console counts as files: JSON for programs,
// CSV and XLSX for tables, DOCX for papers. No file holds an address, and no
// cell is ever a formula.
package report

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
)

// The formats of every report.
const (
	JSON = "json"
	CSV  = "csv"
	XLSX = "xlsx"
	DOCX = "docx"
)

// ErrFormat says that there is no such format.
var ErrFormat = errors.New("report: the format is none of json, csv, xlsx, docx")

// Formats in the order of every list.
func Formats() []string { return []string{XLSX, CSV, DOCX, JSON} }

// ContentType is the media type of a format.
func ContentType(format string) string {
	switch format {
	case JSON:
		return "application/json; charset=utf-8"
	case CSV:
		return "text/csv; charset=utf-8"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case DOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	}
	return "application/octet-stream"
}

// paper is a report as people read it.
type paper struct {
	commune string
	sample  bool
	title   string   // in capitals
	about   string   // what it is of, below the title
	facts   []string // before the tables
	tables  []table  // the first is the paper's own; XLSX has a sheet for each
	flat    table    // all of it in one table, for CSV
	notes   []string
	lang    string
}

// table is rows of cells: string, int, percent, or nil for nothing.
type table struct {
	name  string // of the sheet
	head  []string
	wide  []int // relative widths of the columns; nil = alike
	rows  [][]any
	print bool // part of the DOCX
}

// percent is a share in percent with one decimal.
type percent float64

func write(w io.Writer, format string, p paper, data any) error {
	if !slices.Contains(Formats(), format) {
		return fmt.Errorf("%w: %q", ErrFormat, format)
	}
	var err error
	switch format {
	case JSON:
		err = writeJSON(w, data)
	case CSV:
		err = writeCSV(w, p)
	case XLSX:
		err = writeXLSX(w, p)
	case DOCX:
		err = writeDOCX(w, p)
	}
	if err != nil {
		return fmt.Errorf("report: write %s: %w", format, err)
	}
	return nil
}

// number is what looks like a phone number of Vietnam in a person's text.
var number = regexp.MustCompile(`(?:\+?84|\b0)(?:[ .\-]?\d){8,10}\b`)

// unaddressed hides phone numbers that people wrote into their texts.
func unaddressed(text string) string { return number.ReplaceAllString(text, "…") }

func inLang(lang, vi, en string) string {
	if lang == "en" {
		return en
	}
	return vi
}
