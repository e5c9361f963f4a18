package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// PaperChannel is the channel of a form filled in on paper.
const PaperChannel = "paper"

const (
	receiptLength = 8    // characters of a ballot's receipt
	maxAnswer     = 2000 // letters of an answer to a person
)

// Service is what console, command line and jobs do with the plan. Errors
// that an officer can mend are *Problem; any other is the store's. Safe for
// concurrent use, as its store is.
type Service struct {
	store   Store
	now     func() time.Time
	newID   func() uuid.UUID
	newCode func(n int) string
}

// NewService makes a service over store, with the clock, ids and codes (n
// characters of Crockford's alphabet) given.
func NewService(store Store, now func() time.Time, newID func() uuid.UUID, newCode func(n int) string) *Service {
	return &Service{store: store, now: now, newID: newID, newCode: newCode}
}

// AnswerConcern records an officer's answer, once. The notice to the person,
// if given, goes out with it: an id, the purpose and the author are filled in
// where they are missing.
func (s *Service) AnswerConcern(ctx context.Context, area string, id uuid.UUID, text, officer string, notice *Notice) error {
	text = strings.TrimSpace(text)
	switch {
	case area == "":
		return ErrArea
	case officer == "":
		return ErrOfficer
	case text == "":
		return ErrAnswer
	case utf8.RuneCountInString(text) > maxAnswer:
		return ErrLong.saying("Trả lời không quá %d chữ.", "An answer has at most %d letters.", maxAnswer)
	}
	if notice != nil {
		n := *notice
		if n.ID == uuid.Nil {
			n.ID = s.newID()
		}
		if n.Purpose == "" {
			n.Purpose = "officer"
		}
		if n.Author == "" {
			n.Author = officer
		}
		if n.Contact == uuid.Nil {
			return ErrContact
		}
		if strings.TrimSpace(n.Text) == "" {
			return ErrAnswer
		}
		notice = &n
	}
	if err := s.store.AnswerConcern(ctx, area, id, text, officer, s.now(), notice); err != nil {
		return fmt.Errorf("planning: answer concern: %w", err)
	}
	return nil
}

// Result counts a round. v of Count are the commune's villages as they are now.
func (s *Service) Result(ctx context.Context, c Commune, round uuid.UUID) (Result, error) {
	r, err := s.round(ctx, c.Code, round)
	if err != nil {
		return Result{}, err
	}
	villages, err := s.store.Villages(ctx, c.Code)
	if err != nil {
		return Result{}, fmt.Errorf("planning: villages: %w", err)
	}
	counted, err := s.store.Tally(ctx, c.Code, round)
	if err != nil {
		return Result{}, fmt.Errorf("planning: tally: %w", err)
	}
	return Count(c, r, villages, counted), nil
}

// round reads one round of a commune.
func (s *Service) round(ctx context.Context, area string, id uuid.UUID) (Round, error) {
	rounds, err := s.rounds(ctx, area)
	if err != nil {
		return Round{}, err
	}
	i := slices.IndexFunc(rounds, func(r Round) bool { return r.ID == id })
	if i < 0 {
		return Round{}, ErrRound
	}
	return rounds[i], nil
}

func (s *Service) rounds(ctx context.Context, area string) ([]Round, error) {
	if area == "" {
		return nil, ErrArea
	}
	rounds, err := s.store.Rounds(ctx, area)
	if err != nil {
		return nil, fmt.Errorf("planning: rounds: %w", err)
	}
	return rounds, nil
}
