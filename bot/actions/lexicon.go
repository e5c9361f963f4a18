package actions

import (
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/overlay"
	"github.com/loa-vn/loa/storage"
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

func sameWord(a, b storage.Word) bool {
	return a.ID == b.ID && a.Kind == b.Kind && a.Meaning == b.Meaning && slices.Equal(a.Forms, b.Forms)
}

// speak makes the lexicon of a world, unless it is that of what it is made
// from already. A word that cannot be used keeps no commune from being loaded:
// it is left out.
func (w *Worlds) speak(next *World, area string) error {
	e := entries(next)
	if next.Lexicon != nil && slices.EqualFunc(e, next.entries, sameEntry) && slices.EqualFunc(next.Words, next.spoken, sameWord) {
		return nil
	}
	lexicon, problems, err := overlay.Compile(e, additions(next.Words))
	if err != nil {
		return err
	}
	for i, p := range problems {
		if p != nil {
			w.log.Warn("a word of the commune cannot be used", "area", area, "word", next.Words[i].ID, "reason", p.EN)
		}
	}
	next.Lexicon, next.entries, next.spoken = lexicon, e, next.Words
	return nil
}

// additions are stored words as the language takes them.
func additions(words []storage.Word) []overlay.Word {
	out := make([]overlay.Word, len(words))
	for i, w := range words {
		out[i] = overlay.Word{Kind: understand.EntryKind(w.Kind), Means: w.Meaning, Forms: w.Forms}
	}
	return out
}

// Lexicon is what the messages of a commune are read with; nil when there is
// no such commune.
func (w *Worlds) Lexicon(area string) *understand.Lexicon {
	if world := w.At(area); world != nil {
		return world.Lexicon
	}
	return nil
}

// Try is the lexicon that a commune would have with these words as all of its
// own. Words that cannot be used are left out, and problems has each by its id.
func (w *Worlds) Try(area string, words []storage.Word) (lexicon *understand.Lexicon, problems map[uuid.UUID]*overlay.Problem, err error) {
	world := w.At(area)
	if world == nil {
		return nil, nil, fmt.Errorf("actions: no commune %q", area)
	}
	lexicon, found, err := overlay.Compile(entries(world), additions(words))
	problems = map[uuid.UUID]*overlay.Problem{}
	if err != nil {
		return nil, nil, err
	}
	for i, w := range words {
		if found[i] != nil {
			problems[w.ID] = found[i]
		}
	}
	return lexicon, problems, nil
}
