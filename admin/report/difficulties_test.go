package report_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/admin/report"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
)

// told is what people of a commune told.
type told []planning.Concern

func (told) Villages(context.Context, string) ([]planning.Village, error) {
	return []planning.Village{{Code: "a", Name: "thôn 1"}, {Code: "b", Name: "bon Bu Prăng"}}, nil
}

func (told) Commodities(context.Context, string) ([]market.Commodity, error) {
	return market.Catalogue(), nil
}

func (k told) Concerns(context.Context, planning.ConcernQuery) ([]planning.Concern, error) {
	return k, nil
}

func TestDifficultiesAreGrouped(t *testing.T) {
	home, person := uuid.New(), uuid.New()
	list, err := report.GatherDifficulties(t.Context(), told{
		{Commodity: "coffee", Link: planning.Selling, Household: home, Village: "a", Text: "thương lái ép giá, gọi 0905 123 456 nhé"},
		{Commodity: "coffee", Link: planning.Selling, Household: home, Village: "a", Text: "Thương lái ép giá, gọi +84905123456 nhé"},
		{Commodity: "coffee", Link: planning.Selling, Contact: person, Text: "bán 101.800.000 đồng một tấn", AnsweredAt: time.Now()},
		{Link: planning.Capital, Contact: person, Village: "b", Text: ""},
	}, planning.Commune{Code: "dak-mau", Name: "Xã Đắk Mẫu"}, time.Time{}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if list.Total != 4 || len(list.Rows) != 2 || list.Since != nil {
		t.Fatalf("%+v", list)
	}
	coffee := list.Rows[0]
	if coffee.Name != "cà phê" || coffee.Count != 3 || coffee.Households != 2 || coffee.Answered != 1 {
		t.Errorf("%+v", coffee)
	}
	if len(coffee.Texts) != 2 || coffee.Texts[0] != "thương lái ép giá, gọi … nhé" || coffee.Texts[1] != "bán 101.800.000 đồng một tấn" {
		t.Errorf("texts %q", coffee.Texts)
	}
	if v := coffee.ByVillage; len(v) != 2 || v[0].Count != 2 || v[1].Code != "" || v[1].Count != 1 {
		t.Errorf("villages %+v", v)
	}
	if general := list.Rows[1]; general.Name != "chung" || len(general.Texts) != 0 || general.Households != 1 {
		t.Errorf("%+v", general)
	}
}
