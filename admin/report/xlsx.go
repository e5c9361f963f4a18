package report

import (
	"errors"
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// writeXLSX writes a sheet for each table. Texts are string cells, which are
// never formulas; numbers are numbers.
func writeXLSX(w io.Writer, p paper) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	styles, err := sheetStyles(f)
	if err != nil {
		return err
	}
	for i, t := range p.tables {
		if i == 0 {
			err = f.SetSheetName(f.GetSheetName(0), t.name)
		} else {
			_, err = f.NewSheet(t.name)
		}
		if err != nil {
			return err
		}
		if err := writeSheet(f, styles, p, t, i == 0); err != nil {
			return err
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: p.title, Creator: "Loa", Language: inLang(p.lang, "vi-VN", "en")}); err != nil {
		return err
	}
	return f.Write(w)
}

type sheetStyle struct{ title, head, text, number, percent, note int }

func sheetStyles(f *excelize.File) (s sheetStyle, err error) {
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold}
	}
	var border []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	for _, one := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: font(14, true)}},
		{&s.note, excelize.Style{Font: font(12, false)}},
		{&s.head, excelize.Style{Font: font(12, true), Border: border, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7EEE6"}}}},
		{&s.text, excelize.Style{Font: font(12, false), Border: border, Alignment: top}},
		{&s.number, excelize.Style{Font: font(12, false), Border: border, Alignment: &excelize.Alignment{Vertical: "top"}, NumFmt: 3}},
		{&s.percent, excelize.Style{Font: font(12, false), Border: border, Alignment: &excelize.Alignment{Vertical: "top"}, CustomNumFmt: new(string)}},
	} {
		if one.style.CustomNumFmt != nil {
			*one.style.CustomNumFmt = "0.0"
		}
		if *one.id, err = f.NewStyle(&one.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

func writeSheet(f *excelize.File, s sheetStyle, p paper, t table, first bool) error {
	if err := lieDown(f, t.name); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(t.name)
	if err != nil {
		return err
	}
	for i, width := range t.widths() {
		if err := out.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return err
		}
	}
	row := 1
	line := func(cells ...any) error {
		at, err := excelize.CoordinatesToCellName(1, row)
		if err != nil {
			return err
		}
		row++
		if tall, ok := cells[len(cells)-1].(excelize.RowOpts); ok {
			return out.SetRow(at, cells[:len(cells)-1], tall)
		}
		return out.SetRow(at, cells)
	}
	title := []string{p.title, p.about + " – " + p.commune}
	if p.sample {
		title = append(title, sampleLine(p.lang))
	}
	if first {
		title = append(title, p.facts...)
	}
	for i, text := range title {
		style := s.note
		if i == 0 {
			style = s.title
		}
		if err := line(excelize.Cell{StyleID: style, Value: text}); err != nil {
			return err
		}
	}
	row++
	head := make([]any, len(t.head))
	for i, h := range t.head {
		head[i] = excelize.Cell{StyleID: s.head, Value: h}
	}
	if err := line(append(head, t.height(t.head))...); err != nil {
		return err
	}
	for _, r := range t.rows {
		cells := make([]any, len(r))
		texts := make([]string, len(r))
		for i, c := range r {
			switch c := c.(type) {
			case int:
				cells[i] = excelize.Cell{StyleID: s.number, Value: c}
			case percent:
				cells[i] = excelize.Cell{StyleID: s.percent, Value: float64(c)}
			default:
				texts[i], _ = c.(string)
				cells[i] = excelize.Cell{StyleID: s.text, Value: c}
			}
		}
		if err := line(append(cells, t.height(texts))...); err != nil {
			return err
		}
	}
	row++
	if first {
		for _, note := range p.notes {
			if err := line(excelize.Cell{StyleID: s.note, Value: note}); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// widths are those of the columns, in letters.
func (t table) widths() []int {
	widths := make([]int, len(t.head))
	for i := range widths {
		widths[i] = 14
		if i < len(t.wide) {
			widths[i] = t.wide[i] + 3
		}
	}
	return widths
}

// height is a row in which every text fits: not every program works it out.
func (t table) height(texts []string) excelize.RowOpts {
	const line = 16.5
	lines := 1
	for i, width := range t.widths() {
		if i < len(texts) {
			lines = max(lines, (utf8.RuneCountInString(texts[i])*10/9+width-1)/width)
		}
	}
	return excelize.RowOpts{Height: min(line*float64(lines), 400)}
}

// lieDown makes a sheet print on A4 that lies, all columns on one page.
func lieDown(f *excelize.File, sheet string) error {
	const a4 = 9
	size, way, wide, tall, fit := a4, "landscape", 1, 0, true
	err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &way, FitToWidth: &wide, FitToHeight: &tall})
	return errors.Join(err, f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

func sampleLine(lang string) string {
	return inLang(lang, "DỮ LIỆU MẪU, không phải số liệu thật", "SAMPLE DATA, not real figures")
}
