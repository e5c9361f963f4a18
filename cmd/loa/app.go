package main

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/admin"
	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/actions"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// app is a running Loa: everything that serve, demo and the tools share.
type app struct {
	log      *slog.Logger
	store    storage.Store
	keyring  *storage.Keyring
	engine   *flows.Engine
	worlds   *actions.Worlds
	loop     *bot.Loop
	watcher  *storage.Watcher
	market   *market.Service
	planning *planning.Service
	console  *admin.Console
	channels *channels
	shared   *shared          // nil: this process is alone
	alone    *bot.LocalLimits // its limits then
	metrics  *metrics
	now      func() time.Time
	holder   string // this process, in leases
}

// parts are what differs between serve, demo and tests.
type parts struct {
	store   storage.Store
	keyring *storage.Keyring
	engine  *flows.Engine
	log     *slog.Logger
	now     func() time.Time
	config  config
	demo    bool // the phone simulator answers
}

func newApp(ctx context.Context, p parts) (*app, error) {
	a := &app{
		log: p.log, store: p.store, keyring: p.keyring, engine: p.engine, now: p.now,
		holder: uuid.NewString(), metrics: newMetrics(),
	}
	if a.now == nil {
		a.now = time.Now
	}
	var err error
	a.alone = bot.NewLocalLimits(a.now)
	if a.shared, err = connectShared(p.config.RedisURL, a.now, a.log); err != nil {
		return nil, err
	}
	a.watcher = storage.NewWatcher(a.store, a.now, a.log)
	if a.worlds, err = actions.Load(ctx, a.store, a.now, a.log); err != nil {
		return nil, err
	}
	a.market = market.NewService(a.store, a.now, newID)
	a.planning = planning.NewService(a.store, a.now, newID, newCode)
	a.channels = newChannels()
	player := actions.New(actions.Config{
		Engine: a.engine, Worlds: a.worlds, Keyring: a.keyring, Counts: a.store, Officers: a.store, NewID: newID, NewCode: newCode,
	})
	a.loop = bot.NewLoop(bot.Config{
		Store: a.metrics.store(a.store), Player: a.metrics.player(player), Keyring: a.keyring, Channels: a.channels,
		Now: a.now, NewID: newID, Log: a.log, Shards: p.config.Shards, Chatter: p.config.Chatter,
		Queued: a.channels.wake, Changed: a.changed,
		Refresh: func(ctx context.Context, area string) { a.refresh(ctx, area) },
	})
	if err := a.channels.open(ctx, a, p); err != nil {
		return nil, err
	}
	a.console, err = admin.New(admin.Config{
		Store: a.store, Market: a.market, Planning: a.planning, Language: a.worlds, Changes: a.watcher, Now: a.now, NewID: newID, Log: a.log,
		Secure: len(p.config.PublicURL) > 5 && p.config.PublicURL[:5] == "https", BehindProxy: p.config.BehindProxy,
		Simulator: p.demo,
	})
	return a, err
}

// newID draws ids in the order of their making (UUIDv7).
func newID() uuid.UUID {
	id, err := uuid.NewV7()
	if err != nil {
		panic("no randomness: " + err.Error()) // crypto/rand never fails
	}
	return id
}

// crockford is the alphabet of codes that people read aloud: no I, L, O, U.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newCode draws n characters of Crockford's alphabet.
func newCode(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	for i := range b {
		b[i] = crockford[b[i]%32]
	}
	return string(b)
}

// changed hurries the other watchers after a commit.
func (a *app) changed(area string) {
	a.watcher.Hurry()
	if a.shared != nil {
		a.shared.publish(area)
	}
}

// refresh reloads an area at once: the kinds named, or all of it.
func (a *app) refresh(ctx context.Context, area string, kinds ...string) {
	if err := a.worlds.Reload(ctx, area, kinds...); err != nil {
		a.log.WarnContext(ctx, "an area could not be reloaded", "area", area, "error", err)
	}
}

// handler serves everything Loa serves.
func (a *app) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", a.ready)
	mux.Handle("GET /metrics", a.metrics.handler())
	a.channels.mount(mux)
	mux.Handle("/", a.console.Handler())
	return a.metrics.count(mux)
}

func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := a.store.Ping(ctx); err != nil {
		a.log.WarnContext(ctx, "not ready", "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}

// background runs what goes on beside requests, until ctx ends; wait returns
// when all of it has.
func (a *app) background(ctx context.Context) (wait func()) {
	var wg sync.WaitGroup
	wg.Go(func() { a.watcher.Run(ctx) })
	wg.Go(func() { a.follow(ctx) })
	wg.Go(func() { a.loop.Sweep(ctx, 10*time.Second, bot.Duty{Holder: a.holder, Leaser: a.store}) })
	wg.Go(func() { a.flush(ctx) })
	wg.Go(func() { a.tidy(ctx) })
	if a.shared != nil {
		wg.Go(func() { a.shared.run(ctx, a.watcher.Hurry) })
	}
	a.channels.run(ctx, &wg, a)
	return wg.Wait
}

// follow reloads the areas whose world changed.
func (a *app) follow(ctx context.Context) {
	changes, cancel := a.watcher.Subscribe("")
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return
		case c := <-changes:
			switch c.Kind {
			case "messages", "voices", "concerns", "contacts":
			default:
				a.refresh(ctx, c.Area, c.Kind)
			}
		}
	}
}

// flush marks the replies that went out in webhooks' own responses.
func (a *app) flush(ctx context.Context) {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := a.loop.FlushWritten(ctx, a.store.Settle); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "sent replies could not be marked", "error", err)
		}
	}
}

// tidy forgets what has ended, once an hour on one process.
func (a *app) tidy(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		now := a.now()
		mine, err := a.store.Lease(ctx, "tidy", a.holder, now, now.Add(time.Hour))
		if err == nil && mine {
			err = a.store.TidyUp(ctx, now.Add(-24*time.Hour))
		}
		if err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "tidying up failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// listen serves until ctx ends, then finishes what was accepted.
func (a *app) listen(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler: a.handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	wait := a.background(work)
	debug.FreeOSMemory() // what starting took is not needed again
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	a.log.InfoContext(ctx, "stopping: what was accepted is finished first")
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	a.console.Close() // ends live streams, which would never end by themselves
	err = errors.Join(ignoreClosed(err), server.Shutdown(grace), a.loop.Close(grace))
	stop()
	wait()
	return errors.Join(err, a.loop.FlushWritten(grace, a.store.Settle))
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// close ends an app that was never listening.
func (a *app) close(ctx context.Context) error {
	return errors.Join(a.loop.Close(ctx), a.store.Close())
}

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }
