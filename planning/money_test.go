package planning

import (
	"math"
	"testing"
)

func TestMillion(t *testing.T) {
	for amount, want := range map[int64]string{
		0: "0", 1_234_500_000: "1.234,5", 1_200_000_000: "1.200", 450_000: "0,45", 499: "0", 500: "0,001", 1_000_000: "1",
		34_567_800: "34,568", 999_999_600: "1.000", -1_500_000: "-1,5", -499: "0", 1_234_567_000_000: "1.234.567",
		math.MaxInt64: "9.223.372.036.854,776", math.MinInt64: "-9.223.372.036.854,776",
	} {
		if got := Million(amount); got != want {
			t.Errorf("Million(%d) = %q, want %q", amount, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct {
		amount int64
		vi, en string
	}{
		{1_800_000_000, "1,8 tỷ đồng", "1.8 billion đồng"},
		{1_250_000_000, "1,25 tỷ đồng", "1.25 billion đồng"},
		{1_234_500_000, "1.234,5 triệu đồng", "1,234.5 million đồng"},
		{12_000_000_000, "12 tỷ đồng", "12 billion đồng"},
		{650_000_000, "650 triệu đồng", "650 million đồng"},
		{34_567_000, "34,567 triệu đồng", "34.567 million đồng"},
		{34_567_800, "34.567.800 đồng", "34,567,800 đồng"},
		{450_000, "450.000 đồng", "450,000 đồng"},
		{0, "0 đồng", "0 đồng"},
		{-1_800_000_000, "-1,8 tỷ đồng", "-1.8 billion đồng"},
	} {
		if vi, en := Words(c.amount, "vi"), Words(c.amount, "en"); vi != c.vi || en != c.en {
			t.Errorf("Words(%d) = %q, %q", c.amount, vi, en)
		}
	}
}
