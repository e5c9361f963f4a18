package admin

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"time"
)

//go:embed static
var staticFiles embed.FS

// assets are the static files, by name and under the address that changes
// with their content.
type assets struct {
	address map[string]string // "console.css" → "/static/console.1a2b3c4d5e.css"
	content map[string][]byte // by the last part of the address
}

func loadAssets() (assets, error) {
	a := assets{address: map[string]string{}, content: map[string][]byte{}}
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		return a, err
	}
	for _, e := range entries {
		content, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			return a, err
		}
		sum := sha256.Sum256(content)
		ext := path.Ext(e.Name())
		name := e.Name()[:len(e.Name())-len(ext)] + "." + hex.EncodeToString(sum[:5]) + ext
		a.address[e.Name()] = "/static/" + name
		a.content[name] = content
	}
	return a, nil
}

// ServeHTTP serves a file under its current address, to be kept for ever.
func (a assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	content, ok := a.content[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
