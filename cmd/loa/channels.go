package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/bot/telegram"
	"github.com/loa-vn/loa/bot/twilio"
	"github.com/loa-vn/loa/storage"
)

// channels are the ways in and out that this process serves.
type channels struct {
	byID map[string]*channel
}

// channel is one of them, with what its kind needs.
type channel struct {
	storage.Channel
	traits   bot.Traits
	routes   map[string]http.Handler // pattern → handler
	delivery *bot.Delivery
	poll     func(ctx context.Context, mine func() bool) // nil: by webhook
}

func newChannels() *channels { return &channels{byID: map[string]*channel{}} }

// Channel finds a channel by its id.
func (c *channels) Channel(id string) (storage.Channel, bot.Traits, bool) {
	found := c.byID[id]
	if found == nil {
		return storage.Channel{}, bot.Traits{}, false
	}
	return found.Channel, found.traits, true
}

// wake hurries a channel's delivery.
func (c *channels) wake(id string) {
	if found := c.byID[id]; found != nil {
		found.delivery.Wake()
	}
}

// open makes ready every channel that the configuration has credentials for.
func (c *channels) open(ctx context.Context, a *app, p parts) error {
	commune, err := onlyCommune(ctx, a.store, p.config.Commune)
	if err != nil && (p.demo || p.config.Twilio.AccountSID != "" || p.config.Telegram.Token != "") {
		return fmt.Errorf("which commune do the channels belong to? %w", err)
	}
	if p.demo {
		for _, kind := range []string{phone.SMS, phone.Chat} {
			c.addPhone(a, storage.Channel{ID: kind, Kind: kind, Area: commune})
		}
	}
	if t := p.config.Twilio; t.AccountSID != "" {
		row := storage.Channel{ID: "twilio", Kind: "twilio", Area: commune, Account: t.From, Secret: "TWILIO_AUTH_TOKEN"} //nolint:gosec // a variable's name
		c.addTwilio(a, p.config, row, t, "/channels/twilio/sms", "/channels/twilio/status")
	}
	if t := p.config.Telegram; t.Token != "" {
		row := storage.Channel{ID: "telegram", Kind: "telegram", Area: commune, Secret: "TELEGRAM_TOKEN"}
		if err := c.addTelegram(ctx, a, p.config, row, t, "/channels/telegram"); err != nil {
			return err
		}
	}
	for _, more := range p.config.Channels {
		if err := c.addConfigured(ctx, a, p.config, more); err != nil {
			return fmt.Errorf("channel %q: %w", more.ID, err)
		}
	}
	known, err := a.store.Channels(ctx)
	if err != nil {
		return err
	}
	for _, ch := range c.byID {
		if !slices.Contains(known, ch.Channel) {
			if err := a.store.SaveChannel(ctx, ch.Channel); err != nil {
				return err
			}
		}
	}
	return nil
}

// addConfigured opens a channel of config.yaml's list; its secret is looked
// up in the environment under the name given there.
func (c *channels) addConfigured(ctx context.Context, a *app, conf config, m channelConfig) error {
	if m.ID == "" || strings.ContainsAny(m.ID, "/ {}") || c.byID[m.ID] != nil {
		return errors.New("the id is missing, taken, or no part of an address")
	}
	commune, err := onlyCommune(ctx, a.store, m.Commune)
	if err != nil {
		return err
	}
	secret := os.Getenv(m.Secret)
	if m.Secret == "" || secret == "" {
		return errors.New("secret names no environment variable that is set")
	}
	row := storage.Channel{ID: m.ID, Kind: m.Kind, Area: commune, Account: cmp.Or(m.From, m.Account), Secret: m.Secret}
	base := "/channels/" + m.Kind + "/" + m.ID
	switch m.Kind {
	case "twilio":
		c.addTwilio(a, conf, row, twilioConfig{AccountSID: m.Account, AuthToken: secret, From: m.From, APIURL: conf.Twilio.APIURL}, base, base+"/status")
		return nil
	case "telegram":
		t := telegramConfig{Token: secret, WebhookSecret: os.Getenv(m.Secret + "_WEBHOOK"), APIURL: conf.Telegram.APIURL}
		return c.addTelegram(ctx, a, conf, row, t, base)
	default:
		return fmt.Errorf("unknown kind %q: twilio or telegram", m.Kind)
	}
}

func (c *channels) addPhone(a *app, row storage.Channel) {
	ch := phone.New(phone.Config{
		Channel: row, Accept: a.loop, Store: a.store, Keyring: a.keyring, Now: a.now, NewID: newID, Log: a.log,
	})
	path := "/channels/phone"
	if row.Kind == phone.Chat {
		path = "/channels/phone/chat"
	}
	c.add(a, &channel{
		Channel: row, traits: phone.TraitsOf(row.Kind),
		routes: map[string]http.Handler{
			"POST " + path:           ch,
			"GET " + path + "/inbox": http.HandlerFunc(ch.ServeInbox),
		},
	}, ch, bot.Limits{})
}

func (c *channels) addTwilio(a *app, conf config, row storage.Channel, t twilioConfig, sms, status string) {
	ch := twilio.New(twilio.Config{
		Channel: row.ID, AccountSID: t.AccountSID, AuthToken: t.AuthToken, From: t.From, APIURL: t.APIURL,
		PublicURL: conf.PublicURL, SMSPath: sms, StatusPath: status,
		Accept: a.loop, Reports: a.store, Now: a.now, Log: a.log,
	})
	c.add(a, &channel{
		Channel: row, traits: twilio.Traits,
		routes: map[string]http.Handler{
			"POST " + sms:    http.HandlerFunc(ch.ServeSMS),
			"POST " + status: http.HandlerFunc(ch.ServeStatus),
		},
	}, ch, bot.Limits{Channel: perSecond(cmp.Or(t.PerSecond, 1))})
}

func (c *channels) addTelegram(ctx context.Context, a *app, conf config, row storage.Channel, t telegramConfig, path string) error {
	ch, err := telegram.New(telegram.Config{
		Channel: row.ID, Token: t.Token, Secret: t.WebhookSecret, APIURL: t.APIURL,
		Accept: a.loop, Groups: a.store, Keyring: a.keyring, Now: a.now, Log: a.log,
	})
	if err != nil {
		return err
	}
	hello, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := ch.Connect(hello); err != nil {
		a.log.WarnContext(ctx, "Telegram does not answer yet; commands that name the bot are passed over until it does", "error", err)
	}
	row.Account = ch.Account
	open := &channel{Channel: row, traits: telegram.Traits, routes: map[string]http.Handler{"POST " + path: ch}}
	switch {
	case conf.PublicURL == "" || t.WebhookSecret == "":
		open.poll = ch.Poll
	default:
		if err := ch.SetWebhook(hello, conf.PublicURL+path); err != nil {
			a.log.WarnContext(ctx, "Telegram was not told where to send updates", "error", err)
		}
	}
	c.add(a, open, ch, telegram.Limits)
	return nil
}

func (c *channels) add(a *app, ch *channel, sender bot.Sender, limits bot.Limits) {
	delivery := &bot.Delivery{
		Channel: ch.Channel, Sender: sender, Limits: limits, Limiter: a.limiter(), Store: a.store, Keyring: a.keyring,
		Rules: policy.Default(), Now: a.now, Log: a.log,
	}
	ch.delivery = delivery.Prepare()
	c.byID[ch.ID] = ch
}

func (c *channels) mount(mux *http.ServeMux) {
	for _, ch := range c.byID {
		for pattern, handler := range ch.routes {
			mux.Handle(pattern, handler)
		}
	}
}

// run delivers, and polls where there is no webhook, until ctx ends.
func (c *channels) run(ctx context.Context, wg *sync.WaitGroup, a *app) {
	for _, ch := range c.byID {
		wg.Go(func() { ch.delivery.Run(ctx) })
		if ch.poll == nil {
			continue
		}
		var mine atomic.Bool
		wg.Go(func() { a.hold(ctx, "poll/"+ch.ID, &mine) })
		wg.Go(func() { ch.poll(ctx, mine.Load) })
	}
}

// hold keeps asking for a duty, so that one process at a time has it.
func (a *app) hold(ctx context.Context, duty string, mine *atomic.Bool) {
	const term = 30 * time.Second
	tick := time.NewTicker(term / 3)
	defer tick.Stop()
	for {
		got, err := a.store.Lease(ctx, duty, a.holder, a.now(), a.now().Add(term))
		mine.Store(err == nil && got)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
