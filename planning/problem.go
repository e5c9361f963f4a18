package planning

import "fmt"

// Problem is an error that is told to an officer in words. Problems of one
// Code match under errors.Is, whatever their words.
type Problem struct {
	Code string
	VI   string
	EN   string
}

// Error is the English text.
func (p *Problem) Error() string { return "planning: " + p.EN }

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

// What can be wrong with what an officer enters.
var (
	ErrArea      = &Problem{"area", "Thiếu xã.", "The commune is missing."}
	ErrName      = &Problem{"name", "Thiếu tên.", "The name is missing."}
	ErrCode      = &Problem{"code", "Mã chỉ gồm chữ không dấu, số và dấu gạch nối.", "A code is letters without marks, digits and hyphens."}
	ErrTaken     = &Problem{"taken", "Đã có trong danh sách.", "It is on the list already."}
	ErrVillage   = &Problem{"village", "Không có thôn, bon này trong xã.", "The commune has no such village."}
	ErrHousehold = &Problem{"household", "Không có hộ này trong danh sách hộ của xã.", "No such household on the commune's roster."}
	ErrContact   = &Problem{"contact", "Thiếu người liên hệ.", "The contact is missing."}
	ErrItem      = &Problem{"item", "Không có mục này trong kế hoạch.", "The plan has no such item."}
	ErrFunding   = &Problem{"funding", "Nguồn vốn ghi chưa đúng.", "A source of funding is not right."}
	ErrYear      = &Problem{"year", "Năm kế hoạch không đúng.", "That is no planning year."}
	ErrRound     = &Problem{"round", "Không tìm thấy đợt lấy ý kiến.", "No such round."}
	ErrItems     = &Problem{"items", "Danh mục lấy ý kiến không đúng.", "The list of items is not right."}
	ErrDates     = &Problem{"dates", "Ngày mở phải trước ngày đóng.", "It must open before it closes."}
	ErrOverlap   = &Problem{"overlap", "Thời gian trùng với một đợt lấy ý kiến khác.", "Another round is open during that time."}
	ErrAsked     = &Problem{"asked", "Đang lấy ý kiến: không đổi được nội dung đã hỏi dân.", "People are being asked: what they were asked cannot change."}
	ErrNotOpen   = &Problem{"not-open", "Đợt lấy ý kiến không mở.", "The round is not open."}
	ErrStance    = &Problem{"stance", "Ý kiến phải là đồng ý, không đồng ý, ý kiến khác hoặc không có ý kiến.", "A stance is yes, no, other or abstain."}
	ErrEmpty     = &Problem{"empty", "Phiếu chưa có ý kiến nào.", "The form says nothing."}
	ErrAnswer    = &Problem{"answer", "Chưa có nội dung trả lời.", "The answer is empty."}
	ErrLong      = &Problem{"long", "Nội dung quá dài.", "The text is too long."}
	ErrOfficer   = &Problem{"officer", "Thiếu người nhập.", "Who enters it is missing."}
)

func inLang(lang, vi, en string) string {
	if lang == "en" {
		return en
	}
	return vi
}
