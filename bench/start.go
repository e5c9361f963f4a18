package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pair is the two servers of a comparison.
type pair struct {
	bare, loa *target
	commands  []*exec.Cmd
}

const commune = `code: bench
name: Xã đo
settings: {zone: Asia/Ho_Chi_Minh, lang: vi, answer_days: 2, silence_hours: 24, results_public: true}
villages:
  - {code: thon-1, kind: thôn, name: thôn 1}
  - {code: thon-2, kind: thôn, name: thôn 2}
markets:
  - {id: gia-nghia, name: Gia Nghĩa}
  - {id: dak-mil, name: Đắk Mil}
plan:
  year: %[1]d
  items:
    - {code: KH-01, title: Bê tông hóa đường thôn 1, short: Đường thôn 1, funding: [{source: Ngân sách xã, millions: 900}]}
    - {code: KH-02, title: Kênh thôn 2, short: Kênh thôn 2, funding: [{source: Ngân sách xã, millions: 500}]}
    - {code: KH-03, title: Lớp ghép cà phê, short: Lớp ghép cà phê, funding: [{source: Ngân sách xã, millions: 90}]}
    - {code: KH-04, title: Chợ xã, short: Chợ xã, funding: [{source: Ngân sách tỉnh, millions: 1800}]}
    - {code: KH-05, title: Nước sạch, short: Nước sạch, funding: [{source: Ngân sách tỉnh, millions: 700}]}
    - {code: KH-06, title: Đèn đường, short: Đèn đường, funding: [{source: Ngân sách xã, millions: 150}]}
    - {code: KH-07, title: Quỹ cây giống, short: Quỹ cây giống, funding: [{source: Dự án, millions: 240}]}
  round: {title: Lấy ý kiến, opens: "%[2]s 00:00", closes: "%[3]s 00:00"}
`

func communeFile(now time.Time) string {
	return fmt.Sprintf(commune, now.Year()+1, now.AddDate(0, 0, -2).Format(time.DateOnly), now.AddDate(0, 0, 20).Format(time.DateOnly))
}

func build(ctx context.Context, loa string) error {
	c := exec.CommandContext(ctx, "go", "build", "-o", loa, "./cmd/loa")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	c.Stderr = os.Stderr
	return c.Run()
}

// start prepares a fresh database and starts both servers on it.
func start(ctx context.Context, o options, engine, dir string) (*pair, error) {
	dsn, bare := "sqlite:"+filepath.Join(dir, "loa.db"), "sqlite:"+filepath.Join(dir, "bare.db")
	if engine == "postgres" {
		if o.postgres == "" {
			return nil, errors.New("name a database with -postgres or LOA_TEST_POSTGRES_URL")
		}
		var err error
		if dsn, err = freshSchema(ctx, o.postgres); err != nil {
			return nil, err
		}
		bare = dsn
	}
	keys, err := exec.CommandContext(ctx, o.loa, "keys").Output()
	if err != nil {
		return nil, fmt.Errorf("loa keys: %w", err)
	}
	env := append(os.Environ(), "LOA_DATABASE_URL="+dsn, "LOA_KEYS="+string(keys), "LOA_PUBLIC_URL="+publicURL,
		"TWILIO_ACCOUNT_SID="+accountSID, "TWILIO_AUTH_TOKEN="+authToken, "LOA_LOG_LEVEL=warn",
		"LOA_REPLIES_PER_NUMBER=1000000", "LOA_REDIS_URL=")
	file := filepath.Join(dir, "commune.yaml")
	if err := os.WriteFile(file, []byte(communeFile(time.Now())), 0o600); err != nil {
		return nil, err
	}
	if err := run(ctx, env, o.loa, "setup", file); err != nil {
		return nil, err
	}
	prices := filepath.Join(dir, "prices.csv")
	if err := os.WriteFile(prices, []byte(priceRows(time.Now())), 0o600); err != nil {
		return nil, err
	}
	if err := run(ctx, env, o.loa, "prices", "import", prices); err != nil {
		return nil, err
	}
	p := &pair{}
	self, err := os.Executable()
	if err == nil {
		p.bare, err = p.start(ctx, o, false, os.Environ(), self, "-bare", bare)
	}
	if err == nil {
		p.loa, err = p.start(ctx, o, true, env, o.loa, "serve", "--addr", "127.0.0.1:0")
	}
	if err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func priceRows(now time.Time) string {
	var b strings.Builder
	b.WriteString("day,commodity,grade,market,price,unit,source\n")
	for back := range 120 {
		day := now.AddDate(0, 0, -back-1).Format(time.DateOnly)
		for _, m := range []string{"gia-nghia", "dak-mil"} {
			fmt.Fprintf(&b, "%s,coffee,,%s,%d,kg,đại lý\n%s,pepper,,%s,%d,kg,đại lý\n", day, m, 101_800-100*back, day, m, 148_000-100*back)
		}
	}
	return b.String()
}

// freshSchema makes a schema of its own, so that the measured tables are new.
func freshSchema(ctx context.Context, dsn string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", err
	}
	schema := "bench_" + strconv.FormatInt(time.Now().UnixNano(), 36)
	if err := execSQL(ctx, dsn, "CREATE SCHEMA "+schema); err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

func run(ctx context.Context, env []string, name string, args ...string) error {
	c := exec.CommandContext(ctx, name, args...)
	c.Env = env
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", args[0], err, out)
	}
	return nil
}

// start starts a server that prints the address it listens on.
func (p *pair) start(ctx context.Context, o options, answers bool, env []string, name string, args ...string) (*target, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.Env, c.Stderr = env, os.Stderr
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	c.WaitDelay = 20 * time.Second
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	p.commands = append(p.commands, c)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at := strings.Index(lines.Text(), "http://"); at >= 0 {
			t := newTarget(strings.TrimSpace(lines.Text()[at:]), o.connections, answers)
			return t, t.ready(ctx)
		}
	}
	return nil, errors.New(name + " did not say where it listens")
}

func (t *target) ready(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, t.base+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := t.http.Do(request)
	if err != nil {
		return err
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", response.Status)
	}
	return nil
}

func (p *pair) stop() {
	for _, c := range p.commands {
		_ = c.Process.Signal(syscall.SIGTERM)
	}
	for _, c := range p.commands {
		_ = c.Wait()
	}
}

// peakMiB is the highest resident memory of Loa so far, as Linux counts it.
func (p *pair) peakMiB() int {
	loa := p.commands[len(p.commands)-1]
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", loa.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")))
			return kib / 1024
		}
	}
	return 0
}
