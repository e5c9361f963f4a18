package main

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/storage"
)

// metrics are what /metrics shows. No label ever names a person.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	played   *prometheus.CounterVec
	play     prometheus.Histogram
	batch    prometheus.Histogram
	commit   *prometheus.HistogramVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "loa_http_requests_total", Help: "Requests by class of status.",
		}, []string{"class"}),
		played: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "loa_turns_played_total", Help: "Turns played, by channel; a turn played again counts again.",
		}, []string{"channel"}),
		play: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "loa_turn_play_seconds", Help: "Time to play a turn in memory.",
			Buckets: prometheus.ExponentialBuckets(5e-6, 4, 8),
		}),
		batch: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "loa_commit_turns", Help: "Turns committed together.",
			Buckets: prometheus.ExponentialBuckets(1, 2, 8),
		}),
		commit: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "loa_commit_seconds", Help: "Time of a commit, by outcome.",
			Buckets: prometheus.ExponentialBuckets(5e-4, 2, 12),
		}, []string{"outcome"}),
	}
	m.registry.MustRegister(
		m.requests, m.played, m.play, m.batch, m.commit,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// count counts requests by class of status.
func (m *metrics) count(next http.Handler) http.Handler {
	classes := [...]prometheus.Counter{
		2: m.requests.WithLabelValues("2xx"), 3: m.requests.WithLabelValues("3xx"),
		4: m.requests.WithLabelValues("4xx"), 5: m.requests.WithLabelValues("5xx"),
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(s, r)
		if class := s.status / 100; class >= 2 && class < len(classes) {
			classes[class].Inc()
		}
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController flush live streams.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// player times what plays.
func (m *metrics) player(p bot.Player) bot.Player { return timedPlayer{p, m} }

type timedPlayer struct {
	bot.Player
	m *metrics
}

func (t timedPlayer) Play(ctx context.Context, in bot.Inbound, from storage.Loaded, c storage.Channel) (bot.Played, error) {
	started := time.Now()
	played, err := t.Player.Play(ctx, in, from, c)
	t.m.play.Observe(time.Since(started).Seconds())
	t.m.played.WithLabelValues(c.Kind).Inc()
	return played, err
}

// store times commits.
func (m *metrics) store(s storage.Turns) storage.Turns { return timedTurns{s, m} }

type timedTurns struct {
	storage.Turns
	m *metrics
}

func (t timedTurns) Commit(ctx context.Context, turns []storage.Turn) error {
	started := time.Now()
	err := t.Turns.Commit(ctx, turns)
	outcome := "done"
	if err != nil {
		outcome = "refused"
	}
	t.m.commit.WithLabelValues(outcome).Observe(time.Since(started).Seconds())
	t.m.batch.Observe(float64(len(turns)))
	return err
}
