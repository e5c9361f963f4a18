package understand

import "slices"

// courteous tells words that add nothing to a wish.
func courteous(t *token) bool {
	switch t.marked {
	case "a", "à", "ạ", "ah", "ak", "aj", "nhe", "nhé", "nha", "nhá", "nghen", "nhen", "hen", "da", "dạ", "thua", "thưa", "em", "anh", "chi", "chị",
		"oi", "ơi", "ad", "admin", "bac", "bác", "chu", "chú", "cô", "loa", "alo", "alô", "chao", "chào", "hello", "hi", "hey", "ne", "nè", "luon", "luôn",
		"xin", "please", "pls", "di", "đi", "voi", "với", "vang", "vâng", "ui", "ha", "hả", "hihi", "haha", "kinh", "kính", "oke", "oki", "vay", "vậy",
		"cac", "các", "giup", "giúp", "bạn", "ủy":
		return true
	}
	return false
}

// core gives the tokens without the courtesy and punctuation around them; all
// of them when nothing else is there.
func (r *reader) core() (from, to int) { return r.coreOf(0, len(r.tokens)) }

func (r *reader) coreOf(from, to int) (int, int) {
	f, t := from, to
	skip := func(i int) bool { return r.tokens[i].kind == kindSign || courteous(&r.tokens[i]) }
	for f < t && skip(f) {
		f++
	}
	for t > f && skip(t-1) {
		t--
	}
	if f < t {
		return f, t
	}
	f, t = from, to
	for f < t && r.tokens[f].kind == kindSign {
		f++
	}
	for t > f && r.tokens[t-1].kind == kindSign {
		t--
	}
	return f, t
}

// stops says whether the message asks for an end to all messages. A wrong
// opt-out is worse than a question: only single words agreed on, and phrases
// in which every word speaks of messages, count. ask is a question to put
// where it is not clear.
func (r *reader) stops() (stop bool, ask string, confidence float64) {
	from, to := r.core()
	n := to - from
	if n == 0 || n > 16 {
		return false, "", 0
	}
	for i := range r.tokens {
		if r.tokens[i].plain == "?" {
			return false, "", 0 // who asks ends nothing
		}
	}
	first := &r.tokens[from]
	if n == 1 {
		if first.made {
			return false, "", 0 // mending and expanding never make a stop
		}
		if r.isName(from, to) {
			return false, "", 0
		}
		switch first.plain {
		case "cancel", "block":
			return false, AskStop, 0
		case "chan":
			if first.marked == "chặn" || first.bare && r.ctx.Expect == ExpectNone {
				return false, AskStop, 0
			}
		case "tc", "stop", "stopall", "unsubscribe", "end", "quit":
			if first.bare {
				return true, "", 1
			}
		case "dung":
			if first.marked == "dừng" {
				return true, "", 1
			}
			if first.bare {
				return false, AskDung, 0
			}
		case "huy":
			switch {
			case agree(first.marked, "hủy") == 2:
				return true, "", 1
			case first.bare && r.ctx.Expect == ExpectNone && !r.capital(from) && !r.titled(from):
				return true, "", .9
			case first.bare:
				return false, AskHuy, 0
			}
		case "ngung":
			return first.bare || agree(first.marked, "ngừng") > 0 || agree(first.marked, "ngưng") > 0, "", .97
		}
		return false, "", 0
	}
	for i := from; i < to; i++ {
		if r.tokens[i].kind == kindDigit {
			return false, "", 0
		}
	}
	if w := r.word(from + 1); to-from <= 3 && (first.plain == "t" && r.word(to-1) == "c" && (n == 2 || w == ".") || first.plain == "phien" && w == "qua" && n == 2) {
		return false, AskStop, 0
	}
	return r.stopPhrase(from, to)
}

// capital says whether token i was written with a capital and small letters,
// as names are.
func (r *reader) capital(i int) bool {
	s := r.text[r.tokens[i].start:r.tokens[i].end]
	return len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z'
}

// titled says whether a word for a person stands before token i.
func (r *reader) titled(i int) bool {
	return i > 0 && oneOf(r.word(i-1), "anh", "chi", "ong", "co", "chu", "bac", "thay", "cau", "di", "ba")
}

// isName tells Huy and Dung, Dũng, where they are people.
func (r *reader) isName(i, to int) bool {
	if t := &r.tokens[i]; !t.bare || t.plain != "huy" && t.plain != "dung" {
		return false
	}
	called := to < len(r.tokens) && r.word(to) == "oi"
	return r.titled(i) && (r.capital(i) || called) || r.ctx.Expect == ExpectText && r.capital(i)
}

// ending is what the words of a message say about an end to messages.
type ending struct {
	neg, end, softEnd    bool // no; an end; an end, or another word without its marks
	about, sends, nomore bool // messages; sending them; no longer
	wants, register, got bool
}

// take adds token i; false when it does not belong to the vocabulary of ending
// messages.
func (e *ending) take(r *reader, i int) bool {
	t := &r.tokens[i]
	if t.kind == kindSign {
		return t.plain != "?"
	}
	if oneOf(t.plain, "huy", "dung") && t.bare && r.titled(i) && r.capital(i) {
		return false
	}
	switch t.plain {
	case "khong", "chang":
		e.neg = true
	case "duoc":
		e.got = true
	case "bo":
		return t.bare && oneOf(r.word(i+1), "khong", "nhan", "dang", "tin") || t.marked == "bỏ"
	case "tam":
		if !t.may("tạm") {
			return false
		}
	case "khoi":
		if !t.may("khỏi") {
			return false
		}
		e.neg = true
	case "dung", "huy":
		if !t.bare && !oneOf(t.marked, "dừng", "đừng") && agree(t.marked, "hủy") < 2 {
			return false // dùng, đúng, Dũng
		}
		if t.bare {
			e.softEnd = true
		} else {
			e.end = true
		}
	case "thoi":
		if !t.may("thôi") {
			return false
		}
		e.softEnd = true
	case "ngung", "tat", "chan", "stop", "ngat":
		if !t.may("ngừng", "ngưng", "tắt", "tất", "chặn", "ngắt") {
			return false
		}
		if t.plain == "tat" && r.word(i+1) == "ca" && t.marked != "tắt" {
			return true // tất cả ends nothing
		}
		e.end = e.end || t.plain != "tat" || t.marked != "tất"
	case "tu":
		switch r.word(i + 1) {
		case "choi":
			e.end = true
		case "so", "loa", "xa", "tong":
		default:
			return false
		}
	case "choi":
	case "nhan":
		if !t.may("nhận", "nhắn") {
			return false
		}
		e.sends = true
		if r.word(i+1) == "tin" {
			e.about = true
		}
	case "gui", "goi", "nhan tin", "sending", "send", "texting", "text":
		e.sends = true
	case "tin", "message", "messages", "sms", "thu":
		if !t.may("tin") {
			return false
		}
		e.about = true
	case "phien":
		e.about, e.sends = true, true
	case "thong", "bao":
		if t.plain == "bao" {
			e.sends = true
		}
	case "dang", "ky", "ki":
		e.register = true
	case "dich", "vu":
		e.about = true
	case "nua", "luon", "more":
		e.nomore = true
	case "muon", "can", "thich":
		e.wants = true
	case "no", "dont", "don", "do", "not":
		e.neg = true
	case "toi", "minh", "nha", "cho", "den", "so", "nay", "het", "tat ca", "moi", "ca", "gi", "xa", "loa", "di", "lam", "qua", "hoan", "toan", "lai",
		"ngay", "lap", "tuc", "all", "me", "to", "my", "any", "phone", "dien", "thoai", "dau", "vao", "spam", "cac", "loai", "ho", "ve", "day", "please", "a",
		"em", "anh", "chi", "nhe", "nha a", "xin", "nhieu", "viec", "chuc", "nang", "duoc nua", "giup", "voi", "da", "oi", "alo", "ban", "tong", "dai", "cam", "on", "roi":
	default:
		return false
	}
	return true
}

// may says whether a token is one of the words, as far as its marks tell.
func (t *token) may(marked ...string) bool {
	return t.bare || slices.ContainsFunc(marked, func(m string) bool { return agree(t.marked, m) > 0 })
}

// stopPhrase judges a message of several words, each of which must belong to
// the vocabulary of ending messages.
func (r *reader) stopPhrase(from, to int) (bool, string, float64) {
	if r.tells(from, to) {
		return false, AskStop, 0
	}
	var e ending
	for i := from; i < to; i++ {
		if !e.take(r, i) {
			return false, "", 0
		}
	}
	switch {
	case !e.neg && !e.end && !e.softEnd:
		return false, "", 0
	case e.got:
		if e.neg && e.sends && e.about && e.nomore {
			return false, AskStop, 0 // does not get them, or wants none
		}
		return false, "", 0
	case e.end && (e.about || e.sends || e.nomore || e.register):
		return true, "", .97
	case e.end && r.onlyEnds(from, to):
		return true, "", .95
	case e.softEnd && e.sends && (e.about || e.nomore || e.wants || e.neg):
		return true, "", .95
	case e.softEnd && e.register && r.word(from) == "huy":
		if r.ctx.Expect != ExpectNone {
			return false, AskHuy, 0
		}
		return true, "", .9
	case e.neg && e.sends && (e.nomore || e.wants):
		return true, "", .95
	case e.neg && e.about && (e.nomore || e.wants):
		return true, "", .93
	case e.neg && e.register && e.nomore:
		return false, AskStop, 0
	case e.neg && e.sends && e.about:
		// "không nhận tin" with marks is clear; without it may be "không nhắn tin".
		for i := from; i < to; i++ {
			if r.tokens[i].plain == "nhan" && !r.tokens[i].bare && agree(r.tokens[i].marked, "nhận") > 0 {
				return true, "", .93
			}
		}
		return false, AskStop, 0
	case e.softEnd && e.sends && r.ctx.Expect == ExpectNone:
		return false, AskStop, 0
	case e.softEnd && e.about && oneOf(r.word(from), "dung", "huy"):
		if r.word(from) == "huy" {
			return false, AskHuy, 0
		}
		return false, AskDung, 0
	}
	return false, "", 0
}

// tells says whether an end is told or asked about, not wished for: "Loa ngừng
// nhắn rồi", "xã ngưng gửi tin hả".
func (r *reader) tells(from, to int) bool {
	for i := to; i < len(r.tokens); i++ {
		if oneOf(r.tokens[i].marked, "ha", "hả", "hở", "nhỉ", "vậy", "vay", "ư") {
			return r.speaksOfEnding(from, to)
		}
	}
	return to-from > 2 && r.word(to-1) == "roi" && r.speaksOfEnding(from, to) || to-from == 2 && r.word(to-1) == "roi" && r.word(from) == "ngung"
}

// speaksOfEnding says whether every word is of the vocabulary of ending.
func (r *reader) speaksOfEnding(from, to int) bool {
	var e ending
	for i := from; i < to; i++ {
		if !e.take(r, i) {
			return false
		}
	}
	return e.end || e.softEnd || e.neg
}

// onlyEnds says whether nothing but words of ending is there: "dừng lại",
// "hủy hết", "stop all", "từ chối".
func (r *reader) onlyEnds(from, to int) bool {
	for i := from; i < to; i++ {
		switch r.word(i) {
		case "dung", "huy", "ngung", "stop", "lai", "het", "all", "tu", "choi", "di", "ngay", "luon", "bo", "toi", "minh", "muon", "xin", "tat", "ca", "lap", "tuc", "hoan", "toan", ".", "!", ",",
			"giup", "gium", "dum", "em", "nha", "nhe", "a", "ad":
		default:
			return false
		}
	}
	if r.word(from) == "tu" && r.ctx.Expect != ExpectNone {
		return false
	}
	return r.word(from) != "tat"
}
