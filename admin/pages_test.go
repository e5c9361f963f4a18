package admin_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/loa-vn/loa/testenv/browser"
)

// addresses of every page, by a name for its picture.
func (s *scene) addresses() [][2]string {
	contact := s.here.contacts[1]
	concern := s.here.concerns[1]
	return [][2]string{
		{"overview", "/"},
		{"messages", "/messages"},
		{"thread", "/messages/" + contact.ID.String()},
		{"explain", "/messages/" + contact.ID.String() + "/" + s.here.messages[1].ID.String()},
		{"words", "/words"},
		{"word-remove", "/words/" + s.here.words[0].ID.String() + "/remove"},
		{"corrections", "/corrections"},
		{"parked", "/parked"},
		{"prices", "/prices"},
		{"price-add", "/prices/add"},
		{"price-history", "/prices/history?commodity=coffee&grade=nhan&market=gia-nghia"},
		{"price-correct", "/prices/" + s.here.prices[0].ID.String() + "/correct"},
		{"difficulties", "/difficulties"},
		{"concerns", "/concerns"},
		{"concern", "/concerns/" + concern.Contact.String() + "/" + concern.ID.String()},
		{"consultation", "/consultation/1"},
		{"voices", "/consultation/1/voices?item=KH27-01&stance=yes"},
		{"contacts", "/contacts"},
		{"contact", "/contacts/" + s.here.contacts[8].ID.String()},
		{"contact-erase", "/contacts/" + s.here.contacts[8].ID.String() + "/erase"},
		{"villages", "/villages"},
		{"village", "/villages/v4"},
		{"settings", "/settings"},
		{"account", "/account"},
		{"simulator", "/simulator"},
		{"missing", "/nothing-here"},
	}
}

// TestPagesInABrowser opens every page on a phone and on a desk: it fits the
// width of the screen, and no rule of the page's own policy is broken. With
// LOA_SHOTS=FOLDER it leaves a picture of each there.
func TestPagesInABrowser(t *testing.T) {
	s := newScene(t)
	for _, width := range []int{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			ctx := browser.Open(t, width, 800)
			do := func(actions ...chromedp.Action[chromedp.Void]) {
				t.Helper()
				if err := chromedp.Do(ctx, actions...); err != nil {
					t.Fatal(err)
				}
			}
			look := func(name string) {
				t.Helper()
				wide, err := chromedp.Run(ctx, chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
				if err != nil {
					t.Fatal(err)
				}
				if wide > width {
					t.Errorf("%s is %d pixels wide on a screen of %d", name, wide, width)
				}
				inline, err := chromedp.Run(ctx, chromedp.Evaluate[int]("document.querySelectorAll('[style], style, script:not([src])').length"))
				if err != nil {
					t.Fatal(err)
				}
				if inline > 0 {
					t.Errorf("%s holds %d inline styles or scripts", name, inline)
				}
				nameless, err := chromedp.Run(ctx, chromedp.Evaluate[int](
					"[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(e => !e.labels.length).length"))
				if err != nil {
					t.Fatal(err)
				}
				if nameless > 0 {
					t.Errorf("%s has %d fields without a label", name, nameless)
				}
				if dir := os.Getenv("LOA_SHOTS"); dir != "" {
					picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
					if err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, width)), picture, 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			do(chromedp.Navigate(s.server.URL + "/login"))
			look("login")
			do(chromedp.SendKeys("input[name=login]", "lan"), chromedp.SendKeys("input[name=password]", password),
				chromedp.Click("button.main"), chromedp.WaitVisible(".menu"))
			for _, page := range s.addresses() {
				do(chromedp.Navigate(s.server.URL + page[1]))
				look(page[0])
			}
		})
	}
}
