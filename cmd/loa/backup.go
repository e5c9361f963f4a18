package main

import (
	"context"
	"fmt"
)

type backupCmd struct {
	storeFlags
	File string `arg:"" help:"Where to write the copy; it must not exist." type:"path"`
}

// Run writes a copy that is consistent even while Loa runs.
func (c *backupCmd) Run(ctx context.Context, io streams) error {
	store, _, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Backup(ctx, c.File); err != nil {
		return err
	}
	_, err = fmt.Fprintln(io.out, c.File)
	return err
}
