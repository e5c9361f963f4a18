package policy

// Reason is a stable key for why a message is not sent now. Stored with the
// message; Text is what an officer reads.
type Reason string

const (
	// Stopped: the person wrote TC.
	Stopped Reason = "stopped"
	// NoConsent: the person has not agreed to get messages.
	NoConsent Reason = "no_consent"
	// QuietHours: it is night where the person lives.
	QuietHours Reason = "quiet_hours"
	// DailyCap: the number got its broadcasts of the day.
	DailyCap Reason = "daily_cap"
	// Silent: nobody has written from the number for so long that it may have
	// a new owner.
	Silent Reason = "silent"
	// BroadcastsOff: the rules allow no broadcasts.
	BroadcastsOff Reason = "broadcasts_off"
	// UnknownPurpose: the message does not say why it goes out.
	UnknownPurpose Reason = "unknown_purpose"
)

// Reasons lists every reason, in the order of a legend.
func Reasons() []Reason {
	return []Reason{Stopped, NoConsent, QuietHours, DailyCap, Silent, BroadcastsOff, UnknownPurpose}
}

// Text says the reason to an officer, in English for "en" and in Vietnamese for
// any other language. The empty reason has no text; one that is not listed here
// (written by a newer Loa) reads as its key.
func (r Reason) Text(lang string) string {
	vi, en := r.texts()
	if lang == "en" {
		return en
	}
	return vi
}

func (r Reason) texts() (vi, en string) {
	switch r {
	case Stopped:
		return "Người này đã nhắn TC (từ chối nhận tin).",
			"This person wrote TC (no more messages)."
	case NoConsent:
		return "Người này chưa đồng ý nhận tin.",
			"This person has not agreed to get messages."
	case QuietHours:
		return "Đang là giờ nghỉ; tin sẽ gửi khi hết giờ nghỉ.",
			"It is quiet time; it will be sent when that ends."
	case DailyCap:
		return "Hôm nay số này đã nhận đủ số tin chung được phép; tin sẽ gửi vào ngày mai.",
			"This number has had its broadcasts for today; it will be sent tomorrow."
	case Silent:
		return "Đã lâu số này không nhắn tin; cần hỏi ai đang dùng số trước khi gửi tin riêng.",
			"This number has been silent for long; ask who has it before sending anything personal."
	case BroadcastsOff:
		return "Xã đang tắt việc gửi tin chung.",
			"The commune has switched broadcasts off."
	case UnknownPurpose:
		return "Tin không ghi rõ mục đích gửi nên không được gửi.",
			"The message does not say what it is for, so it was not sent."
	}
	return string(r), string(r)
}
