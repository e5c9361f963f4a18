package understand

import "strings"

// reasonText is what was written from token from to to-1, without the little
// words and signs around it; "" when nothing else is there.
func (r *reader) reasonText(from, to int) string {
	for from < to && (r.tokens[from].kind == kindSign || oneOf(r.word(from), "vi", "tai", "boi", "do", "nhung", "ma", "thi", "la", "va", "nua", "roi", "lai", "a", "nhe", "vay")) {
		from++
	}
	for to > from && (r.tokens[to-1].kind == kindSign || oneOf(r.word(to-1), "vi", "nhung", "ma", "thi", "la", "va", "a", "nhe", "nua")) {
		to--
	}
	if from >= to || to-from == 1 && oneOf(r.word(from), "biet", "do", "nay", "kia", "the", "voi", "cho", "cung", "da", "con", "ro", "cac", "em", "anh", "chi", "toi", "minh", "duoc", "ha", "oi") {
		return ""
	}
	return strings.TrimSpace(r.text[r.tokens[from].start:r.tokens[to-1].end])
}
