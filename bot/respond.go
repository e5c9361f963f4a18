package bot

import (
	"errors"
	"net/http"
	"strconv"
)

// Respond writes a webhook's whole response. nil means that the network took
// it: replies in it may be said to be Written.
func Respond(w http.ResponseWriter, contentType string, body []byte) error {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if _, err := w.Write(body); err != nil {
		return err
	}
	if err := http.NewResponseController(w).Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}
