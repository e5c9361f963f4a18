// Command bench measures whole turns over HTTP: signed Twilio webhooks over
// 64 connections to a real `loa serve`, beside a bare handler that checks the
// same signature and does one prepared INSERT per request. Both servers, the
// load and the database share this machine; the two are loaded in turn, and
// what is quoted is their ratio.
//
//	bench -postgres URL            # whole comparison
//	bench -only sqlite             # one engine
//	bench -bare DSN -addr A        # be the bare handler (the program starts itself so)
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"time"
)

const (
	accountSID = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	authToken  = "11111111111111111111111111111111"
	publicURL  = "https://loa.example.vn"
	smsPath    = "/channels/twilio/sms"
)

type options struct {
	postgres    string
	only        string
	bare        string
	addr        string
	loa         string
	connections int
	people      int
	runs        int
	prices      bool
	run         time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.postgres, "postgres", os.Getenv("LOA_TEST_POSTGRES_URL"), "PostgreSQL to measure on")
	flag.StringVar(&o.only, "only", "", "one engine: sqlite or postgres")
	flag.StringVar(&o.bare, "bare", "", "be the bare handler on this database")
	flag.StringVar(&o.addr, "addr", "127.0.0.1:0", "address of the bare handler")
	flag.StringVar(&o.loa, "loa", "", "the loa program; built when empty")
	flag.IntVar(&o.connections, "connections", 64, "connections at once")
	flag.IntVar(&o.people, "people", 2000, "numbers that write")
	flag.IntVar(&o.runs, "runs", 5, "runs of each")
	flag.BoolVar(&o.prices, "prices", false, "price questions only")
	flag.DurationVar(&o.run, "run", 5*time.Second, "length of a run")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := measure(ctx, o)
	if o.bare != "" {
		err = serveBare(ctx, o.bare, o.addr)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, o options) error {
	if o.bare != "" {
		return nil
	}
	dir, err := os.MkdirTemp("/var/tmp", "loa-bench-") // on a disk: /tmp may live in memory
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if o.loa == "" {
		o.loa = filepath.Join(dir, "loa")
		if err := build(ctx, o.loa); err != nil {
			return err
		}
	}
	engines := []string{"sqlite", "postgres"}
	if o.only != "" {
		engines = []string{o.only}
	}
	for _, engine := range engines {
		if err := compare(ctx, o, engine, dir); err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
	}
	return nil
}

// compare loads the bare handler and Loa in turn, and prints each run and the
// ratios pair by pair.
func compare(ctx context.Context, o options, engine, dir string) error {
	p, err := start(ctx, o, engine, dir)
	if err != nil {
		return err
	}
	defer p.stop()
	if err := p.loa.warmUp(ctx, o); err != nil {
		return err
	}
	fmt.Printf("\n%s: %d connections, %d numbers, %v a run, %d runs of each in turn\n", engine, o.connections, o.people, o.run, o.runs)
	fmt.Printf("%-6s %-5s %10s %9s %9s %9s\n", "run", "who", "turns/s", "p50 ms", "p95 ms", "p99 ms")
	var rates, tails []float64
	for run := range o.runs {
		bare, err := p.bare.load(ctx, o, 2*run)
		if err != nil {
			return err
		}
		bare.print(run+1, "bare")
		loa, err := p.loa.load(ctx, o, 2*run+1)
		if err != nil {
			return err
		}
		loa.print(run+1, "loa")
		rates = append(rates, loa.rate()/bare.rate())
		tails = append(tails, float64(loa.percentile(99))/float64(bare.percentile(99)))
	}
	fmt.Printf("loa / bare: turns/s %s; p99 %s\n", spread(rates), spread(tails))
	fmt.Printf("loa: resident memory at most %d MiB\n", p.peakMiB())
	return nil
}

func spread(v []float64) string {
	v = slices.Sorted(slices.Values(v))
	return fmt.Sprintf("×%.2f (%.2f–%.2f)", v[len(v)/2], v[0], v[len(v)-1])
}
