package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/actions"
	"github.com/loa-vn/loa/bot/sms"
	"github.com/loa-vn/loa/cmd/loa/sample"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/library"
)

type flowCmd struct {
	Check flowCheckCmd `cmd:"" help:"Find unreachable steps, missing translations, unknown actions, SMS that are too long."`
	Run   flowRunCmd   `cmd:"" help:"Play the conversations in the terminal, with the sample commune."`
	Graph flowGraphCmd `cmd:"" help:"Draw a conversation as a Mermaid flowchart."`
}

type flowSource struct {
	Dir string `help:"A folder of flows to use instead of those that ship." type:"existingdir" placeholder:"DIR"`
}

func (f flowSource) compile() (*flows.Engine, error) {
	if f.Dir != "" {
		return flows.Compile(os.DirFS(f.Dir), actions.Actions(), actions.Lists())
	}
	return flows.Compile(library.Files(), actions.Actions(), actions.Lists())
}

type flowCheckCmd struct{ flowSource }

// Run prints each finding; any finding is an error.
func (c *flowCheckCmd) Run(io streams) error {
	engine, err := c.compile()
	if err != nil {
		return err
	}
	findings := engine.Check(func(text string) int { return sms.Measure(sms.Unmarked(text)).Parts }, []string{"vi", "en"})
	for _, f := range findings {
		fmt.Fprintln(io.out, f)
	}
	if n := len(findings); n > 0 {
		return fmt.Errorf("%d findings", n)
	}
	_, err = fmt.Fprintf(io.out, "%d flows, no finding\n", len(engine.Flows()))
	return err
}

type flowGraphCmd struct {
	flowSource
	ID string `arg:"" optional:"" help:"The flow to draw; without it, their names."`
}

// Run prints the flowchart.
func (c *flowGraphCmd) Run(io streams) error {
	engine, err := c.compile()
	if err != nil {
		return err
	}
	if c.ID == "" {
		for _, f := range engine.Flows() {
			fmt.Fprintf(io.out, "%-16s %s\n", f.ID, f.Title["vi"])
		}
		return nil
	}
	drawn, err := engine.Graph(c.ID)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(io.out, drawn)
	return err
}

type flowRunCmd struct {
	flowSource
	From string `help:"The number that writes." default:"+84905000001"`
	Chat bool   `help:"Write in a chat with buttons instead of by SMS."`
}

// Run plays a talk: a line in, the answer out.
func (c *flowRunCmd) Run(ctx context.Context, io streams) error {
	dir, err := os.MkdirTemp("", "loa-flow-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	engine, err := c.compile()
	if err != nil {
		return err
	}
	a, err := startDemo(ctx, dir, engine, discard(), config{Commune: sample.Code})
	if err != nil {
		return err
	}
	defer func() { _ = a.close(ctx) }()
	channel := "phone"
	if c.Chat {
		channel = "chat"
	}
	lines := bufio.NewScanner(io.in)
	fmt.Fprint(io.out, "> ")
	for n := 0; lines.Scan(); n++ {
		receipt, err := a.loop.Accept(ctx, bot.Inbound{
			Channel: channel, From: "tel:" + c.From, External: uuid.NewString(), Text: lines.Text(), At: time.Now(),
		})
		if err != nil && !errors.Is(err, bot.ErrInvalid) {
			return err
		}
		if err != nil {
			fmt.Fprintln(io.out, err)
		}
		for _, r := range receipt.Replies {
			fmt.Fprintln(io.out, "<", r.Text)
			for _, b := range r.Buttons {
				fmt.Fprintf(io.out, "  [%s]\n", b.Label)
			}
		}
		fmt.Fprint(io.out, "> ")
	}
	fmt.Fprintln(io.out)
	return lines.Err()
}
