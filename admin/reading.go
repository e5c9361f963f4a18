package admin

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/planning"
)

// readingPart is one thing that was understood of a message.
type readingPart struct{ Name, Value string }

// readable says in words what was understood then; nothing when the message
// has no reading, or one that cannot be read.
func (v *visit) readable(stored []byte, goods map[string]string) []readingPart {
	var r understand.Reading
	if len(stored) == 0 || json.Unmarshal(stored, &r) != nil || r.Intent == "" {
		return nil
	}
	parts := []readingPart{{v.t("reading.intent"), v.intent(r.Intent)}}
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, readingPart{name, value})
		}
	}
	named := func(ids []string) string {
		words := make([]string, len(ids))
		for i, id := range ids {
			words[i] = cmp.Or(goods[id], id)
		}
		return strings.Join(words, ", ")
	}
	add(v.t("reading.goods"), named(r.Commodities))
	add(v.t("reading.ambiguous"), named(r.Ambiguous))
	add(v.t("reading.place"), r.Place)
	if r.Price > 0 {
		price := number(v.lang, r.Price) + " đ"
		if r.Implausible {
			price += " (" + v.t("reading.implausible") + ")"
		}
		add(v.t("reading.price"), price)
	}
	add(v.t("reading.link"), planning.Link(r.Kind).Label(v.lang))
	add(v.t("reading.severity"), planning.SeverityLabel(r.Severity, v.lang))
	add(v.t("reading.ballot"), v.ballot(r))
	if len(r.Priority) > 0 {
		order := make([]string, len(r.Priority))
		for i, n := range r.Priority {
			order[i] = strconv.Itoa(n)
		}
		add(v.t("reading.priority"), strings.Join(order, " – "))
	}
	for _, item := range slices.Sorted(maps.Keys(r.Reasons)) {
		about := r.Reasons[item]
		if item != "" {
			about = v.t("reading.item", item) + ": " + about
		}
		add(v.t("reading.reason"), about)
	}
	add(v.t("reading.village"), r.Village)
	if r.Option > 0 {
		add(v.t("reading.option"), strconv.Itoa(r.Option))
	}
	if r.Ask != "" || r.Doubtful {
		add(v.t("reading.doubt"), v.t("reading.asked_back"))
	}
	return parts
}

// ballot is a ballot in words: "mục 1 đồng ý, mục 2 không đồng ý".
func (v *visit) ballot(r understand.Reading) string {
	if len(r.Ballot) == 0 && r.Stance != "" {
		stance := planning.Stance(r.Stance).Label(v.lang)
		if r.Item > 0 {
			return v.t("reading.item", strconv.Itoa(r.Item)) + " " + stance
		}
		return stance
	}
	keys := slices.SortedFunc(maps.Keys(r.Ballot), func(x, y string) int {
		a, _ := strconv.Atoi(x)
		b, _ := strconv.Atoi(y)
		return cmp.Or(cmp.Compare(a, b), strings.Compare(x, y))
	})
	said := make([]string, len(keys))
	for i, k := range keys {
		item := v.t("reading.item", k)
		if k == understand.All {
			item = v.t("reading.all")
		}
		said[i] = item + " " + planning.Stance(r.Ballot[k]).Label(v.lang)
	}
	return strings.Join(said, ", ")
}

// intent is what a person wanted, in words.
func (v *visit) intent(i understand.Intent) string {
	switch i {
	case understand.Price:
		return v.t("intent.price")
	case understand.Trend:
		return v.t("intent.trend")
	case understand.PriceReport:
		return v.t("intent.price_report")
	case understand.Subscribe:
		return v.t("intent.subscribe")
	case understand.Unsubscribe:
		return v.t("intent.unsubscribe")
	case understand.Alert:
		return v.t("intent.alert")
	case understand.Difficulty:
		return v.t("intent.difficulty")
	case understand.Vote:
		return v.t("intent.vote")
	case understand.Opinion:
		return v.t("intent.opinion")
	case understand.Plan:
		return v.t("intent.plan")
	case understand.Results:
		return v.t("intent.results")
	case understand.Join:
		return v.t("intent.join")
	case understand.Stop:
		return v.t("intent.stop")
	case understand.Erase:
		return v.t("intent.erase")
	case understand.Help:
		return v.t("intent.help")
	case understand.Language:
		return v.t("intent.language")
	case understand.Officer:
		return v.t("intent.officer")
	case understand.Thanks:
		return v.t("intent.thanks")
	case understand.Choice:
		return v.t("intent.choice")
	case understand.Skip:
		return v.t("intent.skip")
	case understand.Next:
		return v.t("intent.next")
	case understand.Back:
		return v.t("intent.back")
	case understand.Exit:
		return v.t("intent.exit")
	default:
		return v.t("intent.none")
	}
}
