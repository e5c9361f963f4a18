package market

import (
	"errors"
	"strconv"
	"testing"
)

func TestParseAmount(t *testing.T) {
	for said, want := range map[string]int64{
		"101800": 101800, "101.800": 101800, "101,800": 101800, "101 800": 101800, "101\u00a0800": 101800,
		"101,8k": 101800, "101.8K": 101800, "101.80k": 101800, "102k": 102000, "101,8 nghìn": 101800, "25 ngàn": 25000,
		"101.800đ": 101800, "101.800 đồng": 101800, "101800 VND": 101800, "101.800 ₫": 101800,
		"1,9tr": 1900000, "2 triệu": 2000000, "1.234.500": 1234500, "1.234,5k": 1234500, "312": 312, "1,125tr": 0, "1,1250tr": 1125000,
		"101,8": 0, "101.8": 0, "1.01": 0, "": 0, "0": 0, "-5": 0, "k": 0, "đ": 0, "abc": 0, "1.500k": 0, "1..2": 0, "1.2.3": 0,
		"1,234.56": 0, "1.234,567.890": 0, "0.500": 0, "1234.567": 0, "101800.": 0, ".5k": 0, "1,23456tr": 1234560,
		"1,2345678tr": 0, "9999999999999": 0, "999999999999tr": 0, "101,8kk": 0, "1e5": 0, "１２": 0, "0,0001k": 0,
	} {
		got, err := ParseAmount(said)
		if got != want || (err == nil) != (want != 0) {
			t.Errorf("ParseAmount(%q) = %d, %v; want %d", said, got, err, want)
		}
		if err != nil && !errors.Is(err, ErrAmount) {
			t.Errorf("ParseAmount(%q): %v is no ErrAmount", said, err)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"101800", "101,8k", "1.234.500đ", "1,9 tr", "٣", "1,,,", "999999999999999999999k"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseAmount(s)
		if err == nil && (n <= 0 || n > maxAmount) {
			t.Fatalf("ParseAmount(%q) = %d", s, n)
		}
		if err == nil {
			for _, again := range []string{strconv.FormatInt(n, 10), grouped(n, "vi"), grouped(n, "en")} {
				if m, err := ParseAmount(again); err != nil || m != n {
					t.Fatalf("%q is %d, but as %q it is %d, %v", s, n, again, m, err)
				}
			}
		}
	})
}

func TestParseUnit(t *testing.T) {
	for said, want := range map[string]struct {
		unit  Unit
		count int64
	}{
		"kg": {Kilogram, 1}, "đ/kg": {Kilogram, 1}, "đồng/kg": {Kilogram, 1}, "VNĐ/kg": {Kilogram, 1}, "ký": {Kilogram, 1}, "1 kg": {Kilogram, 1},
		"yến": {Kilogram, 10}, "tạ": {Kilogram, 100}, "đ/tạ": {Kilogram, 100}, "tan": {Kilogram, 1000}, "tấn": {Kilogram, 1000},
		"độ": {Degree, 1}, "do": {Degree, 1}, "đ/độ": {Degree, 1}, "độ/kg": {Degree, 1}, "đ/TSC": {Degree, 1},
		"con": {}, "bao": {}, "": {}, "đ": {}, "kg kg": {},
	} {
		unit, count, ok := ParseUnit(said)
		if unit != want.unit || count != want.count || ok != (want.count != 0) {
			t.Errorf("ParseUnit(%q) = %q, %d, %v; want %v", said, unit, count, ok, want)
		}
	}
}

func TestUnitWords(t *testing.T) {
	for _, c := range []struct {
		unit     Unit
		lang     string
		per, say string
	}{
		{Kilogram, "vi", "đ/kg", "kg"},
		{Kilogram, "en", "đ/kg", "kg"},
		{Degree, "vi", "đ/độ", "độ"},
		{Degree, "en", "đ/degree", "degree"},
	} {
		if got := c.unit.Per(c.lang); got != c.per {
			t.Errorf("%s.Per(%s) = %q, want %q", c.unit, c.lang, got, c.per)
		}
		if got := c.unit.Label(c.lang); got != c.say {
			t.Errorf("%s.Label(%s) = %q, want %q", c.unit, c.lang, got, c.say)
		}
	}
	if got := grouped(-1234567, "vi"); got != "-1.234.567" {
		t.Errorf("grouped = %q", got)
	}
}
