package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/testenv"
)

func TestASearchWithoutMarksFindsMarkedText(t *testing.T) {
	store := open(t, testenv.Postgres(t))
	ctx := context.Background()
	at := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	contact := storage.Contact{ID: uuid.New(), Area: "dak-mau", Address: storage.Address{Hash: storage.Hash{1}}, CreatedAt: at, HeardAt: at}
	concern := func(code, text string) planning.Concern {
		return planning.Concern{ID: uuid.New(), Kind: planning.Difficulty, Area: "dak-mau", Code: code, Contact: contact.ID, Text: text, At: at}
	}
	if err := store.Commit(ctx, []storage.Turn{{
		Contact: contact, ContactNew: true,
		Concerns: []planning.Concern{concern("A001", "ĐƯỜNG hỏng, mưa không đi được"), concern("A002", "Giá bơ rớt 50%_"), concern("A003", "Con bò ốm")},
	}}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"duong":    {"A001"},
		"Đường":    {"A001"},
		"đuong":    nil, // with a mark, marks count
		"bo":       {"A002", "A003"},
		"bơ":       {"A002"},
		"BÒ":       {"A003"},
		"%_":       {"A002"},
		"a00":      {"A001", "A002", "A003"},
		"  ":       {"A001", "A002", "A003"},
		"\x00\xff": nil,
	} {
		found, err := store.Concerns(ctx, planning.ConcernQuery{Area: "dak-mau", Search: text})
		if err != nil {
			t.Fatal(err)
		}
		codes := map[string]bool{}
		for _, k := range found {
			codes[k.Code] = true
		}
		if len(codes) != len(want) {
			t.Errorf("%q: found %v, want %v", text, codes, want)
		}
		for _, code := range want {
			if !codes[code] {
				t.Errorf("%q: %s was not found", text, code)
			}
		}
	}
}

func TestBrokenTextIsKeptAsFarAsItCanBe(t *testing.T) {
	store := open(t, testenv.Postgres(t))
	ctx := context.Background()
	at := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	contact := storage.Contact{ID: uuid.New(), Area: "dak-mau", Address: storage.Address{Hash: storage.Hash{1}}, Name: "A\x00n\xff", CreatedAt: at, HeardAt: at}
	if err := store.Commit(ctx, []storage.Turn{{
		Contact: contact, ContactNew: true,
		Inbound: &storage.Message{
			ID: uuid.New(), Area: "dak-mau", Channel: "phone", Contact: contact.ID, Direction: storage.In, External: "a\x001",
			Text: "gia \x00ca\xc3\x28 phe", At: at, Status: storage.Received,
		},
	}}); err != nil {
		t.Fatal(err)
	}
	loaded, err := store.Load(ctx, []storage.Key{{Channel: "phone", External: "a\x001", Address: storage.Hash{1}}})
	if err != nil || !loaded[0].Seen || loaded[0].Contact.Name != "An\uFFFD" {
		t.Fatalf("got %+v, error %v", loaded, err)
	}
	messages, err := store.Thread(ctx, "dak-mau", contact.ID, time.Time{}, 0)
	if err != nil || len(messages) != 1 || messages[0].Text != "gia ca\uFFFD( phe" {
		t.Fatalf("got %+v, error %v", messages, err)
	}
}
