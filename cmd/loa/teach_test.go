package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// desk is an officer's browser, without the pictures.
type desk struct {
	t      *testing.T
	base   string
	client *http.Client
}

func (w world) desk(t *testing.T) *desk {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t, w.base, &http.Client{Jar: jar}}
	d.post("/login", "login", demoLogin, "password", demoPassword)
	return d
}

func (d *desk) page(response *http.Response, err error) string {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if response.StatusCode >= http.StatusInternalServerError {
		d.t.Fatalf("%s: %s", response.Request.URL, response.Status)
	}
	return string(body)
}

func (d *desk) get(path string) string {
	d.t.Helper()
	return d.page(d.client.Get(d.base + path))
}

func (d *desk) post(path string, pairs ...string) string {
	d.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return d.page(d.client.PostForm(d.base+path, form))
}

// TestOfficerTeaches adds a word at the desk of a running Loa: the next message
// is understood by it. What was misread is corrected, taken along and scored.
func TestOfficerTeaches(t *testing.T) {
	w := demoWorld(t)
	officer := w.desk(t)
	p := &handset{t: t, loa: w.program, number: "+84905990021"}

	if page := officer.post("/words", "forms", "nghi", "target", "word:", "phrase", "thôi nhận tin", "confirm", "yes"); !strings.Contains(page, "Không dùng được") {
		t.Error("a word that stops people was taken")
	}
	if page := officer.post("/words", "forms", "hột vàng", "target", "commodity:coffee"); !strings.Contains(page, "Xem trước khi thêm từ") {
		t.Fatal("no preview")
	}
	if page := officer.post("/words", "forms", "hột vàng", "target", "commodity:coffee", "confirm", "yes"); !strings.Contains(page, "Đã thêm: hột vàng.") {
		t.Fatal("the word was not added")
	}
	// The world is reloaded when the change is seen.
	deadline := time.Now().Add(20 * time.Second)
	for !strings.Contains(p.text("gia hot vang"), "Ca phe") {
		if time.Now().After(deadline) {
			t.Fatal("the word is not understood")
		}
		time.Sleep(50 * time.Millisecond)
	}
	if answer := p.text("nghi"); strings.Contains(strings.ToLower(answer), "da ngung") {
		t.Errorf("«nghi» stopped somebody: %s", answer)
	}

	// The sample's own words are understood, and none of them is out of use.
	list := officer.get("/words")
	if !strings.Contains(list, "xóm Mới") || strings.Contains(list, "Không dùng được.") {
		t.Error("the sample's words are not there, or cannot be used")
	}

	// What was misread is corrected on its page.
	why := regexp.MustCompile(`href="(/messages/[0-9a-f-]+/[0-9a-f-]+)"`).FindStringSubmatch(officer.get("/corrections"))
	if why == nil {
		t.Fatal("the sample has no correction")
	}
	if page := officer.post(why[1]+"/correct", "intent", "officer", "note", "hỏi lịch"); !strings.Contains(page, "Đã lưu cách hiểu đúng") {
		t.Error("the correction was not saved")
	}
	file := filepath.Join(t.TempDir(), "corrections.tsv")
	if err := os.WriteFile(file, []byte(officer.get("/corrections/export")), 0o600); err != nil {
		t.Fatal(err)
	}
	if score := loa(t, "", "understand", "--score", file); !strings.Contains(score, "2 messages") {
		t.Errorf("scored: %s", score)
	}
}
