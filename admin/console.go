// Package admin is the officers' console: pages for what people wrote, prices,
// difficulties and the consultation, in Vietnamese and English. routes.go
// shows every route; one file holds one page or action.
package admin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/overlay"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// Store is what the console reads and writes. Every method that an officer's
// page uses names the officer's area.
type Store interface {
	storage.Desk
	Communes(ctx context.Context) ([]planning.Commune, error)
	SaveCommune(ctx context.Context, c planning.Commune) error
	Channels(ctx context.Context) ([]storage.Channel, error)
	Enqueue(ctx context.Context, messages []storage.Message) error

	Commodities(ctx context.Context, area string) ([]market.Commodity, error)
	Places(ctx context.Context, area string) ([]market.Place, error)
	Prices(ctx context.Context, q market.PriceQuery) ([]market.Price, error)
	Reports(ctx context.Context, area string, since market.Day) ([]market.Report, error)

	Villages(ctx context.Context, area string) ([]planning.Village, error)
	Households(ctx context.Context, area, village string) ([]planning.Household, error)
	Household(ctx context.Context, area string, id uuid.UUID) (planning.Household, error)
	Rounds(ctx context.Context, area string) ([]planning.Round, error)
	Voices(ctx context.Context, q planning.VoiceQuery) ([]planning.VoiceRow, error)
	Concerns(ctx context.Context, q planning.ConcernQuery) ([]planning.Concern, error)
	ConcernCells(ctx context.Context, area string, since time.Time) ([]planning.ConcernCell, error)
}

// Changes tells of changes in an area as they happen.
type Changes interface {
	Subscribe(area string) (changes <-chan storage.Change, cancel func())
}

// Language is how the messages of a commune are read, and would be.
type Language interface {
	// Lexicon is what they are read with now; nil when there is no such commune.
	Lexicon(area string) *understand.Lexicon
	// Try is the lexicon with these words as all of the commune's own. Those
	// that cannot be used are left out of it, and problems has each by its id.
	Try(area string, words []storage.Word) (lexicon *understand.Lexicon, problems map[uuid.UUID]*overlay.Problem, err error)
}

// Config is what the console works with.
type Config struct {
	Store    Store
	Market   *market.Service
	Planning *planning.Service
	Language Language
	Changes  Changes
	Now      func() time.Time
	NewID    func() uuid.UUID
	Log      *slog.Logger
	// Secure: people reach the console over HTTPS only.
	Secure bool
	// BehindProxy: one reverse proxy stands before the console and appends the
	// client's address to X-Forwarded-For.
	BehindProxy bool
	// Simulator: the phone simulator is served, to anyone who can reach it.
	Simulator bool
}

// Console is the officers' console.
type Console struct {
	Config
	sessions *scs.SessionManager
	texts    texts
	pages    pages
	assets   assets
	logins   *attempts     // of one login
	clients  *attempts     // from one address
	hashing  chan struct{} // how many passwords are checked at a time
	missing  string        // the hash that unknown logins are checked against
	closing  chan struct{} // ends live streams
	closed   sync.Once     // Close is called
	handler  http.Handler
}

// New makes the console. It fails only when what is built into it is broken.
func New(c Config) (*Console, error) {
	if c.Store == nil || c.Market == nil || c.Planning == nil || c.Language == nil || c.Changes == nil || c.Now == nil || c.NewID == nil {
		return nil, errors.New("admin: the configuration is not complete")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	a := &Console{
		Config:  c,
		logins:  newAttempts(8, 15*time.Minute),
		clients: newAttempts(40, 15*time.Minute),
		hashing: make(chan struct{}, 2),
		closing: make(chan struct{}),
	}
	var err error
	if a.texts, err = loadTexts(); err != nil {
		return nil, fmt.Errorf("admin: texts: %w", err)
	}
	if a.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("admin: static files: %w", err)
	}
	if a.pages, err = loadPages(a.texts, a.assets); err != nil {
		return nil, fmt.Errorf("admin: pages: %w", err)
	}
	if a.missing, err = HashPassword(c.NewID().String()); err != nil {
		return nil, err
	}
	a.sessions = newSessions(c.Store, c.Now, c.Secure)
	a.handler = a.routes()
	return a, nil
}

// Handler serves the console.
func (c *Console) Handler() http.Handler { return c.handler }

// Close ends the live streams, which do not end by themselves. Pages are still
// served.
func (c *Console) Close() { c.closed.Do(func() { close(c.closing) }) }
