package main

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/loa-vn/loa/admin"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type setupCmd struct {
	storeFlags
	File string `arg:"" help:"The commune's YAML file (see docs/commune.example.yaml)." type:"existingfile"`
}

// communeFile is what `loa setup` reads.
type communeFile struct {
	Code     string `yaml:"code"`
	Name     string `yaml:"name"`
	Province string `yaml:"province"`
	Settings struct {
		Zone          string `yaml:"zone"`
		Lang          string `yaml:"lang"`
		Marks         bool   `yaml:"marks"`
		AnswerDays    int    `yaml:"answer_days"`
		SilenceHours  int    `yaml:"silence_hours"`
		ResultsPublic bool   `yaml:"results_public"`
		SMSCost       int64  `yaml:"sms_cost"`
		Hotline       string `yaml:"hotline"`
		ChatLink      string `yaml:"chat_link"`
	} `yaml:"settings"`
	Villages []struct {
		Code    string   `yaml:"code"`
		Kind    string   `yaml:"kind"`
		Name    string   `yaml:"name"`
		Aliases []string `yaml:"aliases"`
	} `yaml:"villages"`
	Markets []struct {
		ID      string   `yaml:"id"`
		Name    string   `yaml:"name"`
		Aliases []string `yaml:"aliases"`
	} `yaml:"markets"`
	// Words are what people here say in their own way.
	Words []wordFile `yaml:"words"`
	// Roster is a CSV file beside this one: village,number,head,poor.
	Roster   string `yaml:"roster"`
	Officers []struct {
		Login string `yaml:"login"`
		Name  string `yaml:"name"`
		Role  string `yaml:"role"`
		// Password is the name of the environment variable that holds it.
		Password string `yaml:"password_env"`
		// Telegram is the officer's user id there, who may then ask for reports.
		Telegram int64 `yaml:"telegram"`
	} `yaml:"officers"`
	Plan *planFile `yaml:"plan"`
}

// Run creates or updates; what stands in the store and not in the file stays.
func (c *setupCmd) Run(ctx context.Context, std streams) error {
	data, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	var f communeFile
	if err := yaml.UnmarshalWithOptions(data, &f, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	if err := f.check(); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	store, keyring, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	zone, err := time.LoadLocation(f.Settings.Zone)
	if err != nil {
		return err
	}
	homes, err := f.roster(ctx, store, filepath.Dir(c.File))
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return store.SaveCommune(ctx, f.commune()) },
		func() error { return store.SaveVillages(ctx, f.villages()) },
		func() error { return store.SaveCommodities(ctx, f.Code, market.Catalogue()) },
		func() error { return store.SavePlaces(ctx, f.places()) },
		func() error { return f.words(ctx, store) },
		func() error { return store.SaveHouseholds(ctx, homes) },
		func() error { return f.officers(ctx, store, keyring) },
		func() error { return f.Plan.save(ctx, store, f.Code, zone) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(std.out, "%s: %d villages, %d households, %d markets, %d words, %d officers\n",
		f.Name, len(f.Villages), len(homes), len(f.Markets), len(f.Words), len(f.Officers))
	return err
}

func (f communeFile) check() error {
	if f.Code == "" || f.Name == "" || strings.ContainsAny(f.Code, " /") {
		return errors.New("code (one word) and name are needed")
	}
	if _, err := time.LoadLocation(f.Settings.Zone); err != nil || f.Settings.Zone == "" {
		return errors.New("settings.zone must be a time zone such as Asia/Ho_Chi_Minh")
	}
	seen := map[string]bool{}
	for _, v := range f.Villages {
		if v.Code == "" || v.Name == "" || seen[v.Code] {
			return fmt.Errorf("village %q: code and name are needed, each code once", v.Name)
		}
		seen[v.Code] = true
	}
	for _, o := range f.Officers {
		if o.Login == "" || o.Login != strings.ToLower(o.Login) {
			return fmt.Errorf("officer %q: login must be lower-case", o.Login)
		}
		if role := storage.Role(o.Role); role != storage.RoleOfficer && role != storage.RoleAdmin {
			return fmt.Errorf("officer %q: role must be officer or admin", o.Login)
		}
	}
	if f.Plan != nil {
		for _, i := range f.Plan.Items {
			if i.Code == "" {
				return fmt.Errorf("plan item %q: code is needed (such as KH27-01), or a second setup would add it again", i.Title)
			}
		}
	}
	return nil
}

func (f communeFile) commune() planning.Commune {
	s := f.Settings
	return planning.Commune{
		Code: f.Code, Name: f.Name, Province: f.Province,
		Settings: planning.Settings{
			Zone: s.Zone, Lang: cmp.Or(s.Lang, "vi"), Marks: s.Marks, AnswerDays: max(s.AnswerDays, 1),
			Silence: time.Duration(max(s.SilenceHours, 1)) * time.Hour, ResultsPublic: s.ResultsPublic,
			SMSCost: s.SMSCost, Hotline: s.Hotline, ChatLink: s.ChatLink,
		},
	}
}

func (f communeFile) villages() []planning.Village {
	out := make([]planning.Village, len(f.Villages))
	for i, v := range f.Villages {
		out[i] = planning.Village{Area: f.Code, Code: v.Code, Kind: v.Kind, Name: v.Name, Aliases: v.Aliases, Rank: i + 1}
	}
	return out
}

func (f communeFile) places() []market.Place {
	out := make([]market.Place, len(f.Markets))
	for i, m := range f.Markets {
		out[i] = market.Place{Area: f.Code, ID: m.ID, Name: m.Name, Aliases: m.Aliases, Rank: i + 1}
	}
	return out
}

// roster reads the households. One that is known by its number keeps its id.
func (f communeFile) roster(ctx context.Context, store storage.Store, dir string) ([]planning.Household, error) {
	if f.Roster == "" {
		return nil, nil
	}
	file, err := os.Open(filepath.Join(dir, f.Roster))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	known, err := store.Households(ctx, f.Code, "")
	if err != nil {
		return nil, err
	}
	byNumber := map[string]planning.Household{}
	for _, h := range known {
		byNumber[h.Number] = h
	}
	villages := map[string]bool{}
	for _, v := range f.Villages {
		villages[v.Code] = true
	}
	rows := csv.NewReader(file)
	rows.FieldsPerRecord = 4
	seen := map[string]bool{}
	var homes []planning.Household
	for line := 1; ; line++ {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return homes, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Roster, err)
		}
		if line == 1 {
			row[0] = strings.TrimPrefix(row[0], "\ufeff") // as spreadsheets write UTF-8
			if row[0] == "village" {
				continue
			}
		}
		if !villages[row[0]] || row[1] == "" {
			return nil, fmt.Errorf("%s, line %d: no village %q, or no number", f.Roster, line, row[0])
		}
		if seen[row[1]] {
			return nil, fmt.Errorf("%s, line %d: number %q stands twice", f.Roster, line, row[1])
		}
		seen[row[1]] = true
		h := byNumber[row[1]]
		if h.Number == "" {
			h.ID = newID()
		}
		h.Area, h.Village, h.Number, h.Head, h.Poor = f.Code, row[0], row[1], row[2], row[3] == "1" || strings.EqualFold(row[3], "x")
		homes = append(homes, h)
	}
}

func (f communeFile) officers(ctx context.Context, store storage.Store, keyring *storage.Keyring) error {
	for _, o := range f.Officers {
		officer, err := store.OfficerByLogin(ctx, o.Login)
		switch {
		case errors.Is(err, storage.ErrNotFound):
			officer = storage.Officer{ID: newID(), Login: o.Login, Lang: "vi"}
		case err != nil:
			return err
		case officer.Area != f.Code:
			return fmt.Errorf("officer %q belongs to another commune", o.Login)
		}
		officer.Area, officer.Name, officer.Role = f.Code, o.Name, storage.Role(o.Role)
		if password := os.Getenv(o.Password); o.Password != "" && password != "" {
			if officer.Password, err = admin.HashPassword(password); err != nil {
				return err
			}
		}
		if o.Telegram != 0 {
			if keyring == nil {
				return fmt.Errorf("officer %q: telegram needs the keys: set LOA_KEYS or LOA_KEYS_FILE", o.Login)
			}
			officer.Telegram = keyring.Hash("telegram:" + strconv.FormatInt(o.Telegram, 10))
		}
		if officer.Password == "" {
			return fmt.Errorf("officer %q: set the password in the environment variable %q", o.Login, o.Password)
		}
		if err := store.SaveOfficer(ctx, officer); err != nil {
			return fmt.Errorf("officer %q: %w", o.Login, err)
		}
	}
	return nil
}
