package talks

import (
	"context"
	"testing"
	"time"

	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/flows/talk"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// says plays what one person says on a plain phone.
func (w *town) says(who string, texts ...string) {
	w.Helper()
	p := person{town: w, kind: phone.SMS, who: who}
	for _, text := range texts {
		if _, err := p.play(talk.Event{Kind: talk.Say, Text: text}); err != nil {
			w.Fatalf("%q: %v", text, err)
		}
	}
}

// lan is what is kept of her.
func (w *town) lan() storage.Contact {
	w.Helper()
	loaded, err := w.store.Load(context.Background(), []storage.Key{{Channel: phone.SMS, Address: w.ring.Hash("tel:+84" + lan[1:])}})
	w.must(err)
	return loaded[0].Contact
}

func (w *town) result() planning.Result {
	w.Helper()
	rounds, err := w.store.Rounds(context.Background(), area)
	w.must(err)
	counted, err := w.store.Tally(context.Background(), area, rounds[0].ID)
	w.must(err)
	world := w.worlds.At(area)
	return planning.Count(world.Commune, rounds[0], world.Villages, counted)
}

func (w *town) concerns(kind planning.ConcernKind) []planning.Concern {
	w.Helper()
	list, err := w.store.Concerns(context.Background(), planning.ConcernQuery{Area: area, Kind: kind})
	w.must(err)
	return list
}

const (
	lan  = "0905000001"
	binh = "0905000002"
)

func TestConsentIsRecordedWithItsText(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "alo", "1", "thon 3")
	c := w.lan()
	consents, err := w.store.Consents(context.Background(), area, c.ID)
	w.must(err)
	if len(consents) != 1 || !consents[0].Given || consents[0].Text != "consent/1" || !consents[0].At.Equal(start.Add(2*time.Minute)) {
		t.Errorf("consents: %+v", consents)
	}
	if c.ConsentText != "consent/1" || c.ConsentAt.IsZero() || c.Village != "thon-3" {
		t.Errorf("contact: %+v", c)
	}
}

func TestNothingIsRecordedWithoutConsent(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "1d 2k")
	w.says(lan, "2", "kk tieu chet nhanh ca vuon", "khong", "ban ca phe 98 ngan", "2", "de nghi xa lam cau qua suoi", "2")
	if r := w.result(); r.NotYetPlaced != 0 || r.Items[0].Sum() != 0 {
		t.Errorf("counted without consent: %+v", r.Items[0])
	}
	for _, kind := range []planning.ConcernKind{planning.Difficulty, planning.Opinion, planning.Question} {
		if list := w.concerns(kind); len(list) > 0 {
			t.Errorf("recorded without consent: %+v", list)
		}
	}
	if reports, err := w.store.Reports(context.Background(), area, "2026-08-03"); err != nil || len(reports) != 3 {
		t.Errorf("%d reports of today, want the 3 there were (%v)", len(reports), err)
	}
	if c := w.lan(); !c.ConsentAt.IsZero() {
		t.Error("consent by default")
	}
}

func TestBallotsCountOnceInTheirVillage(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "1d 2k 3d", "1", "bon Bu Prang", "Y Bham")
	w.says(lan, "2d")
	w.says(binh, "dk thon 3", "1", "1k ut 2 5 1", "bo qua")
	r := w.result()
	type tally struct{ yes, no int }
	for i, want := range []tally{{1, 1}, {1, 0}, {1, 0}, {0, 0}} {
		if got := (tally{r.Items[i].Yes, r.Items[i].No}); got != want {
			t.Errorf("item %d: %+v, want %+v", i+1, got, want)
		}
	}
	if v := r.Items[0].ByVillage["bu-prang"]; v.Yes != 1 {
		t.Errorf("bon Bu Prăng on item 1: %+v", v)
	}
	if v := r.Items[0].ByVillage["thon-3"]; v.No != 1 {
		t.Errorf("thôn 3 on item 1: %+v", v)
	}
	if r.NotYetPlaced != 2 || r.Heard != 0 {
		t.Errorf("not yet placed %d, heard %d", r.NotYetPlaced, r.Heard)
	}
	if r.Items[1].Priority != 3 || r.Items[4].Priority != 2 || r.Items[0].Priority != 1 {
		t.Errorf("priorities: %d %d %d", r.Items[1].Priority, r.Items[4].Priority, r.Items[0].Priority)
	}
	if c := w.lan(); c.Name != "Y Bham" {
		t.Errorf("head of household as told: %q", c.Name)
	}
}

func TestReasonsAreOpinionsOnTheirItem(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "dk thon 3", "1", "1d 2k vi it ruong 5d ut 5", "bo qua")
	list := w.concerns(planning.Opinion)
	if len(list) != 1 || list[0].Item != "KH27-02" || list[0].Text != "it ruong" || list[0].Village != "thon-3" {
		t.Errorf("opinions: %+v", list)
	}
}

func TestSilenceKeepsWhatWasTold(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "dk thon 3", "1", "kk ca phe")
	w.pass(25 * time.Hour)
	for range 2 { // the second time there is nothing left to end
		if _, err := w.loop.EndSilent(context.Background(), 10); err != nil {
			t.Fatal(err)
		}
	}
	list := w.concerns(planning.Difficulty)
	if len(list) != 1 || list[0].Commodity != "coffee" {
		t.Errorf("difficulties: %+v", list)
	}
}

func TestADifficultyIsAmendedNotDoubled(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "dk thon 3", "1", "kk", "ca phe nha toi bi lam sao ay", "2", "3")
	list := w.concerns(planning.Difficulty)
	if len(list) != 1 || list[0].Link != planning.Production || list[0].Commodity != "coffee" {
		t.Errorf("difficulties: %+v", list)
	}
}

func TestAReissuedNumberIsSomebodyElse(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "dk thon 3", "1", "1d", "Y Bham")
	before := w.lan()
	w.pass(200 * 24 * time.Hour)
	w.says(lan, "kk tieu vang la ca vuon", "thon 1")
	c := w.lan()
	if !c.ConsentAt.IsZero() || c.Name != "" || c.Village != "thon-1" || c.Household == before.Household {
		t.Errorf("contact: %+v", c)
	}
	if list := w.concerns(planning.Difficulty); len(list) != 0 {
		t.Errorf("recorded before consent: %+v", list)
	}
	w.says(lan, "1")
	if list := w.concerns(planning.Difficulty); len(list) != 1 || list[0].Village != "thon-1" {
		t.Errorf("difficulties: %+v", list)
	}
}

func TestPriceReportsNeverOverwriteTheReference(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "ban ca phe 98 ngan", "1", "ban ca phe 60 ngan", "ban ca phe 980 ngan", "98 ngan")
	reports, err := w.store.Reports(context.Background(), area, "2026-08-03")
	w.must(err)
	var mine []market.Report
	for _, r := range reports {
		if r.Contact == w.lan().ID {
			mine = append(mine, r)
		}
	}
	if len(mine) != 3 || mine[0].Held || !mine[1].Held || mine[2].Amount != 98_000 {
		t.Errorf("reports: %+v", mine)
	}
	prices, err := w.store.Prices(context.Background(), market.PriceQuery{Area: area, Commodity: "coffee", Since: "2026-08-03"})
	w.must(err)
	if len(prices) != 2 {
		t.Errorf("reference prices: %+v", prices)
	}
}

func TestErasedIsUnknown(t *testing.T) {
	w := found(t, settings{})
	w.says(lan, "dk thon 3", "1", "1d", "bo qua", "xoa thong tin cua toi", "1")
	if c := w.lan(); c.Address.Hash != (storage.Hash{}) {
		t.Errorf("still known: %+v", c)
	}
	if r := w.result(); r.Items[0].Yes != 1 {
		t.Errorf("the voice no longer counts: %+v", r.Items[0].Tally)
	}
}
