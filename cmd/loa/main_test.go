package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/loa-vn/loa/testenv"
)

// world is a program with providers around it.
type world struct {
	*program
	provider *provider
	flags    []string // how the tools find its store
}

const demoPassword = "mat khau cua can bo"

// demoWorld boots the demo, connected to made-up Twilio and Telegram servers.
func demoWorld(t *testing.T) world {
	t.Helper()
	w := world{provider: newProvider(t)}
	connect(t, w.provider)
	dir := filepath.Join(t.TempDir(), "demo")
	w.flags = []string{"--data", dir}
	w.program = boot(t, "demo", "--addr", "127.0.0.1:0", "--data", dir)
	return w
}

func connect(t *testing.T, p *provider) {
	t.Helper()
	for name, value := range map[string]string{
		"LOA_PUBLIC_URL": publicURL, "TWILIO_ACCOUNT_SID": twilioSID, "TWILIO_AUTH_TOKEN": twilioToken, "TWILIO_FROM": "+15005550006",
		"TWILIO_API_URL": p.URL, "TWILIO_PER_SECOND": "100", "TELEGRAM_TOKEN": botToken, "TELEGRAM_WEBHOOK_SECRET": botSecret,
		"TELEGRAM_API_URL": p.URL, "LOA_ADMIN_PASSWORD": demoPassword, "LOA_LOG_LEVEL": "error",
	} {
		t.Setenv(name, value)
	}
	t.Chdir(t.TempDir()) // no config.yaml of the checkout
}

// consultation is what `loa report consultation` says, as far as the test
// counts itself.
type consultation struct {
	Heard        int `json:"households_heard"`
	NotYetPlaced int `json:"not_yet_placed"`
	Items        []struct {
		Number   int `json:"number"`
		Yes      int `json:"yes"`
		No       int `json:"no"`
		Priority int `json:"priority_points"`
		Opinions int `json:"opinions"`
	} `json:"items"`
}

func (w world) report(t *testing.T) consultation {
	t.Helper()
	var c consultation
	out := loa(t, "", append([]string{"report", "consultation", "--format", "json"}, w.flags...)...)
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		t.Fatalf("the report is not JSON: %v\n%s", err, out)
	}
	return c
}

// said is what an item's numbers are in all, placed or not.
func (c consultation) said(item int) (yes, no int) { return c.Items[item-1].Yes, c.Items[item-1].No }

func has(t *testing.T, answer string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(strings.ToLower(answer), strings.ToLower(word)) {
			t.Errorf("%q is missing in %q", word, answer)
		}
	}
}

// TestFarmerByTwilio is the main job: a price out, a difficulty and a ballot
// in, counted exactly once, changed, and stopped.
func TestFarmerByTwilio(t *testing.T) {
	w := demoWorld(t)
	before := w.report(t)
	p := &handset{t: t, loa: w.program, number: "+84905990001"}

	has(t, p.text("gia ca phe"), "ca phe", "Gia Nghia", "d/kg", "Nguon")
	has(t, p.text("kk tieu nha toi chet nhanh ca vuon"), "tieu", "1")
	has(t, p.text("1"), "da ghi", "ma")
	has(t, p.text("dk bon bu prang"), "Bu Prang")

	if status, _ := p.post("forged", "tc", "AAAA"); status != http.StatusForbidden {
		t.Errorf("a forged request: status %d, want 403", status)
	}

	// The same ballot four times at once is one ballot, with one answer.
	answers := make([]string, 4)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i] = p.send("SM-four-times", "1d 2k vi it ruong 5d ut 5") })
	}
	wg.Wait()
	for _, a := range answers {
		if a != answers[0] {
			t.Errorf("the same message was answered %q and %q", answers[0], a)
		}
	}
	has(t, answers[0], "dong y muc 1, 5", "khong dong y muc 2 (it ruong)", "lam truoc: muc 5", "3 4 6 7")
	w.expect(t, before, map[int][2]int{1: {1, 0}, 2: {0, 1}, 5: {1, 0}}, map[int]int{5: 3})

	// A later ballot replaces the one before, item by item.
	p.text("bo qua") // who the head of the household is
	has(t, p.text("dy het tru 4"), "khong dong y muc 4", "thay phieu truoc")
	w.expect(t, before, map[int][2]int{1: {1, 0}, 2: {1, 0}, 3: {1, 0}, 4: {0, 1}, 5: {1, 0}, 6: {1, 0}, 7: {1, 0}}, map[int]int{5: 3})

	has(t, p.text("TC"), "da ngung")
	has(t, p.text("gia tieu"), "tieu", "d/kg")
	w.expect(t, before, map[int][2]int{4: {0, 1}}, map[int]int{5: 3})
}

// expect compares the report with what the test itself counted since before.
func (w world) expect(t *testing.T, before consultation, voices map[int][2]int, points map[int]int) {
	t.Helper()
	after := w.report(t)
	for item, want := range voices {
		yes0, no0 := before.said(item)
		yes, no := after.said(item)
		if yes-yes0 != want[0] || no-no0 != want[1] {
			t.Errorf("item %d: %+d yes, %+d no; want %+d, %+d", item, yes-yes0, no-no0, want[0], want[1])
		}
	}
	for item, want := range points {
		if got := after.Items[item-1].Priority - before.Items[item-1].Priority; got != want {
			t.Errorf("item %d: %+d priority points, want %+d", item, got, want)
		}
	}
}

// TestGroupOnTelegram is a cooperative group: commands answered in it, vote
// buttons counted per person, no chatter.
func TestGroupOnTelegram(t *testing.T) {
	w := demoWorld(t)
	before := w.report(t)
	g := &tgServer{t: t, loa: w.program}
	group := groupChat(-1001)
	to := func(chat, words string) func(url.Values) bool {
		return func(f url.Values) bool {
			return f.Get("chat_id") == chat && strings.Contains(strings.ToLower(f.Get("text")), words)
		}
	}
	if status, _ := g.update("wrong", map[string]any{"message": map[string]any{"text": "/gia"}}); status != http.StatusForbidden {
		t.Errorf("a wrong secret: status %d, want 403", status)
	}
	g.says(71, group, "mai họp tổ nhé bà con")
	g.says(71, group, "/gia tiêu")
	w.provider.wait(t, "sendMessage", to("-1001", "tiêu đen"))

	// Two members register in private; then their presses in the group count.
	for _, person := range []string{"71", "72"} {
		id := map[string]int{"71": 71, "72": 72}[person]
		g.says(id, private(id), "dk bon bu prang")
		w.provider.wait(t, "sendMessage", to(person, "đồng ý"))
		g.says(id, private(id), "1")
		w.provider.wait(t, "sendMessage", to(person, "đăng ký xong"))
	}
	g.says(71, group, "/kehoach")
	call := w.provider.wait(t, "sendMessage", func(f url.Values) bool {
		return f.Get("chat_id") == "-1001" && strings.Contains(f.Get("reply_markup"), "vote:")
	})
	payload := votePayload(t, call.Get("reply_markup"), "yes")
	if toast := g.presses(73, group, payload); !strings.Contains(toast, "đăng ký") {
		t.Errorf("a stranger's press: toast %q", toast)
	}
	has(t, g.presses(71, group, payload), "đồng ý")
	has(t, g.presses(71, group, payload), "đồng ý")
	has(t, g.presses(72, group, payload), "đồng ý")
	w.expect(t, before, map[int][2]int{1: {2, 0}}, nil)
	if n := w.provider.count("sendMessage", func(f url.Values) bool { return f.Get("chat_id") == "-1001" }); n != 2 {
		t.Errorf("%d messages in the group, want 2: the price and the items", n)
	}
}

// votePayload is the first button with that stance.
func votePayload(t *testing.T, markup, stance string) string {
	t.Helper()
	var keyboard struct {
		Rows [][]struct {
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &keyboard); err != nil {
		t.Fatal(err)
	}
	for _, row := range keyboard.Rows {
		for _, b := range row {
			if strings.HasPrefix(b.Data, "vote:") && strings.HasSuffix(b.Data, ":"+stance) {
				return b.Data
			}
		}
	}
	t.Fatalf("no %s button in %s", stance, markup)
	return ""
}

// TestServe runs a province's way: PostgreSQL and Redis, two processes on
// one database.
func TestServe(t *testing.T) {
	database, redis := testenv.Postgres(t), testenv.Redis(t)
	w := world{provider: newProvider(t)}
	connect(t, w.provider)
	t.Setenv("LOA_DATABASE_URL", database)
	t.Setenv("LOA_REDIS_URL", redis)
	t.Setenv("LOA_KEYS", loa(t, "", "keys"))
	file := filepath.Join(t.TempDir(), "commune.yaml")
	if err := os.WriteFile(file, []byte(testCommune), 0o600); err != nil {
		t.Fatal(err)
	}
	has(t, loa(t, "", "setup", file), "2 villages")
	first, second := boot(t, "serve", "--addr", "127.0.0.1:0"), boot(t, "serve", "--addr", "127.0.0.1:0")
	w.program = first
	for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
		request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, first.base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := do(t, request); status != http.StatusOK {
			t.Errorf("%s: status %d", path, status)
		}
	}
	before := w.report(t)
	one := &handset{t: t, loa: first, number: "+84905990002"}
	one.text("dk thon 1")
	one.text("1")
	// A duplicate that reaches another process is still a duplicate.
	two := &handset{t: t, loa: second, number: one.number}
	answer := one.send("SM-twice", "1d 2k")
	if again := two.send("SM-twice", "1d 2k"); again != answer {
		t.Errorf("answered %q and %q", answer, again)
	}
	two.text("bo qua")
	two.text("2d")
	w.expect(t, before, map[int][2]int{1: {1, 0}, 2: {1, 0}}, nil)
	// The phone simulator is the demo's only.
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, first.base+"/channels/phone", strings.NewReader(`{"from":"+84905990003","text":"tc"}`))
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := do(t, request); status == http.StatusOK {
		t.Errorf("serve answered a simulated phone")
	}
}

const testCommune = `
code: xa-thu
name: Xã Thử
settings: {zone: Asia/Ho_Chi_Minh, answer_days: 2, silence_hours: 24, results_public: true}
villages:
  - {code: thon-1, kind: thôn, name: thôn 1}
  - {code: thon-2, kind: thôn, name: thôn 2}
markets:
  - {id: gia-nghia, name: Gia Nghĩa}
plan:
  year: 2099
  items:
    - {code: KH-01, title: Đường thôn 1, short: Đường thôn 1, funding: [{source: Ngân sách xã, millions: 900}]}
    - {code: KH-02, title: Kênh thôn 2, short: Kênh thôn 2, funding: [{source: Ngân sách xã, millions: 500}]}
  round: {title: Lấy ý kiến, opens: "2020-01-01 00:00", closes: "2098-12-31 17:00"}
`
