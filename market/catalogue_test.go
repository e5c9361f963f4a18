package market

import "testing"

// Each commodity is well formed, and no name with marks means two of them.
func TestCatalogue(t *testing.T) {
	owner := map[string]string{}
	for _, c := range Catalogue() {
		if err := c.Validate(); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
		if c.NameEN == "" || c.Min == 0 || c.Max == 0 {
			t.Errorf("%s is not whole", c.ID)
		}
		for _, name := range append([]string{c.ID, c.Name, c.NameEN}, c.Aliases...) {
			if o := owner[lower(name)]; o != "" && o != c.ID {
				t.Errorf("%q is both %s and %s", name, o, c.ID)
			}
			owner[lower(name)] = c.ID
		}
		for i, g := range c.Grades {
			if g.NameEN == "" {
				t.Errorf("%s %s has no English name", c.ID, g.ID)
			}
			if got := c.ReadGrade(g.Name); len(got) != 1 || got[0].ID != g.ID {
				t.Errorf("%s: %q reads as %v", c.ID, g.Name, got)
			}
			if ordinary, _ := c.Grade(""); (ordinary.ID == g.ID) != (i == 0) {
				t.Errorf("%s: the first grade is the ordinary one", c.ID)
			}
		}
	}
	if len(owner) == 0 {
		t.Fatal("empty")
	}
	Catalogue()[0].Aliases[0] = "x"
	if Catalogue()[0].Aliases[0] == "x" {
		t.Error("a copy each time")
	}
}

// What was really paid in Đắk Nông lies within what is plausible.
func TestCatalogueHoldsRealPrices(t *testing.T) {
	goods := map[string]Commodity{}
	for _, c := range Catalogue() {
		goods[c.ID] = c
	}
	for _, p := range []struct {
		commodity, grade string
		low, high        int64
	}{
		{"coffee", "", 32_000, 130_000},
		{"coffee", "tuoi", 6_400, 26_000},
		{"pepper", "", 50_000, 170_000},
		{"durian", "dona-a", 60_000, 120_000},
		{"durian", "dona-c", 30_000, 45_000},
		{"durian", "ri6-a", 55_000, 60_000},
		{"rubber", "", 250, 500},
		{"avocado", "booth", 3_000, 60_000},
		{"passion_fruit", "", 4_000, 50_000},
		{"cashew", "tuoi", 22_000, 33_000},
		{"pig", "", 55_000, 72_000},
		{"cassava", "", 1_800, 3_000},
		{"maize", "", 6_000, 7_500},
	} {
		l := goods[p.commodity].Limits(p.grade)
		if !l.Plausible(p.low) || !l.Plausible(p.high) || l.Plausible(p.low/10) || l.Plausible(p.high*10) {
			t.Errorf("%s %s: %+v", p.commodity, p.grade, l)
		}
	}
}
