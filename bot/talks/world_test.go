package talks

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/bot"
	"github.com/loa-vn/loa/bot/actions"
	"github.com/loa-vn/loa/bot/phone"
	"github.com/loa-vn/loa/flows"
	"github.com/loa-vn/loa/flows/library"
	"github.com/loa-vn/loa/market"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/sqlite"
)

const area = "dak-mau"

// start is a Monday morning in the middle of the consultation.
var start = time.Date(2026, 8, 3, 1, 0, 0, 0, time.UTC)

// town is the little commune that talks are played in, over a real database
// and the real turn loop.
type town struct {
	testing.TB
	store  *sqlite.Store
	loop   *bot.Loop
	worlds *actions.Worlds
	ring   *storage.Keyring
	mu     sync.Mutex
	now    time.Time
	drawn  uint64
	codes  *rand.Rand
	said   int
}

// settings are what a talk's header asks for.
type settings struct {
	round   string // open (default), closed, none
	results string // public (default), hidden
	prices  string // yes (default), old, none
}

func found(t testing.TB, s settings) *town {
	t.Helper()
	ctx := context.Background()
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "loa.db"))
	if err != nil {
		t.Fatal(err)
	}
	ring, err := storage.NewKeys().Keyring()
	if err != nil {
		t.Fatal(err)
	}
	w := &town{TB: t, store: store, ring: ring, now: start, codes: rand.New(rand.NewPCG(7, 11))}
	w.settle(ctx, s)
	if w.worlds, err = actions.Load(ctx, store, w.clock, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	engine, err := flows.Compile(library.Files(), actions.Actions(), actions.Lists())
	if err != nil {
		t.Fatal(err)
	}
	player := actions.New(actions.Config{
		Engine: engine, Worlds: w.worlds, Keyring: ring, Counts: store, Officers: store, NewID: w.id, NewCode: w.code,
	})
	w.loop = bot.NewLoop(bot.Config{
		Store: store, Player: player, Keyring: ring, Channels: w, Now: w.clock, NewID: w.id,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Shards: 1, Chatter: 1000,
	})
	t.Cleanup(func() {
		if err := w.loop.Close(ctx); err != nil {
			t.Error(err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// Channel implements bot.Channels.
func (w *town) Channel(id string) (storage.Channel, bot.Traits, bool) {
	c, ok := w.worlds.Channel(id)
	return c, phone.TraitsOf(c.Kind), ok
}

func (w *town) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *town) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// id draws ids in the order of creation, the same in every run.
func (w *town) id() uuid.UUID {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.drawn++
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], 0x0198_0000_0000_7000)
	binary.BigEndian.PutUint64(id[8:], w.drawn|1<<63)
	return id
}

// code draws codes, the same in every run.
func (w *town) code(n int) string {
	const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	w.mu.Lock()
	defer w.mu.Unlock()
	b := make([]byte, n)
	for i := range b {
		b[i] = signs[w.codes.IntN(len(signs))]
	}
	return string(b)
}

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *town) settle(ctx context.Context, s settings) {
	w.Helper()
	w.must(w.store.SaveCommune(ctx, planning.Commune{
		Code: area, Name: "Xã Đắk Mẫu", Province: "Lâm Đồng", Sample: true,
		Settings: planning.Settings{
			Zone: "Asia/Ho_Chi_Minh", Lang: "vi", AnswerDays: 2, Silence: 24 * time.Hour, ResultsPublic: s.results != "hidden",
			SMSCost: 500, Hotline: "0261 3 555 123", ChatLink: "https://t.me/loa_dak_mau_bot",
		},
	}))
	for _, kind := range []string{phone.SMS, phone.Chat} {
		w.must(w.store.SaveChannel(ctx, storage.Channel{ID: kind, Kind: kind, Area: area, Account: kind}))
	}
	villages := []planning.Village{
		{Code: "thon-1", Kind: "thôn", Name: "thôn 1"},
		{Code: "thon-2", Kind: "thôn", Name: "thôn 2"},
		{Code: "thon-3", Kind: "thôn", Name: "thôn 3"},
		{Code: "thon-5", Kind: "thôn", Name: "thôn 5"},
		{Code: "bu-prang", Kind: "bon", Name: "bon Bu Prăng", Aliases: []string{"Bu Prăng"}},
		{Code: "dak-nur", Kind: "bon", Name: "bon Đắk Nur", Aliases: []string{"Đắk Nur"}},
		{Code: "pu-tung", Kind: "buôn", Name: "buôn Pu Tung", Aliases: []string{"Pu Tung"}},
		{Code: "tdp-1", Kind: "tổ dân phố", Name: "tổ dân phố 1"},
	}
	var codes []string
	for i := range villages {
		villages[i].Area, villages[i].Rank = area, i+1
		codes = append(codes, villages[i].Code)
	}
	w.must(w.store.SaveVillages(ctx, villages))
	var homes []planning.Household
	for _, v := range villages {
		for n := range 5 {
			homes = append(homes, planning.Household{ID: w.id(), Area: area, Village: v.Code, Number: fmt.Sprintf("%s-%03d", v.Code, n+1), Head: "Y Blơ"})
		}
	}
	w.must(w.store.SaveHouseholds(ctx, homes))
	w.must(w.store.SaveCommodities(ctx, area, market.Catalogue()))
	w.must(w.store.SavePlaces(ctx, []market.Place{
		{Area: area, ID: "gia-nghia", Name: "Gia Nghĩa", Rank: 1},
		{Area: area, ID: "dak-song", Name: "Đắk Song", Rank: 2},
		{Area: area, ID: "dak-mil", Name: "Đắk Mil", Rank: 3},
	}))
	w.prices(ctx, s)
	w.plan(ctx, s, codes)
	w.must(w.store.SaveOfficer(ctx, storage.Officer{
		ID: w.id(), Area: area, Login: "can-bo", Name: "Cán bộ", Role: storage.RoleOfficer, Lang: "vi", Telegram: w.ring.Hash("telegram:can-bo"),
	}))
	w.must(w.store.SaveTieCode(ctx, storage.TieCode{Area: area, Code: "BUPRANG1", Village: "bu-prang", Officer: "can-bo", Expires: start.Add(24 * time.Hour)}))
}

func (w *town) prices(ctx context.Context, s settings) {
	w.Helper()
	if s.prices == "none" {
		return
	}
	back := 0
	if s.prices == "old" {
		back = 12
	}
	day := func(ago int) market.Day {
		return market.DayOf(start.AddDate(0, 0, -ago-back), time.FixedZone("", 7*3600))
	}
	var list []market.Price
	add := func(commodity, grade, place string, unit market.Unit, ago int, amount int64) {
		list = append(list, market.Price{
			ID: w.id(), Area: area, Commodity: commodity, Grade: grade, Market: place, Amount: amount, Unit: unit, Day: day(ago),
			Source: "xã hỏi đại lý, 7h sáng", EnteredAt: start.AddDate(0, 0, -ago-back), EnteredBy: "can-bo",
		})
	}
	for _, p := range []struct {
		commodity, grade string
		yesterday, today int64
	}{
		{"coffee", "nhan", 101_300, 101_800},
		{"pepper", "den", 149_000, 148_000},
		{"durian", "dona-a", 100_000, 100_000},
		{"durian", "dona-b", 80_000, 80_000},
		{"durian", "ri6-a", 60_000, 58_000},
		{"cashew", "tuoi", 27_000, 27_500},
		{"cassava", "tuoi", 2_000, 2_050},
	} {
		add(p.commodity, p.grade, "gia-nghia", market.Kilogram, 1, p.yesterday)
		add(p.commodity, p.grade, "gia-nghia", market.Kilogram, 0, p.today)
	}
	add("coffee", "nhan", "dak-song", market.Kilogram, 0, 101_500)
	add("rubber", "nuoc", "gia-nghia", market.Degree, 5, 300)
	add("rubber", "nuoc", "gia-nghia", market.Degree, 0, 305)
	add("avocado", "booth", "dak-mil", market.Kilogram, 9, 12_000)
	w.must(w.store.AddPrices(ctx, list))
	var told []market.Report
	for i, amount := range []int64{99_000, 99_500, 100_000, 100_000, 100_500, 101_000, 101_000} {
		told = append(told, market.Report{
			ID: w.id(), Area: area, Contact: w.id(), Commodity: "coffee", Grade: "nhan", Amount: amount, Unit: market.Kilogram,
			Day: day(i % 3), At: start.AddDate(0, 0, -i%3),
		})
	}
	w.must(w.store.AddReports(ctx, told))
}

func (w *town) plan(ctx context.Context, s settings, villages []string) {
	w.Helper()
	if s.round == "none" {
		return
	}
	const million = 1_000_000
	items := []planning.Item{
		{Short: "Đường bon Bu Prăng", ShortEN: "Bu Prăng road", Title: "Bê tông hóa đường bon Bu Prăng ra khu sản xuất", TitleEN: "Concrete road from bon Bu Prăng to the fields", Detail: "Đường rộng 3 m, dài 1,2 km", DetailEN: "3 m wide, 1.2 km long", Place: "bon Bu Prăng", When: "quý 2/2027", Funding: []planning.Funding{{Source: "Ngân sách tỉnh", Form: planning.Money, Amount: 1_080 * million}, {Source: "Dân đóng góp", Form: planning.Labour, Amount: 720 * million}}},
		{Short: "Kênh ở thôn 3", ShortEN: "Canal in thôn 3", Title: "Kiên cố hóa kênh tưới thôn 3", TitleEN: "Lined irrigation canal in thôn 3", Place: "thôn 3", When: "quý 3/2027", Funding: []planning.Funding{{Source: "Ngân sách xã", Form: planning.Money, Amount: 650 * million}}},
		{Short: "Lớp ghép cà phê", ShortEN: "Coffee grafting class", Title: "Lớp kỹ thuật ghép cải tạo cà phê", TitleEN: "Class on grafting coffee", Place: "nhà văn hóa xã", Funding: []planning.Funding{{Source: "Chương trình mục tiêu quốc gia", Form: planning.Money, Amount: 60 * million}}},
		{Short: "Chợ xã", ShortEN: "Market", Title: "Xây chợ xã", TitleEN: "Market hall", Place: "ở thôn 1", Funding: []planning.Funding{{Source: "Ngân sách tỉnh", Form: planning.Money, Amount: 1_800 * million}}},
		{Short: "Nước sạch", ShortEN: "Clean water", Title: "Nối dài đường ống nước sạch", TitleEN: "Longer water pipes", Funding: []planning.Funding{{Source: "Ngân sách tỉnh", Form: planning.Money, Amount: 900 * million}}},
		{Short: "Đèn đường", ShortEN: "Street lamps", Title: "Đèn đường chạy pin mặt trời", TitleEN: "Solar street lamps", Funding: []planning.Funding{{Source: "Doanh nghiệp", Form: planning.Money, Amount: 200 * million}}},
		{Short: "Quỹ cây giống", ShortEN: "Seedling fund", Title: "Quỹ quay vòng cây giống", TitleEN: "Revolving fund for seedlings", Funding: []planning.Funding{{Source: "Vốn vay", Form: planning.Money, Amount: 300 * million}}},
	}
	for i := range items {
		items[i].Area, items[i].Year, items[i].Code = area, 2027, fmt.Sprintf("KH27-%02d", i+1)
	}
	w.must(w.store.SaveItems(ctx, items))
	closes := time.Date(2026, 8, 15, 10, 0, 0, 0, time.UTC)
	if s.round == "closed" {
		closes = start.AddDate(0, 0, -1)
	}
	w.must(w.store.SaveRound(ctx, planning.Round{
		ID: w.id(), Area: area, Number: 1, Year: 2027, Title: "Lấy ý kiến kế hoạch 2027", Opens: start.AddDate(0, -1, 0), Closes: closes,
		Items: items, Villages: villages, Decision: "45/QĐ-UBND",
	}))
}
