package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/examples"
	"github.com/loa-vn/loa/market"
)

type understandCmd struct {
	Context string `help:"What is going on: a consultation that is open, or nothing." enum:"consultation,none" default:"none"`
	Explain bool   `help:"Say step by step how each message was read."`

	Score    []string `help:"Read files of labelled messages instead, and say how well they were read (see flows/understand/examples)." type:"existingfile" placeholder:"FILE"`
	Ordinary []string `help:"Read files of ordinary lines, and say which were taken for an end, an erasure or a voice." type:"existingfile" placeholder:"FILE"`
	Misses   bool     `help:"With --score and --ordinary: list what was read otherwise."`
}

// longestLine is how long a line of messages may be.
const longestLine = 1 << 20

// Run reads a message a line and prints a JSON object a line.
func (c *understandCmd) Run(_ context.Context, std streams) error {
	lexicon, err := understand.Compile(catalogue()...)
	if err != nil {
		return err
	}
	about := understand.Context{Consultation: c.Context == "consultation"}
	if len(c.Score) > 0 || len(c.Ordinary) > 0 {
		return errors.Join(c.score(lexicon, about, std.out), c.ordinary(lexicon, std.out))
	}
	out := bufio.NewWriter(std.out)
	err = c.read(lexicon, about, std.in, out)
	return errors.Join(err, out.Flush())
}

func (c *understandCmd) read(lexicon *understand.Lexicon, about understand.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), longestLine)
	encode := json.NewEncoder(out)
	encode.SetEscapeHTML(false)
	for lines.Scan() {
		var reading understand.Reading
		var notes []understand.StepNote
		if c.Explain {
			reading, notes = lexicon.Explain(lines.Text(), about)
		} else {
			reading = lexicon.Read(lines.Text(), about)
		}
		for _, n := range notes {
			fmt.Fprintf(out, "# %s: %s\n", n.Step, n.Note)
		}
		if err := encode.Encode(reading); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("standard input: %w", err)
	}
	return nil
}

// score prints how well files of labelled messages are read.
func (c *understandCmd) score(lexicon *understand.Lexicon, about understand.Context, out io.Writer) error {
	for _, path := range c.Score {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		set, err := examples.Read(file)
		file.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		score := examples.ScoreOf(set, func(text string, in understand.Context) understand.Reading {
			in.Consultation = in.Consultation || about.Consultation
			return lexicon.Read(text, in)
		})
		if err := score.Print(out, path, c.Misses); err != nil {
			return err
		}
	}
	return nil
}

// ordinary prints which ordinary lines are taken for what they are not.
func (c *understandCmd) ordinary(lexicon *understand.Lexicon, out io.Writer) error {
	for _, path := range c.Ordinary {
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		o, err := examples.ScoreOrdinary(file, lexicon.Read)
		file.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		asked := 0
		for _, r := range o.False {
			if r.Ask != "" {
				asked++
			}
		}
		fmt.Fprintf(out, "%s: %d ordinary lines, %d taken for an end, an erasure or a voice (%d of them read back before they count)\n", path, o.Lines, len(o.False), asked)
		if c.Misses {
			for _, r := range o.False {
				fmt.Fprintf(out, "  %s\t%s\n", r.Intent, r.Text)
			}
		}
	}
	return nil
}

// catalogue is what the market knows, as words.
func catalogue() []understand.Entry {
	var entries []understand.Entry
	for _, c := range market.Catalogue() {
		entries = append(entries, understand.Entry{
			Kind: understand.KindCommodity, ID: c.ID, Unit: string(c.Unit), Min: c.Min, Max: c.Max,
			Names: append([]string{c.Name}, c.Aliases...),
		})
	}
	return entries
}
