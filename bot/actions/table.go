package actions

import (
	"maps"
	"slices"

	"github.com/loa-vn/loa/flows"
)

// action is what a flow may do: the names it takes ("?" = may be left out),
// the names it returns, and how it is done.
type action struct {
	args, returns []string
	do            func(h *host, args flows.Values) (flows.Values, error)
}

// table is every action, by name.
var table = map[string]action{
	"consent.wait":     {[]string{"text"}, nil, (*host).waitForConsent},
	"consent.give":     {[]string{"version", "text?"}, nil, (*host).giveConsent},
	"consent.withdraw": {nil, nil, (*host).withdrawConsent},
	"waiting.send":     {nil, nil, (*host).sendWaiting},
	"waiting.drop":     {[]string{"text?"}, nil, (*host).dropWaiting},
	"contact.verify":   {[]string{"village"}, []string{"same"}, (*host).verify},
	"village.check":    {[]string{"village", "text"}, []string{"sure", "name"}, (*host).checkVillage},
	"join":             {[]string{"village?", "name?"}, []string{"village", "name"}, (*host).join},
	"household.head":   {[]string{"text"}, []string{"name", "self"}, (*host).headName},
	"household.next":   {nil, nil, (*host).askHousehold},
	"household.asked":  {nil, nil, (*host).asked},
	"lang.set":         {[]string{"lang"}, []string{"known"}, (*host).setLang},
	"marks.set":        {[]string{"on"}, nil, (*host).setMarks},
	"stop":             {nil, nil, (*host).stop},
	"stop.now":         {nil, nil, (*host).stopNow},
	"start":            {nil, []string{"again"}, (*host).start},
	"erase":            {nil, nil, (*host).erase},

	"price.quote": {
		[]string{"commodities?", "grade?", "place?", "place_id?", "unknown?"},
		[]string{"prices", "unknown", "elsewhere", "nearby", "board", "none", "source"},
		(*host).quote,
	},
	"price.check": {
		[]string{"commodity", "price", "grade?"},
		[]string{"plausible", "low", "high", "name", "called", "unit"},
		(*host).checkPrice,
	},
	"price.read": {[]string{"text"}, []string{"price", "grade"}, (*host).readPrice},
	"price.report": {
		[]string{"commodity", "price", "grade?", "place_id?"},
		[]string{"held", "name", "amount", "unit", "market", "reference", "day"},
		(*host).reportPrice,
	},

	"difficulty.read": {
		[]string{"text"},
		[]string{"told", "worded", "text", "quote", "crop", "crop_name", "crop_called", "kind", "kind_name", "severity", "summary"},
		(*host).readDifficulty,
	},
	"difficulty.record": {
		[]string{"text", "crop?", "kind?", "severity?"},
		[]string{"code", "days", "crop_name", "kind_name", "quote"},
		(*host).recordDifficulty,
	},
	"difficulty.amend": {
		[]string{"code", "text?", "crop?", "kind?", "severity?"},
		[]string{"code", "crop_name", "kind_name", "severity_name"},
		(*host).amendDifficulty,
	},
	"opinion.record":  {[]string{"text", "item?"}, []string{"code", "days", "quote", "item", "short"}, (*host).recordOpinion},
	"question.record": {[]string{"text"}, []string{"code", "days", "quote"}, (*host).recordQuestion},

	"ballot.resolve": {ballotArgs, ballotReturns, (*host).resolveBallot},
	"ballot.record":  {append(slices.Clone(ballotArgs), "receipt?", "reason?"), append(slices.Clone(ballotReturns), "receipt", "changed", "first"), (*host).recordBallot},
	"ballot.gather":  {ballotArgs, []string{"ballot", "reasons", "priority", "said"}, (*host).gatherBallot},
	"ballot.mine":    {nil, append(slices.Clone(ballotReturns), "any", "known", "closes"), (*host).myBallot},
	"item.named":     {[]string{"text"}, []string{"number"}, (*host).namedItem},
	"item.remark":    {[]string{"text"}, []string{"text", "quote"}, (*host).remark},
	"item.details": {
		[]string{"number"},
		[]string{
			"known", "number", "code", "round", "short", "title", "detail", "place", "cost", "funding", "people", "when",
			"withdrawn", "mine", "open", "last",
		},
		(*host).details,
	},
	"results": {nil, []string{"has", "allowed", "away", "open", "closes", "heard", "households", "unplaced", "opinions", "items"}, (*host).results},
	"report":  {nil, []string{"allowed", "away", "has", "round", "closes", "heard", "households", "unplaced", "opinions", "items"}, (*host).report},

	"group.tie": {[]string{"code"}, []string{"tied", "village", "private"}, (*host).tie},
}

// Actions declares what flows may do, for flows.Compile.
func Actions() []flows.Action {
	out := make([]flows.Action, 0, len(table))
	for _, name := range slices.Sorted(maps.Keys(table)) {
		out = append(out, flows.Action{Name: name, Args: table[name].args, Returns: table[name].returns})
	}
	return out
}
