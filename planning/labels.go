package planning

// Label is the stance as a Vietnamese form prints it, or in English.
func (s Stance) Label(lang string) string {
	switch s {
	case Yes:
		return inLang(lang, "đồng ý", "agree")
	case No:
		return inLang(lang, "không đồng ý", "disagree")
	case Other:
		return inLang(lang, "ý kiến khác", "other opinion")
	case Abstain:
		return inLang(lang, "không có ý kiến", "no opinion")
	}
	return string(s)
}

// Valid says whether s is one of the four stances.
func (s Stance) Valid() bool { return s == Yes || s == No || s == Other || s == Abstain }

// Label is the link of a chain in words.
func (l Link) Label(lang string) string {
	switch l {
	case Inputs:
		return inLang(lang, "vật tư đầu vào", "inputs")
	case Production:
		return inLang(lang, "sản xuất", "production")
	case Harvest:
		return inLang(lang, "thu hoạch", "harvest")
	case Processing:
		return inLang(lang, "chế biến", "processing")
	case Selling:
		return inLang(lang, "tiêu thụ", "selling")
	case Infrastructure:
		return inLang(lang, "đường - nước - điện", "road, water, power")
	case Capital:
		return inLang(lang, "vốn", "capital")
	case OtherLink:
		return inLang(lang, "khác", "other")
	}
	return string(l)
}

// Valid says whether l is one of Links.
func (l Link) Valid() bool {
	for _, known := range Links {
		if l == known {
			return true
		}
	}
	return false
}

// Label is the kind of concern in words.
func (k ConcernKind) Label(lang string) string {
	switch k {
	case Difficulty:
		return inLang(lang, "khó khăn", "difficulty")
	case Opinion:
		return inLang(lang, "góp ý", "opinion")
	case Question:
		return inLang(lang, "câu hỏi", "question")
	}
	return string(k)
}

// Label is the form of a contribution in words.
func (f Form) Label(lang string) string {
	switch f {
	case Money:
		return inLang(lang, "tiền", "money")
	case Labour:
		return inLang(lang, "ngày công", "labour")
	case Kind:
		return inLang(lang, "hiện vật", "in kind")
	case Land:
		return inLang(lang, "hiến đất", "land")
	}
	return string(f)
}

// ChannelLabel is a kind of channel in words: how a voice came in.
func ChannelLabel(kind, lang string) string {
	switch kind {
	case "sms", "twilio", "gateway":
		return inLang(lang, "tin nhắn SMS", "SMS")
	case "telegram":
		return "Telegram"
	case "phone":
		return inLang(lang, "điện thoại thử", "test phone")
	case "chat":
		return inLang(lang, "trò chuyện thử", "test chat")
	case PaperChannel:
		return inLang(lang, "phiếu giấy", "paper form")
	}
	return kind
}

// SeverityLabel is how bad a difficulty is, in words; "" when it was not said.
func SeverityLabel(severity, lang string) string {
	switch severity {
	case "mild":
		return inLang(lang, "nhẹ", "mild")
	case "bad":
		return inLang(lang, "nặng", "bad")
	case "severe":
		return inLang(lang, "rất nặng", "severe")
	}
	return severity
}
