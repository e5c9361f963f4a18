package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/loa-vn/loa/market"
)

type pricesCmd struct {
	Import pricesImportCmd `cmd:"" help:"Import reference prices from a CSV file: day,commodity,grade,market,price,unit,source."`
}

type pricesImportCmd struct {
	storeFlags
	Commune string `help:"The commune's code, where there are several."`
	File    string `arg:"" help:"The CSV file." type:"existingfile"`
}

// Run imports all rows or none; a row that is wrong is named with its reason.
func (c *pricesImportCmd) Run(ctx context.Context, io streams) error {
	store, _, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	commune, err := onlyCommune(ctx, store, c.Commune)
	if err != nil {
		return err
	}
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	n, err := market.NewService(store, time.Now, newID).ImportCSV(ctx, commune, file, "import")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(io.out, "%d prices\n", n)
	return err
}
