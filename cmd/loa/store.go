package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/postgres"
	"github.com/loa-vn/loa/storage/sqlite"
)

// openStore opens what a database URL names: postgres://… or sqlite:PATH.
func openStore(ctx context.Context, url string) (storage.Store, error) {
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		return sqlite.Open(ctx, strings.TrimPrefix(url, "sqlite:"))
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		return postgres.Open(ctx, url)
	case url == "":
		return nil, errors.New("no database: set LOA_DATABASE_URL to postgres://… or sqlite:PATH")
	default:
		return nil, errors.New("LOA_DATABASE_URL must be postgres://… or sqlite:PATH")
	}
}

// storeFlags choose the store of a tool: the demo's folder, or what serve is
// configured with. It works beside a running Loa.
type storeFlags struct {
	Data   string `help:"The demo's folder." placeholder:"DIR"`
	Config string `help:"Configuration file of serve." type:"path" placeholder:"FILE"`
}

func (f storeFlags) open(ctx context.Context) (storage.Store, *storage.Keyring, error) {
	if f.Data != "" {
		path := demoDatabase(f.Data)
		if _, err := os.Stat(path); err != nil {
			return nil, nil, fmt.Errorf("%s holds no demo: %w", f.Data, err)
		}
		store, err := sqlite.Open(ctx, path)
		if err != nil {
			return nil, nil, err
		}
		keyring, err := demoKeyring(f.Data)
		return store, keyring, err
	}
	c, err := loadConfig(f.Config)
	if err != nil {
		return nil, nil, err
	}
	if c.DatabaseURL == "" {
		if _, err := os.Stat(demoDatabase(demoFolder)); err == nil {
			return storeFlags{Data: demoFolder}.open(ctx)
		}
	}
	store, err := openStore(ctx, c.DatabaseURL)
	if err != nil {
		return nil, nil, err
	}
	if c.Keys == "" {
		return store, nil, nil // the tools that need keys say so
	}
	keyring, err := c.keyring()
	return store, keyring, err
}

const demoFolder = "loa-demo"

func demoDatabase(dir string) string { return filepath.Join(dir, "loa.db") }

// onlyCommune returns the commune that was named, or the only one there is.
func onlyCommune(ctx context.Context, world storage.World, code string) (string, error) {
	communes, err := world.Communes(ctx)
	if err != nil {
		return "", err
	}
	var codes []string
	for _, c := range communes {
		if c.Code == code {
			return code, nil
		}
		codes = append(codes, c.Code)
	}
	switch {
	case code != "":
		return "", fmt.Errorf("no commune %q; there are: %s", code, strings.Join(codes, ", "))
	case len(codes) == 1:
		return codes[0], nil
	case len(codes) == 0:
		return "", errors.New("no commune yet: make one with `loa setup FILE`")
	default:
		return "", fmt.Errorf("name a commune with --commune: %s", strings.Join(codes, ", "))
	}
}
