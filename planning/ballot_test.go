package planning

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tell is a resolved ballot in a line: "1:yes 2:no | KH27-05 | ?9 | -6".
func tell(r Resolved) string {
	var parts []string
	for _, s := range r.Said {
		parts = append(parts, fmt.Sprintf("%d:%s", s.Number, s.Stance))
	}
	line := strings.Join(parts, " ")
	for _, p := range r.Priority {
		line += " ^" + strings.TrimPrefix(p, "KH27-0")
	}
	for _, u := range r.Unknown {
		line += " ?" + u
	}
	for _, w := range r.Withdrawn {
		line += fmt.Sprintf(" -%d%s", w.Number, w.Stance)
	}
	return strings.TrimSpace(line)
}

func TestResolve(t *testing.T) {
	for name, c := range map[string]struct {
		stances  map[string]Stance
		priority []int
		want     string
		err      error
	}{
		"one by one":                {map[string]Stance{"2": No, "1": Yes, "3": Other, "4": Abstain}, nil, "1:yes 2:no 3:other 4:abstain", nil},
		"all":                       {map[string]Stance{"all": Yes}, nil, "1:yes 2:yes 3:yes 4:yes 5:yes 7:yes", nil},
		"all but one":               {map[string]Stance{"all": Yes, "4": No}, nil, "1:yes 2:yes 3:yes 4:no 5:yes 7:yes", nil},
		"all and a withdrawn":       {map[string]Stance{"all": No, "6": Yes}, nil, "1:no 2:no 3:no 4:no 5:no 7:no -6yes", nil},
		"priorities":                {nil, []int{5, 1, 5, 7}, "^5 ^1 ^7", nil},
		"both":                      {map[string]Stance{"1": Yes}, []int{5}, "1:yes ^5", nil},
		"unknown numbers":           {map[string]Stance{"1": Yes, "9": No, "12": No, "0": Yes, "-1": Yes}, []int{8, 9, 2}, "1:yes ^2 ?0 ?8 ?9 ?12 ?-1", nil},
		"only unknown":              {map[string]Stance{"99": Yes}, nil, "?99", nil},
		"codes":                     {map[string]Stance{"KH27-02": No, "kh27-03": Yes}, nil, "2:no 3:yes", nil},
		"the plain number wins":     {map[string]Stance{"1": Yes, "01": No, " 1": No}, nil, "1:yes", nil}, //nolint:gocritic // the space is what is tested
		"a number with idle zeros":  {map[string]Stance{"007": Yes}, nil, "7:yes", nil},
		"withdrawn":                 {map[string]Stance{"6": No}, []int{6, 1}, "^1 -6no", nil},
		"withdrawn as priority":     {nil, []int{6, 6}, "-6", nil},
		"beyond numbers":            {map[string]Stance{"99999999999999999999": Yes}, []int{-3}, "?99999999999999999999 ?-3", nil},
		"nothing":                   {nil, nil, "", ErrEmpty},
		"an unknown stance":         {map[string]Stance{"1": "maybe"}, nil, "", ErrStance},
		"an unknown stance on all":  {map[string]Stance{"all": ""}, nil, "", ErrStance},
		"an unknown stance outside": {map[string]Stance{"1": Yes, "99": "x"}, nil, "", ErrStance},
	} {
		got, err := round().Resolve(Ballot{Stances: c.stances, Priority: c.priority})
		if !errors.Is(err, c.err) || (err == nil) != (c.err == nil) || tell(got) != c.want {
			t.Errorf("%s: %q, %v; want %q", name, tell(got), err, c.want)
		}
		if got.Empty() != (len(got.Said)+len(got.Priority) == 0) {
			t.Errorf("%s: empty %v", name, got.Empty())
		}
	}
}

func TestResolveReasons(t *testing.T) {
	got, err := round().Resolve(Ballot{
		Stances: map[string]Stance{"2": No},
		Reasons: map[string]string{"2": " ít ruộng ", "KH27-02": "kênh cũ còn tốt", "6": "đèn hư", "9": "mục lạ", "": "làm sớm đi", "5": " "},
	})
	want := map[string]string{"KH27-02": "ít ruộng; kênh cũ còn tốt", "KH27-06": "đèn hư", "": "làm sớm đi; mục lạ"}
	if err != nil || !maps.Equal(got.Reasons, want) {
		t.Errorf("%v, %q", err, got.Reasons)
	}
}

func TestChanges(t *testing.T) {
	r := round()
	ballot, err := r.Resolve(Ballot{Stances: map[string]Stance{"all": Yes, "4": No}})
	if err != nil {
		t.Fatal(err)
	}
	current := []Voice{
		{ID: id(1), Round: r.ID, Item: "KH27-01", Stance: Yes, At: now},
		{ID: id(2), Round: r.ID, Item: "KH27-02", Stance: No, At: now},
		{ID: id(3), Round: r.ID, Item: "KH27-04", Stance: Yes, At: now.Add(-1)},
		{ID: id(4), Round: r.ID, Item: "KH27-04", Stance: Abstain, At: now},
		{ID: id(5), Round: id(77), Item: "KH27-05", Stance: No, At: now},
	}
	changes := ballot.Changes(r, current)
	if len(changes) != 6 || changes[0].From != Yes || changes[0].To != Yes || changes[4].From != "" {
		t.Errorf("changes %+v", changes)
	}
	want := []Change{{"KH27-02", 2, No, Yes}, {"KH27-04", 4, Abstain, No}}
	if got := Replaces(changes); !slices.Equal(got, want) {
		t.Errorf("replaces %+v", got)
	}
	if got := ballot.Changes(r, nil); len(Replaces(got)) != 0 {
		t.Errorf("a first ballot replaces %+v", got)
	}
}

func TestRoundItem(t *testing.T) {
	if i, n, ok := round().Item("KH27-03"); !ok || n != 3 || i.Short != "Lớp ghép cà phê" {
		t.Error(i, n, ok)
	}
	if _, n, ok := round().Item("KH26-03"); ok || n != 0 {
		t.Error("an item of another plan")
	}
}

// Whatever a ballot says: known items only, each once and in order, nothing
// withdrawn counted, nothing lost, and the same each time.
func FuzzResolve(f *testing.F) {
	f.Add("1=yes 2=no", "5 1", "2=vi it ruong")
	f.Add("all=yes 4=no", "", "")
	f.Add("all=abstain 6=yes 99=no 01=other", "6 6 0 -1 99", "=lam som 99=x")
	f.Add("KH27-02=no kh27-02=yes", "7", "all=y")
	f.Add("1=maybe", "", "")
	f.Fuzz(func(t *testing.T, stances, priority, reasons string) {
		b := Ballot{Stances: map[string]Stance{}, Reasons: map[string]string{}}
		for s := range strings.SplitSeq(stances, " ") {
			if k, v, ok := strings.Cut(s, "="); ok {
				b.Stances[k] = Stance(v)
			}
		}
		for s := range strings.SplitSeq(priority, " ") {
			if n, err := strconv.Atoi(s); err == nil {
				b.Priority = append(b.Priority, n)
			}
		}
		for s := range strings.SplitSeq(reasons, " ") {
			if k, v, ok := strings.Cut(s, "="); ok {
				b.Reasons[k] = v
			}
		}
		r := round()
		got, err := r.Resolve(b)
		again, errAgain := r.Resolve(b)
		if tell(got) != tell(again) || !maps.Equal(got.Reasons, again.Reasons) || (err == nil) != (errAgain == nil) {
			t.Fatal("not the same twice")
		}
		if err != nil {
			return
		}
		for i, s := range got.Said {
			item, n, ok := r.Item(s.Item)
			if !ok || n != s.Number || item.Withdrawn || !s.Stance.Valid() || i > 0 && got.Said[i-1].Number >= n {
				t.Fatalf("said %+v", got.Said)
			}
		}
		for i, code := range got.Priority {
			if item, _, ok := r.Item(code); !ok || item.Withdrawn || slices.Contains(got.Priority[:i], code) {
				t.Fatalf("priority %v", got.Priority)
			}
		}
		if len(b.Priority) > 0 && len(got.Priority)+len(got.Unknown)+len(got.Withdrawn) == 0 {
			t.Fatal("priorities were lost")
		}
		for key := range b.Stances {
			if key == All {
				continue
			}
			n := r.number(key)
			named := func(s Said) bool { return s.Number == n }
			if !slices.Contains(got.Unknown, key) && !slices.ContainsFunc(got.Said, named) && !slices.ContainsFunc(got.Withdrawn, named) {
				t.Fatalf("%q was lost: %s", key, tell(got))
			}
		}
		for _, text := range b.Reasons {
			if text = strings.TrimSpace(text); text != "" && !strings.Contains(strings.Join(slices.Collect(maps.Values(got.Reasons)), "; "), text) {
				t.Fatalf("reason %q was lost", text)
			}
		}
	})
}
