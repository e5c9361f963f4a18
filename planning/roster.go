package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// VillageKinds are what a village is called, as written.
func VillageKinds() []string { return []string{"thôn", "bon", "buôn", "tổ dân phố"} }

// SaveVillage adds or changes a village and returns it as stored. Without a
// code it is a new one and gets a code made of its name. Two villages of a
// commune never share a name or an alias, marks left aside.
func (s *Service) SaveVillage(ctx context.Context, v Village) (Village, error) {
	v.Name = strings.Join(strings.Fields(v.Name), " ")
	switch {
	case v.Area == "":
		return Village{}, ErrArea
	case fold(v.Name) == "":
		return Village{}, ErrName
	}
	if v.Kind == "" {
		for _, kind := range VillageKinds() {
			if strings.HasPrefix(fold(v.Name)+" ", fold(kind)+" ") {
				v.Kind = kind
			}
		}
	}
	villages, err := s.store.Villages(ctx, v.Area)
	if err != nil {
		return Village{}, fmt.Errorf("planning: villages: %w", err)
	}
	if v.Code == "" {
		v.Code = codeOf(v.Name)
		if slices.ContainsFunc(villages, func(o Village) bool { return o.Code == v.Code }) {
			return Village{}, ErrTaken.saying("Đã có %[1]s.", "There is %[1]s already.", v.Name)
		}
	}
	if !isCode(v.Code) {
		return Village{}, ErrCode
	}
	for _, o := range villages {
		if o.Code == v.Code {
			continue
		}
		for _, name := range append([]string{o.Name}, o.Aliases...) {
			if slices.ContainsFunc(append([]string{v.Name}, v.Aliases...), func(mine string) bool { return fold(mine) == fold(name) }) {
				return Village{}, ErrTaken.saying("Tên «%[1]s» đã dùng cho %[2]s.", "The name “%[1]s” is used for %[2]s.", name, o.Name)
			}
		}
	}
	if err := s.store.SaveVillages(ctx, []Village{v}); err != nil {
		return Village{}, fmt.Errorf("planning: save village: %w", err)
	}
	return v, nil
}

// SaveHousehold adds (without an id) or changes a household of the roster and
// returns it as stored. Its number is its own within the commune. A
// provisional household is made by a talk, never here: saving one with village,
// number and head puts it on the roster.
func (s *Service) SaveHousehold(ctx context.Context, h Household) (Household, error) {
	h.Number, h.Head = strings.TrimSpace(h.Number), strings.Join(strings.Fields(h.Head), " ")
	switch {
	case h.Area == "":
		return Household{}, ErrArea
	case h.Head == "":
		return Household{}, ErrName.saying("Thiếu tên chủ hộ.", "The head of the household is missing.")
	case h.Number == "":
		return Household{}, ErrCode.saying("Thiếu số hộ trong danh sách.", "The household's number on the roster is missing.")
	}
	villages, err := s.store.Villages(ctx, h.Area)
	if err != nil {
		return Household{}, fmt.Errorf("planning: villages: %w", err)
	}
	if !slices.ContainsFunc(villages, func(v Village) bool { return v.Code == h.Village }) {
		return Household{}, ErrVillage
	}
	all, err := s.store.Households(ctx, h.Area, "")
	if err != nil {
		return Household{}, fmt.Errorf("planning: households: %w", err)
	}
	h.Provisional = false
	for _, o := range all {
		if o.ID == h.ID {
			h.Version = o.Version
		} else if !o.Provisional && strings.EqualFold(o.Number, h.Number) {
			return Household{}, ErrTaken.saying("Số hộ %[1]s đã dùng cho hộ %[2]s.", "Number %[1]s is that of %[2]s.", h.Number, o.Head)
		}
	}
	if h.ID == uuid.Nil {
		h.ID = s.newID()
	}
	if err := s.store.SaveHouseholds(ctx, []Household{h}); err != nil {
		return Household{}, fmt.Errorf("planning: save household: %w", err)
	}
	return h, nil
}

// PlaceContact places a contact in a household of the roster, with the voices
// it gave in open rounds: a household's later voice on an item stays, so that
// nothing counts twice.
func (s *Service) PlaceContact(ctx context.Context, area string, contact, household uuid.UUID) error {
	if contact == uuid.Nil {
		return ErrContact
	}
	if _, err := s.onRoster(ctx, area, household); err != nil {
		return err
	}
	if err := s.store.PlaceContact(ctx, area, contact, household, s.now()); err != nil {
		return fmt.Errorf("planning: place contact: %w", err)
	}
	return nil
}
