package admin

import (
	"fmt"
	"net/http"
	"time"
)

const (
	streamBeat = 25 * time.Second // shorter than what proxies wait for
	streamLife = 10 * time.Minute // then the browser comes again, and is asked who it is
)

// events is the live stream of a commune: one server-sent event, named by its
// kind, for each change.
func (v *visit) events() error {
	changes, cancel := v.Changes.Subscribe(v.area())
	defer cancel()
	h := v.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(v.w)
	if _, err := fmt.Fprint(v.w, "retry: 3000\n\n"); err != nil || out.Flush() != nil {
		return nil
	}
	beat := time.NewTicker(streamBeat)
	defer beat.Stop()
	end := time.NewTimer(streamLife)
	defer end.Stop()
	for {
		said := ": alive\n\n"
		select {
		case <-v.ctx().Done():
			return nil
		case <-v.closing:
			return nil
		case <-end.C:
			return nil
		case <-beat.C:
		case c := <-changes:
			said = "event: " + c.Kind + "\ndata: \n\n"
		}
		if _, err := fmt.Fprint(v.w, said); err != nil || out.Flush() != nil {
			return nil
		}
	}
}
