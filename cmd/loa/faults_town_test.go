package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/loa-vn/loa/storage"
	"github.com/loa-vn/loa/testenv"
)

// faultTime bounds a fault test: what has not happened by then never will.
const faultTime = 2 * time.Minute

// town is a commune on a real database, with the real program serving it in
// processes that can be killed.
type town struct {
	*testing.T
	ctx      context.Context
	store    storage.Store // a look at the database past all processes
	keyring  *storage.Keyring
	provider *provider
}

// Names in a town.
const (
	townArea    = "xa-thu"
	townChannel = "twilio"
)

// found sets the commune up in the database, and has processes reach it by
// that other URL when one is given. It is about noon there: nothing is held
// back for the night.
func found(t *testing.T, database, through string) *town {
	t.Helper()
	w := &town{T: t, provider: newProvider(t)}
	_, err := built() // its time is not the test's
	w.must(err)
	var cancel context.CancelFunc
	w.ctx, cancel = context.WithTimeout(context.Background(), faultTime)
	t.Cleanup(cancel)
	connect(t, w.provider)
	keys := loa(t, "", "keys")
	for name, value := range map[string]string{
		"LOA_KEYS": keys, "LOA_DATABASE_URL": database, "LOA_REDIS_URL": "", "LOA_LOG_LEVEL": "warn", "LOA_LOG_FORMAT": "text",
		"LOA_REPLIES_PER_NUMBER": "1000",
	} {
		t.Setenv(name, value)
	}
	commune := strings.Replace(testCommune, "Asia/Ho_Chi_Minh", noon(), 1)
	if err := os.WriteFile("commune.yaml", []byte(commune), 0o600); err != nil {
		t.Fatal(err)
	}
	loa(t, "", "setup", "commune.yaml")
	if w.keyring, err = storage.ParseKeys([]byte(keys)); err != nil {
		t.Fatal(err)
	}
	if w.store, err = openStore(w.ctx, database); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.store.Close() })
	if through != "" {
		t.Setenv("LOA_DATABASE_URL", through)
	}
	return w
}

// noon is a time zone where the day is at its middle now.
func noon() string {
	switch east := 12 - time.Now().UTC().Hour(); {
	case east > 0:
		return fmt.Sprintf("Etc/GMT-%d", east) // POSIX counts westwards
	case east < 0:
		return fmt.Sprintf("Etc/GMT+%d", -east)
	}
	return "Etc/UTC"
}

// eachEngine runs a test on SQLite and on PostgreSQL.
func eachEngine(t *testing.T, test func(t *testing.T, database string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, "sqlite:"+filepath.Join(t.TempDir(), "loa.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, testenv.Postgres(t)) })
}

// wait waits until something holds; a test that waits for what never comes
// fails with its name.
func (w *town) wait(what string, holds func() bool) {
	w.Helper()
	for !holds() {
		select {
		case <-w.ctx.Done():
			w.Fatalf("never came: %s", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// must fails the test on an error.
func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// binary is the program itself, built when the first test needs it.
var binary struct {
	sync.Once
	source, path string
	err          error
}

// TestMain keeps the program for all tests that run it, and removes it.
func TestMain(m *testing.M) {
	binary.source, _ = os.Getwd() // tests go elsewhere
	code := m.Run()
	if binary.path != "" {
		_ = os.RemoveAll(filepath.Dir(binary.path))
	}
	os.Exit(code)
}

// built returns the program's path: built as the test is, under the race
// detector or not.
func built() (string, error) {
	binary.Do(func() {
		dir, err := os.MkdirTemp("", "loa-faults-")
		if err != nil {
			binary.err = err
			return
		}
		binary.path = filepath.Join(dir, "loa")
		args := []string{"build", "-buildvcs=false", "-ldflags=-w", "-o", binary.path}
		if racing() {
			args = append(args, "-race")
		}
		build := exec.Command("go", append(args, ".")...)
		build.Dir = binary.source
		if out, err := build.CombinedOutput(); err != nil {
			binary.err = fmt.Errorf("go build: %w\n%s", err, out)
		}
	})
	return binary.path, binary.err
}

func racing() bool {
	info, _ := debug.ReadBuildInfo()
	return slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// process is a running `loa serve`.
type process struct {
	*town
	base string
	cmd  *exec.Cmd
	said *screen
	over bool
}

// start runs the program on a port of its own and waits until it listens.
func (w *town) start() *process {
	w.Helper()
	path, err := built()
	w.must(err)
	p := &process{town: w, said: &screen{changed: make(chan struct{}, 1)}}
	p.cmd = exec.CommandContext(w.ctx, path, "serve", "--addr", "127.0.0.1:0")
	p.cmd.Stderr = p.said
	out, err := p.cmd.StdoutPipe()
	w.must(err)
	w.must(p.cmd.Start())
	w.Cleanup(func() {
		p.kill()
		if w.Failed() {
			w.Logf("the process on %s said:\n%s", p.base, tail(p.said.text(), 4000))
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = p.cmd.Wait()
		p.over = true
		w.Fatalf("loa serve did not start: %v\n%s", err, p.said.text())
	}
	_, p.base, _ = strings.Cut(strings.TrimSpace(line), " on ")
	return p
}

func tail(text string, most int) string { return text[max(0, len(text)-most):] }

// kill ends it as a power switch does.
func (p *process) kill() {
	if p.over {
		return
	}
	p.over = true
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	if strings.Contains(p.said.text(), "DATA RACE") {
		p.Errorf("the race detector: %s", p.said.text())
	}
}

// stop asks it to end, and waits until it has done so in order.
func (p *process) stop() {
	p.Helper()
	if p.over {
		return
	}
	p.over = true
	p.must(p.cmd.Process.Signal(syscall.SIGTERM))
	if err := p.cmd.Wait(); err != nil {
		p.Errorf("told to stop, it ended with %v", err)
	}
}

// memory notes what the process holds, and held at most.
func (p *process) memory() {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return // no Linux
	}
	var now, most string
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			now = strings.TrimSpace(value)
		}
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			most = strings.TrimSpace(value)
		}
	}
	p.Logf("memory of a process: %s, at most %s (race detector: %v)", now, most, racing())
}
