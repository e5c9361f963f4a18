package planning

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// PeopleSource is the source of what people give themselves.
const PeopleSource = "Dân đóng góp"

// Sources are the sources of funding that a commune starts with; it may
// write others.
func Sources() []string {
	return []string{
		"Ngân sách trung ương", "Ngân sách tỉnh", "Ngân sách xã", "Chương trình mục tiêu quốc gia",
		PeopleSource, "Dự án, tài trợ", "Doanh nghiệp, HTX", "Vốn vay",
	}
}

const (
	maxCost  = 1_000_000 * billion // far above any commune's item, and far from overflow
	maxShort = 40                  // letters of a name that has to share an SMS with others
)

// Cost is what an item costs in all, in đồng, whatever its form and source.
func (i Item) Cost() int64 {
	var sum int64
	for _, f := range i.Funding {
		sum += f.Amount
	}
	return sum
}

// Funded is how much of the cost is allotted already, in đồng.
func (i Item) Funded() int64 {
	var sum int64
	for _, f := range i.Funding {
		if f.Funded {
			sum += f.Amount
		}
	}
	return sum
}

// PeoplePay says whether people themselves contribute, in whatever form: such
// an item needs a decision of the community, not only its opinion.
func (i Item) PeoplePay() bool {
	return slices.ContainsFunc(i.Funding, func(f Funding) bool { return f.Amount > 0 && f.fromPeople() })
}

// fromPeople says whether people give it: labour and land always, else by the
// name of the source.
func (f Funding) fromPeople() bool {
	if f.Form == Labour || f.Form == Land {
		return true
	}
	source := " " + fold(f.Source) + " "
	for _, who := range []string{" dan dong gop ", " dan gop ", " nhan dan ", " nguoi dan ", " ho dan ", " cong dong "} {
		if strings.Contains(source, who) {
			return true
		}
	}
	return strings.TrimSpace(source) == "dan"
}

// Validate checks what an officer may have mistyped in an item.
func (i Item) Validate() error {
	switch {
	case i.Area == "":
		return ErrArea
	case i.Code == "" || !isCode(i.Code) || isNumber(i.Code):
		return ErrCode
	case strings.TrimSpace(i.Title) == "":
		return ErrName.saying("Thiếu tên mục %[1]s.", "Item %[1]s has no title.", i.Code)
	case strings.TrimSpace(i.Short) == "" || utf8.RuneCountInString(i.Short) > maxShort:
		return ErrName.saying("Mục %[1]s cần tên ngắn, không quá %[2]d chữ, để nhắn tin.",
			"Item %[1]s needs a short name of at most %[2]d letters, for SMS.", i.Code, maxShort)
	case i.Year < 2000 || i.Year > 2100:
		return ErrYear
	}
	seen := map[Funding]bool{}
	var sum int64
	for _, f := range i.Funding {
		key := Funding{Source: fold(f.Source), Form: f.Form, Funded: f.Funded}
		switch {
		case key.Source == "":
			return ErrFunding.saying("Mục %[1]s: thiếu tên nguồn vốn.", "Item %[1]s: a source has no name.", i.Code)
		case f.Form != Money && f.Form != Labour && f.Form != Kind && f.Form != Land:
			return ErrFunding.saying("Mục %[1]s: hình thức đóng góp «%[2]s» không đúng.",
				"Item %[1]s: unknown form of contribution “%[2]s”.", i.Code, f.Form)
		case f.Amount < 0 || f.Amount > maxCost-sum:
			return ErrFunding.saying("Mục %[1]s: số tiền của %[2]s không đúng.", "Item %[1]s: the amount of %[2]s is not right.", i.Code, f.Source)
		case seen[key]:
			return ErrFunding.saying("Mục %[1]s: %[2]s ghi hai lần.", "Item %[1]s: %[2]s stands twice.", i.Code, f.Source)
		}
		seen[key] = true
		sum += f.Amount
	}
	return nil
}
