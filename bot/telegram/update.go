package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/loa-vn/loa/bot"
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
// should be shown; it is never nil for a press that was accepted.
func (c *Channel) take(ctx context.Context, u *models.Update) (*toast, error) {
	if m := u.Message; m != nil && m.MigrateToChatID != 0 {
		return nil, c.moved(ctx, address(m.Chat.ID), address(m.MigrateToChatID))
	}
	in, heard := c.decode(u)
	if !heard {
		return nil, nil
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

// moved records a group's upgrade. A group that Loa does not know is no error.
func (c *Channel) moved(ctx context.Context, from, to string) error {
	err := c.Groups.MoveGroup(ctx, c.Channel, c.Keyring.Hash(from), c.Keyring.Address(to))
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	return err
}

// Poll asks Telegram for updates until ctx ends, for a bot without a public
// address. An update is given up to Telegram only once it is durable. mine
// says whether this process is the one to poll.
func (c *Channel) Poll(ctx context.Context, mine func() bool) {
	var offset int64
	for pause := time.Duration(0); ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		if !mine() {
			offset, pause = 0, 5*time.Second
			continue
		}
		updates, err := c.updates(ctx, offset)
		for _, u := range updates {
			if err = c.taken(ctx, u); err != nil {
				break
			}
			offset = u.ID + 1
		}
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			pause = min(max(2*pause, time.Second), 30*time.Second)
			c.Log.Warn("Telegram could not be asked for updates", "channel", c.Channel, "error", err)
		default:
			pause = 0
		}
	}
}

// taken takes one polled update; nil means that Telegram may forget it.
func (c *Channel) taken(ctx context.Context, u *models.Update) error {
	answer, err := c.take(ctx, u)
	if errors.Is(err, bot.ErrInvalid) {
		c.Log.Warn("an update cannot be accepted", "update", u.ID, "error", err)
		return nil
	}
	if answer != nil && err == nil {
		_, _ = c.api.AnswerCallbackQuery(ctx, &answer.AnswerCallbackQueryParams)
	}
	return err
}

// updates is getUpdates. The client library's own loop acknowledges updates
// before they are durable, so Loa asks for itself.
func (c *Channel) updates(ctx context.Context, offset int64) ([]*models.Update, error) {
	ask, err := json.Marshal(map[string]any{"offset": offset, "timeout": pollSeconds, "allowed_updates": allowed})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.APIURL+"/bot"+c.Token+"/getUpdates", bytes.NewReader(ask))
	if err != nil {
		return nil, errors.New("telegram: the API's address is wrong")
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := c.Client.Do(request)
	if err != nil {
		var withToken *url.Error
		if errors.As(err, &withToken) {
			err = withToken.Err
		}
		return nil, err
	}
	defer response.Body.Close()
	var answer struct {
		OK          bool             `json:"ok"`
		Result      []*models.Update `json:"result"`
		ErrorCode   int              `json:"error_code"`
		Description string           `json:"description"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(nil, response.Body, 32<<20)).Decode(&answer); err != nil {
		return nil, fmt.Errorf("telegram: getUpdates: status %s: %w", strconv.Itoa(response.StatusCode), err)
	}
	if !answer.OK {
		return nil, fmt.Errorf("telegram: getUpdates: %d %s", answer.ErrorCode, answer.Description)
	}
	return answer.Result, nil
}

func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}
