package planning

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func counted() Counted {
	return Counted{
		Cells: []Cell{
			{"KH27-01", "thon-3", "sms", Yes, false, 30},
			{"KH27-01", "thon-3", "telegram", No, false, 6},
			{"KH27-01", "bu-prang", "paper", Yes, false, 10},
			{"KH27-01", "bu-prang", "sms", Other, true, 2},
			{"KH27-01", "", "sms", Abstain, true, 1},
			{"KH27-01", "thon-5", "sms", No, false, 1},
			{"KH27-99", "thon-3", "sms", No, false, 8},
		},
		Priorities: []PriorityCell{{"KH27-01", "thon-3", false, 7, 3}, {"KH27-01", "", true, 3, 1}},
		Heard: []HeardCell{
			{"thon-3", "sms", false, 30},
			{"thon-3", "telegram", false, 6},
			{"bu-prang", "paper", false, 10},
			{"bu-prang", "sms", true, 2},
			{"", "sms", true, 1},
			{"thon-5", "sms", false, 1},
		},
		Opinions: map[string]int{"KH27-01": 4, "": 2},
	}
}

func TestCount(t *testing.T) {
	_, m := newService(t)
	r := Count(Commune{Code: area, Name: "Xã Đắk Mẫu", Sample: true}, round(), m.villages, counted())
	if r.Commune.Name != "Xã Đắk Mẫu" || !r.Sample || r.Round != 1 || r.Year != 2027 {
		t.Errorf("head %+v", r)
	}
	if r.HouseholdsAll != 300 || r.Heard != 46 || r.NotYetPlaced != 3 || r.Elsewhere != 1 || r.Opinions != 6 || r.OpinionsOnPlan != 2 {
		t.Errorf("sums %+v", r)
	}
	if got := r.Coverage.Text("vi"); got != "15,3% trong 300 hộ của các thôn, bon được lấy ý kiến" {
		t.Errorf("coverage %q", got)
	}
	if got := []string{r.Villages[0].Code, r.Villages[1].Code}; !slices.Equal(got, []string{"thon-3", "bu-prang"}) || len(r.Villages) != 2 {
		t.Errorf("villages %+v", r.Villages)
	}
	if v := r.Villages[1]; v.Heard != 10 || v.NotYetPlaced != 2 || v.Coverage != (Share{10, 100, OfVillage}) {
		t.Errorf("village %+v", v)
	}
	if !slices.Equal(r.Channels, []Reached{{"paper", 10}, {"sms", 34}, {"telegram", 6}}) {
		t.Errorf("channels %+v", r.Channels)
	}
	i := r.Items[0]
	if i.Tally != (Tally{40, 7, 2, 1}) || i.NotYetPlaced != (Tally{0, 0, 2, 1}) || i.Heard != 46 || i.Elsewhere != 1 || i.HouseholdsAll != 300 {
		t.Errorf("item %+v", i)
	}
	if i.Number != 1 || i.Priority != 10 || i.Mentions != 4 || i.Opinions != 4 {
		t.Errorf("item %+v", i)
	}
	if got := i.Shares[Yes].Text("en"); got != "80% of 50 households with a voice on this item" {
		t.Errorf("share %q", got)
	}
	if v := i.ByVillage["thon-3"]; v != (VillageResult{"thôn 3", Tally{Yes: 30, No: 6}, 7, 3, 36, 200}) {
		t.Errorf("village %+v", v)
	}
	if v := i.ByVillage["thon-5"]; v != (VillageResult{"thôn 5", Tally{No: 1}, 0, 0, 0, 0}) {
		t.Errorf("elsewhere %+v", v)
	}
	if v := i.ByVillage[UnknownVillage]; v != (VillageResult{"chưa rõ thôn, bon", Tally{Abstain: 1}, 3, 1, 0, 0}) {
		t.Errorf("unknown %+v", v)
	}
	if c := i.ByChannel["sms"]; c != (Tally{30, 1, 2, 1}) {
		t.Errorf("channel %+v", c)
	}
	if i := r.Items[5]; !i.Withdrawn || i.Sum() != 0 || i.Shares[Yes].Percent() != 0 || i.Shares[Yes].Text("vi") != "chưa có hộ cho ý kiến về mục này" {
		t.Errorf("withdrawn %+v", i)
	}
}

// The keys that scripts and integrations read.
func TestResultJSON(t *testing.T) {
	_, m := newService(t)
	data, err := json.Marshal(Count(Commune{Code: area}, round(), m.villages, counted()))
	if err != nil {
		t.Fatal(err)
	}
	var r map[string]any
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	item := r["items"].([]any)[0].(map[string]any)
	for path, want := range map[string]any{
		"code": "KH27-01", "number": 1.0, "title": "Đường bon Bu Prăng thật dài", "yes": 40.0, "no": 7.0, "other": 2.0, "abstain": 1.0,
		"priority_points": 10.0, "priority_mentions": 4.0, "opinions": 4.0, "households_heard": 46.0, "households_in_all": 300.0,
		"by_village.thon-3.yes": 30.0, "by_village.thon-3.households_in_all": 200.0, "by_channel.paper.yes": 10.0,
		"shares.yes.percent": 80.0, "shares.yes.of": "households_with_a_voice_on", "coverage.total": 300.0,
	} {
		var got any = item
		for key := range strings.SplitSeq(path, ".") {
			got = got.(map[string]any)[key]
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	for key, want := range map[string]any{"households_in_all": 300.0, "households_heard": 46.0, "not_yet_placed": 3.0, "opinions": 6.0, "round": 1.0} {
		if !reflect.DeepEqual(r[key], want) {
			t.Errorf("%s = %v, want %v", key, r[key], want)
		}
	}
	if share := r["items"].([]any)[1].(map[string]any)["shares"].(map[string]any)["yes"].(map[string]any); share["percent"] != nil {
		t.Errorf("a share of nothing is %v", share)
	}
}

func TestCountOfAllVillages(t *testing.T) {
	_, m := newService(t)
	r := round()
	r.Villages = nil
	if got := Count(Commune{}, r, m.villages, counted()); got.HouseholdsAll != 350 || got.Elsewhere != 0 || got.Heard != 47 {
		t.Errorf("all villages %+v", got)
	}
	r.Villages = []string{"thon-3", "gone"}
	if got := Count(Commune{}, r, m.villages, counted()); got.HouseholdsAll != 200 || len(got.Villages) != 2 || got.Villages[1].Code != "gone" {
		t.Errorf("a village that is gone %+v", got.Villages)
	}
	if got := Count(Commune{}, Round{}, nil, Counted{}); got.Coverage.Percent() != 0 || len(got.Items) != 0 {
		t.Errorf("nothing %+v", got)
	}
}

func TestBaseLabels(t *testing.T) {
	for _, b := range []Base{OfHouseholdsAll, OfVillage, OfHouseholdsHeard} {
		if b.Label("vi") == string(b) || b.Label("en") == string(b) || b.Label("vi") == b.Label("en") {
			t.Errorf("%s has no words", b)
		}
	}
	if Base("x").Label("vi") != "x" {
		t.Error("an unknown base speaks for itself")
	}
}
