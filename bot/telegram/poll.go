package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"

	"github.com/loa-vn/loa/bot"
)

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
			offset, pause = 0, notMinePause
			continue
		}
		next, err := c.pollOnce(ctx, offset)
		nothing := next == offset
		offset = next
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			pause = min(max(2*pause, time.Second), 30*time.Second)
			c.Log.WarnContext(ctx, "Telegram could not be asked for updates", "channel", c.Channel, "error", err)
		case nothing: // Telegram answers so after pollSeconds; what stands in for it may do so at once
			pause = nothingPause
		default:
			pause = 0
		}
	}
}

const (
	pollSeconds  = 25
	notMinePause = 5 * time.Second
	nothingPause = 100 * time.Millisecond
)

// pollOnce takes the updates that wait, in order, and returns what to ask for
// next: an update that could not be made durable, and all behind it, again.
func (c *Channel) pollOnce(ctx context.Context, offset int64) (int64, error) {
	if c.name() == "" {
		name, err := c.askName(ctx)
		if err != nil {
			return offset, err
		}
		c.learned.Store(&name)
	}
	updates, err := c.updates(ctx, offset)
	if err != nil {
		return offset, err
	}
	for _, raw := range updates {
		id, err := c.polled(ctx, raw)
		if err != nil {
			return offset, err
		}
		offset = max(offset, id+1)
	}
	return offset, nil
}

// polled takes one polled update; nil means that Telegram may forget it.
func (c *Channel) polled(ctx context.Context, raw json.RawMessage) (id int64, err error) {
	u, err := parse(raw)
	if err != nil {
		var named struct {
			ID int64 `json:"update_id"`
		}
		_ = json.Unmarshal(raw, &named) // without an id it comes again with the next
		c.Log.WarnContext(ctx, "an update cannot be read", "channel", c.Channel, "update", named.ID)
		return named.ID, nil //nolint:nilerr // Telegram may forget what nobody can read
	}
	answer, err := c.take(ctx, u)
	if errors.Is(err, bot.ErrInvalid) {
		c.Log.WarnContext(ctx, "an update cannot be accepted", "channel", c.Channel, "update", u.ID, "error", err)
		return u.ID, nil
	}
	if err == nil && answer != nil {
		_, _ = c.api.AnswerCallbackQuery(ctx, &answer.AnswerCallbackQueryParams) // a lost toast leaves a spinner for some seconds
	}
	return u.ID, err
}

// updates is getUpdates. The client library's own loop acknowledges updates
// before they are durable, so Loa asks for itself.
func (c *Channel) updates(ctx context.Context, offset int64) ([]json.RawMessage, error) {
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
		if withToken, ok := errors.AsType[*url.Error](err); ok {
			err = withToken.Err
		}
		return nil, fmt.Errorf("telegram: getUpdates: %w", err)
	}
	defer response.Body.Close()
	var answer struct {
		OK          bool              `json:"ok"`
		Result      []json.RawMessage `json:"result"`
		ErrorCode   int               `json:"error_code"`
		Description string            `json:"description"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(nil, response.Body, 32<<20)).Decode(&answer); err != nil {
		return nil, fmt.Errorf("telegram: getUpdates: status %d: %w", response.StatusCode, err)
	}
	if answer.OK {
		return answer.Result, nil
	}
	err = fmt.Errorf("telegram: getUpdates: %d %s", answer.ErrorCode, answer.Description)
	if answer.ErrorCode == http.StatusConflict && strings.Contains(strings.ToLower(answer.Description), "webhook") {
		// A webhook of an earlier set-up: what waits there is kept.
		if _, failed := c.api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{}); failed != nil {
			return nil, errors.Join(err, failed)
		}
		return nil, nil
	}
	return nil, err
}
