package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/loa-vn/loa/storage"
)

// toast is the answer to a button press, as a webhook's response carries it.
type toast struct {
	Method string `json:"method"`
	tg.AnswerCallbackQueryParams
}

// maxToast is what Telegram shows of an answer to a button press.
const maxToast = 200

// take accepts what an update says. A toast is what the presser of a button
// should be shown; it is nil for what is no press, or was not heard.
func (c *Channel) take(ctx context.Context, u *models.Update) (*toast, error) {
	if m := u.Message; m != nil && m.MigrateToChatID != 0 {
		return nil, c.moved(ctx, address(m.Chat.ID), address(m.MigrateToChatID))
	}
	in, heard := c.decode(u)
	if !heard {
		return nil, nil //nolint:nilnil // nothing was heard and nothing went wrong
	}
	receipt, err := c.Accept.Accept(ctx, in)
	if err != nil || u.CallbackQuery == nil {
		return nil, err
	}
	answer := &toast{Method: "answerCallbackQuery"}
	answer.CallbackQueryID = u.CallbackQuery.ID
	for _, r := range receipt.Replies {
		if r.Toast {
			answer.Text = cut(r.Text, maxToast)
			answer.ShowAlert = len([]rune(r.Text)) > 60
		}
	}
	return answer, nil
}

// moved records a group's upgrade. A group that Loa does not know, or knows
// under both addresses, is no error: asking again would not help.
func (c *Channel) moved(ctx context.Context, from, to string) error {
	err := c.Groups.MoveGroup(ctx, c.Channel, c.Keyring.Hash(from), c.Keyring.Address(to))
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return nil
	case errors.Is(err, storage.ErrConflict):
		c.Log.WarnContext(ctx, "an upgraded group is known under its new address already", "channel", c.Channel)
		return nil
	}
	return err
}

func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}
