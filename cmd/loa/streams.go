package main

import "io"

// streams are the standard ones, or a test's.
type streams struct {
	in       io.Reader
	out, err io.Writer
}
