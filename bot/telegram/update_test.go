package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/channeltest"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/storage"
)

// voter answers a press with a toast, and ties each group it hears of.
type voter struct{ keyring *storage.Keyring }

func (v voter) Play(_ context.Context, in bot.Inbound, from storage.Loaded, c storage.Channel) (bot.Played, error) {
	turn := storage.Turn{Contact: from.Contact, Session: from.Session}
	if turn.Contact.ID == uuid.Nil {
		turn.ContactNew = true
		turn.Contact = storage.Contact{
			ID: uuid.Must(uuid.NewV7()), Area: c.Area, Address: v.keyring.Address(in.From), Channel: c.ID, CreatedAt: in.At,
		}
	}
	if in.Group != "" && from.Group.ID == uuid.Nil {
		turn.Group = &storage.Group{
			ID: uuid.Must(uuid.NewV7()), Area: c.Area, Channel: c.ID, Address: v.keyring.Address(in.Group), Title: in.Title, TiedAt: in.At,
		}
	}
	reply := flows.Reply{Says: []string{"Đã nghe: " + in.Text}}
	if in.Button != "" {
		reply = flows.Reply{Says: []string{"Đã ghi: " + in.Button}, Toast: in.Group != ""}
	}
	return bot.Played{Turn: turn, Area: c.Area, Replies: []flows.Reply{reply}}, nil
}

// bench is a channel whose Telegram is a stand-in.
func bench(t *testing.T) (*channeltest.Bench, *Channel, *server) {
	t.Helper()
	s := serve(t)
	b := channeltest.Start(t, "telegram", func(e channeltest.Env) bot.Player { return voter{e.Keyring} })
	b.Traits = Traits
	c, err := New(Config{
		Channel: channeltest.Channel, Token: "1:token", Secret: testSecret, APIURL: s.URL,
		Accept: b.Accept, Groups: b.Store, Keyring: b.Keyring, Now: time.Now, Log: b.Log,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Connect(context.Background()); err != nil || c.Account != "LoaBot" {
		t.Fatalf("the bot's name: %q, %v", c.Account, err)
	}
	return b, c, s
}

// hook posts an update to the webhook and returns the answer's body.
func hook(t *testing.T, c *Channel, id int, kind string, body map[string]any) string {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"update_id": id, kind: body})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	c.ServeHTTP(w, post(raw, testSecret))
	if w.Code != http.StatusOK {
		t.Errorf("update %d: status %d", id, w.Code)
	}
	return w.Body.String()
}

func said(from int, chat map[string]any, text string) map[string]any {
	return map[string]any{"message_id": 7, "date": 1795420800, "text": text, "from": map[string]any{"id": from, "first_name": "a"}, "chat": chat}
}

func private(from int) map[string]any { return map[string]any{"id": from, "type": "private"} }

func groupChat(id int) map[string]any {
	return map[string]any{"id": id, "type": "supergroup", "title": "HTX Đắk Mẫu"}
}

func pressed(from int, chat map[string]any, data string) map[string]any {
	return map[string]any{
		"id": fmt.Sprint("q", from), "from": map[string]any{"id": from, "first_name": "a"}, "chat_instance": "x", "data": data,
		"message": map[string]any{"message_id": 7, "date": 1795420800, "chat": chat},
	}
}

// outbox is what waits to be sent.
func outbox(t *testing.T, b *channeltest.Bench) []storage.Outgoing {
	t.Helper()
	now := time.Now()
	rows, err := b.Store.Claim(context.Background(), channeltest.Channel, now, now, 100, false)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestAPressInPrivateIsAnsweredAndTheReplySent(t *testing.T) {
	b, c, _ := bench(t)
	answer := hook(t, c, 1, "callback_query", pressed(3, private(3), "opt:kind:disease"))
	var toast struct {
		Method string `json:"method"`
		ID     string `json:"callback_query_id"`
		Text   string `json:"text"`
	}
	if err := json.Unmarshal([]byte(answer), &toast); err != nil || toast.Method != "answerCallbackQuery" || toast.ID != "q3" || toast.Text != "" {
		t.Errorf("answer %q, %v", answer, err)
	}
	rows := outbox(t, b)
	if len(rows) != 1 || rows[0].Message.Text != "Đã ghi: opt:kind:disease" || rows[0].Message.Group != uuid.Nil {
		t.Errorf("outbox: %+v", rows)
	}
}

func TestAPressInAGroupIsAnsweredByAToastForEachPerson(t *testing.T) {
	b, c, _ := bench(t)
	for person := 1; person <= 3; person++ {
		for range 2 { // each of them twice over, as Telegram repeats
			answer := hook(t, c, person, "callback_query", pressed(person, groupChat(-1001), "vote:R1:KH-01:yes"))
			if !strings.Contains(answer, `"text":"Đã ghi: vote:R1:KH-01:yes"`) || !strings.Contains(answer, fmt.Sprint("q", person)) {
				t.Errorf("answer %q", answer)
			}
		}
	}
	if kept := b.Kept(t, 3); len(kept) != 3 || kept[0].Group == uuid.Nil {
		t.Errorf("kept: %+v", kept)
	}
	if rows := outbox(t, b); len(rows) != 0 {
		t.Errorf("the group was told: %+v", rows)
	}
}

func TestAnOldMessagesButton(t *testing.T) {
	b, c, _ := bench(t)
	press := pressed(3, groupChat(-1001), "vote:R1:KH-01:yes")
	press["message"] = map[string]any{"message_id": 7, "date": 0, "chat": groupChat(-1001)} // no longer accessible
	if answer := hook(t, c, 1, "callback_query", press); !strings.Contains(answer, "Đã ghi") {
		t.Errorf("answer %q", answer)
	}
	delete(press, "message")
	if answer := hook(t, c, 2, "callback_query", press); !strings.Contains(answer, "answerCallbackQuery") {
		t.Errorf("answer %q", answer)
	}
	b.Kept(t, 1)
}

func TestACommandInAGroupIsAnsweredThere(t *testing.T) {
	b, c, _ := bench(t)
	hook(t, c, 1, "message", said(3, groupChat(-1001), "/gia@LoaBot cà phê"))
	hook(t, c, 2, "message", said(4, groupChat(-1001), "trời hôm nay đẹp"))
	hook(t, c, 3, "edited_message", said(3, groupChat(-1001), "/gia tiêu"))
	kept := b.Kept(t, 1)
	if len(kept) != 1 || kept[0].Text != "/gia cà phê" {
		t.Errorf("kept: %+v", kept)
	}
	rows := outbox(t, b)
	groups, err := b.Store.Groups(context.Background(), channeltest.Area)
	if err != nil || len(groups) != 1 || groups[0].Title != "HTX Đắk Mẫu" {
		t.Fatalf("groups: %+v, %v", groups, err)
	}
	if len(rows) != 1 || rows[0].Message.Group != groups[0].ID {
		t.Errorf("outbox: %+v", rows)
	}
}

func TestAnEditedMessageIsHeardAgain(t *testing.T) {
	b, c, _ := bench(t)
	hook(t, c, 1, "message", said(3, private(3), "1d"))
	hook(t, c, 2, "edited_message", said(3, private(3), "1k"))
	kept := b.Kept(t, 1)
	if len(kept) != 2 || kept[1].Text != "1k" {
		t.Errorf("kept: %+v", kept)
	}
}

func TestAGroupKeepsItsPlaceWhenItIsUpgraded(t *testing.T) {
	b, c, s := bench(t)
	hook(t, c, 1, "message", said(3, map[string]any{"id": -5, "type": "group", "title": "HTX"}, "/gia"))
	move := said(3, map[string]any{"id": -5, "type": "group", "title": "HTX"}, "")
	move["migrate_to_chat_id"] = -1005
	for range 2 {
		hook(t, c, 2, "message", move)
	}
	move["chat"] = map[string]any{"id": -9, "type": "group"}
	hook(t, c, 3, "message", move) // a group that nobody knows
	hook(t, c, 4, "message", said(3, groupChat(-1005), "/gia"))
	groups, err := b.Store.Groups(context.Background(), channeltest.Area)
	if err != nil || len(groups) != 1 || groups[0].Address.Hash != b.Keyring.Hash("telegram:-1005") {
		t.Fatalf("groups: %+v, %v", groups, err)
	}
	// Two groups that became one: the old one's row is left as it is.
	hook(t, c, 5, "message", said(3, map[string]any{"id": -6, "type": "group", "title": "cũ"}, "/gia"))
	merge := said(3, map[string]any{"id": -6, "type": "group"}, "")
	merge["migrate_to_chat_id"] = -1005
	hook(t, c, 6, "message", merge)

	// The other way to learn of it: a message is refused.
	s.answer["sendMessage"] = `{"ok":false,"error_code":400,"description":"upgraded","parameters":{"migrate_to_chat_id":-1007}}`
	_, err = c.Send(context.Background(), bot.Outgoing{To: "telegram:-5", Text: "x"})
	if e, ok := errors.AsType[*bot.SendError](err); !ok || e.Moved != "telegram:-1007" || !e.Again {
		t.Errorf("got %v", err)
	}
}
