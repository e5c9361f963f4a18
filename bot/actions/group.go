package actions

import (
	"cmp"
	"strings"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/storage"
)

// commands are what may be said with a slash, and the words they stand for.
var commands = map[string]string{
	"gia": "gia", "khokhan": "kho khan", "ykien": "y kien", "baocao": "bao cao", "lienket": "lien ket",
	"kehoach": "ke hoach", "ketqua": "ket qua", "muc": "muc", "dongy": "dong y", "help": "help", "trogiup": "tro giup",
	"tiengviet": "tieng viet", "english": "english", "stop": "stop",
}

// inputOf is what was said, for the engine. False: in a group nothing was
// said to Loa.
func inputOf(in bot.Inbound) (flows.Input, bool) {
	out := flows.Input{Kind: flows.InputText, Text: in.Text, Group: in.Group != ""}
	for _, m := range in.Media {
		out.Media = append(out.Media, m.Kind+":"+m.Ref)
	}
	command := false
	if word, rest, _ := strings.Cut(strings.TrimSpace(in.Text), " "); strings.HasPrefix(word, "/") {
		name, _, _ := strings.Cut(strings.ToLower(word[1:]), "@")
		words, known := commands[name]
		switch {
		case known:
			out.Text, command = strings.TrimSpace(words+" "+rest), true
		case name == "start" && !out.Group:
			out.Text = "alo"
		}
	}
	switch {
	case in.Silence:
		return flows.Input{Kind: flows.InputSilence}, true
	case in.Button != "":
		out.Kind, out.Button = flows.InputButton, in.Button
		return out, true
	case len(in.Media) > 0 && !command:
		out.Kind = flows.InputMedia
	}
	return out, command || !out.Group
}

// enterGroup makes a new group known, and learns its new name.
func (h *host) enterGroup() {
	g := h.from.Group
	switch {
	case g.ID == uuid.Nil:
		g = storage.Group{ID: h.NewID(), Area: h.world.Commune.Code, Channel: h.channel.ID, Address: h.Keyring.Address(h.in.Group), Title: h.in.Title}
	case h.in.Title != "" && h.in.Title != g.Title:
		g.Title = h.in.Title
	default:
		h.group = g
		return
	}
	h.group = g
	h.turn.Group = &g
}

// tie ties the group to the village of an officer's one-time code.
func (h *host) tie(args flows.Values) (flows.Values, error) {
	if h.in.Group == "" {
		return flows.Values{"tied": false, "private": true}, nil
	}
	said := strings.ToUpper(strings.Join(strings.Fields(str(args, "code")), ""))
	for _, code := range h.world.TieCodes {
		if !strings.EqualFold(code.Code, said) || said == "" || !code.Expires.After(h.in.At) {
			continue
		}
		g := h.group
		g.Village, g.TiedAt, g.TiedBy = code.Village, h.in.At, code.Officer
		h.group, h.turn.Group, h.turn.TieCode = g, &g, code.Code
		v, _ := h.world.Village(code.Village)
		return flows.Values{"tied": true, "village": cmp.Or(v.Name, code.Village)}, nil
	}
	return flows.Values{"tied": false}, nil
}
