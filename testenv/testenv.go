// Package testenv gives a test its own corner of the real services that
// ./scripts/test provides: a PostgreSQL schema, a Redis database, a browser.
//
// The services are named by the environment:
//
//	LOA_TEST_POSTGRES_URL  postgres://… of a database in which schemas may be created
//	LOA_TEST_REDIS_URL     redis://… of a server whose databases may be used
//	LOA_TEST_CHROMIUM      the path of a Chromium
//	LOA_TEST_TWILIO_URL    Twilio's API description, served as a mock that validates
//	LOA_TEST_TELEGRAM_URL  a stand-in for Telegram's servers
//
// Without its service a test is skipped and says what was left out; with
// LOA_TEST_ALL=1, which ./scripts/test sets, it fails instead. So plain
// `go test ./...` passes with only Go, and nothing is ever skipped in silence.
//
// Only tests import testenv, and the packages that are tests themselves, like
// storage/conformance.
package testenv

import (
	"os"
	"testing"
	"time"
)

// patience bounds what testenv itself asks of a service.
const patience = 30 * time.Second

// Chromium returns the path of a browser. Tests that drive it are better served by
// testenv/browser, which knows how to start it.
func Chromium(t testing.TB) string {
	t.Helper()
	return named(t, "LOA_TEST_CHROMIUM", "a Chromium", "./scripts/test")
}

// Twilio returns the base URL, without a trailing slash, of a server that answers as
// Twilio's own API description says and rejects requests that break it. Account SIDs
// must look like AC and 32 hex digits. Tests that need it are named TestThirdParty….
func Twilio(t testing.TB) string {
	t.Helper()
	return named(t, "LOA_TEST_TWILIO_URL", "Twilio's API description", "./scripts/third-party")
}

// Telegram returns the base URL, without a trailing slash, of a stand-in for
// Telegram's servers. It does not read multipart bodies and validates little. Tests
// that need it are named TestThirdParty….
func Telegram(t testing.TB) string {
	t.Helper()
	return named(t, "LOA_TEST_TELEGRAM_URL", "the Telegram stand-in", "./scripts/third-party")
}

// named returns the value of a variable. When it is empty, the test is skipped, or
// fails where nothing may be left out.
func named(t testing.TB, variable, what, provider string) string {
	t.Helper()
	value := os.Getenv(variable)
	if value != "" {
		return value
	}
	if os.Getenv("LOA_TEST_ALL") == "1" {
		t.Fatalf("nothing may be left out (LOA_TEST_ALL=1), but %s is empty: this test needs %s, as %s provides it", variable, what, provider)
	}
	t.Skipf("left out: needs %s; run it with %s, or name one in %s", what, provider, variable)
	return ""
}
