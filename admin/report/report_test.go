package report_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/loa-vn/loa/admin/report"
	"github.com/loa-vn/loa/planning"
)

func result() planning.Result {
	c := planning.Commune{Code: "dak-mau", Name: "Xã Đắk Mẫu", Sample: true}
	r := planning.Round{
		Number: 2, Year: 2027, Title: "Lấy ý kiến", Villages: []string{"a", "b"},
		Items: []planning.Item{{Code: "KH27-01", Title: "=cmd|'/c calc'!A1", Short: "x"}, {Code: "KH27-02", Title: "+84 Đường bon Bu N'Drung", Short: "y"}},
	}
	v := []planning.Village{{Code: "a", Name: "thôn 1", Rank: 1, Households: 1200}, {Code: "b", Name: "@bon Bu Prăng", Rank: 2, Households: 34}}
	return planning.Count(c, r, v, planning.Counted{
		Cells: []planning.Cell{
			{Item: "KH27-01", Village: "a", Channel: "sms", Stance: planning.Yes, Households: 1100},
			{Item: "KH27-01", Village: "b", Channel: "paper", Stance: planning.No, Households: 3},
			{Item: "KH27-02", Village: "", Channel: "sms", Stance: planning.Other, Provisional: true, Households: 2},
		},
		Heard: []planning.HeardCell{{Village: "a", Channel: "sms", Households: 1100}, {Village: "b", Channel: "paper", Households: 3}, {Channel: "sms", Provisional: true, Households: 2}},
	})
}

func difficulties() report.DifficultyList {
	return report.DifficultyList{
		Commune: planning.Named{Code: "dak-mau", Name: "Xã Đắk Mẫu"}, Until: time.Date(2026, 7, 15, 0, 0, 0, 0, time.UTC), Total: 2,
		Rows: []report.Difficulty{{Commodity: "coffee", Name: "cà phê", NameEN: "coffee", Link: planning.Selling, Count: 2, Households: 2, Texts: []string{"-1+1", "=HYPERLINK(\"x\")"}}},
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	for _, write := range []func(io.Writer, string) error{
		func(w io.Writer, f string) error { return report.Consultation(w, f, result(), "vi") },
		func(w io.Writer, f string) error { return report.Difficulties(w, f, difficulties(), "vi") },
	} {
		var sheet, text bytes.Buffer
		if err := errors.Join(write(&sheet, report.XLSX), write(&text, report.CSV)); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range f.GetSheetList() {
			rows, err := f.GetRows(name)
			if err != nil {
				t.Fatal(err)
			}
			for y, row := range rows {
				for x := range row {
					cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
					if formula, err := f.GetCellFormula(name, cell); err != nil || formula != "" {
						t.Errorf("%s %s is the formula %q", name, cell, formula)
					}
				}
			}
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.String(), "\uFEFF"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
					t.Errorf("the CSV's cell %q is a formula", cell)
				}
			}
		}
	}
}

func TestNumbersAreNumbers(t *testing.T) {
	var out bytes.Buffer
	if err := report.Consultation(&out, report.XLSX, result(), "vi"); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	if names := f.GetSheetList(); strings.Join(names, ", ") != "Theo mục, Theo thôn, Theo hình thức, Số hộ đã nghe được" {
		t.Errorf("sheets %v", names)
	}
	rows, err := f.GetRows("Theo mục", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	seen := false
	for y, row := range rows {
		if len(row) > 4 && row[0] == "KH27-01" {
			seen = true
			if row[1] != "=cmd|'/c calc'!A1" || row[3] != "1103" || row[4] != "1100" || row[5] != "99.7" {
				t.Errorf("row %v", row)
			}
			cell, _ := excelize.CoordinatesToCellName(5, y+1)
			if kind, err := f.GetCellType("Theo mục", cell); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
				t.Errorf("the number is stored as %v", kind)
			}
		}
	}
	if !seen {
		t.Error("the item is missing")
	}
}

func TestPaperIsSetAsACommuneSetsIt(t *testing.T) {
	var out bytes.Buffer
	if err := report.Consultation(&out, report.DOCX, result(), "vi"); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	file, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"XÃ ĐẮK MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BẢNG TỔNG HỢP KẾT QUẢ LẤY Ý KIẾN", "DỮ LIỆU MẪU", "Times New Roman",
		"1.100", "99,7", "Số lượt chọn ưu tiên", "w:orient=\"landscape\"", "chưa xếp vào danh sách hộ",
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("the paper does not hold %q", want)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	var out bytes.Buffer
	if err := report.Consultation(&out, "pdf", result(), "vi"); !errors.Is(err, report.ErrFormat) || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
}
