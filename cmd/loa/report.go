package main

import (
	"bytes"
	"context"
	"os"
	"time"

	"github.com/loa-vn/loa/admin/report"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

type reportCmd struct {
	Consultation reportConsultationCmd `cmd:"" help:"What households say of each item of a round."`
	Difficulties reportDifficultiesCmd `cmd:"" help:"What people find hard, by village, crop and link."`
}

type reportFlags struct {
	storeFlags
	Commune string `help:"The commune's code, where there are several."`
	Format  string `help:"json, csv, xlsx or docx." enum:"json,csv,xlsx,docx" default:"json"`
	Lang    string `help:"vi or en." enum:"vi,en" default:"vi"`
	Out     string `help:"File to write; standard output when left out." type:"path" placeholder:"FILE"`
}

type reportConsultationCmd struct {
	reportFlags
	Round int `help:"The round's number; the latest when left out."`
}

// Run writes the same numbers as the console shows.
func (c *reportConsultationCmd) Run(ctx context.Context, io streams) error {
	return c.write(ctx, io, func(store storage.Store, commune planning.Commune, to *bytes.Buffer) error {
		result, err := report.GatherConsultation(ctx, store, commune, c.Round, time.Now())
		if err != nil {
			return err
		}
		return report.Consultation(to, c.Format, result, c.Lang)
	})
}

type reportDifficultiesCmd struct{ reportFlags }

// Run writes the difficulties.
func (c *reportDifficultiesCmd) Run(ctx context.Context, io streams) error {
	return c.write(ctx, io, func(store storage.Store, commune planning.Commune, to *bytes.Buffer) error {
		list, err := report.GatherDifficulties(ctx, store, commune, time.Time{}, time.Now())
		if err != nil {
			return err
		}
		return report.Difficulties(to, c.Format, list, c.Lang)
	})
}

// write makes the whole report before it writes any of it.
func (f reportFlags) write(ctx context.Context, io streams, do func(storage.Store, planning.Commune, *bytes.Buffer) error) error {
	store, _, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	code, err := onlyCommune(ctx, store, f.Commune)
	if err != nil {
		return err
	}
	communes, err := store.Communes(ctx)
	if err != nil {
		return err
	}
	var made bytes.Buffer
	for _, c := range communes {
		if c.Code == code {
			if err := do(store, c, &made); err != nil {
				return err
			}
		}
	}
	if f.Out != "" {
		return os.WriteFile(f.Out, made.Bytes(), 0o600)
	}
	_, err = made.WriteTo(io.out)
	return err
}
