package admin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/examples"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// correctionForm asks what a message really meant.
type correctionForm struct {
	Stored  storage.Correction // zero when there is none
	Meant   string             // by it, in words
	Intents []intentOption
	Fields  []slotField
	Note    string
	Problem string
}

type intentOption struct {
	understand.Intent
	Name   string
	Chosen bool
}

// slotField is one slot of the form.
type slotField struct {
	Slot    examples.Slot
	Name    string
	Hint    string
	Value   string
	Problem string
}

// maxNote is how long an officer's note may be, in letters.
const maxNote = 300

func (v *visit) correctionForm(e examples.Example, goods map[string]string) correctionForm {
	var form correctionForm
	for _, i := range understand.Intents() {
		form.Intents = append(form.Intents, intentOption{i, v.intent(i), i == e.Intent})
	}
	for _, s := range examples.Core() {
		form.Fields = append(form.Fields, slotField{Slot: s, Name: v.slot(s), Hint: v.slotHint(s), Value: v.slotValue(s, e.Slots[s], goods)})
	}
	return form
}

func (v *visit) slotHint(s examples.Slot) string {
	switch s {
	case examples.Commodity:
		return v.t("slot.goods_hint")
	case examples.Price:
		return v.t("slot.price_hint")
	case examples.Item:
		return v.t("slot.item_hint")
	case examples.Stance:
		return v.t("slot.stance_hint")
	case examples.Ballot:
		return v.t("slot.ballot_hint")
	case examples.Priority:
		return v.t("slot.priority_hint")
	case examples.Village:
		return v.t("slot.village_hint")
	case examples.Lang:
		return v.t("slot.lang_hint")
	}
	return ""
}

// messageCorrect stores what a message really meant. No record changes by it.
func (v *visit) messageCorrect() error {
	page, err := v.messageOfPath()
	if err != nil {
		return err
	}
	if page.Text == "" {
		return errNotFound
	}
	e := examples.Example{Text: page.Text, Intent: understand.Intent(v.form("intent")), Slots: map[examples.Slot]string{}}
	page.Form.Note = v.form("note")
	wrong := !slices.Contains(understand.Intents(), e.Intent)
	if wrong {
		page.Form.Problem = v.t("correction.no_intent")
	}
	for i := range page.Form.Intents {
		page.Form.Intents[i].Chosen = page.Form.Intents[i].Intent == e.Intent
	}
	for i := range page.Form.Fields {
		f := &page.Form.Fields[i]
		if f.Value = v.form(string(f.Slot)); f.Value == "" {
			continue
		}
		if e.Slots[f.Slot], f.Problem, err = v.slotTyped(e.Intent, f.Slot, f.Value); err != nil {
			return err
		}
		wrong = wrong || f.Problem != ""
	}
	if e.Slots[examples.Ballot] != "" && e.Slots[examples.Item]+e.Slots[examples.Stance] != "" {
		for i := range page.Form.Fields {
			if f := &page.Form.Fields[i]; f.Slot == examples.Ballot {
				f.Problem, wrong = v.t("correction.ballot_or_item"), true
			}
		}
	}
	if len([]rune(page.Form.Note)) > maxNote {
		page.Form.Problem, wrong = v.t("correction.note_long", maxNote), true
	}
	line := oneItem(e).String()
	if _, err := examples.Parse(line); err != nil && !wrong {
		page.Form.Problem, wrong = v.t("correction.wrong"), true
	}
	if wrong {
		return v.renderStatus(http.StatusUnprocessableEntity, "message_explain", v.t("explain.title"), page)
	}
	err = v.Store.SaveCorrection(v.ctx(), storage.Correction{
		Message: page.ID, Area: v.area(), Intent: string(e.Intent), Slots: line[strings.LastIndex(line, "\t")+1:],
		Note: page.Form.Note, By: v.officer.Login, At: v.now,
	})
	if err != nil {
		return err
	}
	v.flash(v.t("correction.saved"))
	return v.seeOther(page.URL())
}

// oneItem writes a ballot on one item as readings have it.
func oneItem(e examples.Example) examples.Example {
	item, stance, ok := strings.Cut(e.Slots[examples.Ballot], ":")
	if ok && item != understand.All && !strings.Contains(stance, ",") {
		delete(e.Slots, examples.Ballot)
		e.Slots[examples.Item], e.Slots[examples.Stance] = item, stance
	}
	return e
}

// meantBy is a stored correction as an example.
func meantBy(c storage.Correction, m storage.Message) (examples.Example, error) {
	return examples.Parse(examples.Example{Text: m.Text, Intent: understand.Intent(c.Intent)}.String() + c.Slots)
}

// slotsOf are the slots that say something beside a wish.
func slotsOf(i understand.Intent) []examples.Slot {
	switch i {
	case understand.Price, understand.Trend, understand.Subscribe, understand.Unsubscribe, understand.Difficulty:
		return []examples.Slot{examples.Commodity}
	case understand.PriceReport, understand.Alert:
		return []examples.Slot{examples.Commodity, examples.Price}
	case understand.Vote:
		return []examples.Slot{examples.Item, examples.Stance, examples.Ballot, examples.Priority}
	case understand.Plan, understand.Results, understand.Opinion:
		return []examples.Slot{examples.Item}
	case understand.Join:
		return []examples.Slot{examples.Village}
	case understand.Language:
		return []examples.Slot{examples.Lang}
	}
	return nil
}

// slotTyped is a slot's value as examples write it, or what is wrong with it.
func (v *visit) slotTyped(i understand.Intent, s examples.Slot, typed string) (value, problem string, err error) {
	if !slices.Contains(slotsOf(i), s) {
		return "", v.t("correction.not_of", v.intent(i)), nil
	}
	if strings.ContainsAny(typed, ";\t\r\n") {
		return "", v.t("correction.signs"), nil
	}
	ok := false
	switch s {
	case examples.Commodity:
		return v.goodsTyped(typed)
	case examples.Price:
		n, bad := market.ParseAmount(typed)
		value, ok = strconv.FormatInt(n, 10), bad == nil
	case examples.Item:
		value, ok = itemTyped(typed)
	case examples.Stance:
		value, ok = v.stanceTyped(typed)
	case examples.Ballot:
		value, ok = v.ballotTyped(typed)
	case examples.Priority:
		value, ok = priorityTyped(typed)
	case examples.Village:
		return v.villageTyped(typed)
	case examples.Lang:
		value = strings.ToLower(typed)
		ok = len(value) <= 12 && strings.Trim(value, "abcdefghijklmnopqrstuvwxyz") == ""
	}
	if !ok {
		return "", v.t("correction.unreadable"), nil
	}
	return value, "", nil
}

// goodsTyped reads names or ids of the commune's commodities: "cà phê, tiêu",
// or "điều | tiêu" for one of them.
func (v *visit) goodsTyped(typed string) (value, problem string, err error) {
	all, err := v.Store.Commodities(v.ctx(), v.area())
	if err != nil {
		return "", "", err
	}
	sign := ","
	if strings.Contains(typed, "|") {
		sign = "|"
	}
	var ids []string
	for part := range strings.SplitSeq(typed, sign) {
		name := understand.Fold(strings.TrimSpace(part))
		i := slices.IndexFunc(all, func(c market.Commodity) bool {
			return slices.ContainsFunc(append([]string{c.ID, c.Name, c.NameEN}, c.Aliases...), func(n string) bool { return n != "" && understand.Fold(n) == name })
		})
		if i < 0 {
			return "", v.t("correction.no_goods", strings.TrimSpace(part)), nil
		}
		ids = append(ids, all[i].ID)
	}
	return strings.Join(ids, sign), "", nil
}

// villageTyped reads a village's name; one that is not on the list stays as it
// is written.
func (v *visit) villageTyped(typed string) (value, problem string, err error) {
	villages, _, err := v.villageNames()
	if err != nil {
		return "", "", err
	}
	for _, w := range villages {
		if slices.ContainsFunc(append([]string{w.Name}, w.Aliases...), func(n string) bool { return understand.Fold(n) == understand.Fold(typed) }) {
			return w.Name, "", nil
		}
	}
	return typed, "", nil
}

// maxItem is the highest number that an item of a plan may have here.
const maxItem = 99

func itemTyped(typed string) (string, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(typed))
	return strconv.Itoa(n), err == nil && n >= 1 && n <= maxItem
}

func (v *visit) stanceTyped(typed string) (string, bool) {
	for _, s := range planning.Stances {
		for _, said := range []string{string(s), s.Label(v.lang)} {
			if understand.Fold(said) == understand.Fold(strings.TrimSpace(typed)) {
				return string(s), true
			}
		}
	}
	return "", false
}

func (v *visit) ballotTyped(typed string) (string, bool) {
	var voices, items []string
	for part := range strings.SplitSeq(typed, ",") {
		item, stance, ok := strings.Cut(part, ":")
		item = strings.TrimSpace(item)
		if item != understand.All {
			var good bool
			item, good = itemTyped(item)
			ok = ok && good
		}
		stance, known := v.stanceTyped(stance)
		if !ok || !known || slices.Contains(items, item) {
			return "", false
		}
		items, voices = append(items, item), append(voices, item+":"+stance)
	}
	return strings.Join(voices, ","), true
}

func priorityTyped(typed string) (string, bool) {
	var items []string
	for part := range strings.SplitSeq(typed, ",") {
		item, ok := itemTyped(part)
		if !ok || slices.Contains(items, item) {
			return "", false
		}
		items = append(items, item)
	}
	return strings.Join(items, ","), true
}

// readsRight says whether a lexicon reads a message as it was meant.
func readsRight(lexicon *understand.Lexicon, meant examples.Example, m storage.Message) bool {
	got := examples.Of(lexicon.Read(m.Text, situation(m)))
	return got.Intent == meant.Intent && len(meant.Differs(got)) == 0
}
