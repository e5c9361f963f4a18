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
	pieces := split(m.Text, maxText)
	var last int
	for i, text := range pieces {
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

// keyboard lays buttons out: short ones three in a row, long ones alone.
func keyboard(m bot.Outgoing) models.ReplyMarkup {
	if len(m.Buttons) == 0 {
		return nil
	}
	const perRow, short = 3, 12
	var rows [][]models.InlineKeyboardButton
	for _, b := range m.Buttons {
		button := models.InlineKeyboardButton{Text: b.Label, CallbackData: b.Value}
		n := len(rows)
		if n > 0 && len(rows[n-1]) < perRow && len([]rune(b.Label)) <= short && len([]rune(rows[n-1][0].Text)) <= short {
			rows[n-1] = append(rows[n-1], button)
			continue
		}
		rows = append(rows, []models.InlineKeyboardButton{button})
	}
	return &models.InlineKeyboardMarkup{InlineKeyboard: rows}
}

// split cuts at line ends, else at spaces, else where it must.
func split(text string, most int) []string {
	runes := []rune(text)
	var pieces []string
	for len(runes) > most {
		at := most
		for _, at2 := range []int{lastIndex(runes[:most], '\n'), lastIndex(runes[:most], ' ')} {
			if at2 > most/2 {
				at = at2 + 1
				break
			}
		}
		pieces = append(pieces, string(runes[:at]))
		runes = runes[at:]
	}
	return append(pieces, string(runes))
}

func lastIndex(runes []rune, r rune) int {
	for i := len(runes) - 1; i >= 0; i-- {
		if runes[i] == r {
			return i
		}
	}
	return -1
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
