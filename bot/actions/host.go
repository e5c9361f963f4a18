package actions

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// host is what one turn's conversation may know and do.
type host struct {
	Config
	ctx     context.Context //nolint:containedctx // a host lives for one turn, and flows.Host has no context to pass
	world   *World
	in      bot.Inbound
	channel storage.Channel
	from    storage.Loaded
	turn    storage.Turn
	group   storage.Group
	notes   notes
	said    uuid.UUID    // the earlier message that says what is recorded; zero = this one
	next    *flows.Input // to be played after this talk
	insist  bool         // next is played though a question is open, and in place of what was said
	renewed bool         // somebody new at an old number: what was loaded is another's
}

var _ flows.Host = (*host)(nil)

var zeroTime time.Time

// lateness is for how long after closing people may still think that a round
// is open.
const lateness = 60 * 24 * time.Hour

// Do implements flows.Host.
func (h *host) Do(name string, args flows.Values) (flows.Values, error) {
	a, ok := table[name]
	if !ok {
		return nil, fmt.Errorf("no action %q", name)
	}
	return a.do(h, args)
}

// Read implements flows.Host.
func (h *host) Read(text string, c understand.Context) understand.Reading {
	// Just after closing a ballot still comes as one, to be told that it is late.
	if r, open := h.latestRound(); open || len(r.Items) > 0 && h.in.At.Sub(r.Closes) < lateness {
		c.Consultation, c.Items = true, len(r.Items)
	}
	if c.Expect == flows.ExpectName {
		c.Expect = understand.ExpectNone
		return h.asName(h.world.Lexicon.Read(text, c))
	}
	r := h.world.Lexicon.Read(text, c)
	if c.Expect == understand.ExpectText && r.Intent == understand.None {
		c.Expect = understand.ExpectNone
		if plain := h.world.Lexicon.Read(text, c); meantAsWish(plain) {
			return plain
		}
	}
	return r
}

// meantAsWish tells what nobody would write as a name or a story: a ballot, or
// a code word that Loa itself teaches.
func meantAsWish(r understand.Reading) bool {
	if r.Confidence < 0.9 {
		return false
	}
	switch r.Intent {
	case understand.Vote:
		return len(r.Ballot) > 0 || r.Item > 0 && r.Stance != "" || len(r.Priority) > 0
	case understand.Plan, understand.Results:
		return len(strings.Fields(r.Text)) <= shortWish
	}
	return false
}

// shortWish is how many words a code word with its argument has at most.
const shortWish = 3

// Lang implements flows.Host.
func (h *host) Lang() string {
	return cmp.Or(cmp.Or(h.turn.Contact.Lang, h.world.Commune.Settings.Lang), "vi")
}

// Now implements flows.Host.
func (h *host) Now() time.Time { return h.in.At }

// NewCode implements flows.Host.
func (h *host) NewCode() string { return h.Config.NewCode(receiptLength) }

// Lists are the names that Options knows.
func Lists() []string { return []string{"commodities", "links", "severities", "villages"} }

// Options implements flows.Host.
func (h *host) Options(list string) []flows.Option {
	var out []flows.Option
	lang := h.Lang()
	switch list {
	case "commodities":
		for _, c := range h.world.Commodities {
			out = append(out, flows.Option{Value: c.ID, Label: spoken(c, lang)})
		}
	case "links":
		for _, l := range planning.Links {
			out = append(out, flows.Option{Value: string(l), Label: l.Label(lang)})
		}
	case "severities":
		for _, s := range []string{understand.Mild, understand.Bad, understand.Severe} {
			out = append(out, flows.Option{Value: s, Label: planning.SeverityLabel(s, lang)})
		}
	case "villages":
		for _, v := range h.world.Villages {
			out = append(out, flows.Option{Value: v.Code, Label: v.Name})
		}
	}
	return out
}

// spoken is a commodity's name that cannot be taken for another's when it is
// written without marks: "trái bơ" rather than "bơ".
func spoken(c market.Commodity, lang string) string {
	if lang == "en" {
		return cmp.Or(c.NameEN, c.Name)
	}
	if animal, live := strings.CutSuffix(c.Name, " hơi"); live {
		return c.Name + " (con " + animal + ")"
	}
	if strings.Contains(c.Name, " ") {
		return c.Name
	}
	for _, a := range c.Aliases {
		for word := range strings.FieldsSeq(a) {
			if word == c.Name && strings.Contains(a, " ") {
				return a
			}
		}
	}
	return c.Name
}

// today is the civil day of the commune.
func (h *host) today() market.Day { return market.DayOf(h.in.At, h.world.Zone) }

// date writes an instant as people say a day: 22/11, with the year when it is
// another than the present one.
func (h *host) date(t time.Time) string {
	t = t.In(h.world.Zone)
	return h.day(t.Year(), t.Month(), t.Day())
}

func (h *host) civil(d market.Day) string {
	t := d.Time()
	return h.day(t.Year(), t.Month(), t.Day())
}

func (h *host) day(year int, month time.Month, day int) string {
	other := h.in.At.In(h.world.Zone).Year() != year
	if h.Lang() == "en" {
		if other {
			return fmt.Sprintf("%d %s %d", day, month.String()[:3], year)
		}
		return fmt.Sprintf("%d %s", day, month.String()[:3])
	}
	if other {
		return fmt.Sprintf("%d/%d/%d", day, month, year)
	}
	return fmt.Sprintf("%d/%d", day, month)
}

// str is an argument that is a text; "" when it is none.
func str(args flows.Values, name string) string {
	s, _ := args[name].(string)
	return strings.TrimSpace(s)
}

// whole is an argument that is a whole number; 0 when it is none.
func whole(args flows.Values, name string) int64 {
	switch n := args[name].(type) {
	case int64:
		return n
	case int:
		return int64(n)
	case float64:
		return int64(n)
	}
	return 0
}

// strs is an argument that is a list of texts, or one text.
func strs(args flows.Values, name string) []string {
	switch v := args[name].(type) {
	case string:
		return []string{v}
	case []any:
		out := make([]string, 0, len(v))
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// orNil makes the empty text null, so that flows see that nothing was said.
func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// upper writes the first letter large.
func upper(s string) string {
	for i, r := range s {
		if i > 0 {
			return strings.ToUpper(s[:i]) + s[i:]
		}
		_ = r
	}
	return strings.ToUpper(s)
}
