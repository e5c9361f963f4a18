package actions

import (
	"testing"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/flows"
)

func TestInputOf(t *testing.T) {
	group := "telegram:-1"
	for _, c := range []struct {
		in        bot.Inbound
		text      string
		kind      flows.InputKind
		addressed bool
	}{
		{bot.Inbound{Text: "gia tieu"}, "gia tieu", flows.InputText, true},
		{bot.Inbound{Text: "chao ca nha", Group: group}, "chao ca nha", flows.InputText, false},
		{bot.Inbound{Text: "/gia@LoaBot ca phe", Group: group}, "gia ca phe", flows.InputText, true},
		{bot.Inbound{Text: "/GIA", Group: group}, "gia", flows.InputText, true},
		{bot.Inbound{Text: "/khong-co", Group: group}, "/khong-co", flows.InputText, false},
		{bot.Inbound{Text: "/khokhan tiêu chết", Group: group}, "kho khan tiêu chết", flows.InputText, true},
		{bot.Inbound{Text: "/start abc"}, "alo", flows.InputText, true},
		{bot.Inbound{Text: "/"}, "/", flows.InputText, true},
		{bot.Inbound{Button: "vote:1:A:yes", Group: group}, "", flows.InputButton, true},
		{bot.Inbound{Media: []bot.Media{{Kind: "image", Ref: "x"}}}, "", flows.InputMedia, true},
		{bot.Inbound{Media: []bot.Media{{Kind: "image", Ref: "x"}}, Group: group}, "", flows.InputMedia, false},
		{bot.Inbound{Silence: true}, "", flows.InputSilence, true},
	} {
		got, addressed := inputOf(c.in)
		if got.Text != c.text || got.Kind != c.kind || addressed != c.addressed {
			t.Errorf("%+v: %+v, addressed %v", c.in, got, addressed)
		}
	}
}
