package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/flows"
)

func TestRefusals(t *testing.T) {
	_, c, s := bench(t)
	for _, k := range []struct {
		name, body string
		again      bool
		after      time.Duration
		reason     string
	}{
		{"too many", `{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":17}}`, true, 17 * time.Second, "Telegram: too many requests"},
		{"blocked", `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`, false, 0, "Telegram: the person blocked the bot or left"},
		{"no chat", `{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}`, false, 0, "Telegram: the chat does not exist or the message is refused"},
		{"token", `{"ok":false,"error_code":401,"description":"Unauthorized"}`, true, 0, "Telegram: the token is wrong"},
		{"broken", `{"ok":false,"error_code":500,"description":"Internal"}`, true, 0, "no answer from Telegram"},
		{"no JSON", `<html>`, true, 0, "no answer from Telegram"},
	} {
		s.answer["sendMessage"] = k.body
		_, err := c.Send(context.Background(), bot.Outgoing{To: "telegram:3", Text: "x"})
		var e *bot.SendError
		if !errors.As(err, &e) || e.Again != k.again || e.After != k.after || e.Reason != k.reason {
			t.Errorf("%s: got %+v", k.name, e)
		}
	}
	if _, err := c.Send(context.Background(), bot.Outgoing{To: "tel:+84905123456", Text: "x"}); err == nil {
		t.Error("a number is no chat")
	}
}

func TestButtonsAndLongTexts(t *testing.T) {
	_, c, s := bench(t)
	id, err := c.Send(context.Background(), bot.Outgoing{To: "telegram:3", Text: strings.Repeat("một dòng\n", 1000) + "hết", Buttons: []flows.Option{
		{Value: "opt:a:1", Label: "Đồng ý"},
		{Value: "opt:a:2", Label: "Không"},
		{Value: "opt:a:3", Label: "Khác"},
		{Value: "opt:a:4", Label: "Chưa rõ"},
		{Value: "opt:a:5", Label: "Một câu trả lời dài hơn"},
		{Value: strings.Repeat("x", 65), Label: "không vừa"},
		{Value: "opt:a:6", Label: ""},
	}})
	if err != nil || !strings.HasPrefix(id, "3/") {
		t.Fatalf("%q, %v", id, err)
	}
	sent := s.called("sendMessage")
	if len(sent) != 3 || sent[0]["reply_markup"] != "" || !strings.HasSuffix(sent[2]["text"], "hết") {
		t.Fatalf("%d messages", len(sent))
	}
	var keys struct {
		Rows [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(sent[2]["reply_markup"]), &keys); err != nil {
		t.Fatal(err)
	}
	var rows []int
	for _, r := range keys.Rows {
		rows = append(rows, len(r))
	}
	if len(rows) != 3 || rows[0] != 3 || rows[1] != 1 || rows[2] != 1 || keys.Rows[1][0].Data != "opt:a:4" {
		t.Errorf("rows: %v", keys.Rows)
	}
	if keyboard(bot.Outgoing{Buttons: []flows.Option{{Value: strings.Repeat("x", 65), Label: "a"}}}) != nil {
		t.Error("a keyboard without a key")
	}
}
