package loa_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/loa-vn/loa"

// room is a folder with all below it that has no room of its own, and what of ours it
// may import. "x" names one package, "x/..." also all below it.
type room struct {
	folder string
	from   []string
	// never are packages of anyone that the room keeps out: its rules get time, chance
	// and the outside handed in.
	never []string
}

// outside is what rules do not reach for themselves.
var outside = []string{"net", "net/http", "database/sql", "os", "os/exec", "math/rand", "math/rand/v2", "crypto/rand", "log/slog"}

// rooms is the design's "who may import whom". A folder without a room is a failure:
// a new one is decided on, here and in the design.
var rooms = []room{
	{folder: "flows", from: []string{"flows/understand"}, never: outside},
	{folder: "flows/library", from: []string{"flows", "flows/understand"}, never: outside},
	{folder: "flows/understand", never: outside},
	{folder: "flows/understand/overlay", from: []string{"flows/understand"}, never: outside},
	{folder: "flows/understand/examples", from: []string{"flows/understand"}, never: outside},
	{folder: "flows/talk"},
	{folder: "market", never: outside},
	{folder: "planning", never: outside},
	{folder: "bot/sms", never: outside},
	{folder: "bot/policy", never: outside},

	{folder: "storage", from: []string{"market", "planning"}},
	{folder: "storage/sqlite", from: []string{"storage", "market", "planning"}},
	{folder: "storage/postgres", from: []string{"storage", "market", "planning"}},
	{folder: "storage/redis", from: []string{"storage", "market", "planning"}},
	{folder: "storage/conformance", from: []string{"storage", "market", "planning", "testenv"}},

	{folder: "bot", from: []string{"bot/...", "flows/...", "market", "planning", "storage"}},
	{folder: "bot/channeltest", from: []string{"bot/...", "flows/...", "market", "planning", "storage", "storage/sqlite", "testenv"}},
	{folder: "admin", from: []string{"admin/...", "bot/sms", "bot/policy", "flows/...", "market", "planning", "storage"}},

	{folder: "cmd", from: []string{"cmd/...", "bot/...", "admin/...", "flows/...", "market", "planning", "storage/..."}},

	{folder: "bench"}, // measures the program from outside
	{folder: "scripts/screenshots"},

	{folder: "testenv"},
	{folder: "testenv/browser", from: []string{"testenv"}},
}

// forTests is what tests of any room may import besides: the services, the contracts
// as test suites, and the talks that tests play.
var forTests = []string{"testenv/...", "storage/conformance", "bot/channeltest", "flows/talk"}

// engines are real storage for the tests of those who use it.
var engines = []string{"storage/sqlite", "storage/postgres", "storage/redis"}

// onEngines are the rooms whose tests play on real storage.
var onEngines = []string{"bot", "admin", "storage"}

// vague names do not say what something is about.
var vague = []string{"util", "utils", "common", "helper", "helpers", "misc"}

// TestWalls holds who may import whom.
func TestWalls(t *testing.T) {
	eachGoFile(t, func(file string) {
		folder := path.Dir(file)
		isTest := strings.HasSuffix(file, "_test.go")
		if folder == "." {
			if !isTest {
				t.Errorf("%s: the root folder holds no program, only tests of the whole", file)
			}
			return
		}
		room, ok := roomOf(folder)
		if !ok {
			t.Errorf("%s: %s has no place in walls_test.go: decide what it may import", file, folder)
			return
		}
		for _, imported := range importsOf(t, file) {
			ours, isOurs := strings.CutPrefix(imported, module+"/")
			switch {
			case !isOurs && slices.Contains(room.never, imported) && !isTest:
				t.Errorf("%s imports %s: %s gets time, chance and the outside handed in", file, imported, room.folder)
			case isOurs && !mayImport(room, folder, ours, isTest):
				t.Errorf("%s imports %s: %s may import %s", file, ours, room.folder, allowed(room))
			}
		}
	})
}

// TestNames holds that a name says what something is about.
func TestNames(t *testing.T) {
	eachGoFile(t, func(file string) {
		name := strings.TrimSuffix(strings.TrimSuffix(path.Base(file), ".go"), "_test")
		if slices.Contains(vague, name) {
			t.Errorf("%s: a file's name says what is in it", file)
		}
		for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
			if slices.Contains(vague, path.Base(folder)) {
				t.Errorf("%s: %s does not say what the package is about", file, folder)
			}
		}
	})
}

func roomOf(folder string) (room, bool) {
	for ; folder != "."; folder = path.Dir(folder) {
		for _, room := range rooms {
			if room.folder == folder {
				return room, true
			}
		}
	}
	return room{}, false
}

func mayImport(room room, folder, imported string, isTest bool) bool {
	if imported == folder { // an outside test of the package itself
		return true
	}
	if slices.Contains(room.from, imported) {
		return true
	}
	// However wide a room's door is, suites for tests stay with tests.
	if matches(room.from, imported) && (isTest || !matches(forTests, imported)) {
		return true
	}
	if !isTest {
		return false
	}
	return matches(forTests, imported) ||
		matches(engines, imported) && slices.Contains(onEngines, strings.Split(folder, "/")[0])
}

func matches(patterns []string, imported string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		above, all := strings.CutSuffix(pattern, "/...")
		return imported == above || all && strings.HasPrefix(imported, above+"/")
	})
}

func allowed(room room) string {
	if len(room.from) == 0 {
		return "nothing of ours"
	}
	return "only " + strings.Join(room.from, ", ")
}

func importsOf(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, imported)
	}
	return paths
}

// eachGoFile calls visit with the slash-separated path of every Go file of the project.
func eachGoFile(t *testing.T, visit func(file string)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && file != "." && (strings.HasPrefix(entry.Name(), ".") ||
			strings.HasPrefix(entry.Name(), "_") || entry.Name() == "testdata" || entry.Name() == "node_modules"):
			return filepath.SkipDir
		case !entry.IsDir() && strings.HasSuffix(file, ".go"):
			seen++
			visit(filepath.ToSlash(file))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Fatalf("only %d Go files were found: is this run in the project's root?", seen)
	}
}

// TestWallsCatch shows that the rules above say no to what they are there for.
func TestWallsCatch(t *testing.T) {
	cases := []struct {
		folder, imported string
		isTest, want     bool
	}{
		{"flows", "flows/understand", false, true},
		{"flows", "market", false, false},
		{"flows/understand", "flows", false, false},
		{"flows/library", "flows", false, true},
		{"market", "planning", true, false},
		{"bot/sms", "bot", false, false},
		{"bot/policy", "storage", true, false},
		{"storage", "market", false, true},
		{"storage", "bot", false, false},
		{"storage/postgres", "storage/sqlite", false, false},
		{"storage/postgres", "storage/conformance", true, true},
		{"storage/postgres", "storage/conformance", false, false},
		{"bot", "admin", true, false},
		{"bot", "storage/sqlite", false, false},
		{"bot", "storage/sqlite", true, true},
		{"bot", "bot/channeltest", false, false},
		{"bot/telegram", "bot/channeltest", true, true},
		{"bot/actions", "flows/talk", false, false},
		{"flows", "flows/talk", true, true},
		{"bot/actions", "planning", false, true},
		{"admin", "bot/sms", false, true},
		{"admin", "bot", true, false},
		{"admin/report", "planning", false, true},
		{"bot/twilio", "cmd/loa", true, false},
		{"cmd/loa", "storage/postgres", false, true},
		{"cmd/loa", "cmd/loa/sample", false, true},
		{"cmd/loa", "testenv", false, false},
		{"cmd/loa", "testenv/browser", true, true},
	}
	for _, c := range cases {
		room, ok := roomOf(c.folder)
		if !ok {
			t.Fatalf("%s has no room", c.folder)
		}
		if got := mayImport(room, c.folder, c.imported, c.isTest); got != c.want {
			t.Errorf("%s imports %s (test: %v): %v, want %v", c.folder, c.imported, c.isTest, got, c.want)
		}
	}
}
