package market

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// MaxImport is the largest file that is imported, in bytes.
	MaxImport = 8 << 20
	// maxRowErrors: a file with more wrong rows is read no further.
	maxRowErrors = 100
)

// RowErrors are the rows of a file that cannot be imported, in order.
type RowErrors []RowError

// RowError is what is wrong with one row.
type RowError struct {
	Line    int // in the file, from 1
	Problem *Problem
}

// Error names the first rows.
func (e RowErrors) Error() string { return "market: import: " + e.Text("en") }

// Text is one line a row.
func (e RowErrors) Text(lang string) string {
	lines := make([]string, len(e))
	for i, r := range e {
		lines[i] = fmt.Sprintf("%s %d: %s", inLang(lang, "Dòng", "Line"), r.Line, r.Problem.Text(lang))
	}
	return strings.Join(lines, "\n")
}

// columns of a price file, by what a header may call them (folded).
var columns = map[string]string{
	"day": "day", "date": "day", "ngay": "day",
	"commodity": "commodity", "nong san": "commodity", "mat hang": "commodity", "san pham": "commodity", "hang": "commodity",
	"grade": "grade", "loai": "grade", "hang loai": "grade", "pham cap": "grade",
	"market": "market", "place": "market", "cho": "market", "noi": "market", "thi truong": "market", "dia diem": "market",
	"price": "price", "amount": "price", "gia": "price",
	"unit": "unit", "don vi": "unit", "don vi tinh": "unit", "dvt": "unit",
	"source": "source", "nguon": "source",
}

// ImportCSV stores the prices of a file, all or none, and says how many are
// new; rows that are known already, with the same amount, are passed over, so
// that a file may be imported again. The first row names the columns in any
// order (day, commodity, grade, market, price, unit, source, or their
// Vietnamese names; day, commodity, market and price must be there).
// Separators are , ; or tabs, days 2026-11-22 or 22/11/2026, prices as
// ParseAmount reads them, names with or without marks. Wrong rows are
// RowErrors; nothing is stored then.
func (s *Service) ImportCSV(ctx context.Context, area string, r io.Reader, by string) (int, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxImport+1))
	if err != nil {
		return 0, fmt.Errorf("market: import: %w", err)
	}
	s.entry.Lock()
	defer s.entry.Unlock()
	known, err := s.known(ctx, area)
	if err != nil {
		return 0, err
	}
	history, err := s.store.Prices(ctx, PriceQuery{Area: area})
	if err != nil {
		return 0, fmt.Errorf("market: prices: %w", err)
	}
	prices, err := readPrices(data, known, newPast(history), s.today(area))
	if err != nil || len(prices) == 0 {
		return 0, err
	}
	now := s.now()
	for i := range prices {
		p := &prices[i]
		p.Area, p.ID, p.EnteredAt, p.EnteredBy = area, s.newID(), now, by
	}
	if err := s.store.AddPrices(ctx, prices); err != nil {
		return 0, fmt.Errorf("market: import: %w", err)
	}
	return len(prices), nil
}

// row is a price with the line it stands on.
type row struct {
	line  int
	price Price
}

// readPrices reads a price file: the prices that are not in the past yet, by
// day, or what is wrong.
func readPrices(data []byte, known names, stored past, today Day) ([]Price, error) {
	if len(data) > MaxImport {
		return nil, ErrTooLarge.saying("Tệp lớn hơn %d MB: hãy chia nhỏ.", "The file is larger than %d MB: split it.", MaxImport>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, ErrFile.saying("Tệp không phải CSV mã UTF-8: trong Excel hãy lưu dạng «CSV UTF-8».",
			"The file is not CSV in UTF-8: save it as “CSV UTF-8”.")
	}
	rows, wrong, err := readRows(data, known, today)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(x, y row) int { return cmp.Compare(x.price.Day, y.price.Day) })
	var prices []Price
	fresh := past{}
	for _, r := range rows {
		isNew, problem := fits(r.price, known, stored, fresh)
		switch {
		case problem != nil:
			wrong = append(wrong, RowError{r.line, problem})
		case isNew:
			fresh.append(r.price)
			prices = append(prices, r.price)
		}
	}
	if len(wrong) > 0 {
		slices.SortFunc(wrong, func(x, y RowError) int { return cmp.Compare(x.Line, y.Line) })
		return nil, wrong[:min(len(wrong), maxRowErrors)]
	}
	return prices, nil
}

// fits judges a price of a file beside those stored and those of its earlier
// rows; isNew is false when it is known already.
func fits(p Price, known names, stored, file past) (isNew bool, problem *Problem) {
	for _, t := range []past{stored, file} {
		other, ok := t.onDay(p)
		switch {
		case !ok:
		case other.Amount == p.Amount:
			return false, nil
		default:
			return false, errTaken(other, known)
		}
	}
	before, ok := stored.before(p)
	if b, has := file.before(p); has && (!ok || nearer(p, b, before)) {
		before, ok = b, true
	}
	_, err := known.judge(p, before, ok, false)
	errors.As(err, &problem)
	return problem == nil, problem
}

// nearer says whether x speaks more for p than y does: of p's market, or later.
func nearer(p, x, y Price) bool {
	if here := x.Market == p.Market; here != (y.Market == p.Market) {
		return here
	}
	return x.Day > y.Day
}

// readRows reads all rows of a file, and what is wrong with each by itself.
func readRows(data []byte, known names, today Day) (rows []row, wrong RowErrors, err error) {
	file := csv.NewReader(bytes.NewReader(data))
	file.Comma, file.FieldsPerRecord, file.ReuseRecord = separator(data), -1, true
	file.TrimLeadingSpace = file.Comma != '\t'
	head, err := file.Read()
	if err != nil {
		return nil, nil, ErrFile.saying("Tệp trống hoặc dòng đầu không đọc được.", "The file is empty or its first row cannot be read.")
	}
	width := len(head)
	at, err := readHead(head)
	if err != nil {
		return nil, nil, err
	}
	for len(wrong) < maxRowErrors {
		fields, err := file.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
			wrong = append(wrong, RowError{parse.StartLine, ErrFile.saying("Dấu ngoặc kép đặt sai chỗ.", "A quotation mark is out of place.")})
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("market: import: %w", err)
		}
		if blank(fields) {
			continue
		}
		line, _ := file.FieldPos(0)
		p, err := at.read(fields, width, known, today)
		if problem := (*Problem)(nil); errors.As(err, &problem) {
			wrong = append(wrong, RowError{line, problem})
			continue
		}
		rows = append(rows, row{line, p})
	}
	return rows, wrong, nil
}

// columnsAt says which field of a row is what.
type columnsAt map[string]int

func readHead(head []string) (columnsAt, error) {
	at := columnsAt{}
	for i, name := range head {
		c, ok := columns[fold(name)]
		if !ok {
			if strings.TrimSpace(name) == "" {
				continue
			}
			return nil, ErrFile.saying("Dòng đầu có cột lạ «%s».", "The first row has an unknown column “%s”.", name)
		}
		if _, twice := at[c]; twice {
			return nil, ErrFile.saying("Dòng đầu có hai cột «%s».", "The first row has two columns “%s”.", c)
		}
		at[c] = i
	}
	for _, c := range []string{"day", "commodity", "market", "price"} {
		if _, ok := at[c]; !ok {
			return nil, ErrFile.saying("Dòng đầu thiếu cột «%s».", "The first row lacks the column “%s”.", c)
		}
	}
	return at, nil
}

// read makes the price that a row states.
func (at columnsAt) read(fields []string, width int, known names, today Day) (p Price, err error) {
	if len(fields) > width {
		return p, ErrFile.saying("Thừa cột: số có dấu phẩy phải đặt trong ngoặc kép.", "Too many fields: put numbers with a comma in quotation marks.")
	}
	field := func(name string) string {
		if i, ok := at[name]; ok && i < len(fields) {
			return strings.TrimSpace(fields[i])
		}
		return ""
	}
	e := Entry{Source: field("source"), Unit: Unit(field("unit"))}
	if e.Source == "" {
		e.Source = "nhập từ tệp"
	}
	if e.Day, err = parseDay(field("day")); err != nil {
		return p, err
	}
	c, err := findCommodity(known.commodities, field("commodity"))
	if err != nil {
		return p, err
	}
	e.Commodity = c.ID
	if said := field("grade"); said != "" {
		grades := c.ReadGrade(said)
		if len(grades) != 1 {
			return p, ErrGrade.saying("Không rõ loại «%[1]s» của %[2]s.", "Unknown grade “%[1]s” of %[2]s.", said, c.Name)
		}
		e.Grade = grades[0].ID
	}
	place, err := findPlace(known.places, field("market"))
	if err != nil {
		return p, err
	}
	e.Market = place.ID
	if e.Amount, err = ParseAmount(field("price")); err != nil {
		return p, err
	}
	return known.price(e, today)
}

// parseDay reads 2026-11-22 and 22/11/2026 (also with . or -).
func parseDay(said string) (Day, error) {
	if t, err := time.Parse(time.DateOnly, said); err == nil {
		return Day(t.Format(time.DateOnly)), nil
	}
	plain := strings.NewReplacer(".", "/", "-", "/", " ", "").Replace(said)
	if t, err := time.Parse("2/1/2006", plain); err == nil {
		return Day(t.Format(time.DateOnly)), nil
	}
	return "", ErrDay.saying("Không đọc được ngày «%s»: hãy viết như 22/11/2026.", "Cannot read the day “%s”: write it like 2026-11-22.", said)
}

// separator is the character that the first row uses most.
func separator(data []byte) rune {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', bytes.Count(head, []byte(","))
	for _, c := range ";\t" {
		if n := bytes.Count(head, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

func blank(fields []string) bool {
	return !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(f) != "" })
}
