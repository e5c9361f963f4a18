package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"github.com/loa-vn/loa/testenv/browser"
)

// TestOfficerInChromium is an officer at the desk while farmers text: the
// tally moves by itself, opens down to the masked message, and is the same
// in the page, the report and the spreadsheet.
func TestOfficerInChromium(t *testing.T) {
	ctx := browser.Open(t, 1280, 900)
	w := demoWorld(t)
	before := w.report(t)
	logIn(ctx, t, w)
	if err := chromedp.Do(ctx, chromedp.Navigate(w.base+"/consultation"), chromedp.WaitVisible("table.tally")); err != nil {
		t.Fatal(err)
	}

	p := &handset{t: t, loa: w.program, number: "+84905990007"}
	p.text("dk buon dak nur")
	p.text("1")
	has(t, p.text("1d 2k vi xa qua"), "da ghi")
	w.expect(t, before, map[int][2]int{1: {1, 0}, 2: {0, 1}}, nil)

	// The page shows it without being loaded again.
	yes, _ := before.said(1)
	_, no := before.said(2)
	moved := fmt.Sprintf(`//a[contains(@href, "-01&stance=yes") and not(contains(@href, "village")) and text()="%d"]`, yes+1)
	if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.Search(moved))); err != nil {
		t.Fatalf("item 1 did not become %d: %v", yes+1, err)
	}

	// The number opens: as many households, and the message, masked.
	open := fmt.Sprintf(`//a[contains(@href, "-02&stance=no") and not(contains(@href, "village")) and text()="%d"]`, no+1)
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.Search(open)), chromedp.WaitVisible(chromedp.Search(`//*[contains(text(), "1d 2k vi xa qua")]`))); err != nil {
		t.Fatalf("the number does not open: %v", err)
	}
	page, err := chromedp.Run(ctx, chromedp.Text("main"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page, "905990007") || !strings.Contains(page, "…007") {
		t.Error("the page shows the number, or no mask of it")
	}

	// The spreadsheet says the same as the report, item by item.
	after := w.report(t)
	sheet := w.export(t, "xlsx")
	for item := range after.Items {
		yes, no := after.said(item + 1)
		if !sheet.holds(strconv.Itoa(yes), strconv.Itoa(no)) {
			t.Errorf("item %d: no row of the spreadsheet has %d and %d", item+1, yes, no)
		}
	}
	if out := loa(t, "", append([]string{"report", "difficulties", "--format", "csv"}, w.flags...)...); strings.Contains(out, "+84") {
		t.Error("the report of difficulties holds an address")
	}
}

// TestOfficerAnswers writes back to a farmer from the console and sees it go
// out through the provider.
func TestOfficerAnswers(t *testing.T) {
	ctx := browser.Open(t, 360, 740)
	w := demoWorld(t)
	p := &handset{t: t, loa: w.program, number: "+84905990008"}
	p.text("dk thon 3")
	p.text("1")
	has(t, p.text("kk ca phe rung trai het"), "da ghi")
	logIn(ctx, t, w)
	err := chromedp.Do(ctx,
		chromedp.Navigate(w.base+"/messages"),
		chromedp.Click(chromedp.Search(`//a[contains(., "ca phe rung trai het")]`)),
		chromedp.WaitVisible("textarea[name=text]"),
	)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth`))
	if err != nil || wide > 360 {
		t.Errorf("the thread is %d pixels wide on a phone of 360: %v", wide, err)
	}
	err = chromedp.Do(ctx, chromedp.SendKeys("textarea[name=text]", "Cán bộ sẽ đến vườn sáng mai."), chromedp.Submit("textarea[name=text]"))
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	if hour := time.Now().In(zone).Hour(); hour < 7 || hour >= 21 {
		t.Log("it is night in Vietnam: the answer waits for the morning, as it must")
		return
	}
	w.provider.wait(t, "Messages.json", func(f url.Values) bool {
		return f.Get("To") == p.number && strings.Contains(f.Get("Body"), "Can bo se den vuon sang mai.")
	})
}

func logIn(ctx context.Context, t *testing.T, w world) {
	t.Helper()
	err := chromedp.Do(ctx,
		chromedp.Navigate(w.base+"/"), chromedp.WaitVisible("input[name=login]"),
		chromedp.SendKeys("input[name=login]", demoLogin), chromedp.SendKeys("input[name=password]", demoPassword),
		chromedp.Submit("input[name=password]"), chromedp.WaitReady("nav.menu"), // the login page has a heading too
	)
	if err != nil {
		t.Fatalf("log in: %v", err)
	}
}

// sheet is every cell of a workbook, by row.
type sheet [][]string

// export downloads the consultation as an officer does who logged in.
func (w world) export(t *testing.T, format string) sheet {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	officer := &http.Client{Jar: jar}
	response, err := officer.PostForm(w.base+"/login", url.Values{"login": {demoLogin}, "password": {demoPassword}})
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	response, err = officer.Get(w.base + "/consultation/1/export?format=" + format)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("export: %s", response.Status)
	}
	book, err := excelize.OpenReader(response.Body)
	if err != nil {
		t.Fatalf("export is no spreadsheet: %v", err)
	}
	defer book.Close()
	var all sheet
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rows...)
	}
	return all
}

// holds says whether one row has both numbers.
func (s sheet) holds(a, b string) bool {
	for _, row := range s {
		hasA, hasB := false, false
		for _, cell := range row {
			hasA, hasB = hasA || cell == a, hasB || cell == b
		}
		if hasA && hasB {
			return true
		}
	}
	return false
}
