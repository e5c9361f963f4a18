package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/twilio/twilio-go/client"
	_ "modernc.org/sqlite" // the bare handler's driver on one file
)

const emptyTwiML = `<?xml version="1.0" encoding="UTF-8"?><Response></Response>`

// serveBare is the yardstick: the form is read, its signature checked by the
// same validator, the message stored by one INSERT that the driver prepares
// once, an empty answer given. On PostgreSQL pgxpool with its default size,
// as Loa has it; on SQLite one writer with the settings that Loa uses.
func serveBare(ctx context.Context, dsn, addr string) error {
	insert, err := bareInsert(ctx, dsn)
	if err != nil {
		return err
	}
	validator := client.NewRequestValidator(authToken)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST "+smsPath, func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
		if err != nil {
			http.Error(w, "body", http.StatusBadRequest)
			return
		}
		values, err := url.ParseQuery(string(raw))
		if err != nil {
			http.Error(w, "form", http.StatusBadRequest)
			return
		}
		form := make(map[string]string, len(values))
		for k, v := range values {
			form[k] = v[0]
		}
		if !validator.Validate(publicURL+smsPath, form, r.Header.Get("X-Twilio-Signature")) {
			http.Error(w, "signature", http.StatusForbidden)
			return
		}
		if err := insert(r.Context(), form["MessageSid"], form["From"], form["Body"]); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		_, _ = io.WriteString(w, emptyTwiML)
	})
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.Serve(listener); err != nil && err != http.ErrServerClosed {
		return err
	}
	return nil
}

const bareTable = `CREATE TABLE IF NOT EXISTS bare_messages (
	external text PRIMARY KEY, sender text NOT NULL, body text NOT NULL, at %s NOT NULL DEFAULT CURRENT_TIMESTAMP)`

func bareInsert(ctx context.Context, dsn string) (func(ctx context.Context, external, sender, body string) error, error) {
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_txlock=immediate")
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(1)
		if _, err := db.ExecContext(ctx, fmt.Sprintf(bareTable, "text")); err != nil {
			return nil, err
		}
		insert, err := db.PrepareContext(ctx, "INSERT INTO bare_messages (external, sender, body) VALUES (?, ?, ?)") //nolint:sqlclosecheck // lives as long as the program
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, external, sender, body string) error {
			_, err := insert.ExecContext(ctx, external, sender, body)
			return err
		}, nil
	}
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if _, err := pool.Exec(ctx, fmt.Sprintf(bareTable, "timestamptz")); err != nil {
		return nil, err
	}
	return func(ctx context.Context, external, sender, body string) error {
		_, err := pool.Exec(ctx, "INSERT INTO bare_messages (external, sender, body) VALUES ($1, $2, $3)", external, sender, body)
		return err
	}, nil
}
