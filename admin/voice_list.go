package admin

import (
	"strconv"

	"github.com/loa-vn/loa/planning"
)

type voiceListPage struct {
	Round    planning.Round
	URL      string
	Item     string
	ItemName string
	Village  string
	Stance   planning.Stance
	Channel  string
	Replaced bool
	Villages []planning.Village
	Names    map[string]string
	Rows     []voiceRow
	Next     string
}

type voiceRow struct {
	planning.VoiceRow
	Item   string
	Thread string // the talk it came from; "" on paper
}

// listPage is how many rows a list shows at a time.
const listPage = 100

// voiceList is the voices behind a number, with the masked messages that gave them.
func (v *visit) voiceList() error {
	round, _, err := v.roundOfPath()
	if err != nil {
		return err
	}
	villages, names, err := v.villageNames()
	if err != nil {
		return err
	}
	page := voiceListPage{
		Round: round, URL: roundURL(round.Number), Item: v.form("item"), Village: v.form("village"),
		Stance: planning.Stance(v.form("stance")), Channel: v.form("channel"), Replaced: v.form("replaced") != "",
		Villages: villages, Names: names,
	}
	q := planning.VoiceQuery{
		Area: v.area(), Round: round.ID, Item: page.Item, Stance: page.Stance, Channel: page.Channel,
		Replaced: page.Replaced, Offset: v.offset(), Limit: listPage + 1,
	}
	q.Village = villageChoice(page.Village)
	rows, err := v.Store.Voices(v.ctx(), q)
	if err != nil {
		return err
	}
	if len(rows) > listPage {
		rows = rows[:listPage]
		page.Next = v.nextPage(q.Offset + listPage)
	}
	for _, r := range rows {
		row := voiceRow{VoiceRow: r, Item: r.Voice.Item}
		if _, n, ok := round.Item(r.Voice.Item); ok {
			row.Item = strconv.Itoa(n)
		}
		if r.Mask != "" {
			row.Thread = "/messages/" + r.Voice.Contact.String()
		}
		page.Rows = append(page.Rows, row)
	}
	if item, n, ok := round.Item(page.Item); ok {
		page.ItemName = strconv.Itoa(n) + ". " + item.Title
	}
	return v.render("voice_list", v.t("voices.title"), page)
}

// villageChoice is a filter's village: nil = all, "" = not known.
func villageChoice(chosen string) *string {
	switch chosen {
	case "":
		return nil
	case planning.UnknownVillage:
		chosen = ""
	}
	return &chosen
}

// offset is where a list goes on.
func (v *visit) offset() int {
	n, err := strconv.Atoi(v.form("offset"))
	if err != nil || n < 0 || n > 1_000_000 {
		return 0
	}
	return n
}

// nextPage is the address of the same list, further on.
func (v *visit) nextPage(offset int) string {
	q := v.r.URL.Query()
	q.Set("offset", strconv.Itoa(offset))
	return v.r.URL.Path + "?" + q.Encode()
}
