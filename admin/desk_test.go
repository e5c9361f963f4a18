package admin_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
)

// thread is a contact's messages as stored.
func (s *scene) thread(c storage.Contact) []storage.Message {
	s.Helper()
	messages, err := s.store.Thread(s.Context(), c.Area, c.ID, time.Time{}, 50)
	s.must(err)
	return messages
}

func TestReplyGoesIntoTheOutbox(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	for _, c := range []struct {
		contact storage.Contact
		text    string
		parts   int
	}{
		{s.here.contacts[1], "Chao anh chi, xa da nhan duoc tin.", 1}, // SMS: without marks
		{s.here.contacts[4], "Chào anh chị, xã đã nhận được tin.", 0}, // chat: as written
	} {
		path := "/messages/" + c.contact.ID.String()
		if a := b.post(path+"/reply", "text", "  Chào anh chị, xã đã nhận được tin. "); a.status != http.StatusSeeOther {
			t.Fatalf("reply: %d", a.status)
		}
		thread := s.thread(c.contact)
		m := thread[len(thread)-1]
		if m.Text != c.text || m.Parts != c.parts || m.Purpose != "officer" || m.Status != storage.Queued || m.Author != "y-blo" || m.Channel != c.contact.Channel {
			t.Errorf("stored %+v", m)
		}
		if a := b.get(path); !strings.Contains(a.body, c.text) || !strings.Contains(a.body, "chờ gửi") || !strings.Contains(a.body, "Đã chuyển tin đi gửi.") {
			t.Error("the talk does not show the reply")
		}
	}
	path := "/messages/" + s.here.contacts[1].ID.String()
	for _, text := range []string{"", "   ", strings.Repeat("ă", 1001)} {
		if a := b.post(path+"/reply", "text", text); a.status != http.StatusUnprocessableEntity {
			t.Errorf("a reply of %d letters: %d", len(text), a.status)
		}
	}
	if a := b.post(path+"/measure", "text", strings.Repeat("đường ", 30)); !strings.Contains(a.body, "2 SMS") || !strings.Contains(a.body, "1.000 đ") || strings.Contains(a.body, "<html") {
		t.Errorf("measure: %s", a.body)
	}
}

func TestReasonsAreRead(t *testing.T) {
	s := newScene(t)
	contact := s.here.contacts[1]
	held := storage.Message{
		ID: s.id(), Area: "dak-mau", Channel: contact.Channel, Contact: contact.ID, Direction: storage.Out, Text: "Thong bao", At: now,
		Purpose: "notice", Status: storage.Queued, Due: now, Parts: 1,
	}
	s.must(s.store.Enqueue(t.Context(), []storage.Message{held}))
	claimed, err := s.store.Claim(t.Context(), contact.Channel, now, now.Add(time.Minute), 10, false)
	s.must(err)
	if len(claimed) != 1 {
		t.Fatalf("%d rows are claimed", len(claimed))
	}
	s.must(s.store.Settle(t.Context(), []storage.Settlement{{ID: held.ID, Status: storage.Dropped, Reason: "stopped", At: now}}))
	if a := s.login("lan").get("/messages/" + contact.ID.String()); !strings.Contains(a.body, "không gửi: Người này đã nhắn TC") {
		t.Error("the reason is not shown in words")
	}
}

func TestAnswerIsRecordedOnceAndSent(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	k := s.here.concerns[1]
	path := "/concerns/" + k.Contact.String() + "/" + k.ID.String()
	if a := b.post(path+"/answer", "text", " "); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Chưa có nội dung trả lời.") {
		t.Errorf("an empty answer: %d", a.status)
	}
	if a := b.post(path+"/answer", "text", "Tháng 9 xã sửa đường."); a.status != http.StatusSeeOther {
		t.Fatalf("answer: %d", a.status)
	}
	if a := b.get(path); !strings.Contains(a.body, "Tháng 9 xã sửa đường.") || strings.Contains(a.body, "<textarea") {
		t.Error("the answer is not shown, or can be given again")
	}
	var contact storage.Contact
	for _, c := range s.here.contacts {
		if c.ID == k.Contact {
			contact = c
		}
	}
	thread := s.thread(contact)
	if m := thread[len(thread)-1]; m.Text != "Xa Dak Mau tra loi (ma "+k.Code+"): Thang 9 xa sua duong." || m.Parts != 1 || m.Author != "lan" {
		t.Errorf("sent %+v", m)
	}
	if a := b.post(path+"/answer", "text", "Lần nữa."); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Người khác vừa trả lời") {
		t.Errorf("a second answer: %d", a.status)
	}
	if a := b.get("/concerns?q=" + strings.ToLower(s.here.concerns[3].Code)); strings.Count(a.body, "class=\"said\"") != 1 {
		t.Error("a concern is not found by its code")
	}
}

func TestPeoplesWordsAreOnlyWords(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	const said = "<b>cũng được</b>"
	shown := 0
	for _, path := range []string{"/concerns", "/messages", "/concerns?kind=opinion", "/"} {
		a := b.get(path)
		if strings.Contains(a.body, said) {
			t.Errorf("%s shows a person's words as markup", path)
		}
		shown += strings.Count(a.body, "&lt;b&gt;cũng được&lt;/b&gt;")
	}
	if shown == 0 {
		t.Error("the words are nowhere")
	}
	if a := b.get("/concerns?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"); strings.Contains(a.body, "<script>alert") {
		t.Error("a search is shown as markup")
	}
}

func TestPricesAreEnteredAndCorrected(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	a := b.post("/prices/add", "market", "dak-mil", "day", "2026-07-15", "source", "đại lý Sơn, 8h",
		"amount.coffee/nhan", "102,5k", "amount.pepper/den", "1420", "amount.rubber/nuoc", "nhiều lắm")
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Đã lưu 1 giá.") || !strings.Contains(a.body, "2 giá chưa lưu được") ||
		!strings.Contains(a.body, "Tôi đã kiểm tra, 1420 là đúng") || !strings.Contains(a.body, "Không đọc được giá «nhiều lắm»") {
		t.Fatalf("enter: %d %s", a.status, a.body)
	}
	a = b.post("/prices/add", "market", "dak-mil", "day", "2026-07-15", "source", "đại lý Sơn, 8h", "amount.pepper/den", "1420", "confirm.pepper/den", "1420")
	if a.status != http.StatusSeeOther {
		t.Fatalf("confirm: %d", a.status)
	}
	a = b.post("/prices/add", "market", "dak-mil", "day", "2026-07-15", "source", "x", "amount.coffee/nhan", "101000")
	if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "đã có giá 102.500") {
		t.Errorf("a second price of the day: %d", a.status)
	}
	stored, err := s.store.Prices(t.Context(), market.PriceQuery{Area: "dak-mau", Commodity: "coffee", Market: "dak-mil", Since: "2026-07-15"})
	s.must(err)
	if len(stored) != 1 || stored[0].Amount != 102_500 || stored[0].EnteredBy != "y-blo" {
		t.Fatalf("stored %+v", stored)
	}
	path := "/prices/" + stored[0].ID.String() + "/correct"
	if a := b.post(path, "amount", "101.500", "note", ""); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Cần ghi lý do sửa.") {
		t.Errorf("a correction without a reason: %d", a.status)
	}
	if a := b.post(path, "amount", "10150", "note", "gõ nhầm"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Tôi đã kiểm tra") {
		t.Errorf("an implausible correction: %d", a.status)
	}
	if a := b.post(path, "amount", "101.500", "note", "gõ nhầm"); a.status != http.StatusSeeOther {
		t.Fatalf("correct: %d", a.status)
	}
	history := b.get("/prices/history?commodity=coffee&grade=nhan&market=dak-mil").body
	for _, want := range []string{"<s>102.500</s>", "101.500", "sửa từ 102.500: gõ nhầm", "y-blo"} {
		if !strings.Contains(history, want) {
			t.Errorf("the history does not say %q", want)
		}
	}
	if board := b.get("/prices").body; !strings.Contains(board, "101.500") || strings.Contains(board, "102.500") {
		t.Error("the board shows the corrected price")
	}
}

func TestContactsArePlacedAndErased(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	contact := s.here.contacts[8] // provisional
	path := "/contacts/" + contact.ID.String()
	if a := b.get("/contacts?unplaced=1"); strings.Count(a.body, "href=\"/contacts/") != 4 || !strings.Contains(a.body, path) {
		t.Error("the list of those not placed is not right")
	}
	if a := b.post(path+"/place", "household", ""); a.status != http.StatusUnprocessableEntity {
		t.Errorf("placed nowhere: %d", a.status)
	}
	if a := b.post(path+"/place", "household", s.here.households[40].ID.String()); a.status != http.StatusSeeOther {
		t.Fatalf("place: %d", a.status)
	}
	after, err := s.store.Contact(t.Context(), "dak-mau", contact.ID)
	s.must(err)
	if after.Household != s.here.households[40].ID {
		t.Error("not placed")
	}
	if a := b.post(path + "/erase"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("erased without a yes: %d", a.status)
	}
	if a := b.post(path+"/erase", "sure", "yes"); a.status != http.StatusSeeOther {
		t.Fatalf("erase: %d", a.status)
	}
	if a := b.get(path); !strings.Contains(a.body, "Người đã yêu cầu xóa") || strings.Contains(a.body, contact.Address.Mask) {
		t.Error("the page still shows who it was")
	}
	if a := b.post("/messages/"+contact.ID.String()+"/reply", "text", "Chào"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a reply to who is erased: %d", a.status)
	}
	for _, address := range s.addresses() {
		if a := b.get(address[1]); strings.Contains(a.body, "+8490") || strings.Contains(a.body, "090100") {
			t.Errorf("%s shows a number", address[1])
		}
	}
}

func TestSettings(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	good := []string{"answer_days", "7", "silence", "45", "sms_cost", "350", "hotline", "0261 3 123 456", "chat_link", "https://t.me/loa_bot", "lang", "vi", "results_public", "1"}
	if a := b.post("/settings", good...); a.status != http.StatusSeeOther {
		t.Fatalf("save: %d", a.status)
	}
	communes, err := s.store.Communes(t.Context())
	s.must(err)
	for _, c := range communes {
		want := planning.Settings{Zone: "Asia/Ho_Chi_Minh", Lang: "vi", AnswerDays: 7, Silence: 45 * time.Minute, SMSCost: 350, ResultsPublic: true, Hotline: "0261 3 123 456", ChatLink: "https://t.me/loa_bot"}
		if c.Code == "dak-mau" && c.Settings != want {
			t.Errorf("saved %+v", c.Settings)
		}
	}
	for name, value := range map[string]string{"answer_days": "0", "silence": "nhiều", "sms_cost": "-1", "chat_link": "javascript:alert(1)"} {
		bad := append([]string(nil), good...)
		for i := range bad {
			if bad[i] == name && i%2 == 0 {
				bad[i+1] = value
			}
		}
		if a := b.post("/settings", bad...); a.status != http.StatusUnprocessableEntity {
			t.Errorf("%s %q: %d", name, value, a.status)
		}
	}
	if a := b.post("/settings/officers", "login", "Y-Blo", "name", "Ai đó", "password", password); !strings.Contains(a.body, "đã có người dùng") {
		t.Errorf("a taken login: %d", a.status)
	}
	if a := b.post("/settings/officers", "login", "h-bia", "name", "H'Bia", "password", password, "role", "officer"); a.status != http.StatusSeeOther {
		t.Errorf("add an officer: %d", a.status)
	}
	s.login("h-bia")
	if a := b.post("/villages", "name", "thôn 9", "kind", "thôn"); a.status != http.StatusSeeOther {
		t.Errorf("add a village: %d", a.status)
	}
	if a := b.post("/villages", "name", "Thôn 9", "kind", "thôn"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("add it again: %d", a.status)
	}
	if a := b.post("/villages/v1/households", "number", "A-900", "head", "Y Thịnh"); a.status != http.StatusSeeOther {
		t.Errorf("add a household: %d", a.status)
	}
	a := b.post("/settings/groups", "village", "v4")
	codes, err := s.store.TieCodes(t.Context(), now)
	s.must(err)
	if len(codes) != 1 || codes[0].Village != "v4" || codes[0].Area != "dak-mau" || codes[0].Officer != "lan" || !strings.Contains(a.body, "/lienket "+codes[0].Code) {
		t.Errorf("tie codes %+v", codes)
	}
}

func TestLanguage(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	if a := b.post("/language", "lang", "en", "back", "/prices"); a.header.Get("Location") != "/prices" {
		t.Errorf("leads to %q", a.header.Get("Location"))
	}
	for _, address := range s.addresses() {
		if a := b.get(address[1]); !strings.Contains(a.body, `<html lang="en">`) || strings.Contains(a.body, "Tổng quan") {
			t.Errorf("%s is not in English", address[1])
		}
	}
}

func TestLiveStream(t *testing.T) {
	s := newScene(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go s.watcher.Run(ctx)
	b := s.login("lan")
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.server.URL+"/events", nil)
	s.must(err)
	response, err := b.client.Do(r)
	s.must(err)
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("the stream is %q", kind)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Scan() // it has begun: what changes from here on is told
	s.person(s.there, 100)
	s.person(s.here, 101)
	told := map[string]bool{}
	for (!told["voices"] || !told["messages"]) && lines.Scan() {
		if kind, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			told[kind] = true
		}
	}
	if !told["voices"] || !told["messages"] {
		t.Errorf("told of %v", told)
	}
	s.console.Close()
	for lines.Scan() { // ends, because the console closed
	}
}

func TestParkedMessagesAreListed(t *testing.T) {
	s := newScene(t)
	s.must(s.store.Park(t.Context(), storage.Parked{ID: uuid.New(), Area: "dak-mau", Channel: "phone-dak-mau", Sealed: []byte("x"), Error: "flow: no such step", At: now}))
	b := s.login("lan")
	if a := b.get("/"); !strings.Contains(a.body, "Tin chưa xử lý được: 1") {
		t.Error("the overview does not tell of it")
	}
	if a := b.get("/parked"); !strings.Contains(a.body, "flow: no such step") {
		t.Error("the list does not show it")
	}
}
