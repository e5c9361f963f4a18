package actions

import (
	"slices"
	"testing"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/planning"
)

func TestSharesSumToAHundred(t *testing.T) {
	for _, c := range []struct{ amounts, want []int64 }{
		{[]int64{1, 1, 1}, []int64{34, 33, 33}},
		{[]int64{625, 375}, []int64{63, 37}},
		{[]int64{1}, []int64{100}},
		{[]int64{60, 40}, []int64{60, 40}},
		{[]int64{999_999, 1}, []int64{100, 0}},
	} {
		if got := shares(c.amounts); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.amounts, got, c.want)
		}
	}
}

func TestASourceIsNamedOnce(t *testing.T) {
	item := planning.Item{Funding: []planning.Funding{
		{Source: "Ngân sách tỉnh", Amount: 89}, {Source: "Dân đóng góp", Amount: 7}, {Source: "Dân đóng góp", Form: planning.Labour, Amount: 4},
	}}
	if got, want := funding(item), "Ngân sách tỉnh 89%, Dân đóng góp 11%"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRanges(t *testing.T) {
	for want, list := range map[string][]int{"": nil, "1-7": {1, 2, 3, 4, 5, 6, 7}, "1, 2, 5-7": {1, 2, 5, 6, 7}, "4": {4}, "1, 3, 4": {1, 3, 4}} {
		if got := ranges(list); got != want {
			t.Errorf("%v: %q, want %q", list, got, want)
		}
	}
}

func TestHeadOfHousehold(t *testing.T) {
	h := &host{}
	for said, want := range map[string]string{
		"toi": "", "toi la chu ho": "", "chủ hộ là tôi": "", "toi ten Dung": "Dung", "chu ho la nguyen van tam": "Nguyen Van Tam",
		"Hồ Văn Ba": "Hồ Văn Ba", "anh Huy": "anh Huy", "Y Bhăm": "Y Bhăm", "minh la K'Brông": "K'Brông",
	} {
		out, err := h.headName(flows.Values{"text": said})
		if err != nil {
			t.Fatal(err)
		}
		name, _ := out["name"].(string)
		if name != want || out["self"] != (want == "") {
			t.Errorf("%q: %v, want %q", said, out, want)
		}
	}
}

func TestNamesAndOtherThings(t *testing.T) {
	h := &host{world: &World{}}
	for said, want := range map[string]understand.Intent{
		"Nguyen Van Tam": understand.None, "ko": understand.Skip, "k biet": understand.Skip, "khong can dau": understand.Skip,
	} {
		if got := h.asName(understand.Reading{Text: said, Intent: understand.None}); got.Intent != want || got.Ask != "" {
			t.Errorf("%q: %+v", said, got)
		}
	}
	for _, said := range []string{"", "1", "hoi lam gi", "k vi xa", "ok", "?", "a", "mot hai ba bon nam sau bay"} {
		if got := h.asName(understand.Reading{Text: said, Intent: understand.None}); got.Ask == "" {
			t.Errorf("%q is taken for a name", said)
		}
	}
}
