package understand

import (
	"math"
	"strconv"
)

// number is a number at tokens i to j-1.
type number struct {
	i, j     int
	v        float64
	unit     float64 // what k, triệu, … multiplied by; 0 when nothing was said
	currency bool    // đ, đồng or vnd behind it
	spoken   bool    // in words
	plain    bool    // a whole number in digits, without separators or unit
	grouped  bool    // 102.500
	decimal  bool    // 102,5
}

func itoa(n int) string { return strconv.Itoa(n) }

// smallNumber reads a number from one to ten in words.
func smallNumber(w string) int {
	switch w {
	case "mot":
		return 1
	case "hai":
		return 2
	case "ba":
		return 3
	case "bon", "tu":
		return 4
	case "nam", "lam", "nham":
		return 5
	case "sau":
		return 6
	case "bay":
		return 7
	case "tam":
		return 8
	case "chin":
		return 9
	case "muoi":
		return 10
	}
	return 0
}

// digitWord reads a digit in words, with the marks that the writer used: năm
// and lăm are five, nắm is not. The tens' "mốt" is one.
func (r *reader) digitWord(i int, afterTens bool) (int, bool) {
	if i >= len(r.tokens) || r.tokens[i].kind != kindWord {
		return 0, false
	}
	t := &r.tokens[i]
	n := smallNumber(t.plain)
	if n == 0 || n == 10 {
		return 0, false
	}
	if t.bare {
		return n, true
	}
	for _, w := range digitWords[n] {
		if t.marked == w && (w != "lăm" || afterTens) {
			return n, true
		}
	}
	return 0, false
}

var digitWords = [10][]string{
	1: {"một", "mốt"},
	2: {"hai"},
	3: {"ba"},
	4: {"bốn", "tư"},
	5: {"năm", "lăm", "nhăm"},
	6: {"sáu"},
	7: {"bảy", "bẩy"},
	8: {"tám"},
	9: {"chín"},
}

func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].plain
}

// multiplier reads the word of scale at token i.
func (r *reader) multiplier(i int) float64 {
	if i >= len(r.tokens) || r.tokens[i].kind != kindWord {
		return 0
	}
	t := &r.tokens[i]
	switch t.plain {
	case "k", "nghin", "ngan", "ngin", "nghan":
		return 1e3
	case "n", "ng", "ngh":
		if t.glued {
			return 1e3
		}
	case "tr", "trieu", "chai", "trieeu":
		return 1e6
	case "cu":
		if t.bare || t.marked == "củ" {
			return 1e6
		}
	case "m":
		if t.glued {
			return 1e6
		}
	case "ty", "ti":
		if t.bare || t.marked == "tỷ" || t.marked == "tỉ" {
			return 1e9
		}
	case "lit", "xi":
		if t.bare || t.marked == "lít" || t.marked == "xị" {
			return 1e5
		}
	}
	return 0
}

// numberAt reads the number that begins at token i.
func (r *reader) numberAt(i int) (number, bool) {
	if i >= len(r.tokens) {
		return number{}, false
	}
	if r.tokens[i].kind == kindDigit {
		return r.digitsAt(i)
	}
	if r.tokens[i].kind == kindWord {
		return r.spokenAt(i)
	}
	return number{}, false
}

func (r *reader) digitsAt(i int) (number, bool) {
	t := &r.tokens[i]
	if len(t.plain) > 15 {
		return number{}, false
	}
	v, err := strconv.ParseFloat(t.plain, 64)
	if err != nil {
		return number{}, false
	}
	n := number{i: i, j: i + 1, v: v, plain: true}
	groups, j := 0, i+1
	for len(t.plain) <= 3 && j+1 < len(r.tokens) && r.tokens[j].glued && r.tokens[j+1].glued &&
		(r.tokens[j].plain == "." || r.tokens[j].plain == ",") && r.tokens[j+1].kind == kindDigit && len(r.tokens[j+1].plain) == 3 {
		groups++
		w, _ := strconv.ParseFloat(r.tokens[j+1].plain, 64)
		n.v = n.v*1000 + w
		j += 2
		if groups == 4 {
			break
		}
	}
	if groups > 0 {
		n.j, n.plain, n.grouped = j, false, true
	} else if i+2 < len(r.tokens) && r.tokens[i+1].glued && r.tokens[i+2].glued && (r.tokens[i+1].plain == "." || r.tokens[i+1].plain == ",") &&
		r.tokens[i+2].kind == kindDigit && len(r.tokens[i+2].plain) <= 2 {
		// A further group would make it a list: "1,2,5".
		if !(i+4 < len(r.tokens) && r.tokens[i+3].glued && r.tokens[i+3].plain == r.tokens[i+1].plain && r.tokens[i+4].glued && r.tokens[i+4].kind == kindDigit) {
			f, _ := strconv.ParseFloat(r.tokens[i+2].plain, 64)
			n.v += f / math.Pow10(len(r.tokens[i+2].plain))
			n.j, n.plain, n.decimal = i+3, false, true
		}
	}
	r.scale(&n)
	return n, true
}

// scale reads what follows the digits: k5, tr2, triệu rưỡi, ngàn, đ.
func (r *reader) scale(n *number) {
	if r.word(n.j) == "ruoi" {
		n.v, n.plain, n.decimal = n.v+.5, false, true
		n.j++
	}
	if r.word(n.j) == "chuc" && n.v < 100 {
		n.v, n.plain = n.v*10, false
		n.j++
	}
	if r.word(n.j) == "tram" && n.v < 100 { // "2 trăm 3", "1 trăm 2"
		n.v, n.plain = n.v*100, false
		n.j++
		if n.j < len(r.tokens) && r.tokens[n.j].kind == kindDigit && len(r.tokens[n.j].plain) <= 2 && r.unitAt(n.j+1) == nil {
			d, _ := strconv.ParseFloat(r.tokens[n.j].plain, 64)
			if len(r.tokens[n.j].plain) == 1 {
				d *= 10
			}
			n.v += d
			n.j++
		}
	}
	if m := r.multiplier(n.j); m > 0 {
		n.v, n.unit, n.plain = n.v*m, m, false
		n.j++
		r.fraction(n, m)
	}
	r.currencyAfter(n)
}

// fraction reads what stands behind the word of scale m.
func (r *reader) fraction(n *number, m float64) {
	if n.j >= len(r.tokens) {
		return
	}
	t := &r.tokens[n.j]
	switch {
	case t.kind == kindDigit && t.glued && len(t.plain) <= 6:
		d, _ := strconv.ParseFloat(t.plain, 64)
		n.v += d / math.Pow10(len(t.plain)) * m
		n.j++
		if m == 1e6 && len(t.plain) == 3 && r.multiplier(n.j) == 1e3 {
			n.j++
		}
	case t.plain == "ruoi":
		n.v += m / 2
		n.j++
	case t.kind == kindDigit:
		k, ok := r.plainDigits(n.j)
		if !ok {
			return
		}
		if mm := r.multiplier(n.j + 1); mm > 0 && mm < m && k < 1000 {
			n.v += k * mm
			n.j += 2
			return
		}
		if m >= 1e3 && m <= 1e6 && len(t.plain) == 3 && r.multiplier(n.j+1) == 0 && r.unitAt(n.j+1) == nil { // "97 nghìn 500", "2 triệu 350"
			n.v += k * m / 1e3
			n.j++
			return
		}
		if len(t.plain) == 1 && r.unitAt(n.j+1) == nil && r.multiplier(n.j+1) == 0 {
			n.v += k / 10 * m
			n.j++
		}
	case t.kind == kindWord:
		if d, ok := r.digitWord(n.j, true); ok && r.unitAt(n.j+1) == nil && r.multiplier(n.j+1) == 0 && !oneOf(t.plain, "nam", "ba", "sau", "bay") {
			n.v += float64(d) / 10 * m
			n.j++
			if r.word(n.j) == "ruoi" {
				n.v += m / 20
				n.j++
			}
		} else if ok && r.unitAt(n.j+1) == nil && r.multiplier(n.j+1) == 0 && n.j+1 >= len(r.tokens) {
			n.v += float64(d) / 10 * m
			n.j++
		}
	}
}

func (r *reader) plainDigits(i int) (float64, bool) {
	if len(r.tokens[i].plain) > 9 {
		return 0, false
	}
	v, err := strconv.ParseFloat(r.tokens[i].plain, 64)
	return v, err == nil
}

func (r *reader) currencyAfter(n *number) {
	w := r.word(n.j)
	switch {
	case w == "d" && (r.tokens[n.j].glued || n.grouped || n.unit > 0 || n.v >= 1000),
		w == "dong" && r.word(n.j+1) != "y" && (r.tokens[n.j].bare || r.tokens[n.j].marked == "đồng"),
		w == "vnd":
		if n.v >= 100 || n.unit > 0 {
			n.currency = true
			n.j++
		}
	}
}

// spokenAt reads a number in words. A lone small number is not one: ba, năm,
// sáu and the rest are too often other words.
func (r *reader) spokenAt(i int) (number, bool) {
	t := &r.tokens[i]
	n := number{i: i, spoken: true}
	switch {
	case t.plain == "trieu" && (t.bare || t.marked == "triệu"):
		// "triệu tám một tạ" = 1.8 million
		if i > 0 && r.tokens[i-1].kind == kindDigit {
			return n, false
		}
		if _, ok := r.digitWord(i+1, true); !ok && r.word(i+1) != "ruoi" {
			return n, false
		}
		n.v, n.unit, n.j = 1e6, 1e6, i+1
		r.fraction(&n, 1e6)
		r.currencyAfter(&n)
		return n, true
	case t.plain == "tram" && (t.bare || t.marked == "trăm"), t.plain == "muoi", t.plain == "ham", smallNumber(t.plain) > 0:
	default:
		return n, false
	}
	v, j, sure := r.under1000(i)
	if j == i {
		return n, false
	}
	n.v, n.j = v, j
	if m := r.multiplier(n.j); m > 0 {
		n.v, n.unit = n.v*m, m
		n.j++
		r.fraction(&n, m)
		if m == 1e6 || m == 1e9 {
			if w, k, _ := r.under1000(n.j); k > n.j && r.multiplier(k) == 1e3 {
				n.v += w * 1e3
				n.j = k + 1
			}
		}
		sure = true
	} else if r.word(n.j) == "ruoi" && sure {
		n.v += .5
		n.j++
	}
	r.currencyAfter(&n)
	return n, sure
}

// under1000 reads words for a number below a thousand as farmers say it:
// trăm mốt is 110, trăm lẻ một 101, bảy lăm 75. sure says that the words
// cannot well be anything else.
func (r *reader) under1000(i int) (v float64, j int, sure bool) {
	j = i
	h := 0
	switch {
	case r.word(j) == "tram" && (r.tokens[j].bare || r.tokens[j].marked == "trăm"):
		h = 1
		j++
	default:
		if d, ok := r.digitWord(j, false); ok && r.word(j+1) == "tram" {
			h = d
			j += 2
		}
	}
	if h > 0 {
		v = float64(h) * 100
		switch r.word(j) {
		case "ruoi":
			return v + 50, j + 1, true
		case "le", "linh":
			if d, ok := r.digitWord(j+1, false); ok {
				return v + float64(d), j + 2, true
			}
			return v, j, h > 1 || j > i+1
		}
		if t, k := r.tens(j); k > j {
			return v + t, k, true
		}
		if d, ok := r.digitWord(j, true); ok && r.unitAt(j+1) == nil {
			if e, ok := r.digitWord(j+1, true); ok && r.unitAt(j+2) == nil && r.multiplier(j+2) != 1e6 {
				return v + float64(d*10+e), j + 2, true // "trăm bốn lăm"
			}
			return v + float64(d)*10, j + 1, true
		}
		return v, j, j > i+1
	}
	if t, k := r.tens(j); k > j {
		return t, k, true
	}
	if d, ok := r.digitWord(j, false); ok {
		// "bảy lăm", "chín tám": two digits spoken without their tens
		if e, ok := r.digitWord(j+1, true); ok && r.unitAt(j+2) == nil && d > 1 && !r.tokens[j+1].glued {
			return float64(d*10 + e), j + 2, r.word(j+1) == "lam" || r.word(j+1) == "mot" || smallNumber(r.word(j)) > 5
		}
		return float64(d), j + 1, false
	}
	return 0, i, false
}

// tens reads mười lăm, chín mươi tám, tám chục, chục, hăm ba.
func (r *reader) tens(i int) (float64, int) {
	var j int
	var v float64
	switch w := r.word(i); {
	case w == "muoi" && (r.tokens[i].bare || r.tokens[i].marked == "mười"):
		v, j = 10, i+1
	case w == "ham" && (r.tokens[i].bare || r.tokens[i].marked == "hăm"):
		if _, ok := r.digitWord(i+1, true); !ok {
			return 0, i
		}
		v, j = 20, i+1
	default:
		d, ok := r.digitWord(i, false)
		if !ok || !oneOf(r.word(i+1), "muoi", "chuc") {
			return 0, i
		}
		v, j = float64(d)*10, i+2
	}
	if d, ok := r.digitWord(j, true); ok && r.multiplier(j+1) != 1e6 && (r.unitAt(j+1) == nil || r.word(j) == "lam") {
		v += float64(d)
		j++
	}
	return v, j
}
