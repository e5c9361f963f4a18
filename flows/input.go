package flows

import (
	"slices"

	"github.com/loa-vn/loa/flows/understand"
)

// view is a reading as expressions see it: of this turn, or what was kept of
// one of an earlier turn.
type view struct {
	reading *understand.Reading // nil when kept
	args    []string
	media   []string
	rest    string
	kept    []variable
}

// inputFields are the names of a reading, and what the engine adds to it.
var inputFields = []string{
	"text", "intent", "confidence", "commodities", "ambiguous", "place", "place_id", "grade", "unit", "price",
	"direction", "kind", "severity", "item", "stance", "ballot", "priority", "reasons", "village", "village_id",
	"lang", "option", "number", "has_number", "phone", "date", "implausible", "doubtful", "bare", "unsaid", "unknown",
	"places", "code", "also", "also_text", "ask", "version", "args", "media", "rest",
}

// look gives a field by its JSON name, in the types of Values; what says
// nothing is null.
func (v *view) look(name string) any {
	if v == nil {
		return nil
	}
	if v.reading == nil {
		for i := range v.kept {
			if v.kept[i].name == name {
				return v.kept[i].value
			}
		}
		return nil
	}
	r := v.reading
	switch name {
	case "text":
		return str(r.Text)
	case "intent":
		return str(string(r.Intent))
	case "confidence":
		return r.Confidence
	case "commodities":
		return strs(r.Commodities)
	case "ambiguous":
		return strs(r.Ambiguous)
	case "place":
		return str(r.Place)
	case "place_id":
		return str(r.PlaceID)
	case "grade":
		return str(r.Grade)
	case "unit":
		return str(r.Unit)
	case "price":
		return num(r.Price)
	case "direction":
		return str(r.Direction)
	case "kind":
		return str(r.Kind)
	case "severity":
		return str(r.Severity)
	case "item":
		return num(int64(r.Item))
	case "stance":
		return str(r.Stance)
	case "ballot":
		return dict(r.Ballot)
	case "priority":
		return ints(r.Priority)
	case "reasons":
		return dict(r.Reasons)
	case "village":
		return str(r.Village)
	case "village_id":
		return str(r.VillageID)
	case "lang":
		return str(r.Lang)
	case "option":
		return num(int64(r.Option))
	case "number":
		if !r.HasNumber {
			return nil
		}
		if n := int64(r.Number); float64(n) == r.Number {
			return n
		}
		return r.Number
	case "has_number":
		return yes(r.HasNumber)
	case "phone":
		return str(r.Phone)
	case "date":
		return str(r.Date)
	case "implausible":
		return yes(r.Implausible)
	case "doubtful":
		return yes(r.Doubtful)
	case "bare":
		return str(r.Bare)
	case "unsaid":
		return yes(r.Rest)
	case "unknown":
		return str(r.Unknown)
	case "places":
		return strs(r.Places)
	case "code":
		return str(r.Code)
	case "also":
		return strs(r.Also)
	case "also_text":
		return strs(r.AlsoText)
	case "ask":
		return str(r.Ask)
	case "version":
		return str(r.Version)
	case "args":
		return strs(v.args)
	case "media":
		return strs(v.media)
	case "rest":
		return str(v.rest)
	}
	return nil
}

// values gives all that the view says.
func (v *view) values() Values {
	out := Values{}
	for _, name := range inputFields {
		if e := v.look(name); e != nil {
			out[name] = e
		}
	}
	return out
}

func str(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func num(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

func yes(b bool) any {
	if !b {
		return nil
	}
	return true
}

func strs[S ~string](list []S) any {
	if len(list) == 0 {
		return nil
	}
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

func ints(list []int) any {
	if len(list) == 0 {
		return nil
	}
	out := make([]any, len(list))
	for i, n := range list {
		out[i] = int64(n)
	}
	return out
}

func dict(m map[string]string) any {
	if len(m) == 0 {
		return nil
	}
	out := make(Values, len(m))
	for k, s := range m {
		out[k] = s
	}
	return out
}

// isInputField tells the names that a reading has.
func isInputField(name string) bool { return slices.Contains(inputFields, name) }
