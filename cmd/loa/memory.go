package main

import (
	"os"
	"runtime/debug"
)

// A turn leaves little behind that lives on, so the collector may work less
// often than it does by default, within what a small machine has to spare.
// GOGC and GOMEMLIMIT overrule it.
const (
	garbagePercent = 400
	memoryGoal     = 192 << 20
)

func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryGoal)
	}
}
