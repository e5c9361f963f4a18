package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// seed is fixed: the same day makes the same commune.
const seed = 20_270_101

// Founder is what the commune is set up in.
type Founder struct {
	Store storage.Store
	Now   time.Time
	NewID func() uuid.UUID

	households map[[2]int]uuid.UUID // village, index → household
	round      planning.Round
}

func plain(s string) string { return understand.Fold(s) }

func zone() *time.Location {
	loc, err := time.LoadLocation(Commune().Settings.Zone)
	if err != nil {
		panic(err) // tzdata is embedded in the command
	}
	return loc
}

func (f *Founder) source(part uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, part)) }

// Found sets the commune up: roster, markets, prices, draft plan, round.
func (f *Founder) Found(ctx context.Context) error {
	homes := households(f.source(1), f.NewID)
	f.households = make(map[[2]int]uuid.UUID, len(homes))
	at := 0
	for v := range villages {
		for n := range villages[v].households {
			f.households[[2]int{v, n}] = homes[at].ID
			at++
		}
	}
	plan := items(f.Now.In(zone()).Year() + 1)
	f.round = round(f.Now, zone(), plan, f.NewID)
	for _, step := range []struct {
		what string
		do   func() error
	}{
		{"commune", func() error { return f.Store.SaveCommune(ctx, Commune()) }},
		{"villages", func() error { return f.Store.SaveVillages(ctx, Villages()) }},
		{"households", func() error { return f.Store.SaveHouseholds(ctx, homes) }},
		{"commodities", func() error { return f.Store.SaveCommodities(ctx, Code, market.Catalogue()) }},
		{"markets", func() error { return f.Store.SavePlaces(ctx, Places()) }},
		{"words", func() error {
			for _, w := range words(f.round.Opens, f.NewID) {
				if err := f.Store.SaveWord(ctx, w); err != nil {
					return err
				}
			}
			return nil
		}},
		{"prices", func() error { return f.Store.AddPrices(ctx, prices(f.source(2), f.Now, zone(), f.NewID)) }},
		{"plan", func() error { return f.Store.SaveItems(ctx, plan) }},
		{"round", func() error { return f.Store.SaveRound(ctx, f.round) }},
	} {
		if err := step.do(); err != nil {
			return fmt.Errorf("sample %s: %w", step.what, err)
		}
	}
	return nil
}

// Accept is the turn loop's.
type Accept func(ctx context.Context, in bot.Inbound) (bot.Receipt, error)

// Play sends what the people wrote, each person's messages in order, and lets
// the officers place most of them on the roster.
func (f *Founder) Play(ctx context.Context, accept Accept, place func(ctx context.Context, contact, household uuid.UUID) error, keyring *storage.Keyring) error {
	people, lines := talks(f.source(3), f.round.Opens, f.Now)
	lines = append(lines, sold(f.source(4), people, f.Now)...)
	people, said := local(people, f.Now)
	lines = append(lines, said...)
	if err := f.send(ctx, accept, len(people), lines); err != nil {
		return err
	}
	keys := make([]storage.Key, len(people))
	for i, p := range people {
		keys[i] = storage.Key{Channel: p.channel, Address: keyring.Hash(address(p.channel, p.number))}
	}
	loaded, err := f.Store.Load(ctx, keys)
	if err != nil {
		return err
	}
	for i, p := range people {
		c := loaded[i].Contact
		if c.ID == uuid.Nil || p.household < 0 || c.ConsentAt.IsZero() || c.Erased {
			continue
		}
		if err := place(ctx, c.ID, f.households[[2]int{p.village, p.household}]); err != nil {
			return fmt.Errorf("sample: placing a contact: %w", err)
		}
	}
	return nil
}

// send plays the people side by side, so that their turns share commits.
func (f *Founder) send(ctx context.Context, accept Accept, people int, lines []line) error {
	byPerson := make([][]line, people)
	for _, l := range lines {
		byPerson[l.person] = append(byPerson[l.person], l)
	}
	queue := make(chan []line)
	failed := make(chan error, 1)
	var wg sync.WaitGroup
	for range 32 {
		wg.Go(func() {
			for lines := range queue {
				if err := play(ctx, accept, lines); err != nil {
					select {
					case failed <- err:
					default:
					}
				}
			}
		})
	}
	for _, lines := range byPerson {
		queue <- lines
	}
	close(queue)
	wg.Wait()
	select {
	case err := <-failed:
		return fmt.Errorf("sample: a message was not accepted: %w", err)
	default:
		return nil
	}
}

func play(ctx context.Context, accept Accept, lines []line) error {
	for i, l := range lines {
		_, err := accept(ctx, bot.Inbound{
			Channel: l.channel, From: address(l.channel, l.from), Text: l.text, At: l.at,
			External: fmt.Sprintf("sample-%d-%d", l.person, i),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func address(channel, number string) string {
	if channel == phone.Chat {
		return "chat:" + number
	}
	return "tel:" + number
}
