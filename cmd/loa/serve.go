package main

import (
	"context"
	"fmt"
	"net"

	"github.com/loa-vn/loa/bot/actions"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/library"
)

type serveCmd struct {
	Config string `help:"Configuration file (default: config.yaml, if there is one)." type:"path" placeholder:"FILE"`
	Addr   string `help:"Address to listen on, instead of the configured one." placeholder:"HOST:PORT"`
}

// Run serves until it is told to stop; what was accepted is finished first.
func (c *serveCmd) Run(ctx context.Context, io streams) error {
	conf, err := loadConfig(c.Config)
	if err != nil {
		return err
	}
	if c.Addr != "" {
		conf.Addr = c.Addr
	}
	log, err := conf.logger(io)
	if err != nil {
		return err
	}
	keyring, err := conf.keyring()
	if err != nil {
		return err
	}
	engine, err := shippedFlows()
	if err != nil {
		return err
	}
	store, err := openStore(ctx, conf.DatabaseURL)
	if err != nil {
		return err
	}
	defer store.Close()
	a, err := newApp(ctx, parts{store: store, keyring: keyring, engine: engine, log: log, config: conf})
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", conf.Addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "Loa is listening on http://%s\n", listener.Addr())
	return a.listen(ctx, listener)
}

func shippedFlows() (*flows.Engine, error) {
	return flows.Compile(library.Files(), actions.Actions(), actions.Lists())
}
