package actions

import (
	"slices"

	"github.com/loa-vn/loa/flows/understand"
)

// entries are what a commune adds to the language: its commodities with what
// they may plausibly cost, its markets and its villages.
func entries(w *World) []understand.Entry {
	out := make([]understand.Entry, 0, len(w.Commodities)+len(w.Places)+len(w.Villages))
	for _, c := range w.Commodities {
		out = append(out, understand.Entry{
			Kind: understand.KindCommodity, ID: c.ID, Names: append([]string{c.Name}, c.Aliases...),
			Unit: string(c.Unit), Min: c.Min, Max: c.Max,
		})
	}
	for _, p := range w.Places {
		out = append(out, understand.Entry{Kind: understand.KindMarket, ID: p.ID, Names: append([]string{p.Name}, p.Aliases...)})
	}
	for _, v := range w.Villages {
		out = append(out, understand.Entry{Kind: understand.KindVillage, ID: v.Code, Names: append([]string{v.Name}, v.Aliases...)})
	}
	return out
}

func sameEntry(a, b understand.Entry) bool {
	return a.Kind == b.Kind && a.ID == b.ID && a.Unit == b.Unit && a.Min == b.Min && a.Max == b.Max && slices.Equal(a.Names, b.Names)
}
