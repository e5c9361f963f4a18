// Package library is the conversations that ship: one YAML file each, in
// Vietnamese and English. What a flow may look like is told in package flows.
package library

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml
var files embed.FS

// Files are the flows, at the root.
func Files() fs.FS { return files }
