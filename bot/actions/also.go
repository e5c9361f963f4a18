package actions

import (
	"slices"
	"strings"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
)

// alsoMost is how many further wishes of one message are served.
const alsoMost = 2

// further serves the further wishes of a message. What only tells something
// is told in a reply of its own, before the question that waits if there is
// one. What is to be recorded is, or waits as a message not yet sent: it is
// never lost.
func (p *Player) further(h *host, out flows.Outcome) (flows.Outcome, error) {
	r := out.Reading
	if h.in.Group != "" || h.turn.Erase || h.insist || r.Intent == understand.Stop || r.Intent == understand.Erase {
		return out, nil
	}
	for i := range min(len(r.Also), len(r.AlsoText), alsoMost) {
		in := flows.Input{Kind: flows.InputText, Text: unlinked(r.AlsoText[i])}
		if in.Text == "" || r.Also[i] == r.Intent {
			continue
		}
		switch r.Also[i] {
		case understand.Price, understand.Plan, understand.Results, understand.Trend, understand.Help:
			told, err := p.Engine.Play(h, nil, in)
			switch {
			case err != nil:
				return out, err
			case told.Waiting:
			case out.Waiting:
				out.Replies = append(slices.Clip(told.Replies), out.Replies...)
			default:
				out.Replies = append(slices.Clip(out.Replies), told.Replies...)
			}
		case understand.Vote, understand.Difficulty, understand.Opinion, understand.Officer:
			if !h.consented() || out.Waiting && r.Also[i] != understand.Vote {
				h.notes.wait(in.Text, h.in.ID, h.in.At)
				continue
			}
			then, err := p.Engine.Play(h, out.State, in)
			if err != nil {
				return out, err
			}
			then.Replies = join(unasked(out), then.Replies)
			then.Reading, then.Flow = out.Reading, out.Flow
			out = then
		}
	}
	return out, nil
}

// unasked is what was said, without the question that waits: it is put again.
func unasked(out flows.Outcome) []flows.Reply {
	n := len(out.Replies)
	if !out.Waiting || n == 0 {
		return out.Replies
	}
	last := out.Replies[n-1]
	said := flows.Reply{Says: last.Says[:max(len(last.Says)-1, 0)], Buttons: last.Buttons}
	if len(said.Says) == 0 {
		return out.Replies[:n-1]
	}
	return append(slices.Clone(out.Replies[:n-1]), said)
}

// unlinked leaves out the word that ties a wish to the one before it.
func unlinked(text string) string {
	text = strings.TrimSpace(text)
	if first, rest, ok := strings.Cut(text, " "); ok {
		switch understand.Fold(first) {
		case "nhung", "va", "con", "ma", "and", "but":
			return strings.TrimSpace(rest)
		}
	}
	return text
}
