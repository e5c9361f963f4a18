package market

import (
	"slices"
	"strings"
)

// Limits are what a price of a commodity's grade must fit.
type Limits struct {
	Unit Unit
	Min  int64 // đồng per Unit; 0 = unknown
	Max  int64
}

// Plausible says whether amount lies within the limits.
func (l Limits) Plausible(amount int64) bool {
	return amount > 0 && amount >= l.Min && (l.Max == 0 || amount <= l.Max)
}

// Limits of a grade, by its id; the commodity's own for "" and unknown ones.
func (c Commodity) Limits(grade string) Limits {
	l := Limits{Unit: c.Unit, Min: c.Min, Max: c.Max}
	if g, ok := c.Grade(grade); ok {
		if g.Unit != "" {
			l.Unit = g.Unit
		}
		if g.Min != 0 {
			l.Min = g.Min
		}
		if g.Max != 0 {
			l.Max = g.Max
		}
	}
	return l
}

// Grade returns the grade with that id; for "" the one meant when none is
// named. False when the commodity has no grades, or not that one.
func (c Commodity) Grade(id string) (Grade, bool) {
	for i, g := range c.Grades {
		if g.ID == id || id == "" && i == 0 {
			return g, true
		}
	}
	return Grade{}, false
}

// ReadGrade returns the grades that said may mean, in the commodity's order:
// by id, name or alias, with or without marks, or by how one of these begins or
// ends, so that "dona" is every grade of Dona and "a" every A. "" is the ordinary grade.
func (c Commodity) ReadGrade(said string) []Grade {
	if g, ok := c.Grade(strings.TrimSpace(said)); ok {
		return []Grade{g}
	}
	if found := named(said, len(c.Grades), func(i int) (string, []string) {
		g := c.Grades[i]
		return g.ID, append([]string{g.Name, g.NameEN}, g.Aliases...)
	}); len(found) > 0 {
		grades := make([]Grade, len(found))
		for i, n := range found {
			grades[i] = c.Grades[n]
		}
		return grades
	}
	part := fold(said)
	if part == "" {
		return nil
	}
	var grades []Grade
	for _, g := range c.Grades {
		if slices.ContainsFunc(append([]string{g.ID, g.Name}, g.Aliases...), func(name string) bool {
			name = fold(name)
			return strings.HasPrefix(name, part+" ") || strings.HasSuffix(name, " "+part)
		}) {
			grades = append(grades, g)
		}
	}
	return grades
}

// gradeID is the stored form of a grade as said: the ordinary one for "", the
// first of several, said itself when the commodity has no such grade.
func (c Commodity) gradeID(said string) string {
	if g, ok := c.Grade(said); ok {
		return g.ID
	}
	if grades := c.ReadGrade(said); len(grades) > 0 {
		return grades[0].ID
	}
	return said
}
