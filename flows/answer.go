package flows

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/loa-vn/loa/flows/understand"
)

// lists that ambiguous answers take their labels from.
var labelLists = map[understand.Expect]string{understand.ExpectCommodity: "commodities"}

// list names the host's list that labels of the ask come from.
func (p *player) list(s *step) string {
	if s.opts != nil {
		return s.opts.list
	}
	if l := labelLists[s.expect]; p.e.lists[l] {
		return l
	}
	return ""
}

// options gives what may be chosen now.
func (p *player) options(f *frame, s *step) ([]Option, error) {
	if len(f.narrow) > 0 {
		return only(p.h.Options(p.list(s)), f.narrow), nil
	}
	o := s.opts
	switch {
	case o == nil:
		return nil, nil
	case o.list == "":
		opts := make([]Option, len(o.written))
		for i, w := range o.written {
			label, err := p.render(f, w.label)
			if err != nil {
				return nil, err
			}
			opts[i] = Option{Value: w.value, Label: label}
		}
		return opts, nil
	case o.only == nil:
		return p.h.Options(o.list), nil
	}
	v, err := p.eval(f, o.only)
	if err != nil {
		return nil, err
	}
	list, ok := listOf(v)
	if !ok {
		list = []any{v}
	}
	values := make([]string, len(list))
	for i, e := range list {
		values[i] = fmt.Sprint(e)
	}
	return only(p.h.Options(o.list), values), nil
}

// only gives the options with these values, in the order of the values.
func only(opts []Option, values []string) []Option {
	var out []Option
	for _, v := range values {
		if i := slices.IndexFunc(opts, func(o Option) bool { return o.Value == v }); i >= 0 {
			out = append(out, opts[i])
		}
	}
	return out
}

// listed is a fingerprint of a host's list as it was shown, 0 for a list that
// cannot change.
func listed(s *step, opts []Option) uint32 {
	if s.opts == nil || s.opts.list == "" || len(opts) == 0 {
		return 0
	}
	h := fnv.New32a()
	for _, o := range opts {
		_, _ = h.Write([]byte(o.Value))
		_, _ = h.Write([]byte{0})
	}
	return max(h.Sum32(), 1)
}

// value gives what was said as an answer. Changed tells a number for a list
// that is not the one that was shown.
func (p *player) value(s *step, opts []Option) (v any, ok, changed bool) {
	r := &p.out.Reading
	if n := p.number(s, opts); n > 0 {
		if was := p.top().listed; was != 0 && was != listed(s, opts) && len(p.top().narrow) == 0 {
			p.top().listed = 0
			return nil, false, true
		}
		v, ok = pressed(s, opts, opts[n-1].Value)
		return v, ok, false
	}
	switch s.expect {
	case understand.ExpectChoice:
		v, ok = p.chosen(opts)
	case understand.ExpectYesNo:
		v, ok = p.agreed(s, opts)
	case understand.ExpectText:
		v, ok = p.in.Text, strings.TrimSpace(p.in.Text) != ""
	case ExpectName:
		v, ok = p.in.Text, r.Intent == understand.None && r.Ask == "" && strings.TrimSpace(p.in.Text) != ""
	case understand.ExpectNumber:
		n := int64(r.Number)
		v, ok = n, r.HasNumber && float64(n) == r.Number
	case understand.ExpectPrice:
		v, ok = r.Price, r.Price > 0 && !r.Implausible
	case understand.ExpectBallot, understand.ExpectRanking:
		v, ok = ballot(s.expect, r)
	case understand.ExpectCommodity:
		if ok = len(r.Commodities) > 0 && len(r.Ambiguous) == 0; ok {
			v = r.Commodities[0]
		}
	case understand.ExpectVillage:
		v, ok = r.VillageID, r.VillageID != ""
	case understand.ExpectPhone:
		v, ok = r.Phone, r.Phone != ""
	case understand.ExpectDate:
		v, ok = r.Date, r.Date != ""
	case understand.ExpectMedia:
		if ok = len(p.in.Media) > 0; ok {
			v = p.in.Media[0]
		}
	}
	return v, ok, false
}

// number gives the place, from 1, of the option that was named by its number.
func (p *player) number(s *step, opts []Option) int {
	r := &p.out.Reading
	n := r.Option
	switch s.expect {
	case understand.ExpectChoice:
	case understand.ExpectNumber, understand.ExpectPrice, understand.ExpectText, ExpectName, understand.ExpectYesNo,
		understand.ExpectBallot, understand.ExpectRanking:
		return 0
	default:
		if n == 0 && r.HasNumber && float64(int(r.Number)) == r.Number {
			n = int(r.Number)
		}
	}
	if n < 1 || n > len(opts) {
		return 0
	}
	return n
}

// chosen gives the option that was named in words.
func (p *player) chosen(opts []Option) (any, bool) {
	r := &p.out.Reading
	said := understand.Fold(p.in.Text)
	for _, o := range opts {
		if said != "" && (said == understand.Fold(o.Label) || said == o.Value) {
			return o.Value, true
		}
	}
	meant := []string{r.Stance, r.Kind, r.Severity, r.Lang, r.VillageID, r.PlaceID, r.Grade}
	if len(r.Commodities) == 1 {
		meant = append(meant, r.Commodities[0])
	}
	for _, m := range meant {
		for _, o := range opts {
			if m != "" && m == o.Value {
				return m, true
			}
		}
	}
	return nil, false
}

// agreed gives a yes or no, said in words or by its number: yes is the first,
// unless the options were written in another order. A stance on items is no
// answer, nor is a yes that is less sure than the question wants it.
func (p *player) agreed(s *step, opts []Option) (any, bool) {
	r := &p.out.Reading
	if r.Doubtful || len(r.Ballot) > 0 || len(r.Priority) > 0 || r.Item > 0 {
		return nil, false
	}
	n := r.Option
	if n == 0 && r.HasNumber && (r.Number == 1 || r.Number == 2) {
		n = int(r.Number)
	}
	switch {
	case r.Stance == understand.Yes:
		return true, surely(s.sure, p.in.Text, r.Bare)
	case r.Stance != "":
		return false, r.Stance == understand.No
	case n != 1 && n != 2:
		return nil, false
	case len(opts) == 2:
		return opts[n-1].Value == understand.Yes, true
	}
	return n == 1, true
}

// surely says whether a yes is sure enough.
func surely(s sureness, text, bare string) bool {
	switch s {
	case sureWord:
		return bare != "dung"
	case sureNumber:
		return slices.Contains(strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), "1")
	}
	return true
}

// ballot gives the fields of a reading that a ballot or ranking has.
func ballot(k understand.Expect, r *understand.Reading) (any, bool) {
	stances := r.Ballot
	if len(stances) == 0 && r.Item > 0 && r.Stance != "" {
		stances = map[string]string{fmt.Sprint(r.Item): r.Stance}
	}
	if n, ok := itemAlone(r); ok && k == understand.ExpectBallot {
		return Values{"item": n}, true
	}
	some := len(r.Priority) > 0 || k == understand.ExpectBallot && (len(stances) > 0 || r.Stance != "")
	if !some {
		return nil, false
	}
	v := Values{}
	for name, e := range map[string]any{
		"ballot": dict(stances), "stance": str(r.Stance), "item": num(int64(r.Item)), "priority": ints(r.Priority), "reasons": dict(r.Reasons), "doubtful": yes(r.Doubtful),
	} {
		if e != nil {
			v[name] = e
		}
	}
	return v, true
}

// itemAlone gives the item that was named and nothing else: the answer to
// "which one?".
func itemAlone(r *understand.Reading) (int64, bool) {
	if r.Stance != "" || len(r.Ballot) > 0 || len(r.Priority) > 0 || len(strings.Fields(r.Text)) > 2 {
		return 0, false
	}
	if r.Intent == understand.Plan && r.Item > 0 {
		return int64(r.Item), true
	}
	n, err := strconv.ParseInt(strings.Trim(r.Text, " .,"), 10, 16)
	return n, err == nil && n > 0
}

// pressed gives the value of an option in the type of the ask's answer; false
// when it may not be chosen.
func pressed(s *step, opts []Option, value string) (any, bool) {
	if s.expect == understand.ExpectYesNo {
		return value == understand.Yes, value == understand.Yes || value == understand.No
	}
	if !slices.ContainsFunc(opts, func(o Option) bool { return o.Value == value }) {
		return nil, false
	}
	return coerce(s, value)
}

// coerce gives v in the type of the ask's answer; false when it has none.
func coerce(s *step, v any) (any, bool) {
	v, err := normal(v)
	if err != nil || missing(v) {
		return nil, false
	}
	switch s.expect {
	case understand.ExpectYesNo:
		if b, ok := v.(bool); ok {
			return b, true
		}
		return v == understand.Yes, v == understand.Yes || v == understand.No
	case understand.ExpectNumber, understand.ExpectPrice:
		if text, ok := v.(string); ok {
			var n int64
			_, err := fmt.Sscan(text, &n)
			return n, err == nil
		}
		n, ok := whole(v)
		return n, ok
	case understand.ExpectBallot, understand.ExpectRanking:
		m, ok := v.(Values)
		return m, ok
	}
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	text, ok := v.(string)
	return text, ok
}
