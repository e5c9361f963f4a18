package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/loa-vn/loa/flows/understand"
	"github.com/loa-vn/loa/flows/understand/examples"
	"github.com/loa-vn/loa/planning"
	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/testenv/browser"
)

func (s *scene) words(c *commune) []storage.Word {
	s.Helper()
	words, err := s.store.Words(s.Context(), c.Code)
	s.must(err)
	return words
}

// holds ends with an error for each of the words that a page does not say.
func (s *scene) holds(page answer, words ...string) {
	s.Helper()
	for _, w := range words {
		if !strings.Contains(page.body, w) {
			s.Errorf("the page does not say %q", w)
		}
	}
}

func TestAWordIsCheckedConfirmedAndRemoved(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	said := s.says(s.here.contacts[0], "vuon nha toi tho bong <i>", `{"intent":"none"}`)
	list := b.get("/words")
	s.holds(list, "xóm Mới, dốc Võng", "thôn Tân Lập", "Không dùng được.", "không còn, trong danh mục của xã") // the second names what is gone

	for problem, form := range map[string][]string{
		"không được gán nghĩa khác":   {"forms", "huy, ray bong", "target", "word:", "phrase", "cà phê"},
		"quá ngắn":                    {"forms", "x", "target", "word:", "phrase", "cà phê"},
		"Cần ghi cụm từ":              {"forms", "ray bong", "target", "word:"},
		"từ 1 đến 10 cách viết":       {"forms", " , ", "target", "word:", "phrase", "cà phê"},
		"trong danh mục của xã":       {"forms", "ray bong", "target", "commodity:cacao"},
		"đã có trong danh sách":       {"forms", "xom moi", "target", "village:v1"},
		"thay cho lệnh dừng tin":      {"forms", "nghi", "target", "word:", "phrase", "dừng tin"},
		"Không dùng được: với từ này": {"forms", "nghi", "target", "word:", "phrase", "thôi nhận tin"},
	} {
		a := b.post("/words", append(form, "confirm", "yes")...)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, problem) || !strings.Contains(a.body, `value="`+form[1]+`"`) && form[1] != " , " {
			t.Errorf("%v: %d, want %q", form, a.status, problem)
		}
	}

	word := []string{"forms", "tho bong, rầy phấn", "target", "word:", "phrase", "rệp sáp"}
	preview := b.post("/words", word...)
	if preview.status != http.StatusOK || len(s.words(s.here)) != 2 {
		t.Fatalf("preview: %d, %d words", preview.status, len(s.words(s.here)))
	}
	s.holds(preview, "vuon nha toi tho bong &lt;i&gt;", s.here.contacts[0].Address.Mask, "báo khó khăn", "Khâu: sản xuất",
		"1 trong 43 tin mới nhất", "/messages/"+said.Contact.String()+"/"+said.ID.String())
	if strings.Contains(preview.body, "+8490") {
		t.Error("the preview shows a number")
	}
	if a := b.post("/words", append(word, "confirm", "yes")...); a.status != http.StatusSeeOther {
		t.Fatalf("add: %d", a.status)
	}
	added := s.words(s.here)[2]
	if added.Kind != "word" || added.Meaning != "rệp sáp" || strings.Join(added.Forms, "|") != "tho bong|rầy phấn" || added.By != "y-blo" || !added.At.Equal(now) {
		t.Errorf("stored %+v", added)
	}
	s.holds(b.get("/words"), "tho bong, rầy phấn", "rệp sáp", "y-blo", "Đã thêm: tho bong, rầy phấn.")

	remove := "/words/" + added.ID.String() + "/remove"
	s.holds(b.get(remove), "tho bong, rầy phấn", "1 trong 43 tin mới nhất", "tho bong")
	if a := b.post(remove); a.status != http.StatusSeeOther || len(s.words(s.here)) != 2 {
		t.Fatalf("remove: %d", a.status)
	}
	if a := b.post(remove); a.status != http.StatusNotFound {
		t.Errorf("remove again: %d", a.status)
	}
	if len(s.words(s.there)) != 2 {
		t.Error("the other commune's words changed")
	}
}

// TestAWordThatTouchesWhatPeopleSaidIsRefused holds that what was no wish to
// stop does not become one, whoever confirms it.
func TestAWordThatTouchesWhatPeopleSaidIsRefused(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	s.says(s.here.contacts[2], "khong rung cay nua", `{"intent":"none"}`)
	word := []string{"forms", "rung cay", "target", "word:", "phrase", "nhận tin"}
	for _, confirm := range []string{"", "yes"} {
		a := b.post("/words", append(word, "confirm", confirm)...)
		if a.status != http.StatusUnprocessableEntity || strings.Contains(a.body, `name="confirm"`) || len(s.words(s.here)) != 2 {
			t.Errorf("confirmed %q: %d", confirm, a.status)
		}
		s.holds(a, "Không thêm được từ này", "khong rung cay nua", "từ chối nhận tin")
	}
	// Nobody is kept from going back: a word that does so can be removed.
	held := storage.Word{ID: s.id(), Area: "dak-mau", Kind: "word", Meaning: "nhận tin", Forms: []string{"rung cay"}, By: "lan", At: now}
	s.must(s.store.SaveWord(t.Context(), held))
	remove := "/words/" + held.ID.String() + "/remove"
	s.holds(b.get(remove), "Chú ý: bỏ từ này", "khong rung cay nua")
	if a := b.post(remove); a.status != http.StatusSeeOther {
		t.Errorf("remove: %d", a.status)
	}
}

func TestTryingAMessage(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	before := len(s.thread(s.here.contacts[0]))
	s.holds(b.post("/words/try", "message", "gia ca phe xom moi"), "hỏi giá", "cà phê", "Bỏ dấu, tách chữ", "Từ nhận ra", "xom moi = thôn Tân Lập")
	s.holds(b.post("/words/try", "message", "1d 2k", "open", "1"), "mục 1 đồng ý, mục 2 không đồng ý", "checked")
	s.holds(b.post("/words/try", "message", "<b>alo</b>"), "&lt;b&gt;alo&lt;/b&gt;")
	lexicon := (&language{s.store}).Lexicon("dak-mau")
	for _, text := range []string{"gia cf hnay bn", "tc", "giá cà fê", "bo qua", "1d 2k", "ca phe rung trai nhieu qua", "khuyen mai lai suat thap goi ngay"} {
		_, notes := lexicon.Explain(text, understand.Context{Consultation: true})
		page := b.post("/words/try", "message", text, "open", "1")
		for _, n := range notes {
			if strings.Contains(page.body, "<span>"+n.Step+"</span>") {
				t.Errorf("the step %q has no words", n.Step)
			}
		}
	}
	if a := b.post("/words/try"); a.status != http.StatusOK {
		t.Errorf("nothing tried: %d", a.status)
	}
	if len(s.thread(s.here.contacts[0])) != before {
		t.Error("trying left a message")
	}
}

func TestWhyAMessageWasReadSo(t *testing.T) {
	s := newScene(t)
	b := s.login("y-blo")
	contact := s.here.contacts[0]
	m := s.says(contact, "1d 2k", `{"intent":"vote","ballot":{"1":"yes","2":"no"},"version":"abc","context":{"consultation":true,"items":7}}`)
	path := "/messages/" + contact.ID.String() + "/" + m.ID.String()
	s.holds(b.get("/messages/"+contact.ID.String()), `href="`+path+`"`, "Vì sao hiểu vậy?")
	s.holds(b.get(path), "mục 1 đồng ý, mục 2 không đồng ý", "bản abc", "Bây giờ vẫn hiểu như lúc đó.", "lúc đó đang lấy ý kiến, 7 mục", "Bỏ dấu, tách chữ",
		"Sửa ở đây để Loa học; không đổi số liệu đã ghi.", `<option value="vote" selected>`)
	n := s.says(contact, "gia ca phe", `{"intent":"trend","commodities":["coffee"],"version":"abc"}`)
	s.holds(b.get("/messages/"+contact.ID.String()+"/"+n.ID.String()), "Bây giờ tin này được hiểu khác lúc đó", "hỏi giá lên hay xuống", "hỏi giá<", "không có đợt lấy ý kiến")
	// What cannot be read any more is no failure.
	broken := s.says(contact, "gia tieu", `{"intent":`)
	s.holds(b.get("/messages/"+contact.ID.String()+"/"+broken.ID.String()), "Không còn lưu cách hiểu lúc đó.", "hỏi giá")
	if a := b.get("/messages/" + s.here.contacts[1].ID.String() + "/" + m.ID.String()); a.status != http.StatusNotFound {
		t.Errorf("under another contact: %d", a.status)
	}
	s.must(s.store.EraseContact(t.Context(), "dak-mau", contact.ID, now))
	erased := b.get(path)
	s.holds(erased, "(nội dung đã xóa)")
	if strings.Contains(erased.body, "<form method=\"post\" action=\"/messages") || strings.Contains(b.get("/messages/"+contact.ID.String()).body, "Vì sao") {
		t.Error("what is erased can be asked about")
	}
	if a := b.post(path+"/correct", "intent", "none"); a.status != http.StatusNotFound {
		t.Errorf("correcting what is erased: %d", a.status)
	}
}

func TestACorrectionIsStoredReplacedAndTakenAlong(t *testing.T) {
	s := newScene(t)
	b, other := s.login("y-blo"), s.login("lan")
	contact := s.here.contacts[0]
	m := s.says(contact, "1d 2k\tvi xa", `{"intent":"none","version":"abc","context":{"consultation":true,"items":5}}`)
	path := "/messages/" + contact.ID.String() + "/" + m.ID.String()
	before, err := s.store.Voices(t.Context(), planning.VoiceQuery{Area: "dak-mau", Round: s.here.round.ID})
	s.must(err)

	for _, c := range []struct {
		problem string
		form    []string
	}{
		{"Hãy chọn một ý trong danh sách.", []string{"intent", "wish"}},
		{"Xã không có «vàng»", []string{"intent", "price", "commodity", "cà phê, vàng"}},
		{"Ý «báo khó khăn» không đi với phần này", []string{"intent", "difficulty", "item", "2"}},
		{"Không đọc được. Hãy viết như mẫu", []string{"intent", "vote", "ballot", "1: chịu"}},
		{"Không đọc được. Hãy viết như mẫu", []string{"intent", "vote", "ballot", "1: đồng ý, 1: không đồng ý"}},
		{"Không đọc được. Hãy viết như mẫu", []string{"intent", "price_report", "price", "nhiều"}},
		{"Không đọc được. Hãy viết như mẫu", []string{"intent", "vote", "priority", "5, 5"}},
		{"Không đọc được. Hãy viết như mẫu", []string{"intent", "plan", "item", "0"}},
		{"Không dùng dấu chấm phẩy", []string{"intent", "join", "village", "thôn 1;intent=stop"}},
		{"Chỉ điền một trong hai", []string{"intent", "vote", "ballot", "1: đồng ý, 2: đồng ý", "item", "3"}},
		{"Ghi chú không quá 300 chữ.", []string{"intent", "none", "note", strings.Repeat("ă", 301)}},
	} {
		a := b.post(path+"/correct", c.form...)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, c.problem) {
			t.Errorf("%v: %d, want %q", c.form, a.status, c.problem)
		}
		if _, err := s.store.Correction(t.Context(), "dak-mau", m.ID); err == nil {
			t.Fatalf("%v was stored", c.form)
		}
	}

	if a := other.post(path+"/correct", "intent", "opinion", "note", "góp ý mà"); a.status != http.StatusSeeOther {
		t.Fatalf("correct: %d", a.status)
	}
	if a := b.post(path+"/correct", "intent", "vote", "ballot", "1: đồng ý, 2: Không đồng ý", "priority", "2, 1"); a.status != http.StatusSeeOther {
		t.Fatalf("correct again: %d", a.status)
	}
	got, err := s.store.Correction(t.Context(), "dak-mau", m.ID)
	s.must(err)
	if want := (storage.Correction{Message: m.ID, Area: "dak-mau", Intent: "vote", Slots: "ballot=1:yes,2:no;priority=2,1", By: "y-blo", At: now}); got != want {
		t.Errorf("stored %+v, want %+v", got, want)
	}
	s.holds(b.get(path), "y-blo sửa", "1: đồng ý, 2: không đồng ý", "Đã lưu cách hiểu đúng")
	after, err := s.store.Voices(t.Context(), planning.VoiceQuery{Area: "dak-mau", Round: s.here.round.ID})
	s.must(err)
	if len(after) != len(before) {
		t.Error("a correction changed the voices")
	}

	single := s.says(contact, "# muc 2 duoc day", `{"intent":"none"}`)
	for _, c := range [][]string{{"intent", "vote", "ballot", "2: yes"}, {"intent", "price", "commodity", "CA PHE | hồ tiêu"}, {"intent", "vote", "item", "2", "stance", "đồng ý"}} {
		if a := b.post("/messages/"+contact.ID.String()+"/"+single.ID.String()+"/correct", c...); a.status != http.StatusSeeOther {
			t.Errorf("%v: %d", c, a.status)
		}
	}
	list := b.get("/corrections")
	s.holds(list, "rụng trái", "vi xa", "chưa rõ ý", "y-blo", "chưa</span>", s.here.contacts[0].Address.Mask)
	if strings.Contains(list.body, "+8490") {
		t.Error("the list shows a number")
	}

	file := b.get("/corrections/export")
	if d := file.header.Get("Content-Disposition"); d != `attachment; filename="corrections.tsv"` || !strings.HasPrefix(file.body, "# Loa, Xã Đắk Mẫu, 2026-07-15: ") {
		t.Errorf("the file: %s\n%s", d, file.body)
	}
	set, err := examples.Read(strings.NewReader(file.body))
	s.must(err)
	lines := map[string]string{}
	for _, e := range set {
		lines[e.Text] = e.String()
	}
	for text, want := range map[string]string{
		"1d 2k vi xa":           "1d 2k vi xa\tvote\tctx=round;ballot=1:yes,2:no;priority=2,1",
		" # muc 2 duoc day":     " # muc 2 duoc day\tvote\titem=2;stance=yes",
		s.here.messages[1].Text: s.here.messages[1].Text + "\tdifficulty\tcommodity=coffee",
	} {
		if lines[text] != want {
			t.Errorf("exported %q, want %q", lines[text], want)
		}
	}
	if len(set) != 3 {
		t.Errorf("%d lines, want 3", len(set))
	}

	s.must(s.store.EraseContact(t.Context(), "dak-mau", contact.ID, now))
	for _, address := range []string{"/corrections", "/corrections/export"} {
		if a := b.get(address); strings.Contains(a.body, "vi xa") || strings.Contains(a.body, "priority") {
			t.Errorf("%s still tells what was said", address)
		}
	}
}

// TestATickIsWhatTodayReads teaches the word that a correction asks for.
func TestATickIsWhatTodayReads(t *testing.T) {
	s := newScene(t)
	b := s.login("lan")
	contact := s.here.contacts[0]
	m := s.says(contact, "gia hot ngot", `{"intent":"none"}`)
	if a := b.post("/messages/"+contact.ID.String()+"/"+m.ID.String()+"/correct", "intent", "price", "commodity", "cà phê"); a.status != http.StatusSeeOther {
		t.Fatalf("correct: %d", a.status)
	}
	ticks := func() int { return strings.Count(b.get("/corrections").body, "✓") }
	before := ticks()
	if a := b.post("/words", "forms", "hột ngọt", "target", "commodity:coffee", "confirm", "yes"); a.status != http.StatusSeeOther {
		t.Fatalf("add: %d", a.status)
	}
	if ticks() != before+1 {
		t.Errorf("%d ticks, then %d", before, ticks())
	}
}

// TestEveryIntentCanBeChosen holds that officers tell all wishes apart.
func TestEveryIntentCanBeChosen(t *testing.T) {
	s := newScene(t)
	page := s.login("lan").get(s.addresses()[3][1])
	names := map[string]bool{}
	for _, i := range understand.Intents() {
		_, after, ok := strings.Cut(page.body, `<option value="`+string(i)+`"`)
		if !ok {
			t.Errorf("%s is not offered", i)
			continue
		}
		_, after, _ = strings.Cut(after, ">")
		name, _, _ := strings.Cut(after, "<")
		if names[name] {
			t.Errorf("%s has the name of another wish: %q", i, name)
		}
		names[name] = true
	}
}

func TestManyCorrectionsArePaged(t *testing.T) {
	s := newScene(t)
	for i, m := range s.here.messages {
		s.must(s.store.SaveCorrection(t.Context(), storage.Correction{
			Message: m.ID, Area: "dak-mau", Intent: "none", By: "lan", At: now.Add(-time.Duration(i) * time.Minute),
		}))
	}
	first := s.login("lan").get("/corrections")
	if strings.Count(first.body, `<td class="said">`) != 40 || !strings.Contains(first.body, "/corrections?before=") {
		t.Error("the list is not paged")
	}
}

// TestTryingInABrowser reads what is typed without leaving the page.
func TestTryingInABrowser(t *testing.T) {
	s := newScene(t)
	ctx := browser.Open(t, 360, 800)
	err := chromedp.Do(ctx,
		chromedp.Navigate(s.server.URL+"/login"),
		chromedp.SendKeys("input[name=login]", "y-blo"), chromedp.SendKeys("input[name=password]", password),
		chromedp.Click("button.main"), chromedp.WaitVisible(".menu"),
		chromedp.Navigate(s.server.URL+"/words"),
		chromedp.SendKeys("#add input[name=forms]", "rầy bông"),
		chromedp.SendKeys("#try input[name=message]", "1d 2k vi it ruong"), chromedp.Click("#try input[name=open]"), chromedp.Click("#try button"),
		chromedp.WaitVisible("#tried .steps"),
	)
	s.must(err)
	typed, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector("#add input[name=forms]").value + " " + location.pathname`))
	s.must(err)
	if typed != "rầy bông /words" {
		t.Errorf("the page was left: %q", typed)
	}
	said, err := chromedp.Run(ctx, chromedp.Text("#tried"))
	s.must(err)
	if !strings.Contains(said, "mục 1 đồng ý, mục 2 không đồng ý") {
		t.Errorf("it is read as %s", said)
	}
}
