// Command screenshots pictures the pages of a running demo, at the width of a
// desk and of a phone: what the README shows, and what a change is looked at by.
//
//	go run ./scripts/screenshots -base http://127.0.0.1:8080 -password … -out docs/screenshots
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// page is one to picture: at a path, or behind the first link there that a
// selector finds.
type page struct{ name, path, link string }

var pages = []page{
	{name: "overview", path: "/"},
	{name: "messages", path: "/messages"},
	{name: "prices", path: "/prices"},
	{name: "price-add", path: "/prices/add"},
	{name: "difficulties", path: "/difficulties"},
	{name: "consultation", path: "/consultation"},
	{name: "concerns", path: "/concerns"},
	{name: "contacts", path: "/contacts"},
	{name: "villages", path: "/villages"},
	{name: "settings", path: "/settings"},
	{name: "simulator", path: "/simulator"},
	{name: "words", path: "/words"},
	{name: "word-remove", path: "/words", link: "#words .links a"},
	{name: "corrections", path: "/corrections"},
	{name: "why", path: "/corrections", link: "#corrections td.said a"},
}

func main() {
	base := flag.String("base", "http://127.0.0.1:8080", "address of the demo")
	login := flag.String("login", "canbo", "officer's login")
	password := flag.String("password", os.Getenv("LOA_ADMIN_PASSWORD"), "officer's password")
	out := flag.String("out", "docs/screenshots", "folder for the pictures")
	chromium := flag.String("chromium", "/usr/bin/chromium", "path of the browser")
	only := flag.String("only", "", "one page: NAME or NAME=PATH")
	flag.Parse()
	if err := run(*base, *login, *password, *out, *chromium, *only); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

func run(base, login, password, out, chromium, only string) error {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Minute)
	defer stop()
	ctx, closeBrowser := chromedp.NewExecAllocator(ctx, options...)
	defer closeBrowser()
	ctx, closeTab := chromedp.NewContext(ctx)
	defer closeTab()
	err := chromedp.Do(ctx,
		chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+"/login"),
		chromedp.SendKeys("input[name=login]", login), chromedp.SendKeys("input[name=password]", password),
		chromedp.Submit("input[name=password]"), chromedp.WaitVisible("nav"),
	)
	if err != nil {
		return fmt.Errorf("log in: %w", err)
	}
	wanted := pages
	if only != "" {
		name, path, _ := strings.Cut(only, "=")
		wanted = []page{{name: name, path: path}}
		for _, p := range pages {
			if p.name == name && path == "" {
				wanted = []page{p}
			}
		}
	}
	for _, size := range []struct {
		suffix string
		width  int64
	}{{"", 1280}, {"-phone", 360}} {
		for _, p := range wanted {
			if err := picture(ctx, base, p, size.width, filepath.Join(out, p.name+size.suffix+".png")); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	return nil
}

func picture(ctx context.Context, base string, p page, width int64, file string) error {
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(base+p.path), chromedp.WaitReady("body")); err != nil {
		return err
	}
	if p.link != "" {
		if err := chromedp.Do(ctx, chromedp.Click(p.link), chromedp.WaitReady(".crumb")); err != nil {
			return err
		}
	}
	if p.path == "/simulator" {
		if err := talk(ctx); err != nil {
			return err
		}
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return err
	}
	return os.WriteFile(file, png, 0o644) //nolint:gosec // a picture for the handbook
}

// talk texts a little on both phones and waits for the answers.
func talk(ctx context.Context) error {
	for _, said := range []struct{ phone, text string }{
		{".feature", "gia cf hnay"}, {".feature", "1d 2k vi it ruong 5d ut 5"}, {".chat", "giá tiêu"}, {".chat", "kế hoạch xã"},
	} {
		err := chromedp.Do(ctx,
			chromedp.SendKeys(said.phone+" textarea", said.text), chromedp.Click(said.phone+" .pad button"),
			chromedp.Sleep(1500*time.Millisecond),
		)
		if err != nil {
			return err
		}
	}
	return nil
}
