// Command loa runs a commune's loudspeaker that listens: the bot, the
// officers' console and their tools, in one binary.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // communes live in a zone that a bare machine may not know

	"github.com/alecthomas/kong"
)

type commands struct {
	Demo       demoCmd       `cmd:"" help:"Run everything on one machine with a sample commune: no account, no service."`
	Serve      serveCmd      `cmd:"" help:"Run for real, from config.yaml and the environment."`
	Setup      setupCmd      `cmd:"" help:"Create or update a commune, its villages, markets and officers from a YAML file."`
	Understand understandCmd `cmd:"" help:"Read messages, one a line, and print what was understood as JSON, one a line."`
	Flow       flowCmd       `cmd:"" help:"Check, play or draw conversations."`
	Prices     pricesCmd     `cmd:"" help:"Work with reference prices."`
	Report     reportCmd     `cmd:"" help:"Write a consultation's or the difficulties' report."`
	Backup     backupCmd     `cmd:"" help:"Write a consistent copy of the database to a file (SQLite)."`
	Keys       keysCmd       `cmd:"" help:"Print a fresh set of keys for LOA_KEYS or LOA_KEYS_FILE."`
	Health     healthCmd     `cmd:"" help:"Ask a running Loa whether it is ready: exit status 0 if so."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	tuneMemory()
	err := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "loa:", err)
		os.Exit(1)
	}
}

// run is the whole program: main_test.go calls it as a shell would.
func run(ctx context.Context, args []string, io streams) error {
	var c commands
	parser, err := kong.New(
		&c,
		kong.Name("loa"),
		kong.Description("Loa: the village loudspeaker, made to listen."),
		kong.UsageOnError(),
		kong.Writers(io.out, io.err),
		kong.Bind(io),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return err
	}
	return parsed.Run()
}
