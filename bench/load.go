package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio signs with HMAC-SHA1
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// target is a server under load.
type target struct {
	base string
	http *http.Client
	// answers says that every message must get a reply.
	answers bool
}

func newTarget(base string, connections int, answers bool) *target {
	transport := &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true}
	return &target{base: base, answers: answers, http: &http.Client{Transport: transport, Timeout: 30 * time.Second}}
}

// texts are what people write, roughly as often as they do: the first half
// ask for prices.
var texts = []string{
	"gia ca phe", "gia tieu hnay", "cf bn 1kg", "gia ca phe dak mil", "gia tieu gia nghia bn",
	"1d 2k 3d", "dy het tru 4", "1d 2d 5k ut 5 1", "muc 3", "kk tieu nha toi chet nhanh ca vuon",
}

// load sends signed messages over every connection for the length of a run.
func (t *target) load(ctx context.Context, o options, run int) (result, error) {
	ctx, cancel := context.WithTimeout(ctx, o.run)
	defer cancel()
	said := texts
	if o.prices {
		said = texts[:len(texts)/2]
	}
	started := time.Now()
	results := make([]result, o.connections)
	var wg sync.WaitGroup
	for c := range o.connections {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(run), uint64(c)))
			for n := 0; ctx.Err() == nil; n++ {
				person := c + o.connections*r.IntN(max(1, o.people/o.connections))
				results[c].add(t.send(context.WithoutCancel(ctx), message(person, fmt.Sprintf("%d-%d-%d", run, c, n), said[r.IntN(len(said))])))
			}
		})
	}
	wg.Wait()
	total := result{length: time.Since(started)}
	for _, r := range results {
		total.took = append(total.took, r.took...)
		total.errs = append(total.errs, r.errs...)
	}
	slices.Sort(total.took)
	if len(total.errs) > 0 {
		return total, fmt.Errorf("%d of %d requests failed, the first: %w", len(total.errs), len(total.took)+len(total.errs), total.errs[0])
	}
	return total, nil
}

// warmUp registers everyone who will write, with consent, so that the runs
// are those of a commune in use.
func (t *target) warmUp(ctx context.Context, o options) error {
	var wg sync.WaitGroup
	failed := make(chan error, o.connections)
	for c := range o.connections {
		wg.Go(func() {
			for person := c; person < o.people; person += o.connections {
				for i, text := range []string{"dk thon 1", "1", "dy het", "bo qua"} {
					if _, err := t.send(ctx, message(person, fmt.Sprintf("w%d-%d", person, i), text)); err != nil {
						failed <- err
						return
					}
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	return <-failed
}

func (t *target) send(ctx context.Context, form url.Values) (time.Duration, error) {
	body := form.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.base+smsPath, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("X-Twilio-Signature", sign(form))
	started := time.Now()
	response, err := t.http.Do(request)
	if err != nil {
		return 0, err
	}
	answer, err := io.ReadAll(response.Body)
	took := time.Since(started)
	response.Body.Close()
	switch {
	case err != nil:
		return 0, err
	case response.StatusCode != http.StatusOK:
		return 0, fmt.Errorf("%s: %s", response.Status, answer)
	case t.answers && !bytes.Contains(answer, []byte("<Message>")):
		return 0, fmt.Errorf("no reply to %q", form.Get("Body"))
	}
	return took, nil
}

func message(person int, id, text string) url.Values {
	return url.Values{
		"MessageSid": {"SM" + id}, "SmsSid": {"SM" + id}, "AccountSid": {accountSID}, "ApiVersion": {"2010-04-01"},
		"From": {fmt.Sprintf("+8490%07d", person)}, "To": {"+15005550006"}, "FromCountry": {"VN"}, "ToCountry": {"US"},
		"Body": {text}, "NumMedia": {"0"}, "NumSegments": {"1"}, "SmsStatus": {"received"},
	}
}

func sign(form url.Values) string {
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	mac := hmac.New(sha1.New, []byte(authToken))
	io.WriteString(mac, publicURL+smsPath)
	for _, name := range names {
		io.WriteString(mac, name)
		io.WriteString(mac, form.Get(name))
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// result is a run's outcome.
type result struct {
	took   []time.Duration // sorted, of the requests that were answered
	errs   []error
	length time.Duration
}

func (r *result) add(took time.Duration, err error) {
	if err != nil {
		r.errs = append(r.errs, err)
		return
	}
	r.took = append(r.took, took)
}

func (r result) rate() float64 { return float64(len(r.took)) / r.length.Seconds() }

func (r result) percentile(p int) time.Duration {
	if len(r.took) == 0 {
		return 0
	}
	return r.took[min(len(r.took)-1, len(r.took)*p/100)]
}

func (r result) print(run int, who string) {
	ms := func(p int) float64 { return float64(r.percentile(p).Microseconds()) / 1000 }
	fmt.Printf("%-6d %-5s %10.0f %9.1f %9.1f %9.1f\n", run, who, r.rate(), ms(50), ms(95), ms(99))
}
