package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/loa-vn/loa/storage"
)

const exampleConfig = "../../config.example.yaml"

// inFolder puts files into a folder of their own, works there, and clears the
// environment that configures Loa.
func inFolder(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	for _, name := range variables(reflect.TypeFor[config]()) {
		t.Setenv(name, "")
	}
}

// variables are the environment variables that a struct is filled from.
func variables(of reflect.Type) []string {
	var names []string
	for field := range fields(of) {
		if name := field.Tag.Get("env"); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// fields yields every field of a struct and of the structs in it.
func fields(of reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for field := range of.Fields() {
			if !yield(field) {
				return
			}
			inner := field.Type
			if inner.Kind() == reflect.Slice {
				inner = inner.Elem()
			}
			if inner.Kind() != reflect.Struct {
				continue
			}
			for f := range fields(inner) {
				if !yield(f) {
					return
				}
			}
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestExampleConfigLoads(t *testing.T) {
	example := read(t, exampleConfig)
	inFolder(t, map[string]string{"config.yaml": example, "keys.json": string(storage.NewKeys().JSON())})
	c, err := loadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.DatabaseURL != "sqlite:loa.db" || c.LogFormat != "json" || len(c.Channels) != 0 {
		t.Errorf("read as %+v", c)
	}
	if _, err := c.keyring(); err != nil {
		t.Errorf("the example's keys: %v", err)
	}

	// What is commented out loads as well.
	list := regexp.MustCompile(`(?s)channels: \[\]\n(.*)$`).FindStringSubmatch(example)
	if list == nil {
		t.Fatal("the example does not end with its list of channels")
	}
	more := "channels:\n" + regexp.MustCompile(`(?m)^#`).ReplaceAllString(list[1], "")
	if err := os.WriteFile("more.yaml", []byte(more), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err = loadConfig("more.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Channels) != 2 || c.Channels[0].Kind != "twilio" || c.Channels[0].From != "+84900000002" || c.Channels[1].Secret != "DAK_MIL_BOT" {
		t.Errorf("channels read as %+v", c.Channels)
	}
}

func TestExampleConfigMentionsEverything(t *testing.T) {
	example := read(t, exampleConfig)
	for field := range fields(reflect.TypeFor[config]()) {
		if key := field.Tag.Get("yaml"); key != "-" {
			if !regexp.MustCompile(`(?m)^#? *(- )?` + regexp.QuoteMeta(key) + `:`).MatchString(example) {
				t.Errorf("the key %q is not in config.example.yaml", key)
			}
		}
		if name := field.Tag.Get("env"); name != "" {
			if !regexp.MustCompile(regexp.QuoteMeta(name) + `\b`).MatchString(example) {
				t.Errorf("the variable %s is not in config.example.yaml", name)
			}
		}
	}
}

func TestEnvironmentWins(t *testing.T) {
	inFolder(t, map[string]string{"config.yaml": "addr: 127.0.0.1:1\nlog_level: warn\npublic_url: https://file.example.vn/\nshards: 3\n"})
	t.Setenv("LOA_ADDR", "127.0.0.1:2")
	t.Setenv("LOA_BEHIND_PROXY", "true")
	t.Setenv("TWILIO_PER_SECOND", "0.5")
	c, err := loadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:2" || !c.BehindProxy || c.Twilio.PerSecond != 0.5 {
		t.Errorf("the environment did not win: %+v", c)
	}
	if c.LogLevel != "warn" || c.Shards != 3 {
		t.Errorf("the file was not read, or a variable that is empty won: %+v", c)
	}
	if c.PublicURL != "https://file.example.vn" {
		t.Errorf("public URL %q, want none of its last slash", c.PublicURL)
	}
}

func TestNoConfigFileIsNeeded(t *testing.T) {
	inFolder(t, nil)
	c, err := loadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.LogLevel != "info" || c.LogFormat != "json" {
		t.Errorf("the defaults are %+v", c)
	}
}

func TestSecretsFromFiles(t *testing.T) {
	inFolder(t, map[string]string{
		"token": "twilio-token\n", "bot": " 1:bot-token\n", "secret": "webhook-secret", "url": "sqlite:elsewhere.db\n",
		"keys": string(storage.NewKeys().JSON()), "empty": "\n",
	})
	for name, value := range map[string]string{
		"LOA_PUBLIC_URL": "https://loa.example.vn", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN_FILE": "token",
		"TELEGRAM_TOKEN_FILE": "bot", "TELEGRAM_WEBHOOK_SECRET_FILE": "secret",
		"LOA_DATABASE_URL_FILE": "url", "LOA_KEYS_FILE": "keys",
	} {
		t.Setenv(name, value)
	}
	c, err := loadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	if c.Twilio.AuthToken != "twilio-token" || c.Telegram.Token != "1:bot-token" ||
		c.Telegram.WebhookSecret != "webhook-secret" || c.DatabaseURL != "sqlite:elsewhere.db" {
		t.Errorf("read as %+v", c)
	}
	if _, err := c.keyring(); err != nil {
		t.Error(err)
	}

	t.Setenv("TELEGRAM_TOKEN", "2:another")
	if c, err = loadConfig(""); err != nil || c.Telegram.Token != "2:another" {
		t.Errorf("a token beside a file with one: %q, %v", c.Telegram.Token, err)
	}

	// As docker-compose.yml has it before tokens are filled in: no channel.
	t.Setenv("TELEGRAM_TOKEN", "")
	t.Setenv("TWILIO_ACCOUNT_SID", "")
	t.Setenv("TWILIO_AUTH_TOKEN_FILE", "empty")
	t.Setenv("TELEGRAM_TOKEN_FILE", "empty")
	if c, err = loadConfig(""); err != nil || c.Twilio.AuthToken != "" || c.Telegram.Token != "" {
		t.Errorf("empty secrets: %+v, %v", c, err)
	}

	t.Setenv("LOA_KEYS_FILE", "nowhere")
	if _, err = loadConfig(""); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestBadConfigSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, file, variable, value, says string }{
		{name: "a key nobody knows", file: "adress: x\n", says: "adress"},
		{name: "no YAML", file: "addr: [\n", says: "config.yaml"},
		{name: "a list for a text", file: "twilio: []\n", says: "twilio"},
		{name: "a word for a number in the file", file: "shards: many\n", says: "shards"},
		{name: "a word for a number", variable: "LOA_SHARDS", value: "many", says: "Shards"},
		{name: "no yes or no", variable: "LOA_BEHIND_PROXY", value: "perhaps", says: "BehindProxy"},
		{name: "no URL", variable: "LOA_PUBLIC_URL", value: "loa.example.vn", says: "https://loa.example.vn"},
		{name: "a log format", variable: "LOA_LOG_FORMAT", value: "xml", says: "LOA_LOG_FORMAT"},
		{name: "half of Twilio", variable: "TWILIO_AUTH_TOKEN", value: "t", says: "TWILIO_ACCOUNT_SID"},
		{name: "Twilio without an address", variable: "TWILIO_ACCOUNT_SID", value: "AC1", says: "LOA_PUBLIC_URL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{}
			if c.file != "" {
				files["config.yaml"] = c.file
			}
			inFolder(t, files)
			if c.variable != "" {
				t.Setenv(c.variable, c.value)
			}
			if _, err := loadConfig(""); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
		})
	}

	t.Run("a named file that is not there", func(t *testing.T) {
		inFolder(t, nil)
		if _, err := loadConfig("mine.yaml"); err == nil || !strings.Contains(err.Error(), "mine.yaml") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a log level", func(t *testing.T) {
		if _, err := (config{LogLevel: "loud"}).logger(streams{}); err == nil || !strings.Contains(err.Error(), "LOA_LOG_LEVEL") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("no keys", func(t *testing.T) {
		if _, err := (config{}).keyring(); err == nil || !strings.Contains(err.Error(), "loa keys") {
			t.Errorf("error %v", err)
		}
	})
	for url, says := range map[string]string{"": "LOA_DATABASE_URL", "mysql://x": "sqlite:"} {
		if _, err := openStore(t.Context(), url); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("the database %q: %v", url, err)
		}
	}
}
