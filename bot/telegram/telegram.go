// Package telegram is the channel to a Telegram bot: an own webhook that
// answers 200 only after the turn is durable, long polling where there is no
// public address, private chats with buttons, groups with commands.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/storage"
)

// Config is one Telegram bot.
type Config struct {
	Channel string // Channel.ID
	Token   string
	Secret  string // what Telegram sends in X-Telegram-Bot-Api-Secret-Token
	Account string // the bot's user name, without @: whose commands are ours
	APIURL  string // "" = Telegram's own
	Accept  bot.Accepter
	Groups  Groups
	Keyring *storage.Keyring
	Now     func() time.Time
	Log     *slog.Logger
	Client  *http.Client // nil = one with a time-out
}

// Groups records that a group has a new address. ErrNotFound: no such group.
type Groups interface {
	MoveGroup(ctx context.Context, channel string, from storage.Hash, to storage.Address) error
}

// Traits of Telegram chats. Replies go through the outbox: Telegram says
// nothing of a reply in a webhook's response that it cannot deliver.
var Traits = bot.Traits{Marks: true, Buttons: true}

// Limits are what Telegram states for bots: 30 messages a second over all,
// about one a second to a chat, 20 a minute to a group.
var Limits = bot.Limits{
	Channel: bot.Rate{Count: 30, Per: time.Second},
	Chat:    bot.Rate{Count: 3, Per: 3 * time.Second},
	Group:   bot.Rate{Count: 20, Per: time.Minute},
}

const (
	defaultAPI  = "https://api.telegram.org"
	sendTimeout = 20 * time.Second
)

// Channel is a Telegram bot.
type Channel struct {
	Config
	api     *tg.Bot
	learned atomic.Pointer[string] // its name, where Telegram did not answer when Loa started
}

// New makes the channel. It does not connect.
func New(c Config) (*Channel, error) {
	if c.Token == "" {
		return nil, errors.New("telegram: no token")
	}
	if c.APIURL == "" {
		c.APIURL = defaultAPI
	}
	if c.Client == nil {
		c.Client = &http.Client{Timeout: (pollSeconds + 10) * time.Second}
	}
	api, err := tg.New(
		c.Token, tg.WithSkipGetMe(), tg.WithServerURL(c.APIURL),
		tg.WithHTTPClient(time.Minute, c.Client), tg.WithErrorsHandler(func(error) {}),
	)
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	return &Channel{Config: c, api: api}, nil
}

// Connect learns the bot's own name. It is called before anything is served.
func (c *Channel) Connect(ctx context.Context) error {
	name, err := c.askName(ctx)
	c.Account = name
	return err
}

func (c *Channel) askName(ctx context.Context) (string, error) {
	me, err := c.api.GetMe(ctx)
	if err != nil {
		return "", fmt.Errorf("telegram: %w", err)
	}
	return me.Username, nil
}

// name is the bot's own, "" while it is not known.
func (c *Channel) name() string {
	if learned := c.learned.Load(); learned != nil {
		return *learned
	}
	return c.Account
}

// SetWebhook tells Telegram where to send updates.
func (c *Channel) SetWebhook(ctx context.Context, url string) error {
	_, err := c.api.SetWebhook(ctx, &tg.SetWebhookParams{URL: url, SecretToken: c.Secret, AllowedUpdates: allowed})
	if err != nil {
		return fmt.Errorf("telegram: %w", err)
	}
	return nil
}

// allowed are the kinds of update that decode knows.
var allowed = []string{"message", "edited_message", "callback_query"}
