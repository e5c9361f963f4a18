package planning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// SaveItem adds or changes an item of a year's plan and returns it as stored.
// Without a code it is a new one and gets the year's next ("KH27-08"). While a
// round asks about it, what people were asked stays as it was: its titles,
// what it costs and who pays, how much of it, where and for whom.
func (s *Service) SaveItem(ctx context.Context, item Item) (Item, error) {
	if item.Area == "" {
		return Item{}, ErrArea
	}
	plan, err := s.store.Items(ctx, item.Area, item.Year)
	if err != nil {
		return Item{}, fmt.Errorf("planning: items: %w", err)
	}
	if item.Code == "" {
		item.Code = nextCode(plan, item.Year)
	}
	item.Title, item.Short = strings.TrimSpace(item.Title), strings.TrimSpace(item.Short)
	if err := item.Validate(); err != nil {
		return Item{}, err
	}
	if item.Village != "" {
		villages, err := s.store.Villages(ctx, item.Area)
		if err != nil {
			return Item{}, fmt.Errorf("planning: villages: %w", err)
		}
		if !slices.ContainsFunc(villages, func(v Village) bool { return v.Code == item.Village }) {
			return Item{}, ErrVillage
		}
	}
	if i := slices.IndexFunc(plan, func(o Item) bool { return o.Code == item.Code }); i >= 0 && !plan[i].asksTheSame(item) {
		asked, err := s.asked(ctx, item)
		if err != nil {
			return Item{}, err
		}
		if asked {
			return Item{}, ErrAsked
		}
	}
	if err := s.store.SaveItems(ctx, []Item{item}); err != nil {
		return Item{}, fmt.Errorf("planning: save item: %w", err)
	}
	return item, nil
}

// WithdrawItem takes an item of a year's plan out: it keeps its number and
// its voices, and nobody is asked about it any more.
func (s *Service) WithdrawItem(ctx context.Context, area string, year int, code string) error {
	if area == "" {
		return ErrArea
	}
	plan, err := s.store.Items(ctx, area, year)
	if err != nil {
		return fmt.Errorf("planning: items: %w", err)
	}
	i := slices.IndexFunc(plan, func(o Item) bool { return o.Code == code })
	if i < 0 {
		return ErrItem
	}
	if plan[i].Withdrawn {
		return nil
	}
	plan[i].Withdrawn = true
	if err := s.store.SaveItems(ctx, plan[i:i+1]); err != nil {
		return fmt.Errorf("planning: withdraw item: %w", err)
	}
	return nil
}

// asked says whether people are being asked about an item now.
func (s *Service) asked(ctx context.Context, item Item) (bool, error) {
	rounds, err := s.rounds(ctx, item.Area)
	if err != nil {
		return false, err
	}
	now := s.now()
	return slices.ContainsFunc(rounds, func(r Round) bool {
		_, _, in := r.Item(item.Code)
		return in && r.Year == item.Year && r.OpenAt(now)
	}), nil
}

// asksTheSame says whether two forms of an item put the same question.
func (i Item) asksTheSame(o Item) bool {
	return i.Title == o.Title && i.TitleEN == o.TitleEN && i.Quantity == o.Quantity && i.Unit == o.Unit &&
		i.Place == o.Place && i.Village == o.Village && slices.EqualFunc(i.Funding, o.Funding, func(x, y Funding) bool {
		return x.Source == y.Source && x.Form == y.Form && x.Amount == y.Amount
	})
}

// nextCode is the code of a year's next item: one more than the highest.
func nextCode(plan []Item, year int) string {
	prefix := fmt.Sprintf("KH%02d-", ((year%100)+100)%100)
	next := 1
	for _, item := range plan {
		if tail, ok := strings.CutPrefix(item.Code, prefix); ok {
			if n, err := strconv.Atoi(tail); err == nil && n < 1_000_000 {
				next = max(next, n+1)
			}
		}
	}
	return fmt.Sprintf("%s%02d", prefix, next)
}
