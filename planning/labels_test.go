package planning

import "testing"

func TestLabels(t *testing.T) {
	type label interface{ Label(lang string) string }
	for l, want := range map[label][2]string{
		Yes: {"đồng ý", "agree"}, No: {"không đồng ý", "disagree"}, Other: {"ý kiến khác", "other opinion"},
		Abstain: {"không có ý kiến", "no opinion"}, Stance("x"): {"x", "x"},
		Inputs: {"vật tư đầu vào", "inputs"}, Production: {"sản xuất", "production"}, Harvest: {"thu hoạch", "harvest"},
		Processing: {"chế biến", "processing"}, Selling: {"tiêu thụ", "selling"},
		Infrastructure: {"đường - nước - điện", "road, water, power"}, Capital: {"vốn", "capital"}, OtherLink: {"khác", "other"}, Link("x"): {"x", "x"},
		Difficulty: {"khó khăn", "difficulty"}, Opinion: {"góp ý", "opinion"}, Question: {"câu hỏi", "question"}, ConcernKind("x"): {"x", "x"},
		Money: {"tiền", "money"}, Labour: {"ngày công", "labour"}, Kind: {"hiện vật", "in kind"}, Land: {"hiến đất", "land"}, Form("x"): {"x", "x"},
	} {
		if vi, en := l.Label("vi"), l.Label("en"); vi != want[0] || en != want[1] || l.Label("fr") != vi {
			t.Errorf("%v: %q, %q", l, vi, en)
		}
	}
	for _, l := range Links {
		if !l.Valid() {
			t.Error(l)
		}
	}
	for _, s := range Stances {
		if !s.Valid() {
			t.Error(s)
		}
	}
	if Link("x").Valid() || Stance("").Valid() {
		t.Error("unknown ones are not valid")
	}
	for kind, want := range map[string]string{
		"sms": "tin nhắn SMS", "twilio": "tin nhắn SMS", "telegram": "Telegram", "phone": "điện thoại thử", "chat": "trò chuyện thử", "paper": "phiếu giấy", "x": "x",
	} {
		if got := ChannelLabel(kind, "vi"); got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
	for severity, want := range map[string]string{"": "", "mild": "nhẹ", "bad": "nặng", "severe": "rất nặng", "x": "x"} {
		if got := SeverityLabel(severity, "vi"); got != want {
			t.Errorf("%s: %q", severity, got)
		}
	}
}
