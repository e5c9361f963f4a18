package planning

import (
	"errors"
	"strings"
	"testing"
)

func TestItemCost(t *testing.T) {
	i := item("KH27-01", "Đường")
	i.Funding[0].Funded = true
	if i.Cost() != 1_234_500_000 || i.Funded() != 1_200_000_000 || (Item{}).Cost() != 0 {
		t.Errorf("cost %d, funded %d", i.Cost(), i.Funded())
	}
}

func TestPeoplePay(t *testing.T) {
	for _, c := range []struct {
		f    Funding
		want bool
	}{
		{Funding{"Ngân sách tỉnh", Money, 1, false}, false},
		{Funding{PeopleSource, Money, 1, false}, true},
		{Funding{PeopleSource, Money, 0, false}, false},
		{Funding{"Nhân dân đóng góp", Money, 1, false}, true},
		{Funding{"DAN GOP (30%)", Kind, 1, false}, true},
		{Funding{"Dân", Money, 1, false}, true},
		{Funding{"Cộng đồng", Money, 1, false}, true},
		{Funding{"Hộ hiến đất", Land, 1, false}, true},
		{Funding{"Thôn", Labour, 1, false}, true},
		{Funding{"Doanh nghiệp, HTX", Kind, 1, false}, false},
		{Funding{"Chương trình dân số", Money, 1, false}, false},
	} {
		if got := (Item{Funding: []Funding{c.f}}).PeoplePay(); got != c.want {
			t.Errorf("%+v: %v", c.f, got)
		}
	}
	for _, s := range Sources() {
		if got := (Item{Funding: []Funding{{Source: s, Form: Money, Amount: 1}}}).PeoplePay(); got != (s == PeopleSource) {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func TestItemValidate(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Item)
		err    error
	}{
		"good":                   {func(*Item) {}, nil},
		"no funding yet":         {func(i *Item) { i.Funding = nil }, nil},
		"one source, two forms":  {func(i *Item) { i.Funding = append(i.Funding, Funding{PeopleSource, Money, 1, false}) }, nil},
		"half of it allotted":    {func(i *Item) { i.Funding = append(i.Funding, Funding{"Ngân sách tỉnh", Money, 1, true}) }, nil},
		"no commune":             {func(i *Item) { i.Area = "" }, ErrArea},
		"no code":                {func(i *Item) { i.Code = "" }, ErrCode},
		"a code with marks":      {func(i *Item) { i.Code = "KH27-Đ1" }, ErrCode},
		"a code like a number":   {func(i *Item) { i.Code = "12" }, ErrCode},
		"a code without end":     {func(i *Item) { i.Code = strings.Repeat("a", 65) }, ErrCode},
		"no title":               {func(i *Item) { i.Title = " " }, ErrName},
		"no short name":          {func(i *Item) { i.Short = "" }, ErrName},
		"a long short name":      {func(i *Item) { i.Short = strings.Repeat("ờ", 41) }, ErrName},
		"the year of the dragon": {func(i *Item) { i.Year = 27 }, ErrYear},
		"a source without name":  {func(i *Item) { i.Funding[0].Source = " " }, ErrFunding},
		"an unknown form":        {func(i *Item) { i.Funding[0].Form = "gold" }, ErrFunding},
		"less than nothing":      {func(i *Item) { i.Funding[0].Amount = -1 }, ErrFunding},
		"beyond counting":        {func(i *Item) { i.Funding[0].Amount = 1 << 62 }, ErrFunding},
		"a source twice":         {func(i *Item) { i.Funding = append(i.Funding, Funding{"ngan sach TINH", Money, 1, false}) }, ErrFunding},
	} {
		i := item("KH27-01", "Đường")
		c.change(&i)
		if err := i.Validate(); !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
