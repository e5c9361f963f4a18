package overlay

import "fmt"

// Problem is why a word cannot be used, in words for an officer.
type Problem struct {
	Code string
	VI   string
	EN   string
}

// Error is the English text.
func (p *Problem) Error() string { return "word: " + p.EN }

// Text is the problem in words; Vietnamese unless lang is "en".
func (p *Problem) Text(lang string) string {
	if lang == "en" {
		return p.EN
	}
	return p.VI
}

// Is matches problems by code.
func (p *Problem) Is(target error) bool {
	t, ok := target.(*Problem)
	return ok && t.Code == p.Code
}

// saying is the same problem with the words of one case put in.
func (p *Problem) saying(args ...any) *Problem {
	return &Problem{Code: p.Code, VI: fmt.Sprintf(p.VI, args...), EN: fmt.Sprintf(p.EN, args...)}
}

// What can be wrong with a word.
var (
	ErrForms    = &Problem{"forms", "Cần ghi từ 1 đến 10 cách viết, ngăn nhau bằng dấu phẩy.", "Give 1 to 10 ways of writing, parted by commas."}
	ErrShort    = &Problem{"short", "«%s» quá ngắn: mỗi cách viết có từ 2 chữ cái trở lên.", "“%s” is too short: a way of writing has 2 letters or more."}
	ErrLong     = &Problem{"long", "«%s» quá dài: nhiều nhất 60 ký tự, 8 tiếng.", "“%s” is too long: at most 60 characters and 8 words."}
	ErrSigns    = &Problem{"signs", "«%s»: chỉ dùng chữ và số.", "“%s”: use letters and digits only."}
	ErrTwice    = &Problem{"twice", "«%s» đã có trong danh sách từ ngữ.", "“%s” is on the list already."}
	ErrPhrase   = &Problem{"phrase", "Cần ghi cụm từ đầy đủ mà từ này thay cho.", "Say which phrase the word stands for."}
	ErrTarget   = &Problem{"target", "Điều được chọn không có, hoặc không còn, trong danh mục của xã.", "What was chosen is not, or no longer, on the commune's lists."}
	ErrReserved = &Problem{"reserved", "«%s» là từ dùng để phủ định, đồng ý hoặc dừng tin: không được gán nghĩa khác.", "“%s” is a word of saying no, of agreeing or of stopping messages: it keeps its meaning."}
	ErrStopping = &Problem{"stopping", "Không từ nào được thay cho lệnh dừng tin hay xóa dữ liệu: người dân phải tự nói rõ điều đó.", "No word may stand for stopping messages or erasing data: people say that themselves, in clear words."}
	ErrGuarded  = &Problem{"guarded", "Không dùng được: với từ này, tin «%s» sẽ thành, hoặc không còn là, lời dừng tin, xóa dữ liệu, đồng ý, từ chối hay cho ý kiến. Những điều đó người dân phải tự nói rõ.", "It cannot be used: with it the message “%s” would become, or no longer be, a wish to stop or to be erased, a yes, a no or a voice. People have to say that themselves, in clear words."}
	ErrOther    = &Problem{"other", "Từ này không dùng được.", "This word cannot be used."}
)
