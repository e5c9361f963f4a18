package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/admin"
	"github.com/loa-vn/loa/cmd/loa/sample"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/sqlite"
)

type demoCmd struct {
	Addr  string `help:"Address to listen on." default:"127.0.0.1:8080"`
	Data  string `help:"Folder that keeps the demo's data." default:"./loa-demo" type:"path"`
	Fresh bool   `help:"Begin again: throw away what the folder keeps."`
}

// The demo's officer. The password is drawn at the first start unless
// LOA_ADMIN_PASSWORD sets it; it is kept beside the data.
const demoLogin = "canbo"

// Run serves the sample commune until it is told to stop.
func (c *demoCmd) Run(ctx context.Context, io streams) error {
	if c.Fresh {
		if err := removeDemo(c.Data); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	conf, err := demoConfig()
	if err != nil {
		return err
	}
	log, err := conf.logger(io)
	if err != nil {
		return err
	}
	engine, err := shippedFlows()
	if err != nil {
		return err
	}
	a, err := startDemo(ctx, c.Data, engine, log, conf)
	if err != nil {
		return err
	}
	defer a.store.Close()
	password, err := demoOfficer(ctx, a.store, c.Data)
	if err != nil {
		return errors.Join(err, a.loop.Close(ctx))
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return errors.Join(err, a.loop.Close(ctx))
	}
	fmt.Fprintf(io.out, `
Loa — xã mẫu (dữ liệu mẫu) / sample commune (sample data)

  Bảng điều khiển / console:   http://%[1]s/
    Tên đăng nhập / login:     %[2]s
    Mật khẩu / password:       %[3]s
  Điện thoại mô phỏng / phone: http://%[1]s/simulator

Ctrl+C để dừng / to stop.
`, listener.Addr(), demoLogin, password)
	return a.listen(ctx, listener)
}

// demoConfig takes the same environment for Twilio and Telegram as serve,
// and nothing else of its configuration.
func demoConfig() (config, error) {
	c, err := loadConfig("")
	c.DatabaseURL, c.RedisURL, c.Commune, c.Channels = "", "", sample.Code, nil
	c.LogLevel, c.LogFormat = cmp.Or(os.Getenv("LOA_LOG_LEVEL"), "warn"), "text"
	return c, err
}

// startDemo opens the folder's store, and fills an empty one with the sample.
func startDemo(ctx context.Context, dir string, engine *flows.Engine, log *slog.Logger, conf config) (*app, error) {
	keyring, err := demoKeyring(dir)
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, demoDatabase(dir))
	if err != nil {
		return nil, err
	}
	a, err := fillDemo(ctx, store, keyring, engine, log, conf)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return a, nil
}

func fillDemo(ctx context.Context, store storage.Store, keyring *storage.Keyring, engine *flows.Engine, log *slog.Logger, conf config) (*app, error) {
	communes, err := store.Communes(ctx)
	if err != nil {
		return nil, err
	}
	p := parts{store: store, keyring: keyring, engine: engine, log: log, config: conf, demo: true}
	if len(communes) > 0 {
		return newApp(ctx, p)
	}
	f := &sample.Founder{Store: store, Now: time.Now(), NewID: newID}
	if err := f.Found(ctx); err != nil {
		return nil, err
	}
	a, err := newApp(ctx, p)
	if err != nil {
		return nil, err
	}
	place := func(ctx context.Context, contact, household uuid.UUID) error {
		return store.PlaceContact(ctx, sample.Code, contact, household, f.Now)
	}
	err = f.Play(ctx, a.loop.Accept, place, keyring)
	if err == nil {
		err = f.Answer(ctx)
	}
	if err == nil {
		err = f.Correct(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, a.loop.Close(ctx))
	}
	a.refresh(ctx, sample.Code) // the messages are dated: the change feed passes over them
	return a, nil
}

// demoOfficer makes sure that the officer exists and returns the password.
func demoOfficer(ctx context.Context, store storage.Store, dir string) (string, error) {
	path := filepath.Join(dir, "password.txt")
	kept, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	password := cmp.Or(os.Getenv("LOA_ADMIN_PASSWORD"), string(kept), newCode(10))
	officer, err := store.OfficerByLogin(ctx, demoLogin)
	if err == nil && password == string(kept) {
		return password, nil
	}
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return "", err
	}
	if officer.ID == uuid.Nil {
		officer = storage.Officer{ID: newID(), Area: sample.Code, Login: demoLogin, Name: "Cán bộ mẫu", Role: storage.RoleAdmin, Lang: "vi"}
	}
	if officer.Password, err = admin.HashPassword(password); err != nil {
		return "", err
	}
	if err := store.SaveOfficer(ctx, officer); err != nil {
		return "", err
	}
	return password, os.WriteFile(path, []byte(password), 0o600)
}

// removeDemo removes what a demo wrote, and nothing else that may be there.
func removeDemo(dir string) error {
	for _, name := range []string{"loa.db", "loa.db-wal", "loa.db-shm", "keys.json", "password.txt"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
