package overlay_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/overlay"
)

func base() []understand.Entry {
	return []understand.Entry{
		{Kind: understand.KindCommodity, ID: "coffee", Names: []string{"cà phê"}, Unit: "kg", Min: 20_000, Max: 300_000},
		{Kind: understand.KindMarket, ID: "gia-nghia", Names: []string{"Gia Nghĩa"}},
		{Kind: understand.KindVillage, ID: "thon-5", Names: []string{"thôn 5"}},
	}
}

func word(kind understand.EntryKind, means string, forms ...string) overlay.Word {
	return overlay.Word{Kind: kind, Means: means, Forms: forms}
}

// compile is the lexicon with words, none of which may have a problem.
func compile(t *testing.T, words ...overlay.Word) *understand.Lexicon {
	t.Helper()
	l, problems, err := overlay.Compile(base(), words)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range problems {
		if p != nil {
			t.Errorf("%v: %s / %s", words[i], p.VI, p.EN)
		}
	}
	return l
}

// TestWordsOfEveryKind are such as officers of a commune would add.
func TestWordsOfEveryKind(t *testing.T) {
	l := compile(t,
		word(understand.KindWord, "rệp sáp", "rầy bông", "ray phan"),
		word(understand.KindWord, "bao nhiêu", "nhiu rua"),
		word(understand.KindWord, "phân bón", "phân phướn"),
		word(understand.KindCommodity, "coffee", "hột cà", "trái đỏ"),
		word(understand.KindMarket, "gia-nghia", "chợ tỉnh"),
		word(understand.KindVillage, "thon-5", "xóm Mới", "dốc Võng"),
		word(understand.KindDifficulty, understand.KindProduction, "con mối ăn", "đục thân"),
	)
	for _, c := range []struct {
		text string
		ok   func(understand.Reading) bool
	}{
		{"ca phe bi ray bong", func(r understand.Reading) bool {
			return r.Intent == understand.Difficulty && r.Kind == understand.KindProduction
		}},
		{"gia hot ca", func(r understand.Reading) bool {
			return r.Intent == understand.Price && len(r.Commodities) == 1 && r.Commodities[0] == "coffee"
		}},
		{"gia ca phe cho tinh", func(r understand.Reading) bool { return r.PlaceID == "gia-nghia" && r.Place == "Gia Nghĩa" }},
		{"dk xom moi", func(r understand.Reading) bool { return r.VillageID == "thon-5" && r.Village == "thôn 5" }},
		{"ca phe duc than", func(r understand.Reading) bool {
			return r.Intent == understand.Difficulty && r.Kind == understand.KindProduction
		}},
	} {
		if r := l.Read(c.text, understand.Context{}); !c.ok(r) {
			t.Errorf("%q is read as %+v", c.text, r)
		}
	}
}

// TestNoWordEndsErasesOrVotes holds the promise of the package: whatever is
// written around a word that officers add, nobody stops, is erased, agrees or
// votes because of it.
func TestNoWordEndsErasesOrVotes(t *testing.T) {
	for _, w := range []overlay.Word{
		word(understand.KindWord, "dừng", "nghi"),
		word(understand.KindWord, "thôi", "nghi"),
		word(understand.KindWord, "thôi nhận tin", "nghi"),
		word(understand.KindWord, "không muốn nhận tin nữa", "nghi"),
		word(understand.KindWord, "từ chối", "nghi"),
		word(understand.KindWord, "tắt tin", "nghi"),
		word(understand.KindWord, "xóa dữ liệu của tôi", "nghi"),
		word(understand.KindWord, "quên tôi", "nghi xoa"),
		word(understand.KindWord, "đồng ý", "nghi"),
		word(understand.KindWord, "đồng ý hết", "nghi"),
		word(understand.KindWord, "không đồng ý", "nghi"),
		word(understand.KindWord, "mục 1 đồng ý", "nghi"),
		word(understand.KindWord, "ủng hộ", "nghi"),
		word(understand.KindWord, "không", "nghi"),
		word(understand.KindWord, "ừ đúng", "nghi"),
		word(understand.KindWord, "có", "nghi"),
		word(understand.KindWord, "đồng ý", "khong dong y"),
		word(understand.KindWord, "cà phê", "dong y"),
		word(understand.KindWord, "cà phê", "xoa du lieu"),
		word(understand.KindCommodity, "coffee", "tc"),
		word(understand.KindWord, "cà phê", "khong"),
	} {
		l, problems, err := overlay.Compile(base(), []overlay.Word{w})
		if err != nil {
			t.Fatal(err)
		}
		if problems[0] == nil {
			t.Errorf("%v is taken", w)
			continue
		}
		if !errors.Is(problems[0], overlay.ErrGuarded) && !errors.Is(problems[0], overlay.ErrStopping) && !errors.Is(problems[0], overlay.ErrReserved) {
			t.Errorf("%v: %v", w, problems[0])
		}
		for _, c := range []understand.Context{{}, {Consultation: true, Items: 7}} {
			if r := l.Read("nghi", c); len(overlay.Guarded(r)) > 0 || r.Ask == understand.AskStop {
				t.Errorf("%v: «nghi» is read as %s %s", w, r.Intent, r.Ask)
			}
		}
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	for want, w := range map[*overlay.Problem]overlay.Word{
		overlay.ErrForms:    word(understand.KindWord, "rệp sáp"),
		overlay.ErrShort:    word(understand.KindWord, "điều", "d"),
		overlay.ErrLong:     word(understand.KindWord, "cà phê", strings.Repeat("ca ", 9)),
		overlay.ErrSigns:    word(understand.KindWord, "cà phê", "ca=phe"),
		overlay.ErrPhrase:   word(understand.KindWord, " ", "rầy bông"),
		overlay.ErrTarget:   word(understand.KindCommodity, "pepper", "hột cay"),
		overlay.ErrReserved: word(understand.KindWord, "cà phê", "ray bong", "huy"),
		overlay.ErrStopping: word(understand.KindWord, "dừng tin", "rầy bông"),
	} {
		_, problems, err := overlay.Compile(base(), []overlay.Word{w})
		if err != nil || !errors.Is(problems[0], want) || strings.Contains(problems[0].VI+problems[0].EN, "%") {
			t.Errorf("%v: %v, want %v (%v)", w, problems[0], want, err)
		}
	}
	_, problems, err := overlay.Compile(base(), []overlay.Word{word("other", "x", "rầy bông")})
	if err != nil || !errors.Is(problems[0], overlay.ErrTarget) {
		t.Errorf("an unknown kind: %v, %v", problems[0], err)
	}
}

// TestABadWordLeavesTheOthers holds that one word that cannot be used, for
// whatever reason, costs nobody the rest of the language.
func TestABadWordLeavesTheOthers(t *testing.T) {
	words := []overlay.Word{
		word(understand.KindWord, "rệp sáp", "rầy bông"),
		word(understand.KindCommodity, "cacao", "hột ngọt"), // is no longer on the list
		word(understand.KindWord, "thôi nhận tin", "nghi"),
		word(understand.KindWord, "stop", "nghi luon"),
		word(understand.KindWord, "rệp vảy", "ray bong"),
		word(understand.KindVillage, "thon-5", "xóm Mới"),
	}
	l, problems, err := overlay.Compile(base(), words)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []*overlay.Problem{nil, overlay.ErrTarget, overlay.ErrGuarded, overlay.ErrStopping, overlay.ErrTwice, nil} {
		if (want == nil) != (problems[i] == nil) || want != nil && !errors.Is(problems[i], want) {
			t.Errorf("%v: %v, want %v", words[i], problems[i], want)
		}
	}
	if r := l.Read("ca phe bi ray bong", understand.Context{}); r.Kind != understand.KindProduction {
		t.Errorf("a good word is not used: %+v", r)
	}
	if r := l.Read("dk xom moi", understand.Context{}); r.VillageID != "thon-5" {
		t.Errorf("a good word is not used: %+v", r)
	}
	if _, _, err := overlay.Compile([]understand.Entry{{Kind: understand.KindVillage, ID: "x"}}, words); err == nil {
		t.Error("the commune's own entries are not checked")
	}
}

// TestTheSameWordsMakeTheSameLexicon holds that a version names a language.
func TestTheSameWordsMakeTheSameLexicon(t *testing.T) {
	w := word(understand.KindVillage, "thon-5", "xóm Mới")
	with, again, without := compile(t, w), compile(t, w), compile(t)
	if with.Version() != again.Version() || with.Version() == without.Version() {
		t.Error(with.Version(), again.Version(), without.Version())
	}
}
