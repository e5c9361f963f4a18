package market

import "fmt"

// Problem is an error that is told to an officer in words. Problems of one
// Code match under errors.Is, whatever their words.
type Problem struct {
	Code string
	VI   string
	EN   string
}

// Error is the English text.
func (p *Problem) Error() string { return "market: " + p.EN }

// Text is the problem in words; Vietnamese unless lang is "en".
func (p *Problem) Text(lang string) string { return inLang(lang, p.VI, p.EN) }

// Is matches problems by code.
func (p *Problem) Is(target error) bool {
	t, ok := target.(*Problem)
	return ok && t.Code == p.Code
}

// saying is the same problem with the words of one case.
func (p *Problem) saying(vi, en string, args ...any) *Problem {
	return &Problem{Code: p.Code, VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}
}

// What can be wrong with a price.
var (
	ErrArea        = &Problem{"area", "Thiếu xã.", "The commune is missing."}
	ErrCommodity   = &Problem{"commodity", "Chưa có nông sản này trong danh mục.", "No such commodity."}
	ErrGrade       = &Problem{"grade", "Nông sản này không có loại đó.", "This commodity has no such grade."}
	ErrMarket      = &Problem{"market", "Chưa có chợ này trong danh mục.", "No such market place."}
	ErrAmount      = &Problem{"amount", "Giá phải là số lớn hơn 0.", "The price must be above 0."}
	ErrUnit        = &Problem{"unit", "Đơn vị không hợp với nông sản.", "The unit does not fit the commodity."}
	ErrDay         = &Problem{"day", "Ngày không đúng.", "That is no date."}
	ErrFuture      = &Problem{"future", "Ngày này chưa tới.", "That day has not come yet."}
	ErrSource      = &Problem{"source", "Cần ghi nguồn giá.", "Say where the price comes from."}
	ErrImplausible = &Problem{"implausible", "Giá này khó tin: xin kiểm tra rồi xác nhận.", "This price is hard to believe: check and confirm it."}
	ErrExists      = &Problem{"exists", "Ngày này đã có giá: hãy sửa giá đó.", "There is a price for that day: correct it."}
	ErrReplaced    = &Problem{"replaced", "Giá này đã được sửa trước đó.", "This price was corrected before."}
	ErrNoPrice     = &Problem{"no-price", "Không tìm thấy giá cần sửa.", "The price to correct was not found."}
	ErrNote        = &Problem{"note", "Cần ghi lý do sửa.", "Say why it is corrected."}
	ErrName        = &Problem{"name", "Thiếu tên hoặc mã.", "The name or the id is missing."}
	ErrFile        = &Problem{"file", "Không đọc được tệp.", "The file cannot be read."}
	ErrTooLarge    = &Problem{"too-large", "Tệp quá lớn.", "The file is too large."}
)

// Warning is something odd about a price that was stored all the same. Its
// zero value says that nothing is odd.
type Warning struct{ VI, EN string }

// Text is the warning in words; "" when there is none.
func (w Warning) Text(lang string) string { return inLang(lang, w.VI, w.EN) }

// Zero says that nothing is odd.
func (w Warning) Zero() bool { return w == Warning{} }

func inLang(lang, vi, en string) string {
	if lang == "en" {
		return en
	}
	return vi
}
