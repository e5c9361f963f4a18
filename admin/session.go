package admin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/loa-vn/loa/storage"
)

// workday is how long a login lasts.
const workday = 10 * time.Hour

// What a web session holds.
const (
	sessionLogin    = "login"    // the officer's
	sessionPassword = "password" // fingerprint of the stored hash: a new password ends the session
	sessionFlash    = "flash"    // what the next page says once
)

func newSessions(desk storage.Desk, now func() time.Time, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{desk, now}
	m.HashTokenInStore = true // who reads the database cannot log in with what is there
	m.Lifetime = workday
	m.Cookie.Name = "loa_session"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = secure
	m.Cookie.Persist = false
	return m
}

// sessionStore keeps web sessions in storage.
type sessionStore struct {
	desk storage.Desk
	now  func() time.Time
}

var _ scs.CtxStore = sessionStore{}

func (s sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	return s.desk.WebSession(ctx, token, s.now())
}

func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.desk.SaveWebSession(ctx, token, data, expires)
}

func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.desk.DeleteWebSession(ctx, token)
}

func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s sessionStore) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// fingerprint tells two password hashes apart without holding either.
func fingerprint(hash string) string {
	sum := sha256.Sum256([]byte(hash))
	return hex.EncodeToString(sum[:8])
}
