package actions

import (
	"regexp"
	"strings"
)

// labels are the usual words of sources and times, which communes enter in
// Vietnamese, in English. What is not among them stays as it was written.
var labels = strings.NewReplacer(
	"Ngân sách trung ương", "Central budget", "Ngân sách tỉnh", "Provincial budget", "Ngân sách xã", "Commune budget",
	"Ngân sách nhà nước", "State budget", "Dân đóng góp", "Paid by the people", "Nhân dân đóng góp", "Paid by the people",
	"Doanh nghiệp", "Companies", "Vốn vay", "Loan", "Xã hội hóa", "Donations", "ngày công", "labour", "hiến đất", "donated land",
	"xã hỏi đại lý", "asked of dealers", "đại lý", "dealers", "thương lái", "traders", "chợ xã", "the market", "quý ", "quarter ", "tháng ", "month ",
	"đầu năm", "early", "cuối năm", "late", "năm ", "",
)

// clock is a time of day as it is written in Vietnamese.
var clock = regexp.MustCompile(`([0-9]{1,2}) ?(?:h|giờ) ?(sáng|trưa|chiều|tối)`)

// label is such a word in the reader's language.
func (h *host) label(text string) string {
	if h.Lang() != "en" {
		return text
	}
	text = clock.ReplaceAllStringFunc(text, func(s string) string {
		m := clock.FindStringSubmatch(s)
		if m[2] == "sáng" {
			return m[1] + " am"
		}
		return m[1] + " pm"
	})
	return labels.Replace(text)
}
