package telegram

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/loa-vn/loa/bot"
)

// maxText is what one Telegram message holds, in characters.
const maxText = 4096

// Send sends a message, in several where it is longer than Telegram takes,
// and returns the id of the last.
func (c *Channel) Send(ctx context.Context, m bot.Outgoing) (string, error) {
	chat, err := strconv.ParseInt(strings.TrimPrefix(m.To, "telegram:"), 10, 64)
	if err != nil {
		return "", &bot.SendError{Reason: "not a Telegram address"}
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	pieces := bot.Split(m.Text, maxText)
	var last int
	for i, text := range pieces {
		if i > 0 && strings.TrimSpace(text) == "" {
			break // Telegram takes no empty message
		}
		params := &tg.SendMessageParams{ChatID: chat, Text: text}
		if i == len(pieces)-1 {
			params.ReplyMarkup = keyboard(m)
		}
		sent, err := c.api.SendMessage(ctx, params)
		if err != nil {
			return "", refused(err)
		}
		last = sent.ID
	}
	return strconv.FormatInt(chat, 10) + "/" + strconv.Itoa(last), nil
}

// maxPayload is how many bytes a Telegram button carries.
const maxPayload = 64

// keyboard lays buttons out: short ones three in a row, long ones alone. A
// button that cannot carry its payload is left out, rather than the message
// refused: its answer can still be written.
func keyboard(m bot.Outgoing) models.ReplyMarkup {
	const perRow, short = 3, 12
	var rows [][]models.InlineKeyboardButton
	for _, b := range m.Buttons {
		if b.Label == "" || b.Value == "" || len(b.Value) > maxPayload {
			continue
		}
		button := models.InlineKeyboardButton{Text: b.Label, CallbackData: b.Value}
		n := len(rows)
		if n > 0 && len(rows[n-1]) < perRow && len([]rune(b.Label)) <= short && len([]rune(rows[n-1][0].Text)) <= short {
			rows[n-1] = append(rows[n-1], button)
			continue
		}
		rows = append(rows, []models.InlineKeyboardButton{button})
	}
	if len(rows) == 0 {
		return nil
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: rows}
}

// refused says what Telegram's error means for the message.
func refused(err error) error {
	var many *tg.TooManyRequestsError
	var migrated *tg.MigrateError
	switch {
	case errors.As(err, &many):
		return &bot.SendError{Reason: "Telegram: too many requests", Again: true, After: time.Duration(many.RetryAfter) * time.Second}
	case errors.As(err, &migrated):
		return &bot.SendError{Reason: "Telegram: the group was upgraded", Again: true, Moved: address(int64(migrated.MigrateToChatID))}
	case errors.Is(err, tg.ErrorForbidden):
		return &bot.SendError{Reason: "Telegram: the person blocked the bot or left"}
	case errors.Is(err, tg.ErrorBadRequest):
		return &bot.SendError{Reason: "Telegram: the chat does not exist or the message is refused", Err: err}
	case errors.Is(err, tg.ErrorUnauthorized), errors.Is(err, tg.ErrorNotFound):
		return &bot.SendError{Reason: "Telegram: the token is wrong", Again: true}
	default:
		return &bot.SendError{Reason: "no answer from Telegram", Again: true, Err: err}
	}
}

var _ bot.Sender = (*Channel)(nil)
