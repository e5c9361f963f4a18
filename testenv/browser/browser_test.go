package browser_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/loa-vn/loa/testenv/browser"
)

func TestOpenShowsAPage(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, `<!doctype html><p id=p>Thôn 3, xã Đắk Mẫu</p>
			<button onclick="document.title = innerWidth">Ý kiến</button>`)
	}))
	t.Cleanup(server.Close)

	ctx := browser.Open(t, 360, 740)
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL)); err != nil {
		t.Fatal(err)
	}
	text, err := chromedp.Run(ctx, chromedp.Text("#p"))
	if err != nil || text != "Thôn 3, xã Đắk Mẫu" {
		t.Errorf("read %q: %v", text, err)
	}
	if err := chromedp.Do(ctx, chromedp.Click("button")); err != nil {
		t.Fatal(err)
	}
	width, err := chromedp.Run(ctx, chromedp.Title())
	if err != nil || width != "360" {
		t.Errorf("the page is %q pixels wide, want 360: %v", width, err)
	}
}
