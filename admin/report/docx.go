package report

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gomutex/godocx"
	"github.com/gomutex/godocx/docx"
	"github.com/gomutex/godocx/wml/ctypes"
	"github.com/gomutex/godocx/wml/stypes"
)

// Sizes of an A4 page that lies, in twentieths of a point.
const (
	pageLong    = 16838
	pageShort   = 11906
	marginTop   = 1134 // 20 mm
	marginLeft  = 1701 // 30 mm
	marginRight = 850  // 15 mm
	textWidth   = pageLong - marginLeft - marginRight
)

const font = "Times New Roman"

// writeDOCX writes the paper with the heading of a commune's documents. Number
// and date are the clerk's to give and are left open.
func writeDOCX(w io.Writer, p paper) error {
	doc, err := godocx.NewDocument()
	if err != nil {
		return err
	}
	lay(doc)
	heading(doc, p)
	centered(doc, p.title, 14, true)
	centered(doc, p.about, 14, true)
	if p.sample {
		centered(doc, sampleLine(p.lang), 13, true)
	}
	for _, fact := range p.facts {
		said(doc.AddEmptyParagraph(), fact, 13, false)
	}
	for i, t := range p.tables {
		if !t.print {
			continue
		}
		if i > 0 {
			para := doc.AddEmptyParagraph()
			para.Spacing(240, 60)
			para.AddText(t.name).Font(font).Size(13).Bold(true)
		}
		grid(doc, t, p.lang)
	}
	for _, note := range p.notes {
		para := doc.AddEmptyParagraph()
		said(para, note, 12, false)
	}
	return doc.Write(w)
}

// lay turns the page.
func lay(doc *docx.RootDoc) {
	long, short := uint64(pageLong), uint64(pageShort)
	top, left, right, edge, none := marginTop, marginLeft, marginRight, 567, 0
	doc.Document.Body.SectPr = &ctypes.SectionProp{
		PageSize:   &ctypes.PageSize{Width: &long, Height: &short, Orient: stypes.PageOrientLandscape},
		PageMargin: &ctypes.PageMargin{Top: &top, Bottom: &top, Left: &left, Right: &right, Header: &edge, Footer: &edge, Gutter: &none},
	}
}

// heading is the two columns at the top: who writes, and the nation's name.
func heading(doc *docx.RootDoc, p paper) {
	t := doc.AddTable()
	t.Grid(textWidth*2/5, textWidth*3/5)
	row := t.AddRow()
	left := row.AddCell().Width(textWidth*2/5, stypes.TableWidthDxa)
	right := row.AddCell().Width(textWidth*3/5, stypes.TableWidthDxa)
	for _, line := range []struct {
		cell *docx.Cell
		text string
		size uint64
	}{
		{left, "ỦY BAN NHÂN DÂN", 13},
		{left, strings.ToUpper(p.commune), 13},
		{right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13},
		{right, "Độc lập - Tự do - Hạnh phúc", 14},
	} {
		para := line.cell.AddEmptyPara()
		para.Justification(stypes.JustificationCenter)
		para.Spacing(0, 0)
		run := para.AddText(line.text).Font(font).Size(line.size).Bold(true)
		if line.size == 14 {
			run.Underline(stypes.UnderlineSingle)
		}
	}
	doc.AddEmptyParagraph().Spacing(0, 60)
}

func centered(doc *docx.RootDoc, text string, size uint64, bold bool) {
	para := doc.AddEmptyParagraph()
	para.Justification(stypes.JustificationCenter)
	para.Spacing(0, 60)
	para.AddText(text).Font(font).Size(size).Bold(bold)
}

func said(para *docx.Paragraph, text string, size uint64, bold bool) {
	para.Spacing(0, 80)
	para.AddText(text).Font(font).Size(size).Bold(bold)
}

func grid(doc *docx.RootDoc, t table, lang string) {
	widths := columnWidths(t)
	out := doc.AddTable()
	out.Style("TableGrid")
	out.Layout(stypes.TableLayoutFixed)
	columns := make([]uint64, len(widths))
	for i, width := range widths {
		columns[i] = uint64(width)
	}
	out.Grid(columns...)
	head := out.AddRow()
	for i, text := range t.head {
		cell := head.AddCell().Width(widths[i], stypes.TableWidthDxa).VerticalAlign("center")
		cell.BackgroundColor("E7EEE6")
		fill(cell, text, stypes.JustificationCenter, true)
	}
	for _, r := range t.rows {
		row := out.AddRow()
		for i, c := range r {
			cell := row.AddCell().Width(widths[i], stypes.TableWidthDxa)
			cell.BackgroundColor("FFFFFF")
			switch c := c.(type) {
			case string:
				fill(cell, c, stypes.JustificationLeft, false)
			case int:
				fill(cell, grouped(c, lang), stypes.JustificationRight, false)
			case percent:
				fill(cell, c.text(lang), stypes.JustificationRight, false)
			default:
				fill(cell, "", stypes.JustificationLeft, false)
			}
		}
	}
	doc.AddEmptyParagraph().Spacing(0, 60)
}

func fill(cell *docx.Cell, text string, align stypes.Justification, bold bool) {
	para := cell.AddEmptyPara()
	para.Justification(align)
	para.Spacing(20, 20)
	para.AddText(text).Font(font).Size(11).Bold(bold)
}

// columnWidths shares the width of the page among the columns.
func columnWidths(t table) []int {
	widths := make([]int, len(t.head))
	sum := 0
	for i := range widths {
		widths[i] = 1
		if i < len(t.wide) {
			widths[i] = t.wide[i]
		}
		sum += widths[i]
	}
	for i := range widths {
		widths[i] = widths[i] * textWidth / sum
	}
	return widths
}

// grouped writes n as 1.234, or 1,234 in English.
func grouped(n int, lang string) string {
	s, sep := strconv.Itoa(n), inLang(lang, ".", ",")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}

// capital writes the first letter large.
func capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
