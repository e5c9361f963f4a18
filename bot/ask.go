package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot/policy"
	"github.com/loa-vn/loa/bot/sms"
	"github.com/loa-vn/loa/storage"
)

// silentPatience is how long a personal message waits for somebody to answer
// from a number that may have a new owner.
const silentPatience = 30 * 24 * time.Hour

// askFirst holds a message to a number that was silent for long, and asks,
// once in that silence, for a sign of life. Whoever answers is asked by the
// conversation who it is.
func (d *Delivery) askFirst(ctx context.Context, row storage.Outgoing, to policy.Recipient, hold policy.Decision, a attempt) attempt {
	now := d.Now()
	if now.Sub(row.Message.At) >= silentPatience {
		return a.over(storage.Dropped, string(policy.Silent))
	}
	if d.Rules.MaySend(to, policy.Ask, now).Verdict == policy.Send {
		a.sent = d.ask(ctx, row, now)
	}
	return a.again(hold.Until, string(policy.Silent))
}

// ask sends the question, unless it was sent in this silence already: its id
// is made of who was last heard when, and it is logged before it is sent. It
// says whether the provider was asked.
func (d *Delivery) ask(ctx context.Context, row storage.Outgoing, now time.Time) bool {
	address, err := d.Keyring.Open(row.Sealed)
	if err != nil {
		return false
	}
	text := signOfLife(row.Lang)
	m := storage.Message{
		ID:   uuid.NewSHA1(row.Message.Contact, []byte("ask "+row.HeardAt.UTC().Format(time.RFC3339Nano))),
		Area: row.Message.Area, Channel: d.Channel.ID, Contact: row.Message.Contact, Direction: storage.Out, At: now,
		Purpose: string(policy.Ask), Status: storage.Sent, SentAt: now,
	}
	if strings.HasPrefix(string(address), "tel:") {
		text = sms.Unmarked(text)
		m.Parts = sms.Measure(text).Parts
	}
	m.Text = text
	if err := d.Store.Enqueue(ctx, []storage.Message{m}); err != nil {
		if !errors.Is(err, storage.ErrConflict) {
			d.Log.WarnContext(ctx, "a silent number could not be asked", "channel", d.Channel.ID, "error", err)
		}
		return false
	}
	external, err := d.send(ctx, Outgoing{ID: m.ID, To: string(address), Text: text})
	outcome := storage.Settlement{ID: m.ID, Status: storage.Sent, External: external, At: d.Now()}
	if err != nil {
		outcome.Status, outcome.Reason = storage.Failed, refusal(err).Reason
	}
	if err := d.Store.Settle(context.WithoutCancel(ctx), []storage.Settlement{outcome}); err != nil {
		d.Log.WarnContext(ctx, "an outcome could not be recorded", "channel", d.Channel.ID, "error", err)
	}
	return true
}

// signOfLife gives nothing away of whoever had the number before.
func signOfLife(lang string) string {
	if lang == "en" {
		return "This is LOA, of your commune. This number has been silent for long, and there is news for its owner: write ALO to get it. No more messages: STOP"
	}
	return "Dạ, đây là LOA của xã. Số này lâu rồi không nhắn; xã có tin riêng cho người dùng số này: nhắn ALO để nhận. Không nhận tin: TC"
}
