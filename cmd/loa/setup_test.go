package main

import (
	"bytes"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/storage/sqlite"
)

const (
	exampleOpens  = "2027-07-15 07:30"
	exampleCloses = "2027-08-15 17:00"
)

// example puts the commune's example files into the folder the test works in,
// with a round that is open on any day, and names a fresh database.
func example(t *testing.T) {
	t.Helper()
	commune, roster := read(t, "../../docs/commune.example.yaml"), read(t, "../../docs/roster.example.csv")
	now := time.Now()
	for old, days := range map[string]int{exampleOpens: -10, exampleCloses: 20} {
		if strings.Count(commune, old) != 1 {
			t.Fatalf("the example does not have the time %s once", old)
		}
		commune = strings.Replace(commune, old, now.AddDate(0, 0, days).Format("2006-01-02 15:04"), 1)
	}
	inFolder(t, map[string]string{
		"commune.yaml": commune, "roster.example.csv": roster, "keys.json": string(storage.NewKeys().JSON()),
	})
	for name, value := range map[string]string{
		"LOA_DATABASE_URL": "sqlite:loa.db", "LOA_KEYS_FILE": "keys.json",
		"LOA_PASSWORD_LAN": "mat-khau-cua-lan", "LOA_PASSWORD_HUNG": "mat-khau-cua-hung",
	} {
		t.Setenv(name, value)
	}
}

// edit changes one place of a file.
func edit(t *testing.T, file, old, with string) {
	t.Helper()
	text := read(t, file)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%s does not have %q once", file, old)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(text, old, with, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// stored is all that a setup makes, as the store has it.
type stored struct {
	Communes   []planning.Commune
	Villages   []planning.Village
	Households []planning.Household
	Items      []planning.Item
	Rounds     []planning.Round
	Officers   []storage.Officer
	Words      []storage.Word
	Others     []any
}

func look(t *testing.T) stored {
	t.Helper()
	ctx := t.Context()
	store, err := sqlite.Open(ctx, "loa.db")
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	const area = "dak-vi-du"
	var s stored
	var errs [7]error
	s.Communes, errs[0] = store.Communes(ctx)
	s.Villages, errs[1] = store.Villages(ctx, area)
	s.Households, errs[2] = store.Households(ctx, area, "")
	s.Items, errs[3] = store.Items(ctx, area, 2028)
	s.Rounds, errs[4] = store.Rounds(ctx, area)
	s.Officers, errs[5] = store.Officers(ctx, area)
	places, err := store.Places(ctx, area)
	commodities, err2 := store.Commodities(ctx, area)
	var err3 error
	s.Words, err3 = store.Words(ctx, area)
	s.Others, errs[6] = []any{places, commodities}, err
	for _, err := range append(errs[:], err2, err3) {
		if err != nil {
			t.Fatal(err)
		}
	}
	// A password is hashed with other salt each time it is given.
	for i := range s.Officers {
		s.Officers[i].Password = s.Officers[i].Password[:len("$argon2id$")]
	}
	return s
}

func TestSetupMakesTheExample(t *testing.T) {
	example(t)
	out := loa(t, "", "setup", "commune.yaml")
	if want := "Xã Đắk Ví Dụ: 4 villages, 10 households, 2 markets, 3 words, 2 officers\n"; out != want {
		t.Errorf("it says %q, want %q", out, want)
	}
	first := look(t)
	if n := [...]int{len(first.Communes), len(first.Villages), len(first.Households), len(first.Items), len(first.Rounds), len(first.Officers), len(first.Words)}; n != [...]int{1, 4, 10, 3, 1, 2, 3} {
		t.Errorf("communes, villages, households, items, rounds, officers, words: %v", n)
	}
	s := first.Communes[0].Settings
	if first.Communes[0].Sample || s.Zone != "Asia/Ho_Chi_Minh" || s.AnswerDays != 2 || s.Silence != 24*time.Hour || !s.ResultsPublic {
		t.Errorf("the commune: %+v", first.Communes[0])
	}
	for _, v := range first.Villages {
		if want := map[string]int{"thon-1": 3, "thon-2": 2, "bu-ndrung": 3, "dak-gan": 2}[v.Code]; v.Households != want {
			t.Errorf("%s has %d households, want %d", v.Name, v.Households, want)
		}
	}
	if cost := first.Items[0].Cost(); cost != 945_500_000 || !first.Items[0].PeoplePay() {
		t.Errorf("%s costs %d", first.Items[0].Title, cost)
	}
	if r := first.Rounds[0]; !r.OpenAt(time.Now()) || len(r.Items) != 3 || len(r.Villages) != 4 || r.Number != 1 {
		t.Errorf("the round: %+v", r)
	}
	for _, o := range first.Officers {
		if admin := o.Login == "lan"; admin != (o.Role == storage.RoleAdmin) || admin != (o.Telegram == storage.Hash{}) {
			t.Errorf("officer %s: role %s, Telegram known %v", o.Login, o.Role, o.Telegram != storage.Hash{})
		}
	}

	if again := loa(t, "", "setup", "commune.yaml"); again != out {
		t.Errorf("the second time it says %q", again)
	}
	if second := look(t); !reflect.DeepEqual(first, second) {
		t.Errorf("the second setup changed something:\n%+v\n%+v", first, second)
	}
}

func TestSetupChangesWhatChanged(t *testing.T) {
	example(t)
	loa(t, "", "setup", "commune.yaml")
	before := look(t)
	edit(t, "commune.yaml", "answer_days: 2 ", "answer_days: 5 ")
	edit(t, "roster.example.csv", "Lê Đức Chiến,1", "Lê Thị Chiến,")
	edit(t, "roster.example.csv", "village,number", "\ufeffvillage,number") // as spreadsheets save it
	edit(t, "commune.yaml", "forms: [rầy bông, rầy phấn]", "forms: [Rầy Bông, rầy trắng]")
	t.Setenv("LOA_PASSWORD_LAN", "") // known already
	loa(t, "", "setup", "commune.yaml")
	after := look(t)
	if after.Communes[0].Settings.AnswerDays != 5 {
		t.Errorf("settings: %+v", after.Communes[0].Settings)
	}
	if words := after.Words; len(words) != 3 || !slices.Equal(words[2].Forms, []string{"Rầy Bông", "rầy trắng"}) || words[0].ID != before.Words[1].ID {
		t.Errorf("words: %+v", words)
	}
	changed := 0
	for i, h := range after.Households {
		if h == before.Households[i] {
			continue
		}
		changed++
		if old := before.Households[i]; h.ID != old.ID || h.Number != "T1-003" || h.Head != "Lê Thị Chiến" || h.Poor {
			t.Errorf("household %+v became %+v", old, h)
		}
	}
	if changed != 1 || len(after.Households) != len(before.Households) {
		t.Errorf("%d of %d households changed, want 1", changed, len(after.Households))
	}
}

func TestSetupRefusesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, file, old, with, says string }{
		{"a key nobody knows", "commune.yaml", "province:", "provinse:", "provinse"},
		{"no zone", "commune.yaml", "zone: Asia/Ho_Chi_Minh", "zone: Asia/Saigon_City", "settings.zone"},
		{"a village twice", "commune.yaml", "code: thon-2", "code: thon-1", "thôn 2"},
		{"a role", "commune.yaml", "role: admin", "role: chief", "role must be officer or admin"},
		{"a login that nobody can type", "commune.yaml", "login: lan", "login: Lan", "lower-case"},
		{"an item without a code", "commune.yaml", "code: KH28-02", "code: \"\"", "Lớp ghép"},
		{"a time", "commune.yaml", "closes: ", "closes: mai ", "mai"},
		{"no password", "commune.yaml", "LOA_PASSWORD_HUNG, ", "LOA_PASSWORD_NOBODY, ", "LOA_PASSWORD_NOBODY"},
		{"a village of the roster", "roster.example.csv", "dak-gan,DG-001", "dak-gang,DG-001", "line 10"},
		{"a number twice", "roster.example.csv", "DG-002", "DG-001", "line 11"},
		{"a word that would stop people", "commune.yaml", "means: rệp sáp", "means: thôi nhận tin", "rầy bông"},
		{"a word for a market that is not there", "commune.yaml", "means: gia-nghia", "means: dak-song", "chợ tỉnh"},
		{"a column too many", "roster.example.csv", "Trần Thị Bình,", "Trần Thị Bình,,", "roster.example.csv"},
	} {
		t.Run(c.name, func(t *testing.T) {
			example(t)
			edit(t, c.file, c.old, c.with)
			var out bytes.Buffer
			err := run(t.Context(), []string{"setup", "commune.yaml"}, streams{strings.NewReader(""), &out, &out})
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
		})
	}
	t.Run("no roster", func(t *testing.T) {
		example(t)
		if err := os.Remove("roster.example.csv"); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := run(t.Context(), []string{"setup", "commune.yaml"}, streams{strings.NewReader(""), &out, &out}); err == nil {
			t.Error("a roster that is not there was passed over")
		}
	})
}
