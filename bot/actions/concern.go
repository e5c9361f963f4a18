package actions

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/planning"
)

const (
	quoteRunes    = 60 // of a person's words that an answer repeats
	codeLength    = 4  // of a concern's code
	answerDays    = 5  // working days, where the commune does not say
	enoughWords   = 3  // beside the crop's name, for a difficulty that says it all
	enoughLetters = 8
)

// preambles are the words that begin a message and say only what it is.
var preambles = []string{
	"bao cao kho khan", "bao kho khan", "gap kho khan", "kho khan la", "kho khan", "kk", "difficulty", "problem",
	"y kien gop y", "gop y kien", "y kien cua toi", "y kien khac", "y kien", "gop y", "gy", "opinion",
	"gap can bo", "hoi can bo", "can bo oi", "can bo", "cb", "officer",
}

// told takes the preamble off what a person wrote.
func told(text string) string {
	text = strings.TrimSpace(text)
	for range 2 {
		fields := strings.Fields(text)
		found := 0
		for n := min(len(fields), 4); n > 0 && found == 0; n-- {
			if slices.Contains(preambles, strings.TrimRight(understand.Fold(strings.Join(fields[:n], " ")), ":,;.- ")) {
				found = n
			}
		}
		if found == 0 {
			break
		}
		for range found {
			text = strings.TrimSpace(text)
			if i := strings.IndexAny(text, " \t\n"); i >= 0 {
				text = text[i:]
			} else {
				text = ""
			}
		}
		text = strings.TrimLeft(text, " \t\n:,;.-")
	}
	return text
}

// quoted is as much of a text as an answer repeats.
func quoted(text string) string {
	return cut(strings.Join(strings.Fields(strings.ReplaceAll(text, `"`, "'")), " "), quoteRunes)
}

// readDifficulty says what a message tells of a difficulty, and whether that
// is enough to be recorded without a question.
func (h *host) readDifficulty(args flows.Values) (flows.Values, error) {
	whole := str(args, "text")
	text := told(whole)
	r := h.Read(whole, understand.Context{})
	out := flows.Values{"text": orNil(text), "quote": orNil(quoted(text)), "kind": orNil(r.Kind), "severity": orNil(r.Severity)}
	words := len(strings.Fields(text))
	var summary []string
	if len(r.Commodities) == 1 && len(r.Ambiguous) == 0 {
		if c, ok := h.world.Commodity(r.Commodities[0]); ok {
			out["crop"], out["crop_name"], out["crop_called"] = c.ID, h.name(c), upper(h.name(c))
			summary = append(summary, h.name(c))
			words-- // the name says nothing of the trouble
		}
	}
	if planning.Link(r.Kind).Valid() {
		out["kind_name"] = planning.Link(r.Kind).Label(h.Lang())
		summary = append(summary, planning.Link(r.Kind).Label(h.Lang()))
	}
	out["worded"] = out["crop"] != nil || out["kind"] != nil || worded(text)
	out["summary"] = orNil(strings.Join(summary, ", "))
	out["told"] = utf8.RuneCountInString(text) >= enoughLetters && (words >= enoughWords || r.Kind != "" && words > 0)
	return out, nil
}

// worded says whether a text says anything: "1" does not.
func worded(text string) bool {
	letters := 0
	for _, c := range text {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return letters > 2
}

// recordDifficulty records a difficulty as far as it was told.
func (h *host) recordDifficulty(args flows.Values) (flows.Values, error) {
	c := h.concern(planning.Difficulty, str(args, "text"))
	h.describe(&c, args)
	h.turn.Concerns = append(h.turn.Concerns, c)
	out := h.receipt(c)
	out["crop_name"], out["kind_name"] = h.cropName(c), h.linkName(c)
	return out, nil
}

// amendDifficulty adds to a difficulty of this person that nobody has
// answered yet.
func (h *host) amendDifficulty(args flows.Values) (flows.Values, error) {
	code := str(args, "code")
	var c *planning.Concern
	for i := range h.turn.Concerns {
		if h.turn.Concerns[i].Code == code {
			c = &h.turn.Concerns[i]
		}
	}
	for _, old := range h.from.Concerns {
		if c == nil && old.Code == code && old.Kind == planning.Difficulty && old.AnsweredAt.IsZero() && !h.renewed {
			h.turn.Amended = append(h.turn.Amended, old)
			c = &h.turn.Amended[len(h.turn.Amended)-1]
		}
	}
	if c == nil {
		return flows.Values{"code": nil}, nil
	}
	h.describe(c, args)
	if more := told(str(args, "text")); more != "" && !strings.Contains(c.Text, more) {
		c.Text = strings.TrimSpace(c.Text + "\n" + more)
	}
	return flows.Values{
		"code": c.Code, "crop_name": h.cropName(*c), "kind_name": h.linkName(*c),
		"severity_name": orNil(planning.SeverityLabel(c.Severity, h.Lang())),
	}, nil
}

func (h *host) describe(c *planning.Concern, args flows.Values) {
	if crop, ok := h.world.Commodity(str(args, "crop")); ok {
		c.Commodity = crop.ID
	}
	if l := planning.Link(str(args, "kind")); l.Valid() {
		c.Link = l
	}
	switch s := str(args, "severity"); s {
	case understand.Mild, understand.Bad, understand.Severe:
		c.Severity = s
	}
}

// recordOpinion records a wish about the plan, or about one of its items
// when a round is open and has it.
func (h *host) recordOpinion(args flows.Values) (flows.Values, error) {
	c := h.concern(planning.Opinion, str(args, "text"))
	out := flows.Values{}
	if round, open := h.world.OpenRound(h.in.At); open {
		c.Round = round.ID
		n := whole(args, "item")
		if n == 0 {
			n = itemNamed(told(c.Text))
		}
		if n >= 1 && int(n) <= len(round.Items) {
			c.Item = round.Items[n-1].Code
			out["item"], out["short"] = n, h.short(round.Items[n-1])
		}
	}
	h.turn.Concerns = append(h.turn.Concerns, c)
	maps.Copy(out, h.receipt(c))
	if c.Item != "" {
		out["quote"] = quoted(withoutItem(told(c.Text)))
	}
	return out, nil
}

// itemFirst is the mention of an item that an opinion on it begins with.
var itemFirst = regexp.MustCompile(`(?i)^(?:về |ve |on )?(?:mục|muc|item) *([0-9]{1,3})\b *[:,.]? *`)

// itemNamed is the number of the item that an opinion begins with; 0 = none.
func itemNamed(text string) int64 {
	found := itemFirst.FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	n, _ := strconv.ParseInt(found[1], 10, 64) // three digits at most: cannot fail
	return n
}

// withoutItem leaves out that mention, unless nothing else was said.
func withoutItem(text string) string {
	if rest := itemFirst.ReplaceAllString(text, ""); rest != "" {
		return rest
	}
	return text
}

// remarkFrom is how many words beside the item's mention make a remark.
const remarkFrom = 2

// remark is what a text says of the item that it names, beside asking for it;
// null when it only asks.
func (h *host) remark(args flows.Values) (flows.Values, error) {
	whole := str(args, "text")
	folded := " " + understand.Fold(whole) + " "
	rest := itemFirst.ReplaceAllString(told(whole), "")
	for _, asks := range []string{
		"?", " bao nhieu ", " the nao ", " nhu nao ", " ntn ", " bao gio ", " khi nao ", " o dau ", " la gi ", " lam gi ", " gi ", " ai ", " sao ",
		" xem ", " chi tiet ", " ro hon ", " noi ro ", " hoi ", " bn ", " may ", " nao ", " what ", " when ", " how ", " details ", " show ",
	} {
		if strings.Contains(folded, asks) && !strings.Contains(folded, " xem lai ") {
			rest = ""
		}
	}
	if f := strings.Fields(understand.Fold(rest)); len(f) < remarkFrom || slices.Contains([]string{"khong", "ko", "k", "chua"}, f[len(f)-1]) {
		return flows.Values{"text": nil}, nil
	}
	return flows.Values{"text": whole, "quote": quoted(rest)}, nil
}

// recordQuestion records a question that an officer answers.
func (h *host) recordQuestion(args flows.Values) (flows.Values, error) {
	c := h.concern(planning.Question, str(args, "text"))
	h.turn.Concerns = append(h.turn.Concerns, c)
	return h.receipt(c), nil
}

// concern makes one of this turn's person, with the answer's day.
func (h *host) concern(kind planning.ConcernKind, text string) planning.Concern {
	contact := h.turn.Contact
	return planning.Concern{
		Message: h.said,
		ID:      h.NewID(), Kind: kind, Area: contact.Area, Code: h.Config.NewCode(codeLength), Contact: contact.ID,
		Household: contact.Household, Village: h.village(), Channel: channelKind(h.channel.Kind), Text: strings.TrimSpace(text),
		At: h.in.At, Due: planning.DueAfter(h.in.At, h.answerDays(), h.world.Zone),
	}
}

func (h *host) receipt(c planning.Concern) flows.Values {
	return flows.Values{"code": c.Code, "days": int64(h.answerDays()), "quote": quoted(told(c.Text))}
}

func (h *host) answerDays() int {
	if d := h.world.Commune.Settings.AnswerDays; d > 0 {
		return d
	}
	return answerDays
}

func (h *host) cropName(c planning.Concern) any {
	if crop, ok := h.world.Commodity(c.Commodity); ok {
		return h.name(crop)
	}
	return nil
}

func (h *host) linkName(c planning.Concern) any {
	if c.Link == "" {
		return nil
	}
	return c.Link.Label(h.Lang())
}

// channelKind is how voices and concerns name the way they came by.
func channelKind(kind string) string {
	switch kind {
	case "twilio", "gateway":
		return "sms"
	}
	return kind
}

// mine are this person's latest concerns, newest first: none of whoever had
// the number before.
func (h *host) mine() []planning.Concern {
	if h.notes.Doubt || h.turn.Contact.ConsentAt.IsZero() {
		return nil
	}
	all := slices.Clone(h.turn.Concerns)
	slices.Reverse(all)
	for _, c := range h.from.Concerns {
		if !h.renewed && !c.At.Before(h.turn.Contact.ConsentAt) {
			all = append(all, c)
		}
	}
	return all
}
