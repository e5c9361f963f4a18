package planning

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Points of the first, second and third item of a priority list.
var points = [...]int{3, 2, 1}

// After says whether v is the later of two voices: by time, then by id.
func (v Voice) After(other Voice) bool { return after(v.At.Compare(other.At), v.ID, other.ID) }

// After says whether p is the later of two lists: by time, then by id.
func (p Priority) After(other Priority) bool { return after(p.At.Compare(other.At), p.ID, other.ID) }

func after(at int, id, other uuid.UUID) bool {
	return cmp.Or(at, bytes.Compare(id[:], other[:])) > 0
}

// Recount counts one round from its log, without the help of an engine: of
// each household and item the latest voice, of each household the latest
// list. Households tell where a household is now, as the denominators do, and
// whether it is placed; where that is not known, the village that the voice or
// list names is taken, and a household that is not among them counts as not
// placed. Opinions are not part of that log: Opinions is nil. The cells are
// sorted, as Sorted does.
func Recount(voices []Voice, priorities []Priority, households []Household) Counted {
	type key struct {
		household uuid.UUID
		item      string
	}
	roster := make(map[uuid.UUID]Household, len(households))
	for _, h := range households {
		roster[h.ID] = h
	}
	current := make(map[key]Voice)
	latest := make(map[uuid.UUID]Voice)
	for _, v := range voices {
		k := key{v.Household, v.Item}
		if other, ok := current[k]; !ok || v.After(other) {
			current[k] = v
		}
		if other, ok := latest[v.Household]; !ok || v.After(other) {
			latest[v.Household] = v
		}
	}
	lists := make(map[uuid.UUID]Priority)
	for _, p := range priorities {
		if other, ok := lists[p.Household]; !ok || p.After(other) {
			lists[p.Household] = p
		}
	}
	where := func(id uuid.UUID, said string) (village string, provisional bool) {
		h, known := roster[id]
		return cmp.Or(h.Village, said), !known || h.Provisional
	}

	cells := make(map[Cell]int)
	for _, v := range current {
		c := Cell{Item: v.Item, Channel: v.Channel, Stance: v.Stance}
		c.Village, c.Provisional = where(v.Household, v.Village)
		cells[c]++
	}
	heard := make(map[HeardCell]int)
	for _, v := range latest {
		c := HeardCell{Channel: v.Channel}
		c.Village, c.Provisional = where(v.Household, v.Village)
		heard[c]++
	}
	wanted := make(map[PriorityCell]PriorityCell)
	for _, p := range lists {
		for i, item := range p.Items {
			if slices.Contains(p.Items[:i], item) {
				continue
			}
			k := PriorityCell{Item: item}
			k.Village, k.Provisional = where(p.Household, p.Village)
			c := wanted[k]
			c.Mentions++
			if i < len(points) {
				c.Points += points[i]
			}
			wanted[k] = c
		}
	}

	var out Counted
	for c, n := range cells {
		c.Households = n
		out.Cells = append(out.Cells, c)
	}
	for c, n := range heard {
		c.Households = n
		out.Heard = append(out.Heard, c)
	}
	for k, c := range wanted {
		k.Points, k.Mentions = c.Points, c.Mentions
		out.Priorities = append(out.Priorities, k)
	}
	return out.Sorted()
}

// Sorted is the same count with its cells in one order, so that two counts
// can be compared.
func (c Counted) Sorted() Counted {
	c.Cells, c.Priorities, c.Heard = slices.Clone(c.Cells), slices.Clone(c.Priorities), slices.Clone(c.Heard)
	slices.SortFunc(c.Cells, func(x, y Cell) int {
		return cmp.Or(strings.Compare(x.Item, y.Item), strings.Compare(x.Village, y.Village), strings.Compare(x.Channel, y.Channel),
			strings.Compare(string(x.Stance), string(y.Stance)), falseFirst(x.Provisional, y.Provisional), cmp.Compare(x.Households, y.Households))
	})
	slices.SortFunc(c.Priorities, func(x, y PriorityCell) int {
		return cmp.Or(strings.Compare(x.Item, y.Item), strings.Compare(x.Village, y.Village), falseFirst(x.Provisional, y.Provisional),
			cmp.Compare(x.Points, y.Points), cmp.Compare(x.Mentions, y.Mentions))
	})
	slices.SortFunc(c.Heard, func(x, y HeardCell) int {
		return cmp.Or(strings.Compare(x.Village, y.Village), strings.Compare(x.Channel, y.Channel),
			falseFirst(x.Provisional, y.Provisional), cmp.Compare(x.Households, y.Households))
	})
	return c
}

func falseFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	default:
		return 1
	}
}
