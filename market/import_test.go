package market

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestImportCSV(t *testing.T) {
	const head = "day,commodity,grade,market,price,unit,source\n"
	for name, c := range map[string]struct {
		file string
		want []string // commodity/grade/market/day/amount, in the order stored
	}{
		"ids": {head + "2026-11-20,coffee,nhan,gia-nghia,101800,kg,xã\n", []string{"coffee/nhan/gia-nghia/2026-11-20/101800"}},
		"any order, ; and BOM, names with marks": {
			"\ufeffGiá;Ngày;Chợ;Nông sản;Loại;Đơn vị;Nguồn\r\n101,8k;20/11/2026;Gia Nghĩa;cà phê;nhân xô;đ/kg;báo\r\n148.000;20-11-2026;Đắk Song;Hồ Tiêu;;;báo\r\n",
			[]string{"coffee/nhan/gia-nghia/2026-11-20/101800", "pepper/den/dak-song/2026-11-20/148000"},
		},
		"without marks, aliases, tabs": {
			"day\tcommodity\tmarket\tprice\tgrade\n1/9/2026\tCA PHE\tkien duc\t20.000\ttuoi\n1/9/2026\tsau rieng\tgia nghia\t80k\tDona B\n",
			[]string{"coffee/tuoi/dak-lap/2026-09-01/20000", "durian/dona-b/gia-nghia/2026-09-01/80000"},
		},
		"quoted comma": {head + "2026-11-20,cf,,gia-nghia,\"101,8k\",,\n", []string{"coffee/nhan/gia-nghia/2026-11-20/101800"}},
		"units":        {head + "2026-11-20,mì,,gia-nghia,1900000,tấn,\n2026-11-20,mủ,,gia-nghia,310,độ,\n2026-11-20,mủ,mủ chén,gia-nghia,17k,kg,\n", []string{"cassava/tuoi/gia-nghia/2026-11-20/1900", "rubber/nuoc/gia-nghia/2026-11-20/310", "rubber/chen/gia-nghia/2026-11-20/17000"}},
		"by day, blank rows, the same row twice": {
			head + "2026-11-20,coffee,,gia-nghia,101800,,\n,,,,,,\n\n2026-11-19,coffee,,gia-nghia,101000,,\n2026-11-20,coffee,,gia-nghia,101.800,,\n",
			[]string{"coffee/nhan/gia-nghia/2026-11-19/101000", "coffee/nhan/gia-nghia/2026-11-20/101800"},
		},
		"columns missing and spare": {"day,commodity,market,price,\n2026-11-20,coffee,gia-nghia,101800,\n", []string{"coffee/nhan/gia-nghia/2026-11-20/101800"}},
		"known already":             {head + "2026-11-01,coffee,,gia-nghia,100000,,\n", nil},
		"marks decide":              {head + "2026-11-20,bơ,booth,gia-nghia,30000,,\n2026-11-20,bò,,gia-nghia,80000,,\n", []string{"avocado/booth/gia-nghia/2026-11-20/30000", "cattle//gia-nghia/2026-11-20/80000"}},
		"no rows":                   {head, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s, m := newService(t, price("2026-11-01", 100_000))
			n, err := s.ImportCSV(t.Context(), area, strings.NewReader(c.file), "import")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range m.prices[1:] {
				got = append(got, fmt.Sprintf("%s/%s/%s/%s/%d", p.Commodity, p.Grade, p.Market, p.Day, p.Amount))
				if p.Area != area || p.EnteredBy != "import" || !p.EnteredAt.Equal(noon) || p.Source == "" {
					t.Errorf("stored %+v", p)
				}
			}
			if n != len(c.want) || strings.Join(got, " ") != strings.Join(c.want, " ") {
				t.Errorf("imported %d: %v, want %v", n, got, c.want)
			}
			if n, err := s.ImportCSV(t.Context(), area, strings.NewReader(c.file), "import"); n != 0 || err != nil {
				t.Errorf("imported again: %d, %v", n, err)
			}
		})
	}
}

func TestImportRowErrors(t *testing.T) {
	const file = `day,commodity,grade,market,price,unit,source
2026-11-20,coffee,,gia-nghia,101800,,
2026-13-20,coffee,,gia-nghia,101800,,
2026-11-23,coffee,,gia-nghia,101800,,
2026-11-19,vàng,,gia-nghia,101800,,
2026-11-19,bo,,gia-nghia,30000,,
2026-11-19,coffee,dona,gia-nghia,101800,,
2026-11-19,durian,dona,gia-nghia,80000,,
2026-11-19,coffee,,Sài Gòn,101800,,
2026-11-19,coffee,,gia-nghia,101.8,,
2026-11-19,coffee,,gia-nghia,101800,bao,
2026-11-19,coffee,,gia-nghia,101,8k,,
2026-11-18,coffee,,gia-nghia,1018000,,
2026-11-20,coffee,,gia-nghia,101900,,
2026-11-01,coffee,,gia-nghia,100500,,
2026-11-19,"cof"fee,,gia-nghia,101800,,
2026-11-19
`
	want := []struct {
		line int
		err  error
		says string
	}{
		{3, ErrDay, "2026-13-20"},
		{4, ErrFuture, "chưa tới"},
		{5, ErrCommodity, "vàng"},
		{6, ErrCommodity, "viết có dấu"},
		{7, ErrGrade, "dona"},
		{8, ErrGrade, "sầu riêng"},
		{9, ErrMarket, "Sài Gòn"},
		{10, ErrAmount, "101.8"},
		{11, ErrUnit, "bao"},
		{12, ErrFile, "ngoặc kép"},
		{13, ErrImplausible, "1.018.000"},
		{14, ErrExists, "101.800"},
		{15, ErrExists, "100.000"},
		{16, ErrFile, "ngoặc kép"},
		{17, ErrCommodity, ""},
	}
	s, m := newService(t, price("2026-11-01", 100_000))
	n, err := s.ImportCSV(t.Context(), area, strings.NewReader(file), "import")
	var rows RowErrors
	if n != 0 || !errors.As(err, &rows) || len(m.prices) != 1 {
		t.Fatalf("%d, %v, %d stored", n, err, len(m.prices))
	}
	if len(rows) != len(want) {
		t.Fatalf("got\n%s", rows.Text("vi"))
	}
	for i, w := range want {
		if rows[i].Line != w.line || !errors.Is(rows[i].Problem, w.err) || !strings.Contains(rows[i].Problem.Text("vi"), w.says) {
			t.Errorf("line %d: %s; want line %d, %v, “%s”", rows[i].Line, rows[i].Problem.Text("vi"), w.line, w.err, w.says)
		}
	}
	if text := rows.Text("vi"); !strings.HasPrefix(text, "Dòng 3: ") || strings.Count(text, "\n") != len(want)-1 {
		t.Errorf("text\n%s", text)
	}
}

// A row that is wrong is not held against its neighbours.
func TestImportTypoIsNamedOnce(t *testing.T) {
	s, _ := newService(t)
	_, err := s.ImportCSV(t.Context(), area, strings.NewReader(`day,commodity,market,price
2026-11-03,passion_fruit,dak-song,9500
2026-11-02,passion_fruit,gia-nghia,88000
2026-11-01,passion_fruit,gia-nghia,9000
`), "import")
	var rows RowErrors
	if !errors.As(err, &rows) || len(rows) != 1 || rows[0].Line != 3 {
		t.Fatal(err)
	}
}

func TestImportWholeFile(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		err  error
		says string
	}{
		"empty":           {nil, ErrFile, "trống"},
		"unknown column":  {[]byte("day,commodity,market,price,colour\n"), ErrFile, "colour"},
		"missing column":  {[]byte("day,commodity,price\n"), ErrFile, "market"},
		"a column twice":  {[]byte("day,ngày,commodity,market,price\n"), ErrFile, "day"},
		"UTF-16":          {[]byte("\xff\xfed\x00a\x00y\x00"), ErrFile, "UTF-8"},
		"a spreadsheet":   {[]byte("PK\x03\x04\x00\x00"), ErrFile, "UTF-8"},
		"too large":       {bytes.Repeat([]byte("x"), MaxImport+1), ErrTooLarge, "8 MB"},
		"only a mark":     {[]byte("\ufeff"), ErrFile, "trống"},
		"an unclosed one": {[]byte("\"day,commodity"), ErrFile, "dòng đầu"},
	} {
		s, m := newService(t)
		_, err := s.ImportCSV(t.Context(), area, bytes.NewReader(c.file), "import")
		if p := (*Problem)(nil); !errors.Is(err, c.err) || !errors.As(err, &p) || !strings.Contains(p.Text("vi"), c.says) || len(m.prices) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	s, m := newService(t)
	m.fail = errors.New("disk full")
	if _, err := s.ImportCSV(t.Context(), area, strings.NewReader("day,commodity,market,price\n2026-11-01,coffee,gia-nghia,100000\n"), "import"); !errors.Is(err, m.fail) {
		t.Error(err)
	}
	if _, err := s.ImportCSV(t.Context(), "", strings.NewReader(""), "import"); !errors.Is(err, ErrArea) {
		t.Error(err)
	}
	many := "day,commodity,market,price\n" + strings.Repeat("x,coffee,gia-nghia,1\n", 500)
	var rows RowErrors
	if _, err := s.ImportCSV(t.Context(), area, strings.NewReader(many), "import"); !errors.As(err, &rows) || len(rows) != maxRowErrors {
		t.Errorf("%d rows named", len(rows))
	}
}

func FuzzImportCSV(f *testing.F) {
	for _, s := range []string{
		"day,commodity,grade,market,price,unit,source\n2026-11-20,coffee,nhan,gia-nghia,101800,kg,xã\n",
		"\ufeffGiá;Ngày;Chợ;Nông sản\r\n101,8k;20/11/2026;Gia Nghĩa;cà phê\r\n",
		"day\tcommodity\tmarket\tprice\n1/9/2026\tsau rieng\tgia nghia\t80k\n",
		"day,commodity,market,price\n2026-11-20,coffee,gia-nghia,\"101,8k\n",
		"day,commodity,market,price\n2026-11-20,coffee,gia-nghia,100000\n2026-11-20,coffee,gia-nghia,1\n",
		"ngay,hang,cho,gia,dvt\n1.1.2026,mì,đắk song,1tr9,tấn\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		s, m := newService(t)
		n, err := s.ImportCSV(t.Context(), area, bytes.NewReader(file), "import")
		if err != nil {
			if n != 0 || len(m.prices) != 0 {
				t.Fatalf("%v, and yet %d stored", err, len(m.prices))
			}
			return
		}
		if n != len(m.prices) {
			t.Fatalf("%d stored, %d told", len(m.prices), n)
		}
		known := names{m.goods, m.places}
		seen := map[Price]bool{}
		for _, p := range m.prices {
			c, ok := known.commodity(p.Commodity)
			if l := c.Limits(p.Grade); !ok || p.Unit != l.Unit || !l.Plausible(p.Amount) || p.Day > today || p.Day.Time().IsZero() {
				t.Fatalf("stored %+v", p)
			}
			slot := Price{Commodity: p.Commodity, Grade: p.Grade, Market: p.Market, Day: p.Day}
			if seen[slot] {
				t.Fatalf("two prices for %+v", slot)
			}
			seen[slot] = true
		}
		if n, err := s.ImportCSV(t.Context(), area, bytes.NewReader(file), "import"); n != 0 || err != nil {
			t.Fatalf("the second time: %d, %v", n, err)
		}
	})
}
