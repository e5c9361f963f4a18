// Package talks holds the conversations that ship as both sides of a talk,
// played by its test through the turn loop, over a real database, on a plain
// phone and in a chat. Talks in testdata/hand are written by hand and never
// rewritten; the others are, by go test ./bot/talks -update.
package talks
