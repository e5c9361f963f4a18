package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// maxItems is as many items as anybody can be asked about in one round.
const maxItems = 60

// CreateRound opens a new consultation for the time that r says and returns
// it as stored: with an id, the commune's next number, the items as the plan
// has them now (r needs their codes only, in the order of the numbers), and
// all villages when r names none.
func (s *Service) CreateRound(ctx context.Context, r Round) (Round, error) {
	rounds, err := s.rounds(ctx, r.Area)
	if err != nil {
		return Round{}, err
	}
	if r.ID == uuid.Nil {
		r.ID = s.newID()
	} else if slices.ContainsFunc(rounds, func(o Round) bool { return o.ID == r.ID }) {
		return Round{}, ErrTaken
	}
	r.Number = 1
	for _, o := range rounds {
		r.Number = max(r.Number, o.Number+1)
	}
	if !r.Closes.After(s.now()) {
		return Round{}, ErrDates.saying("Ngày đóng đã qua.", "The closing time has passed.")
	}
	return s.storeRound(ctx, r, rounds)
}

// SaveRound changes a round. Once it has opened, what people were asked stands:
// items and their order, the opening time and the planned year stay, villages
// may only be added, and the closing time moved to a later one (CloseRound
// closes at once).
func (s *Service) SaveRound(ctx context.Context, r Round) (Round, error) {
	rounds, err := s.rounds(ctx, r.Area)
	if err != nil {
		return Round{}, err
	}
	i := slices.IndexFunc(rounds, func(o Round) bool { return o.ID == r.ID })
	if i < 0 {
		return Round{}, ErrRound
	}
	old, now := rounds[i], s.now()
	r.Number = old.Number
	if now.Before(old.Opens) {
		return s.storeRound(ctx, r, rounds)
	}
	switch {
	case !r.Opens.Equal(old.Opens), r.Year != old.Year, !slices.EqualFunc(r.Items, old.Items, func(x, y Item) bool { return x.Code == y.Code }):
		return Round{}, ErrAsked
	case slices.ContainsFunc(old.Villages, func(v string) bool { return !slices.Contains(r.Villages, v) }):
		return Round{}, ErrAsked.saying("Đợt đã mở: không bỏ bớt thôn, bon.", "The round has opened: no village can be left out.")
	case !r.Closes.Equal(old.Closes) && !now.Before(old.Closes):
		return Round{}, ErrNotOpen.saying("Đợt đã đóng: hãy mở đợt mới.", "The round has closed: open a new one.")
	case r.Closes.Before(old.Closes):
		return Round{}, ErrDates.saying("Đợt đã mở: chỉ có thể kéo dài, hoặc đóng ngay.", "The round has opened: it can be prolonged, or closed now.")
	}
	return s.storeRound(ctx, r, rounds)
}

// CloseRound ends an open round now: a voice accepted from now on does not count.
func (s *Service) CloseRound(ctx context.Context, area string, id uuid.UUID) (Round, error) {
	r, err := s.round(ctx, area, id)
	if err != nil {
		return Round{}, err
	}
	now := s.now()
	if !r.OpenAt(now) {
		return Round{}, ErrNotOpen
	}
	r.Closes = now
	if err := s.store.SaveRound(ctx, r); err != nil {
		return Round{}, fmt.Errorf("planning: close round: %w", err)
	}
	return r, nil
}

// storeRound checks a round against what the commune has and stores it.
func (s *Service) storeRound(ctx context.Context, r Round, others []Round) (Round, error) {
	r.Title = strings.TrimSpace(r.Title)
	switch {
	case r.Title == "":
		return Round{}, ErrName
	case r.Opens.IsZero() || !r.Opens.Before(r.Closes):
		return Round{}, ErrDates
	}
	for _, o := range others {
		if o.ID != r.ID && r.Opens.Before(o.Closes) && o.Opens.Before(r.Closes) {
			return Round{}, ErrOverlap.saying("Thời gian trùng với đợt %d «%s».", "Round %d “%s” is open during that time.", o.Number, o.Title)
		}
	}
	var err error
	if r.Items, err = s.roundItems(ctx, r); err != nil {
		return Round{}, err
	}
	if r.Villages, err = s.roundVillages(ctx, r); err != nil {
		return Round{}, err
	}
	if err := s.store.SaveRound(ctx, r); err != nil {
		return Round{}, fmt.Errorf("planning: save round: %w", err)
	}
	return r, nil
}

// roundItems are the items of a round as the plan has them.
func (s *Service) roundItems(ctx context.Context, r Round) ([]Item, error) {
	if len(r.Items) == 0 || len(r.Items) > maxItems {
		return nil, ErrItems.saying("Một đợt lấy ý kiến về 1 đến %d mục.", "A round asks about 1 to %d items.", maxItems)
	}
	plan, err := s.store.Items(ctx, r.Area, r.Year)
	if err != nil {
		return nil, fmt.Errorf("planning: items: %w", err)
	}
	items := make([]Item, len(r.Items))
	seen := map[string]bool{}
	for n, item := range r.Items {
		i := slices.IndexFunc(plan, func(p Item) bool { return p.Code == item.Code })
		switch {
		case i < 0:
			return nil, ErrItem.saying("Kế hoạch năm %[1]d không có mục «%[2]s».", "The plan of %[1]d has no item “%[2]s”.", r.Year, item.Code)
		case seen[item.Code]:
			return nil, ErrItems.saying("Mục %[1]s ghi hai lần.", "Item %[1]s stands twice.", item.Code)
		}
		seen[item.Code] = true
		items[n] = plan[i]
	}
	return items, nil
}

// roundVillages are the codes of the villages that a round asks.
func (s *Service) roundVillages(ctx context.Context, r Round) ([]string, error) {
	villages, err := s.store.Villages(ctx, r.Area)
	if err != nil {
		return nil, fmt.Errorf("planning: villages: %w", err)
	}
	if len(r.Villages) == 0 {
		codes := make([]string, len(villages))
		for i, v := range villages {
			codes[i] = v.Code
		}
		if len(codes) == 0 {
			return nil, ErrVillage.saying("Xã chưa có thôn, bon nào.", "The commune has no villages yet.")
		}
		return codes, nil
	}
	var codes []string
	for _, code := range r.Villages {
		if !slices.ContainsFunc(villages, func(v Village) bool { return v.Code == code }) {
			return nil, ErrVillage.saying("Xã không có thôn, bon «%[1]s».", "The commune has no village “%[1]s”.", code)
		}
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes, nil
}
