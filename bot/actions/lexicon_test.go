package actions

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/overlay"
	"github.com/loa-vn/loa/storage"
)

func taught(kind understand.EntryKind, meaning string, forms ...string) storage.Word {
	return storage.Word{ID: uuid.New(), Area: "a", Kind: string(kind), Meaning: meaning, Forms: forms, By: "lan"}
}

// home is the village that «dk xom moi» names.
func (w *World) home() string {
	return w.Lexicon.Read("dk xom moi", understand.Context{}).VillageID
}

// TestAWordChangesHowARunningWorldReads adds a word and takes it away again,
// while the world stays loaded.
func TestAWordChangesHowARunningWorldReads(t *testing.T) {
	s := twoCommunes()
	w := worldsOf(t, s)
	before := w.At("a")
	if got := before.home(); got == "thon-2" {
		t.Fatalf("xóm Mới is known already: %q", got)
	}
	s.words = []storage.Word{taught(understand.KindVillage, "thon-2", "xóm Mới")}
	s.read = nil
	if err := w.Reload(context.Background(), "a", "words"); err != nil {
		t.Fatal(err)
	}
	after := w.At("a")
	if got := after.home(); got != "thon-2" || after.Lexicon.Version() == before.Lexicon.Version() {
		t.Errorf("with the word the village is %q", got)
	}
	if s.read["words"] != 1 || s.read["villages"] != 0 || s.read["prices"] != 0 {
		t.Errorf("read %v", s.read)
	}
	if err := w.Reload(context.Background(), "a", "words"); err != nil || w.At("a").Lexicon != after.Lexicon {
		t.Errorf("the same words made another lexicon: %v", err)
	}
	s.words = nil
	if err := w.Reload(context.Background(), "a", "words"); err != nil {
		t.Fatal(err)
	}
	if got := w.At("a"); got.home() == "thon-2" || got.Lexicon.Version() != before.Lexicon.Version() {
		t.Error("the word is still there")
	}
}

// TestAWordThatCannotBeUsedIsLeftOut holds that a commune is loaded all the same.
func TestAWordThatCannotBeUsedIsLeftOut(t *testing.T) {
	s := twoCommunes()
	gone := taught(understand.KindCommodity, "no-longer-sold", "hột cà")
	s.words = []storage.Word{gone, taught(understand.KindVillage, "thon-2", "xóm Mới"), taught(understand.KindWord, "thôi nhận tin", "nghi")}
	var log bytes.Buffer
	w, err := Load(context.Background(), s, func() time.Time { return noon }, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	a := w.At("a")
	if a.home() != "thon-2" {
		t.Error("the good word is not used")
	}
	if r := a.Lexicon.Read("nghi", understand.Context{Consultation: true}); len(overlay.Guarded(r)) > 0 {
		t.Errorf("«nghi» is read as %s", r.Intent)
	}
	if strings.Count(log.String(), "a word of the commune cannot be used") != 4 || !strings.Contains(log.String(), gone.ID.String()) { // two words in each of two communes
		t.Errorf("logged:\n%s", log.String())
	}
	_, problems, err := w.Try("a", s.words)
	if err != nil || len(problems) != 2 || !errors.Is(problems[gone.ID], overlay.ErrTarget) {
		t.Errorf("problems %v, error %v", problems, err)
	}
}

func TestTryLeavesTheWorldAsItIs(t *testing.T) {
	w := worldsOf(t, twoCommunes())
	lexicon, problems, err := w.Try("a", []storage.Word{taught(understand.KindWord, "rệp sáp", "rầy bông")})
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	if r := lexicon.Read("ca phe bi ray bong", understand.Context{}); r.Kind != understand.KindProduction {
		t.Errorf("read as %+v", r)
	}
	if w.Lexicon("a") != w.At("a").Lexicon || w.Lexicon("a").Version() == lexicon.Version() || w.Lexicon("nowhere") != nil {
		t.Error("the world changed, or a lexicon is from nowhere")
	}
	if _, _, err := w.Try("nowhere", nil); err == nil {
		t.Error("a commune that is not there was tried")
	}
}
