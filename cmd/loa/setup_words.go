package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/loa-vn/loa/bot/actions"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/storage"
)

// wordFile is a word of a commune's file.
type wordFile struct {
	Kind  string   `yaml:"kind"`  // word | commodity | market | village | difficulty
	Forms []string `yaml:"forms"` // as people write them
	Means string   `yaml:"means"` // a phrase; or the id or code of what is meant
}

// setupBy is who adds what stands in a commune's file.
const setupBy = "setup"

// words adds the file's words, and changes those whose first form is known. It
// holds them to what the console does, but for reading people's messages again.
func (f communeFile) words(ctx context.Context, store storage.Store) error {
	if len(f.Words) == 0 {
		return nil
	}
	known, err := store.Words(ctx, f.Code)
	if err != nil {
		return err
	}
	all := slices.Clone(known)
	var added, changed []storage.Word
	for _, w := range f.Words {
		word := storage.Word{ID: newID(), Area: f.Code, Kind: w.Kind, Meaning: w.Means, Forms: w.Forms, By: setupBy, At: time.Now().UTC()}
		i := slices.IndexFunc(all, func(o storage.Word) bool { return sameFirst(o, word) })
		switch {
		case i < 0:
			all, added = append(all, word), append(added, word)
		case all[i].Meaning != word.Meaning || !slices.Equal(all[i].Forms, word.Forms):
			changed, added = append(changed, all[i]), append(added, word)
			all[i] = word
		}
	}
	worlds, err := actions.Load(ctx, store, time.Now, discard())
	if err != nil {
		return err
	}
	_, problems, err := worlds.Try(f.Code, all)
	if err != nil {
		return err
	}
	for _, w := range added {
		if p := problems[w.ID]; p != nil {
			return fmt.Errorf("word %q: %w", strings.Join(w.Forms, ", "), p)
		}
	}
	for _, w := range changed {
		if err := store.DeleteWord(ctx, f.Code, w.ID); err != nil {
			return err
		}
	}
	for _, w := range added {
		if err := store.SaveWord(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// sameFirst says whether two words are one by their kind and first form.
func sameFirst(a, b storage.Word) bool {
	return a.Kind == b.Kind && len(a.Forms) > 0 && len(b.Forms) > 0 && understand.Fold(a.Forms[0]) == understand.Fold(b.Forms[0])
}
