// Package conformance is the contract of storage.Store as tests. An engine
// proves itself with one call:
//
//	func TestStore(t *testing.T) {
//		conformance.Run(t, func(t *testing.T) storage.Store { … })
//	}
//
// The tests live in a time of their own (see base): an engine that asks the
// wall clock for anything but Change.At does not pass.
package conformance

import (
	"testing"

	"github.com/loa-vn/loa/storage"
)

// Run holds an engine to every promise of storage.Store. Each promise gets a
// fresh and empty store from open, which also closes it when its test ends.
func Run(t *testing.T, open func(t *testing.T) storage.Store) {
	for _, subject := range []struct {
		name     string
		promises []promise
	}{
		{"turns", turns},
		{"rounds", rounds},
		{"race", races},
		{"erase", erasure},
		{"outbox", outbox},
		{"world", world},
		{"desk", desk},
		{"words", words},
		{"market", prices},
		{"planning", plans},
		{"placing", placing},
		{"tally", tallies},
		{"concerns", concerns},
		{"leaks", leaks},
		{"backup", backups},
	} {
		t.Run(subject.name, func(t *testing.T) {
			for _, p := range subject.promises {
				t.Run(p.name, func(t *testing.T) { p.holds(newScene(t, open(t))) })
			}
		})
	}
}

// promise is one sentence of the contract and how it is tried.
type promise struct {
	name  string
	holds func(s *scene)
}
