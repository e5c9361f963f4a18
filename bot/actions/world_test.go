package actions

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// source is a made-up installation.
type source struct {
	communes []planning.Commune
	villages []planning.Village
	prices   []market.Price
	words    []storage.Word
	err      error
	read     map[string]int
}

func (s *source) count(what string) error {
	if s.read == nil {
		s.read = map[string]int{}
	}
	s.read[what]++
	return s.err
}

func (s *source) Communes(context.Context) ([]planning.Commune, error) {
	return s.communes, s.count("communes")
}

func (s *source) Channels(context.Context) ([]storage.Channel, error) {
	return []storage.Channel{{ID: "phone", Area: "a"}}, s.count("channels")
}

func (s *source) Villages(context.Context, string) ([]planning.Village, error) {
	return s.villages, s.count("villages")
}

func (s *source) Rounds(context.Context, string) ([]planning.Round, error) {
	return nil, s.count("rounds")
}

func (s *source) Commodities(context.Context, string) ([]market.Commodity, error) {
	return market.Catalogue(), s.count("commodities")
}

func (s *source) Places(context.Context, string) ([]market.Place, error) {
	return []market.Place{{ID: "gia-nghia", Name: "Gia Nghĩa"}}, s.count("places")
}

func (s *source) Prices(context.Context, market.PriceQuery) ([]market.Price, error) {
	return s.prices, s.count("prices")
}

func (s *source) Reports(context.Context, string, market.Day) ([]market.Report, error) {
	return nil, s.count("reports")
}

func (s *source) Words(context.Context, string) ([]storage.Word, error) {
	return s.words, s.count("words")
}

func (s *source) Groups(context.Context, string) ([]storage.Group, error) {
	return nil, s.count("groups")
}

func (s *source) TieCodes(context.Context, time.Time) ([]storage.TieCode, error) {
	return []storage.TieCode{{Area: "a", Code: "ONE"}, {Area: "b", Code: "TWO"}}, s.count("ties")
}

func worldsOf(t *testing.T, s *source) *Worlds {
	t.Helper()
	w, err := Load(context.Background(), s, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func twoCommunes() *source {
	return &source{
		communes: []planning.Commune{{Code: "a", Name: "Xã A", Settings: planning.Settings{Zone: "Asia/Ho_Chi_Minh"}}, {Code: "b", Name: "Xã B"}},
		villages: []planning.Village{{Code: "thon-2", Name: "thôn 2", Rank: 2, Households: 7}, {Code: "thon-1", Name: "thôn 1", Rank: 1, Households: 5}},
	}
}

func TestLoad(t *testing.T) {
	w := worldsOf(t, twoCommunes())
	a := w.At("a")
	if a == nil || w.At("c") != nil || len(w.Areas()) != 2 {
		t.Fatalf("areas: %v", w.Areas())
	}
	if a.Households != 12 || a.Villages[0].Code != "thon-1" || len(a.TieCodes) != 1 || a.TieCodes[0].Code != "ONE" {
		t.Errorf("world: %+v", a)
	}
	if _, ok := w.Channel("phone"); !ok {
		t.Error("no channel")
	}
	if r := a.Lexicon.Read("thon 2", understand.Context{Expect: understand.ExpectVillage}); r.VillageID != "thon-2" {
		t.Errorf("the village is not understood: %+v", r)
	}
}

func TestReloadReadsOnlyWhatChanged(t *testing.T) {
	s := twoCommunes()
	w := worldsOf(t, s)
	before := w.At("a")
	s.read = nil
	if err := w.Reload(context.Background(), "a", "messages", "voices", "concerns", "contacts"); err != nil || len(s.read) != 0 {
		t.Errorf("read %v, error %v", s.read, err)
	}
	s.prices = []market.Price{{Area: "a", Commodity: "coffee", Grade: "nhan", Market: "gia-nghia", Amount: 100_000, Unit: market.Kilogram, Day: "2026-08-03"}}
	if err := w.Reload(context.Background(), "a", "prices"); err != nil {
		t.Fatal(err)
	}
	after := w.At("a")
	if s.read["villages"] != 0 || s.read["prices"] != 1 || after == before || after.Lexicon != before.Lexicon {
		t.Errorf("read %v", s.read)
	}
	if _, ok := after.Board.Quote("coffee", "", "", "2026-08-03"); !ok {
		t.Error("the new price is not there")
	}
	if _, ok := before.Board.Quote("coffee", "", "", "2026-08-03"); ok {
		t.Error("the old world changed")
	}
}

func TestReloadFindsNewCommunes(t *testing.T) {
	s := twoCommunes()
	w := worldsOf(t, s)
	s.communes = append(s.communes, planning.Commune{Code: "c", Name: "Xã C"})
	if err := w.Reload(context.Background(), "c", "villages"); err != nil || w.At("c") == nil {
		t.Errorf("error %v", err)
	}
	if err := w.Reload(context.Background(), "nowhere"); err != nil || w.At("nowhere") != nil {
		t.Errorf("error %v", err)
	}
}

func TestAFailedReloadKeepsTheWorld(t *testing.T) {
	s := twoCommunes()
	w := worldsOf(t, s)
	before := w.At("a")
	s.err = errors.New("away")
	if err := w.Reload(context.Background(), "a"); !errors.Is(err, s.err) {
		t.Errorf("error %v", err)
	}
	if w.At("a") != before {
		t.Error("the world is not the one before")
	}
}
