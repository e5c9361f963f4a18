package sample

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/storage"
)

// words are what the sample's officers taught: the people of thôn 5 call a part
// of it xóm Mới, mealybugs are rầy bông to everyone, and the market of the town
// is the province's to those who remember it so.
func words(at time.Time, newID func() uuid.UUID) []storage.Word {
	out := []storage.Word{
		{Kind: string(understand.KindVillage), Meaning: "thon-5", Forms: []string{"xóm Mới"}},
		{Kind: string(understand.KindWord), Meaning: "rệp sáp", Forms: []string{"rầy bông", "rầy phấn"}},
		{Kind: string(understand.KindMarket), Meaning: "gia-nghia", Forms: []string{"chợ tỉnh"}},
	}
	for i := range out {
		out[i].ID, out[i].Area, out[i].By, out[i].At = newID(), Code, officer, at.Add(time.Duration(i)*time.Hour)
	}
	return out
}

// local are newcomers of thôn 5 who write with these words, and two whose
// messages the officers had to correct.
func local(people []person, now time.Time) ([]person, []line) {
	var lines []line
	for i, said := range [][]string{
		{"dk xom Moi", "1"}, {"ca phe o xom Moi bi ray bong nhieu qua", "1"}, {"gia ca phe o cho tinh hnay"}, {misread[0].text}, {misread[1].text, "1"},
	} {
		p := person{village: 3, household: -1, channel: phone.SMS, number: fmt.Sprintf("+8497%07d", 9_100_000+i*7_919)}
		at := now.Add(-time.Duration(52-9*i) * time.Hour)
		for n, text := range said {
			lines = append(lines, line{at: at.Add(time.Duration(n) * time.Minute), person: len(people), channel: p.channel, from: p.number, text: text})
		}
		people = append(people, p)
	}
	return people, lines
}

// misread are messages that were read otherwise than they were meant.
var misread = []struct {
	text, slots, note string
	intent            understand.Intent
}{
	{"ca phe rot gia the nay song sao noi", "commodity=coffee", "than giá thấp, không hỏi giá", understand.Difficulty},
	{"co lop day ghep ca phe khi nao", "", "hỏi lịch lớp ghép", understand.Officer},
}

// Correct lets the officers say what was meant by the messages that were misread.
func (f *Founder) Correct(ctx context.Context) error {
	said, err := f.Store.Inbound(ctx, Code, f.round.Opens, 0)
	if err != nil {
		return err
	}
	for i, m := range misread {
		for _, s := range said {
			if s.Message.Text != m.text {
				continue
			}
			err := f.Store.SaveCorrection(ctx, storage.Correction{
				Message: s.Message.ID, Area: Code, Intent: string(m.intent), Slots: m.slots, Note: m.note,
				By: officer, At: f.Now.Add(-time.Duration(5-i) * time.Hour),
			})
			if err != nil {
				return fmt.Errorf("sample: correcting %q: %w", m.text, err)
			}
		}
	}
	return nil
}
