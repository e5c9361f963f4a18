// Package overlay adds the words of a commune's officers to the language. A
// word may help Loa to understand; it never makes anybody stop, be erased,
// agree or vote, nor keeps anybody from it: see guard.go.
package overlay

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/loa-vn/loa/flows/understand"
)

// Word is what officers add: forms that people write, and what they stand for.
type Word struct {
	Kind  understand.EntryKind
	Means string   // a phrase for KindWord; else the id of a commodity, market, village or kind of difficulty
	Forms []string // as people write them
}

// How much a word may hold.
const (
	maxForms   = 10
	maxLetters = 60
	maxWords   = 8
)

// Compile joins what a commune has with its officers' words. A word that
// cannot be used is left out, and problems says why in its place; nil stands
// for the others. The error is that of the commune's own entries.
func Compile(base []understand.Entry, words []Word) (lexicon *understand.Lexicon, problems []*Problem, err error) {
	plain, err := understand.Compile(base...)
	if err != nil {
		return nil, nil, err
	}
	problems = make([]*Problem, len(words))
	for i, w := range words {
		problems[i] = check(base, words, problems, i, w)
	}
	g := guard{plain: plain, read: map[probe]marked{}}
	for {
		usable := indexes(problems)
		if len(usable) == 0 {
			return plain, problems, nil
		}
		if full, err := understand.Compile(join(base, words, usable)...); err == nil && g.hold(full, words, usable, problems) == nil {
			return full, problems, nil
		}
		if len(indexes(problems)) == len(usable) { // not seen yet which word it is
			g.blame(base, words, usable, problems)
		}
	}
}

// indexes are those of the words without a problem.
func indexes(problems []*Problem) []int {
	var out []int
	for i, p := range problems {
		if p == nil {
			out = append(out, i)
		}
	}
	return out
}

// blame finds the words that cannot be used even alone; when each can, the
// newest is left out.
func (g *guard) blame(base []understand.Entry, words []Word, usable []int, problems []*Problem) {
	for _, i := range usable {
		alone, err := understand.Compile(join(base, words, []int{i})...)
		if err != nil {
			problems[i] = meaning(err, words[i])
			continue
		}
		problems[i] = g.hold(alone, words, []int{i}, problems)
	}
	if len(indexes(problems)) == len(usable) {
		problems[usable[len(usable)-1]] = ErrOther
	}
}

// meaning is what is wrong when Compile does not take a word.
func meaning(err error, w Word) *Problem {
	switch {
	case errors.Is(err, understand.ErrStopping):
		return ErrStopping
	case errors.Is(err, understand.ErrReserved):
		for _, f := range w.Forms {
			if _, bad := understand.Compile(understand.Entry{Kind: understand.KindWord, ID: "loa", Names: []string{f}}); errors.Is(bad, understand.ErrReserved) {
				return ErrReserved.saying(f)
			}
		}
	}
	return ErrOther
}

// check says what is wrong with a word as it stands.
func check(base []understand.Entry, words []Word, problems []*Problem, at int, w Word) *Problem {
	if len(w.Forms) == 0 || len(w.Forms) > maxForms {
		return ErrForms
	}
	forms := w.Forms
	if w.Kind == understand.KindWord {
		if strings.TrimSpace(w.Means) == "" {
			return ErrPhrase
		}
		forms = append(slices.Clone(forms), w.Means)
	} else if !target(base, w) {
		return ErrTarget
	}
	for _, f := range forms {
		if p := shape(f); p != nil {
			return p
		}
	}
	for i, other := range words[:at] {
		if problems[i] != nil || other.Kind != w.Kind {
			continue
		}
		for _, f := range w.Forms {
			if slices.ContainsFunc(other.Forms, func(o string) bool { return understand.Fold(o) == understand.Fold(f) }) {
				return ErrTwice.saying(f)
			}
		}
	}
	return nil
}

// shape says what is wrong with how a form is written.
func shape(form string) *Problem {
	if utf8.RuneCountInString(form) > maxLetters || len(strings.Fields(form)) > maxWords {
		return ErrLong.saying(form)
	}
	letters := 0
	for _, r := range form {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), unicode.Is(unicode.Mn, r), r == ' ', strings.ContainsRune("-'’.", r):
		default:
			return ErrSigns.saying(form)
		}
	}
	if letters < 2 {
		return ErrShort.saying(form)
	}
	return nil
}

// target says whether what a word names is there.
func target(base []understand.Entry, w Word) bool {
	switch w.Kind {
	case understand.KindDifficulty:
		switch w.Means {
		case understand.KindInputs, understand.KindProduction, understand.KindHarvest, understand.KindProcessing, understand.KindSelling,
			understand.KindInfrastructure, understand.KindCapital, understand.KindOther:
			return true
		}
		return false
	case understand.KindCommodity, understand.KindMarket, understand.KindVillage:
		return slices.ContainsFunc(base, func(e understand.Entry) bool { return e.Kind == w.Kind && e.ID == w.Means })
	}
	return false
}

// join is the base with the words at the given places: names of what is there
// already go to its own entry, so that it stays one thing.
func join(base []understand.Entry, words []Word, at []int) []understand.Entry {
	out := slices.Clone(base)
	for _, i := range at {
		w := words[i]
		own := slices.IndexFunc(out, func(e understand.Entry) bool { return e.Kind == w.Kind && e.ID == w.Means })
		if own < 0 || w.Kind == understand.KindWord {
			out = append(out, understand.Entry{Kind: w.Kind, ID: w.Means, Names: w.Forms})
			continue
		}
		out[own].Names = slices.Concat(out[own].Names, w.Forms)
	}
	return out
}
