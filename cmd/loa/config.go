package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/goccy/go-yaml"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/storage"
)

// config is what `loa serve` runs from: config.yaml, then the environment,
// which wins. config.example.yaml explains every key.
type config struct {
	Addr         string `yaml:"addr" env:"LOA_ADDR"`
	PublicURL    string `yaml:"public_url" env:"LOA_PUBLIC_URL"`
	DatabaseURL  string `yaml:"database_url" env:"LOA_DATABASE_URL"`
	DatabaseFile string `yaml:"database_url_file" env:"LOA_DATABASE_URL_FILE"`
	RedisURL     string `yaml:"redis_url" env:"LOA_REDIS_URL"`
	Keys         string `yaml:"-" env:"LOA_KEYS"`
	KeysFile     string `yaml:"keys_file" env:"LOA_KEYS_FILE"`
	LogLevel     string `yaml:"log_level" env:"LOA_LOG_LEVEL"`
	LogFormat    string `yaml:"log_format" env:"LOA_LOG_FORMAT"`
	Commune      string `yaml:"commune" env:"LOA_COMMUNE"`
	Shards       int    `yaml:"shards" env:"LOA_SHARDS"`
	Chatter      int    `yaml:"replies_per_number" env:"LOA_REPLIES_PER_NUMBER"`
	BehindProxy  bool   `yaml:"behind_proxy" env:"LOA_BEHIND_PROXY"`

	Twilio   twilioConfig   `yaml:"twilio"`
	Telegram telegramConfig `yaml:"telegram"`
	// Channels beside those two: several numbers or bots, each of one commune.
	Channels []channelConfig `yaml:"channels"`
}

type twilioConfig struct {
	AccountSID string  `yaml:"account_sid" env:"TWILIO_ACCOUNT_SID"`
	AuthToken  string  `yaml:"-" env:"TWILIO_AUTH_TOKEN"`
	TokenFile  string  `yaml:"auth_token_file" env:"TWILIO_AUTH_TOKEN_FILE"`
	From       string  `yaml:"from" env:"TWILIO_FROM"`
	APIURL     string  `yaml:"api_url" env:"TWILIO_API_URL"`
	PerSecond  float64 `yaml:"per_second" env:"TWILIO_PER_SECOND"`
}

type telegramConfig struct {
	Token         string `yaml:"-" env:"TELEGRAM_TOKEN"`
	TokenFile     string `yaml:"token_file" env:"TELEGRAM_TOKEN_FILE"`
	WebhookSecret string `yaml:"-" env:"TELEGRAM_WEBHOOK_SECRET"`
	SecretFile    string `yaml:"webhook_secret_file" env:"TELEGRAM_WEBHOOK_SECRET_FILE"`
	APIURL        string `yaml:"api_url" env:"TELEGRAM_API_URL"`
}

// channelConfig is one more channel. Secrets are named, not written: the
// variables Secret_TOKEN … are looked up in the environment.
type channelConfig struct {
	ID      string `yaml:"id"`
	Kind    string `yaml:"kind"` // twilio | telegram
	Commune string `yaml:"commune"`
	Account string `yaml:"account"` // Twilio: account SID; Telegram: empty
	From    string `yaml:"from"`    // Twilio: the number
	Secret  string `yaml:"secret"`  // name of the environment variable with the token
}

// loadConfig reads the file, if there is one (a named one must exist), and
// the environment over it.
func loadConfig(path string) (config, error) {
	c := config{Addr: "127.0.0.1:8080", LogLevel: "info", LogFormat: "json"}
	named := path != ""
	if !named {
		path = "config.yaml"
	}
	data, err := os.ReadFile(path)
	switch {
	case err == nil:
		if err := yaml.UnmarshalWithOptions(data, &c, yaml.Strict()); err != nil {
			return c, fmt.Errorf("%s: %w", path, err)
		}
	case named || !errors.Is(err, fs.ErrNotExist):
		return c, err
	}
	if err := env.Parse(&c); err != nil {
		return c, err
	}
	for _, secret := range []struct {
		into *string
		file string
	}{
		{&c.Twilio.AuthToken, c.Twilio.TokenFile},
		{&c.Telegram.Token, c.Telegram.TokenFile},
		{&c.Telegram.WebhookSecret, c.Telegram.SecretFile},
		{&c.Keys, c.KeysFile},
		{&c.DatabaseURL, c.DatabaseFile},
	} {
		if *secret.into != "" || secret.file == "" {
			continue
		}
		text, err := os.ReadFile(secret.file)
		if err != nil {
			return c, err
		}
		*secret.into = strings.TrimSpace(string(text))
	}
	c.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
	return c, c.check()
}

func (c config) check() error {
	if c.PublicURL != "" {
		u, err := url.Parse(c.PublicURL)
		if err != nil || u.Scheme == "" || u.Host == "" {
			return fmt.Errorf("LOA_PUBLIC_URL %q is not a URL such as https://loa.example.vn", c.PublicURL)
		}
	}
	if c.LogFormat != "json" && c.LogFormat != "text" {
		return fmt.Errorf("LOA_LOG_FORMAT %q is neither json nor text", c.LogFormat)
	}
	if c.Twilio.AccountSID != "" && c.PublicURL == "" {
		return errors.New("set LOA_PUBLIC_URL: Twilio signs its requests over it")
	}
	if (c.Twilio.AccountSID == "") != (c.Twilio.AuthToken == "") {
		return errors.New("both TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are needed for Twilio")
	}
	return nil
}

// keyring opens the keys that serve was given.
func (c config) keyring() (*storage.Keyring, error) {
	if c.Keys == "" {
		return nil, errors.New("no keys: set LOA_KEYS or LOA_KEYS_FILE (make a set with `loa keys`)")
	}
	return storage.ParseKeys([]byte(c.Keys))
}

// demoKeyring opens the keys kept beside the demo's data, made the first time.
func demoKeyring(dir string) (*storage.Keyring, error) {
	path := filepath.Join(dir, "keys.json")
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		data = storage.NewKeys().JSON()
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		return nil, err
	}
	return storage.ParseKeys(data)
}

func (c config) logger(io streams) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return nil, fmt.Errorf("LOA_LOG_LEVEL: %w", err)
	}
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "text" {
		return slog.New(slog.NewTextHandler(io.err, options)), nil
	}
	return slog.New(slog.NewJSONHandler(io.err, options)), nil
}

// perSecond is a provider's rate for a whole channel.
func perSecond(n float64) bot.Rate {
	if n <= 0 {
		return bot.Rate{}
	}
	if n < 1 {
		return bot.Rate{Count: 1, Per: time.Duration(float64(time.Second) / n)}
	}
	return bot.Rate{Count: int(n), Per: time.Second}
}
