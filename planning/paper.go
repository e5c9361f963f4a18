package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// PaperBallot is a household's form on paper, as an officer reads it.
type PaperBallot struct {
	Area      string
	Round     uuid.UUID
	Household uuid.UUID
	Stances   map[string]Stance // by number ("1", All) or item code
	Priority  []int             // numbers, most wanted first
	By        string            // officer's login
}

// EnterPaper records a paper form as the household's voice, now, and returns
// its receipt. Like any ballot it replaces only what it names. The household
// has to be on the roster of a village that the round asks, and the round open:
// unlike a talk, a form with a number that the round does not have, or with a
// withdrawn item, is sent back to the officer and nothing of it counts. A nil
// error means it is stored.
func (s *Service) EnterPaper(ctx context.Context, p PaperBallot) (receipt string, err error) {
	if strings.TrimSpace(p.By) == "" {
		return "", ErrOfficer
	}
	round, err := s.round(ctx, p.Area, p.Round)
	if err != nil {
		return "", err
	}
	now := s.now()
	if !round.OpenAt(now) {
		return "", ErrNotOpen
	}
	ballot, err := round.Resolve(Ballot{Stances: p.Stances, Priority: p.Priority})
	switch {
	case err != nil:
		return "", err
	case len(ballot.Unknown) > 0:
		return "", ErrItem.saying("Đợt này không có mục %[1]s.", "The round has no item %[1]s.", strings.Join(ballot.Unknown, ", "))
	case len(ballot.Withdrawn) > 0:
		return "", ErrItem.saying("Mục %[1]d đã rút khỏi kế hoạch.", "Item %[1]d is withdrawn from the plan.", ballot.Withdrawn[0].Number)
	case ballot.Empty():
		return "", ErrEmpty
	}
	h, err := s.onRoster(ctx, p.Area, p.Household)
	if err != nil {
		return "", err
	}
	if len(round.Villages) > 0 && !slices.Contains(round.Villages, h.Village) {
		return "", ErrVillage.saying("Đợt này không lấy ý kiến thôn, bon của hộ.", "The round does not ask this household's village.")
	}

	receipt = s.newCode(receiptLength)
	voices := make([]Voice, len(ballot.Said))
	for i, said := range ballot.Said {
		voices[i] = Voice{
			ID: s.newID(), Area: p.Area, Round: round.ID, Item: said.Item, Household: h.ID, Village: h.Village,
			Channel: PaperChannel, Stance: said.Stance, Receipt: receipt, At: now,
		}
	}
	var lists []Priority
	if len(ballot.Priority) > 0 {
		lists = []Priority{{
			ID: s.newID(), Area: p.Area, Round: round.ID, Household: h.ID, Village: h.Village,
			Channel: PaperChannel, Items: ballot.Priority, Receipt: receipt, At: now,
		}}
	}
	if err := s.store.AddVoices(ctx, voices, lists); err != nil {
		return "", fmt.Errorf("planning: enter paper: %w", err)
	}
	return receipt, nil
}

// onRoster reads a household that is on the roster.
func (s *Service) onRoster(ctx context.Context, area string, id uuid.UUID) (Household, error) {
	if area == "" {
		return Household{}, ErrArea
	}
	if id == uuid.Nil {
		return Household{}, ErrHousehold
	}
	h, err := s.store.Household(ctx, area, id)
	if err != nil {
		return Household{}, fmt.Errorf("planning: household: %w", err)
	}
	if h.Provisional {
		return Household{}, ErrHousehold.saying("Hộ này chưa được xếp vào danh sách hộ của xã.", "This household is not placed on the roster yet.")
	}
	return h, nil
}
