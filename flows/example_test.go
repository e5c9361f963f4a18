package flows_test

import (
	"fmt"
	"strings"
	"testing/fstest"
	"time"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
)

// market is a host that knows one price and reads a word at a time.
type market struct{}

func (market) Do(string, flows.Values) (flows.Values, error) {
	return flows.Values{"amount": int64(148000)}, nil
}
func (market) Options(string) []flows.Option { return nil }
func (market) Lookup(string) any             { return nil }
func (market) Lang() string                  { return "vi" }
func (market) Now() time.Time                { return time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC) }
func (market) NewCode() string               { return "7K2F9QC4" }

func (market) Read(text string, c understand.Context) understand.Reading {
	r := understand.Reading{Text: text, Intent: understand.None}
	if c.Expect == understand.ExpectCommodity && strings.Contains(text, "tieu") {
		r.Intent, r.Confidence, r.Commodities = understand.Choice, 0.95, []string{"pepper"}
	}
	return r
}

func Example() {
	e, err := flows.Compile(fstest.MapFS{"price.yaml": {Data: []byte(`
id: price
title: {vi: Hỏi giá, en: Prices}
starts: {keywords: [gia]}
steps:
  - ask: commodity
    save: crop
    skip: true
    text: {vi: "Giá cây, con gì?", en: "The price of what?"}
  - do: price.quote
    with: {commodity: crop}
    save: price
  - say: {vi: "Hôm nay {price.amount} đ/kg.", en: "Today {price.amount} đ/kg."}
`)}}, []flows.Action{{Name: "price.quote", Args: []string{"commodity"}, Returns: []string{"amount"}}}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	var state []byte
	for _, text := range []string{"Giá", "tieu"} {
		out, err := e.Play(market{}, state, flows.Input{Kind: flows.InputText, Text: text})
		if err != nil {
			fmt.Println(err)
			return
		}
		state = out.State
		for _, r := range out.Replies {
			fmt.Println(flows.Join(r.Says, " "))
		}
	}
	// Output:
	// Giá cây, con gì?
	// Hôm nay 148.000 đ/kg.
}
