package admin_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/admin"
	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/overlay"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/sqlite"
)

// now is a Wednesday morning in Vietnam.
var now = time.Date(2026, 7, 15, 2, 30, 0, 0, time.UTC)

const password = "mot mat khau dai"

// scene is a console over a real store, with two communes.
type scene struct {
	testing.TB
	store   storage.Store
	keyring *storage.Keyring
	watcher *storage.Watcher
	console *admin.Console
	server  *httptest.Server
	here    *commune // "dak-mau": admin "lan", officer "y-blo"
	there   *commune // "quang-tin": admin "minh"
	drawn   atomic.Uint64
}

type commune struct {
	planning.Commune
	villages   []planning.Village
	households []planning.Household
	items      []planning.Item
	round      planning.Round
	contacts   []storage.Contact
	concerns   []planning.Concern
	prices     []market.Price
	words      []storage.Word
	messages   []storage.Message // inbound, by contact
}

func newScene(t testing.TB) *scene {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "loa.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	keyring, err := storage.NewKeys().Keyring()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	s := &scene{TB: t, store: store, keyring: keyring}
	clock := func() time.Time { return now }
	s.watcher = storage.NewWatcher(store, time.Now, log)
	s.console, err = admin.New(admin.Config{
		Store: store, Market: market.NewService(store, clock, s.id),
		Planning: planning.NewService(store, clock, s.id, func(n int) string { return strings.Repeat("A", n) }),
		Language: &language{store}, Changes: s.watcher, Now: clock, NewID: s.id, Log: log, Simulator: true,
	})
	s.must(err)
	s.server = httptest.NewServer(s.console.Handler())
	t.Cleanup(func() { s.console.Close(); s.server.Close() })
	s.here = s.found("dak-mau", "Xã Đắk Mẫu")
	s.there = s.found("quang-tin", "Xã Quảng Tín")
	s.officer(s.here, "lan", "Nguyễn Thị Lan", storage.RoleAdmin)
	s.officer(s.here, "y-blo", "Y Blơ Niê", storage.RoleOfficer)
	s.officer(s.there, "minh", "Trần Văn Minh", storage.RoleAdmin)
	return s
}

func (s *scene) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// id draws ids in the order of their making.
func (s *scene) id() uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], 0x0197_9a00_0000_7000)
	binary.BigEndian.PutUint64(id[8:], s.drawn.Add(1)|1<<63)
	return id
}

func (s *scene) officer(c *commune, login, name string, role storage.Role) {
	s.Helper()
	hash, err := admin.HashPassword(password)
	s.must(err)
	s.must(s.store.SaveOfficer(s.Context(), storage.Officer{
		ID: s.id(), Area: c.Code, Login: login, Name: name, Role: role, Password: hash, Lang: "vi",
	}))
}

var villageNames = []string{"thôn 1", "thôn 2", "thôn Tân Lập", "bon Bu Prăng", "bon Bu N'Drung", "buôn Ê Nao"}

// found makes a commune with villages, a roster, prices, a plan and an open round.
func (s *scene) found(code, name string) *commune {
	s.Helper()
	ctx := s.Context()
	c := &commune{Commune: planning.Commune{
		Code: code, Name: name, Province: "Lâm Đồng", Sample: true,
		Settings: planning.Settings{Zone: "Asia/Ho_Chi_Minh", Lang: "vi", AnswerDays: 5, Silence: 30 * time.Minute, SMSCost: 500},
	}}
	s.must(s.store.SaveCommune(ctx, c.Commune))
	for _, kind := range []string{"phone", "chat"} {
		s.must(s.store.SaveChannel(ctx, storage.Channel{ID: kind + "-" + code, Kind: kind, Area: code}))
	}
	for i, v := range villageNames {
		kind, _, _ := strings.Cut(v, " ")
		c.villages = append(c.villages, planning.Village{Area: code, Code: fmt.Sprintf("v%d", i+1), Kind: kind, Name: v, Rank: i + 1})
		for h := range 20 + 3*i {
			c.households = append(c.households, planning.Household{
				ID: s.id(), Area: code, Village: c.villages[i].Code, Number: fmt.Sprintf("%c-%03d", 'A'+i, h+1),
				Head: []string{"Nguyễn Văn Hòa", "Điểu K'Rơi", "H'Bia Êban", "Y Thịnh Niê", "Trần Thị Mười"}[h%5], Poor: h%7 == 0,
			})
		}
	}
	s.must(s.store.SaveVillages(ctx, c.villages))
	s.must(s.store.SaveHouseholds(ctx, c.households))
	s.prices(c)
	for i, short := range []string{"Chợ xã", "Đường bon Bu Prăng", "Lớp mẫu giáo", "Sân phơi cà phê", "Giếng khoan"} {
		c.items = append(c.items, planning.Item{
			Area: code, Code: fmt.Sprintf("KH27-%02d", i+1), Year: 2027, Title: "Xây dựng " + short + " phục vụ nhân dân trong xã", Short: short, ShortEN: "Item " + short,
			Funding: []planning.Funding{{Source: "Ngân sách tỉnh", Form: planning.Money, Amount: 1_200_000_000}},
		})
	}
	s.must(s.store.SaveItems(ctx, c.items))
	c.round = planning.Round{
		ID: s.id(), Area: code, Number: 1, Year: 2027, Title: "Lấy ý kiến dự thảo kế hoạch năm 2027",
		Opens: now.AddDate(0, 0, -14), Closes: now.AddDate(0, 0, 8), Items: c.items, Decision: "Quyết định 12/QĐ-UBND",
	}
	for _, v := range c.villages {
		c.round.Villages = append(c.round.Villages, v.Code)
	}
	s.must(s.store.SaveRound(ctx, c.round))
	for i := range 42 {
		s.person(c, i)
	}
	s.taught(c)
	return c
}

func (s *scene) prices(c *commune) {
	s.Helper()
	ctx := s.Context()
	s.must(s.store.SaveCommodities(ctx, c.Code, market.Catalogue()))
	s.must(s.store.SavePlaces(ctx, []market.Place{
		{Area: c.Code, ID: "gia-nghia", Name: "Gia Nghĩa", Rank: 1}, {Area: c.Code, ID: "dak-mil", Name: "Đắk Mil", Rank: 2},
	}))
	for i, line := range []struct {
		commodity, grade, place string
		amount                  int64
		age                     int
	}{
		{"coffee", "nhan", "gia-nghia", 101_800, 0},
		{"coffee", "nhan", "dak-mil", 101_500, 1},
		{"coffee", "tuoi", "gia-nghia", 19_500, 12},
		{"pepper", "den", "gia-nghia", 142_000, 1},
		{"cashew", "tuoi", "gia-nghia", 31_000, 34},
		{"rubber", "nuoc", "dak-mil", 415, 2},
	} {
		for back := 6; back >= 0; back-- {
			c.prices = append(c.prices, market.Price{
				ID: s.id(), Area: c.Code, Commodity: line.commodity, Grade: line.grade, Market: line.place,
				Amount: line.amount + line.amount*int64((back*(i+3))%7-2)/100*min(1, int64(back)),
				Unit:   map[bool]market.Unit{true: market.Degree, false: market.Kilogram}[line.commodity == "rubber"],
				Day:    market.DayOf(now.AddDate(0, 0, -line.age-7*back), time.UTC),
				Source: "xã hỏi đại lý, 7h sáng", EnteredAt: now.AddDate(0, 0, -line.age-7*back), EnteredBy: "lan",
			})
		}
	}
	s.must(s.store.AddPrices(ctx, c.prices))
}

var sayings = []string{
	"ca phe rung trai nhieu qua, lam sao cho het", "đường vào rẫy lầy, mùa mưa xe không vô được", "thieu nuoc tuoi mua kho",
	"phân bón tăng giá quá, 1 bao gần 900 ngàn", "thương lái ép giá tiêu", "vay ngan hang kho qua can bo oi",
}

// person is a contact with a talk of two days, by its number.
func (s *scene) person(c *commune, i int) {
	s.Helper()
	home := c.households[(i*17)%len(c.households)]
	at := now.AddDate(0, 0, -i%13).Add(-time.Duration(i) * 7 * time.Minute)
	kind, address := "phone", fmt.Sprintf("tel:+8490%07d", 1_000_000+i*977)
	if i%5 == 4 {
		kind, address = "chat", strings.Replace(address, "tel:", "chat:", 1)
	}
	contact := storage.Contact{
		ID: s.id(), Area: c.Code, Address: s.keyring.Address(c.Code + "/" + address), Channel: kind + "-" + c.Code, Lang: "vi",
		Village: home.Village, Household: home.ID, CreatedAt: at, HeardAt: at,
	}
	contact.Address.Mask = storage.Mask(address)
	if i%3 == 0 {
		contact.Name = home.Head
	}
	turn := storage.Turn{ContactNew: true, ContactMoved: true, Household: home}
	if i%9 == 8 {
		turn.Household = planning.Household{ID: s.id(), Area: c.Code, Village: home.Village, Provisional: true}
		turn.HouseholdNew = true
		contact.Household = turn.Household.ID
	}
	in := storage.Message{
		ID: s.id(), Area: c.Code, Channel: contact.Channel, Contact: contact.ID, Direction: storage.In, External: fmt.Sprintf("m-%s-%d", c.Code, i),
		Text: "1d 2k 3d ut 2 1", Reading: []byte(`{"intent":"vote","ballot":{"1":"yes","2":"no","3":"yes"},"priority":[2,1],"version":"x"}`), At: at, Status: storage.Received,
	}
	if i%4 != 3 {
		contact.ConsentAt, contact.ConsentText = at, "consent/1"
		turn.Consents = []storage.Consent{{Contact: contact.ID, Area: c.Code, Given: true, Text: "consent/1", Message: in.ID, At: at}}
	}
	out := storage.Message{
		ID: s.id(), Area: c.Code, Channel: contact.Channel, Contact: contact.ID, Direction: storage.Out, ReplyTo: in.ID,
		Text: "Da ghi y kien cua ho: muc 1 dong y, muc 2 khong dong y, muc 3 dong y. Doi y, nhan lai.", At: at.Add(time.Second),
		Purpose: "reply", Status: storage.Sent, Due: at, SentAt: at.Add(2 * time.Second), Parts: 1,
	}
	for n, item := range c.items {
		if (i+n)%6 == 5 {
			continue
		}
		stance := planning.Stances[0]
		if n == 1 {
			stance = planning.No
		}
		if (i*7+n*3)%11 > 7 {
			stance = planning.Stances[(i+n)%4]
		}
		turn.Voices = append(turn.Voices, planning.Voice{
			ID: s.id(), Area: c.Code, Round: c.round.ID, Item: item.Code, Household: turn.Household.ID, Contact: contact.ID, Village: home.Village,
			Channel: kind, Stance: stance, Receipt: fmt.Sprintf("7K2M%04d", i), Message: in.ID, At: at,
		})
	}
	if i%2 == 0 {
		turn.Priorities = []planning.Priority{{
			ID: s.id(), Area: c.Code, Round: c.round.ID, Household: turn.Household.ID, Contact: contact.ID, Village: home.Village, Channel: kind,
			Items: []string{c.items[1].Code, c.items[(i/2)%3+2].Code}, Receipt: fmt.Sprintf("7K2M%04d", i), Message: in.ID, At: at,
		}}
	}
	if i%2 == 1 || i < 3 {
		turn.Concerns = []planning.Concern{s.concern(c, i, contact, turn.Household.ID, in, kind)}
		c.concerns = append(c.concerns, turn.Concerns...)
		in.Text = turn.Concerns[0].Text
	}
	turn.Contact, turn.Session, turn.Inbound, turn.Outbound = contact, storage.Session{Contact: contact.ID}, &in, []storage.Message{out}
	s.must(s.store.Commit(s.Context(), []storage.Turn{turn}))
	c.contacts, c.messages = append(c.contacts, contact), append(c.messages, in)
}

// taught is what officers added to the language and corrected already.
func (s *scene) taught(c *commune) {
	s.Helper()
	c.words = []storage.Word{
		{ID: s.id(), Area: c.Code, Kind: "village", Meaning: "v3", Forms: []string{"xóm Mới", "dốc Võng"}, By: "lan", At: now.AddDate(0, 0, -3)},
		{ID: s.id(), Area: c.Code, Kind: "commodity", Meaning: "gone", Forms: []string{"hột vàng"}, By: "lan", At: now.AddDate(0, 0, -2)},
	}
	for _, w := range c.words {
		s.must(s.store.SaveWord(s.Context(), w))
	}
	s.must(s.store.SaveCorrection(s.Context(), storage.Correction{
		Message: c.messages[1].ID, Area: c.Code, Intent: "difficulty", Slots: "commodity=coffee", Note: "rụng trái", By: "lan", At: now.AddDate(0, 0, -1),
	}))
}

// says is a further message of a contact, with what was understood then.
func (s *scene) says(contact storage.Contact, text, reading string) storage.Message {
	s.Helper()
	home, err := s.store.Contact(s.Context(), contact.Area, contact.ID)
	s.must(err)
	in := storage.Message{
		ID: s.id(), Area: contact.Area, Channel: contact.Channel, Contact: contact.ID, Direction: storage.In, External: text,
		Text: text, Reading: []byte(reading), At: now.Add(-time.Minute), Status: storage.Received,
	}
	s.must(s.store.Commit(s.Context(), []storage.Turn{{Contact: home, Session: storage.Session{Contact: contact.ID}, Inbound: &in}}))
	return in
}

func (s *scene) concern(c *commune, i int, contact storage.Contact, household uuid.UUID, in storage.Message, channel string) planning.Concern {
	k := planning.Concern{
		ID: s.id(), Kind: planning.Difficulty, Area: c.Code, Code: fmt.Sprintf("K%03d", i), Contact: contact.ID, Household: household,
		Village: contact.Village, Channel: channel, Text: sayings[i%len(sayings)], Message: in.ID, At: in.At, Due: in.At.AddDate(0, 0, 7),
		Commodity: []string{"coffee", "pepper", "", "durian"}[i%4], Link: planning.Links[(i*3)%len(planning.Links)], Severity: "bad",
	}
	switch i % 7 {
	case 1:
		k.Kind, k.Commodity, k.Link, k.Severity = planning.Question, "", "", ""
		k.Text = "Bao giờ sửa đường bon Bu Prăng vậy cán bộ?"
	case 5:
		k.Kind, k.Commodity, k.Link, k.Severity = planning.Opinion, "", "", ""
		k.Round, k.Item, k.Text = c.round.ID, c.items[1].Code, "Làm đường trước, chợ để sau <b>cũng được</b>"
	}
	return k
}

// language reads with what the store has.
type language struct{ store storage.Store }

func (l *language) Lexicon(area string) *understand.Lexicon {
	words, err := l.store.Words(context.Background(), area)
	if err != nil {
		panic(err)
	}
	lexicon, _, err := l.Try(area, words)
	if err != nil {
		panic(err)
	}
	return lexicon
}

func (l *language) Try(area string, words []storage.Word) (*understand.Lexicon, map[uuid.UUID]*overlay.Problem, error) {
	ctx := context.Background()
	var base []understand.Entry
	commodities, err := l.store.Commodities(ctx, area)
	for _, c := range commodities {
		base = append(base, understand.Entry{
			Kind: understand.KindCommodity, ID: c.ID, Names: append([]string{c.Name}, c.Aliases...), Unit: string(c.Unit), Min: c.Min, Max: c.Max,
		})
	}
	places, err2 := l.store.Places(ctx, area)
	for _, p := range places {
		base = append(base, understand.Entry{Kind: understand.KindMarket, ID: p.ID, Names: append([]string{p.Name}, p.Aliases...)})
	}
	villages, err3 := l.store.Villages(ctx, area)
	for _, v := range villages {
		base = append(base, understand.Entry{Kind: understand.KindVillage, ID: v.Code, Names: append([]string{v.Name}, v.Aliases...)})
	}
	if err := errors.Join(err, err2, err3); err != nil {
		return nil, nil, err
	}
	spoken := make([]overlay.Word, len(words))
	for i, w := range words {
		spoken[i] = overlay.Word{Kind: understand.EntryKind(w.Kind), Means: w.Meaning, Forms: w.Forms}
	}
	lexicon, found, err := overlay.Compile(base, spoken)
	problems := map[uuid.UUID]*overlay.Problem{}
	for i, p := range found {
		if p != nil {
			problems[words[i].ID] = p
		}
	}
	return lexicon, problems, err
}

// visitor is a client with cookies that does not follow redirects.
type visitor struct {
	*scene
	client *http.Client
}

func (s *scene) visitor() *visitor {
	s.Helper()
	jar, err := cookiejar.New(nil)
	s.must(err)
	return &visitor{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// login is a visitor in which an officer is logged in.
func (s *scene) login(login string) *visitor {
	s.Helper()
	b := s.visitor()
	if p := b.post("/login", "login", login, "password", password); p.status != http.StatusSeeOther {
		s.Fatalf("log in as %s: %d", login, p.status)
	}
	return b
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (b *visitor) do(r *http.Request) answer {
	b.Helper()
	response, err := b.client.Do(r)
	b.must(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	b.must(err)
	return answer{response.StatusCode, response.Header, string(body)}
}

func (b *visitor) get(path string) answer {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, b.server.URL+path, nil)
	b.must(err)
	return b.do(r)
}

func (b *visitor) post(path string, pairs ...string) answer {
	b.Helper()
	return b.do(b.form(path, pairs...))
}

func (b *visitor) form(path string, pairs ...string) *http.Request {
	b.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, b.server.URL+path, strings.NewReader(form.Encode()))
	b.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
