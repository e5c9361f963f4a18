package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// planFile is the draft plan of a commune's file, with the round that asks
// people about it.
type planFile struct {
	Year  int `yaml:"year"`
	Items []struct {
		Code     string `yaml:"code"`
		Title    string `yaml:"title"`
		TitleEN  string `yaml:"title_en"`
		Short    string `yaml:"short"`
		ShortEN  string `yaml:"short_en"`
		Detail   string `yaml:"detail"`
		DetailEN string `yaml:"detail_en"`
		Place    string `yaml:"place"`
		Village  string `yaml:"village"`
		Unit     string `yaml:"unit"`
		Quantity string `yaml:"quantity"`
		When     string `yaml:"when"`
		Owner    string `yaml:"owner"`
		Chain    string `yaml:"chain"`
		Funding  []struct {
			Source   string  `yaml:"source"`
			Form     string  `yaml:"form"`     // money | labour | kind | land
			Millions float64 `yaml:"millions"` // triệu đồng
			Funded   bool    `yaml:"funded"`
		} `yaml:"funding"`
	} `yaml:"items"`
	Round *struct {
		Title    string   `yaml:"title"`
		Opens    string   `yaml:"opens"`  // 2026-07-15 07:30, in the commune's zone
		Closes   string   `yaml:"closes"` // likewise
		Villages []string `yaml:"villages"`
		Decision string   `yaml:"decision"`
	} `yaml:"round"`
}

// save adds or changes the items, and opens the round if the commune has none
// of that title yet.
func (f *planFile) save(ctx context.Context, store storage.Store, area string, zone *time.Location) error {
	if f == nil {
		return nil
	}
	service := planning.NewService(store, time.Now, newID, newCode)
	var items []planning.Item
	for _, i := range f.Items {
		item := planning.Item{
			Area: area, Code: i.Code, Year: f.Year, Title: i.Title, TitleEN: i.TitleEN, Short: i.Short, ShortEN: i.ShortEN,
			Detail: i.Detail, DetailEN: i.DetailEN, Place: i.Place, Village: i.Village, Unit: i.Unit, Quantity: i.Quantity,
			When: i.When, Owner: i.Owner, Chain: i.Chain,
		}
		for _, m := range i.Funding {
			item.Funding = append(item.Funding, planning.Funding{
				Source: m.Source, Form: planning.Form(cmp.Or(m.Form, "money")), Amount: int64(m.Millions * 1e6), Funded: m.Funded,
			})
		}
		saved, err := service.SaveItem(ctx, item)
		if err != nil {
			return fmt.Errorf("plan item %q: %w", i.Title, err)
		}
		items = append(items, saved)
	}
	if f.Round == nil {
		return nil
	}
	round := planning.Round{
		Area: area, Year: f.Year, Title: f.Round.Title, Items: items, Villages: f.Round.Villages, Decision: f.Round.Decision,
	}
	for _, at := range []struct {
		into *time.Time
		text string
	}{{&round.Opens, f.Round.Opens}, {&round.Closes, f.Round.Closes}} {
		var err error
		if *at.into, err = time.ParseInLocation("2006-01-02 15:04", at.text, zone); err != nil {
			return fmt.Errorf("round: %q is not a time such as 2026-07-15 07:30", at.text)
		}
	}
	rounds, err := store.Rounds(ctx, area)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if r.Title == round.Title {
			return nil
		}
	}
	if _, err := service.CreateRound(ctx, round); err != nil {
		return fmt.Errorf("round: %w", err)
	}
	return nil
}
