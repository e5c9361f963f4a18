package planning

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

func is(t *testing.T, name string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) || (err == nil) != (want == nil) {
		t.Errorf("%s: %v, want %v", name, err, want)
	}
}

func TestCreateRound(t *testing.T) {
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	for name, c := range map[string]struct {
		change func(*Round)
		err    error
	}{
		"good":                    {func(*Round) {}, nil},
		"right after the other":   {func(r *Round) { r.Opens = day(26) }, nil},
		"all villages":            {func(r *Round) { r.Villages = nil }, nil},
		"no commune":              {func(r *Round) { r.Area = "" }, ErrArea},
		"no title":                {func(r *Round) { r.Title = " " }, ErrName},
		"closes before it opens":  {func(r *Round) { r.Opens = day(40); r.Closes = day(39) }, ErrDates},
		"closes as it opens":      {func(r *Round) { r.Opens = day(40); r.Closes = day(40) }, ErrDates},
		"no opening":              {func(r *Round) { r.Opens = time.Time{} }, ErrDates},
		"closed already":          {func(r *Round) { r.Opens = day(-20); r.Closes = day(-10) }, ErrDates},
		"while another is open":   {func(r *Round) { r.Opens = day(25) }, ErrOverlap},
		"around another":          {func(r *Round) { r.Opens = day(-9); r.Closes = day(90) }, ErrOverlap},
		"no items":                {func(r *Round) { r.Items = nil }, ErrItems},
		"too many items":          {func(r *Round) { r.Items = make([]Item, 61) }, ErrItems},
		"an unknown item":         {func(r *Round) { r.Items = []Item{{Code: "KH27-99"}} }, ErrItem},
		"an item of another year": {func(r *Round) { r.Year = 2028 }, ErrItem},
		"an item twice":           {func(r *Round) { r.Items = []Item{{Code: "KH27-01"}, {Code: "KH27-01"}} }, ErrItems},
		"an unknown village":      {func(r *Round) { r.Villages = []string{"paris"} }, ErrVillage},
		"an id that is taken":     {func(r *Round) { r.ID = id(1) }, ErrTaken},
	} {
		s, m := newService(t)
		r := Round{
			Area: area, Year: 2027, Title: "Đợt 2", Opens: day(30), Closes: day(60),
			Items: []Item{{Code: "KH27-05"}, {Code: "KH27-01"}}, Villages: []string{"bu-prang", "bu-prang"},
		}
		c.change(&r)
		got, err := s.CreateRound(t.Context(), r)
		is(t, name, err, c.err)
		if err != nil {
			if len(m.rounds) != 1 {
				t.Errorf("%s: something was stored", name)
			}
			continue
		}
		if got.Number != 2 || got.ID == uuid.Nil || got.Items[0].Short != "Nước sạch" || len(m.rounds) != 2 {
			t.Errorf("%s: %+v", name, got)
		}
		if want := []string{"bu-prang"}; r.Villages != nil && !slices.Equal(got.Villages, want) || r.Villages == nil && len(got.Villages) != 3 {
			t.Errorf("%s: villages %v", name, got.Villages)
		}
	}
	s, m := newService(t)
	m.villages = nil
	_, err := s.CreateRound(t.Context(), Round{Area: area, Year: 2027, Title: "x", Opens: day(30), Closes: day(60), Items: []Item{{Code: "KH27-05"}}})
	is(t, "a commune without villages", err, ErrVillage)
	m.fail = errors.New("disk full")
	_, err = s.CreateRound(t.Context(), Round{Area: area, Year: 2027, Title: "x", Opens: day(30), Closes: day(60), Items: []Item{{Code: "KH27-05"}}})
	is(t, "no villages", err, ErrVillage)
}

func TestSaveRound(t *testing.T) {
	open := map[string]struct {
		change func(*Round)
		err    error
	}{
		"nothing changes":       {func(*Round) {}, nil},
		"another title":         {func(r *Round) { r.Title = "Lấy ý kiến lần 1" }, nil},
		"prolonged":             {func(r *Round) { r.Closes = r.Closes.AddDate(0, 0, 7) }, nil},
		"a village more":        {func(r *Round) { r.Villages = append(r.Villages, "thon-5") }, nil},
		"shortened":             {func(r *Round) { r.Closes = r.Closes.AddDate(0, 0, -7) }, ErrDates},
		"a village less":        {func(r *Round) { r.Villages = r.Villages[:1] }, ErrAsked},
		"items in other order":  {func(r *Round) { r.Items[0], r.Items[1] = r.Items[1], r.Items[0] }, ErrAsked},
		"an item less":          {func(r *Round) { r.Items = r.Items[:6] }, ErrAsked},
		"opened at another day": {func(r *Round) { r.Opens = r.Opens.AddDate(0, 0, -1) }, ErrAsked},
		"another year":          {func(r *Round) { r.Year = 2028 }, ErrAsked},
		"no such round":         {func(r *Round) { r.ID = id(99) }, ErrRound},
		"another's commune":     {func(r *Round) { r.Area = "quang-tin" }, ErrRound},
	}
	for name, c := range open {
		s, _ := newService(t)
		r := round()
		r.Number = 17
		c.change(&r)
		got, err := s.SaveRound(t.Context(), r)
		is(t, name, err, c.err)
		if err == nil && got.Number != 1 {
			t.Errorf("%s: number %d", name, got.Number)
		}
	}
	s, m := newService(t)
	m.rounds[0].Opens, m.rounds[0].Closes = now.AddDate(0, 0, 1), now.AddDate(0, 0, 9)
	r := m.rounds[0]
	r.Items, r.Villages, r.Opens = r.Items[2:4], r.Villages[:1], now.AddDate(0, 0, 3)
	if got, err := s.SaveRound(t.Context(), r); err != nil || len(got.Items) != 2 {
		t.Errorf("before it opens everything may change: %v", err)
	}
	s.now = func() time.Time { return now.AddDate(1, 0, 0) }
	r.Closes = now.AddDate(2, 0, 0)
	_, err := s.SaveRound(t.Context(), r)
	is(t, "after it closed", err, ErrNotOpen)
}

func TestCloseRound(t *testing.T) {
	s, m := newService(t)
	r, err := s.CloseRound(t.Context(), area, id(1))
	if err != nil || !r.Closes.Equal(now) || m.rounds[0].OpenAt(now) || !m.rounds[0].OpenAt(now.Add(-1)) {
		t.Errorf("%v, %+v", err, r)
	}
	_, err = s.CloseRound(t.Context(), area, id(1))
	is(t, "twice", err, ErrNotOpen)
	_, err = s.CloseRound(t.Context(), area, id(2))
	is(t, "none", err, ErrRound)
	_, err = s.CloseRound(t.Context(), "", id(1))
	is(t, "no commune", err, ErrArea)
}

func TestEnterPaper(t *testing.T) {
	yes := map[string]Stance{"all": Yes, "2": No}
	for name, c := range map[string]struct {
		change func(*PaperBallot)
		err    error
	}{
		"good":                        {func(*PaperBallot) {}, nil},
		"priorities only":             {func(p *PaperBallot) { p.Stances = nil }, nil},
		"by code":                     {func(p *PaperBallot) { p.Stances = map[string]Stance{"KH27-01": Yes} }, nil},
		"no officer":                  {func(p *PaperBallot) { p.By = "" }, ErrOfficer},
		"no commune":                  {func(p *PaperBallot) { p.Area = "" }, ErrArea},
		"no such round":               {func(p *PaperBallot) { p.Round = id(9) }, ErrRound},
		"an item too many":            {func(p *PaperBallot) { p.Stances = map[string]Stance{"1": Yes, "8": Yes} }, ErrItem},
		"a withdrawn item":            {func(p *PaperBallot) { p.Stances = map[string]Stance{"6": Yes} }, ErrItem},
		"an unknown stance":           {func(p *PaperBallot) { p.Stances = map[string]Stance{"1": "?"} }, ErrStance},
		"nothing on it":               {func(p *PaperBallot) { p.Stances, p.Priority = nil, nil }, ErrEmpty},
		"no household":                {func(p *PaperBallot) { p.Household = uuid.Nil }, ErrHousehold},
		"an unknown household":        {func(p *PaperBallot) { p.Household = id(99) }, errMissing},
		"a provisional household":     {func(p *PaperBallot) { p.Household = id(14) }, ErrHousehold},
		"a village that is not asked": {func(p *PaperBallot) { p.Household = id(13) }, ErrVillage},
	} {
		s, m := newService(t)
		p := PaperBallot{Area: area, Round: id(1), Household: id(11), Stances: yes, Priority: []int{5, 1}, By: "lan"}
		c.change(&p)
		receipt, err := s.EnterPaper(t.Context(), p)
		is(t, name, err, c.err)
		if err != nil {
			if len(m.voices)+len(m.priorities) > 0 {
				t.Errorf("%s: something was stored", name)
			}
			continue
		}
		if receipt != "7K2F9QX1" || len(m.voices)+len(m.priorities) == 0 {
			t.Errorf("%s: receipt %q, %d voices", name, receipt, len(m.voices))
		}
	}
	s, m := newService(t)
	if _, err := s.EnterPaper(t.Context(), PaperBallot{Area: area, Round: id(1), Household: id(11), Stances: yes, Priority: []int{5, 1}, By: "lan"}); err != nil {
		t.Fatal(err)
	}
	seen := map[uuid.UUID]bool{}
	for _, v := range m.voices {
		if v.Channel != PaperChannel || v.Village != "bu-prang" || v.Receipt == "" || !v.At.Equal(now) || seen[v.ID] || v.Contact != uuid.Nil {
			t.Errorf("voice %+v", v)
		}
		seen[v.ID] = true
	}
	if len(m.voices) != 6 || m.voices[1].Stance != No || !slices.Equal(m.priorities[0].Items, []string{"KH27-05", "KH27-01"}) {
		t.Errorf("stored %+v, %+v", m.voices, m.priorities)
	}
	r, err := s.Result(t.Context(), Commune{Code: area}, id(1))
	if err != nil || r.Heard != 1 || r.Items[1].No != 1 || r.Items[4].Priority != 3 {
		t.Errorf("result %+v, %v", r, err)
	}
	s.now = func() time.Time { return now.AddDate(0, 2, 0) }
	_, err = s.EnterPaper(t.Context(), PaperBallot{Area: area, Round: id(1), Household: id(11), Stances: yes, By: "lan"})
	is(t, "after closing", err, ErrNotOpen)
	_, err = s.Result(t.Context(), Commune{Code: area}, id(9))
	is(t, "result of no round", err, ErrRound)
}

func TestAnswerConcern(t *testing.T) {
	s, m := newService(t)
	notice := &Notice{Contact: id(5), Text: "Xã trả lời: …", Parts: 1}
	if err := s.AnswerConcern(t.Context(), area, id(8), " Cán bộ sẽ xuống xem. ", "lan", notice); err != nil {
		t.Fatal(err)
	}
	if m.answers[id(8)] != "Cán bộ sẽ xuống xem." || len(m.notices) != 1 {
		t.Errorf("%v, %v", m.answers, m.notices)
	}
	if n := m.notices[0]; n.ID == uuid.Nil || n.Purpose != "officer" || n.Author != "lan" || n.Contact != id(5) || notice.ID != uuid.Nil {
		t.Errorf("notice %+v", n)
	}
	if err := s.AnswerConcern(t.Context(), area, id(9), "Đã ghi nhận.", "lan", nil); err != nil || len(m.notices) != 1 {
		t.Errorf("without a notice: %v", err)
	}
	if err := s.AnswerConcern(t.Context(), area, id(8), "Lại", "minh", nil); err == nil {
		t.Error("answered twice")
	}
	is(t, "no commune", s.AnswerConcern(t.Context(), "", id(7), "x", "lan", nil), ErrArea)
	is(t, "no officer", s.AnswerConcern(t.Context(), area, id(7), "x", "", nil), ErrOfficer)
	is(t, "no words", s.AnswerConcern(t.Context(), area, id(7), " \n", "lan", nil), ErrAnswer)
	is(t, "too many words", s.AnswerConcern(t.Context(), area, id(7), strings.Repeat("ờ", maxAnswer+1), "lan", nil), ErrLong)
	is(t, "a notice to nobody", s.AnswerConcern(t.Context(), area, id(7), "x", "lan", &Notice{Text: "x"}), ErrContact)
	is(t, "an empty notice", s.AnswerConcern(t.Context(), area, id(7), "x", "lan", &Notice{Contact: id(5)}), ErrAnswer)
}

func TestPlaceContact(t *testing.T) {
	s, m := newService(t)
	is(t, "good", s.PlaceContact(t.Context(), area, id(5), id(11)), nil)
	if m.placed[id(5)] != id(11) {
		t.Errorf("placed %v", m.placed)
	}
	is(t, "nobody", s.PlaceContact(t.Context(), area, uuid.Nil, id(11)), ErrContact)
	is(t, "nowhere", s.PlaceContact(t.Context(), area, id(5), uuid.Nil), ErrHousehold)
	is(t, "provisional", s.PlaceContact(t.Context(), area, id(5), id(14)), ErrHousehold)
	is(t, "another's commune", s.PlaceContact(t.Context(), "quang-tin", id(5), id(11)), errMissing)
	is(t, "no commune", s.PlaceContact(t.Context(), "", id(5), id(11)), ErrArea)
	m.fail = errors.New("disk full")
	is(t, "store", s.PlaceContact(t.Context(), area, id(5), id(11)), m.fail)
}

func TestSaveVillage(t *testing.T) {
	s, m := newService(t)
	for name, c := range map[string]struct {
		v    Village
		err  error
		code string
		kind string
	}{
		"new":               {Village{Area: area, Name: "buôn  Đắk Nur", Rank: 9}, nil, "buon-dak-nur", "buôn"},
		"a quarter":         {Village{Area: area, Name: "Tổ dân phố 1"}, nil, "to-dan-pho-1", "tổ dân phố"},
		"without a kind":    {Village{Area: area, Name: "Nghĩa Tín"}, nil, "nghia-tin", ""},
		"changed":           {Village{Area: area, Code: "thon-3", Kind: "thôn", Name: "thôn 3", Rank: 7}, nil, "thon-3", "thôn"},
		"no commune":        {Village{Name: "thôn 9"}, ErrArea, "", ""},
		"no name":           {Village{Area: area, Name: " - "}, ErrName, "", ""},
		"a code with marks": {Village{Area: area, Code: "thôn", Name: "thôn 9"}, ErrCode, "", ""},
		"there already":     {Village{Area: area, Name: "Thôn 3"}, ErrTaken, "", ""},
		"another's name":    {Village{Area: area, Code: "x", Name: "THON 5"}, ErrTaken, "", ""},
		"another's alias":   {Village{Area: area, Code: "x", Name: "bon Mới", Aliases: []string{"bu prang"}}, ErrTaken, "", ""},
	} {
		got, err := s.SaveVillage(t.Context(), c.v)
		is(t, name, err, c.err)
		if got.Code != c.code || got.Kind != c.kind {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if i := slices.IndexFunc(m.villages, func(v Village) bool { return v.Code == "thon-3" }); len(m.villages) != 6 || m.villages[i].Rank != 7 {
		t.Errorf("villages %+v", m.villages)
	}
}

func TestSaveHousehold(t *testing.T) {
	s, m := newService(t)
	for name, c := range map[string]struct {
		h   Household
		err error
	}{
		"new":                 {Household{Area: area, Village: "thon-5", Number: "T5-002", Head: " Y  Bion "}, nil},
		"changed":             {Household{ID: id(11), Area: area, Village: "bu-prang", Number: "BP-001", Head: "H'Mai", Version: 1}, nil},
		"put on the roster":   {Household{ID: id(14), Area: area, Village: "thon-3", Number: "T3-002", Head: "Năm", Provisional: true}, nil},
		"no commune":          {Household{Village: "thon-5", Number: "T5-003", Head: "x"}, ErrArea},
		"no head":             {Household{Area: area, Village: "thon-5", Number: "T5-003"}, ErrName},
		"no number":           {Household{Area: area, Village: "thon-5", Head: "x"}, ErrCode},
		"no village":          {Household{Area: area, Number: "T5-003", Head: "x"}, ErrVillage},
		"an unknown village":  {Household{Area: area, Village: "paris", Number: "T5-003", Head: "x"}, ErrVillage},
		"another's number":    {Household{Area: area, Village: "thon-3", Number: "t5-001", Head: "x"}, ErrTaken},
		"a changed one's too": {Household{ID: id(12), Area: area, Village: "thon-3", Number: "BP-001", Head: "x"}, ErrTaken},
	} {
		got, err := s.SaveHousehold(t.Context(), c.h)
		is(t, name, err, c.err)
		if err == nil && (got.ID == uuid.Nil || got.Provisional || strings.Contains(got.Head, "  ")) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if len(m.households) != 5 || m.households[0].Version != 4 || m.households[3].Provisional {
		t.Errorf("households %+v", m.households)
	}
}

func TestSaveItem(t *testing.T) {
	s, m := newService(t)
	fresh := item("", "Sân bóng")
	got, err := s.SaveItem(t.Context(), fresh)
	if err != nil || got.Code != "KH27-08" || len(m.items) != 8 {
		t.Fatalf("%+v, %v", got, err)
	}
	fresh.Year = 2028
	if got, err := s.SaveItem(t.Context(), fresh); err != nil || got.Code != "KH28-01" {
		t.Errorf("%+v, %v", got, err)
	}
	for name, c := range map[string]struct {
		change func(*Item)
		err    error
	}{
		"its short name":            {func(i *Item) { i.Short = "Đường Bu Prăng" }, nil},
		"what is allotted":          {func(i *Item) { i.Funding[0].Funded = true }, nil},
		"its title":                 {func(i *Item) { i.Title = "Cầu" }, ErrAsked},
		"who pays":                  {func(i *Item) { i.Funding[1].Amount++ }, ErrAsked},
		"how much of it":            {func(i *Item) { i.Quantity = "3" }, ErrAsked},
		"for whom":                  {func(i *Item) { i.Village = "thon-3" }, ErrAsked},
		"for a village unheard of":  {func(i *Item) { i.Village = "paris" }, ErrVillage},
		"a code that is no code":    {func(i *Item) { i.Code = "4" }, ErrCode},
		"in no commune":             {func(i *Item) { i.Area = "" }, ErrArea},
		"an item nobody asks about": {func(i *Item) { i.Code, i.Title = "KH27-08", "Sân bóng chuyền" }, nil},
	} {
		i := item("KH27-01", "Đường bon Bu Prăng")
		c.change(&i)
		_, err := s.SaveItem(t.Context(), i)
		is(t, name, err, c.err)
	}
	if _, err := s.CloseRound(t.Context(), area, id(1)); err != nil {
		t.Fatal(err)
	}
	i := item("KH27-02", "Kênh")
	i.Title = "Kênh mương"
	_, err = s.SaveItem(t.Context(), i)
	is(t, "once the round has closed", err, nil)
}

func TestWithdrawItem(t *testing.T) {
	s, m := newService(t)
	is(t, "good", s.WithdrawItem(t.Context(), area, 2027, "KH27-04"), nil)
	is(t, "twice", s.WithdrawItem(t.Context(), area, 2027, "KH27-04"), nil)
	if !m.items[3].Withdrawn || len(m.items) != 7 {
		t.Errorf("items %+v", m.items)
	}
	is(t, "none", s.WithdrawItem(t.Context(), area, 2027, "KH27-44"), ErrItem)
	is(t, "another year", s.WithdrawItem(t.Context(), area, 2026, "KH27-05"), ErrItem)
	is(t, "no commune", s.WithdrawItem(t.Context(), "", 2027, "KH27-05"), ErrArea)
	m.fail = errors.New("disk full")
	is(t, "store", s.WithdrawItem(t.Context(), area, 2027, "KH27-05"), m.fail)
}

func TestProblemsSpeak(t *testing.T) {
	p := ErrItem.saying("Không có mục %d.", "No item %d.", 9)
	if p.Text("vi") != "Không có mục 9." || p.Text("en") != "No item 9." || p.Error() != "planning: No item 9." || !errors.Is(p, ErrItem) || errors.Is(p, ErrItems) {
		t.Errorf("%+v", p)
	}
}
