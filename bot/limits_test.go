package bot

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/loa-vn/loa/storage"
)

func TestLocalLimitsInEverySpan(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	now := noon
	l := NewLocalLimits(func() time.Time { return now })
	rate := Rate{Count: 10, Per: time.Second}
	var took []time.Time
	for range 5000 {
		now = now.Add(time.Duration(rnd.IntN(200)) * time.Millisecond)
		n := 1 + rnd.IntN(15)
		got, wait := l.Allow(context.Background(), "k", rate, n)
		if got > n || got < 0 || wait < 0 || wait > rate.Per || (got == n) != (wait == 0) {
			t.Fatalf("asked for %d, got %d, wait %v", n, got, wait)
		}
		for range got {
			took = append(took, now)
		}
		if got < n { // the next comes when it was said to, not before
			now = now.Add(wait - 1)
			if early, _ := l.Allow(context.Background(), "k", rate, 1); early != 0 {
				t.Fatal("early")
			}
			now = now.Add(1)
			if late, _ := l.Allow(context.Background(), "k", rate, 1); late != 1 {
				t.Fatal("late")
			}
			took = append(took, now)
		}
	}
	for i := rate.Count; i < len(took); i++ {
		if span := took[i].Sub(took[i-rate.Count]); span < rate.Per {
			t.Fatalf("%d in %v", rate.Count+1, span)
		}
	}
}

func TestLocalLimitsGiveBack(t *testing.T) {
	ctx, now, rate := context.Background(), noon, Rate{Count: 10, Per: time.Second}
	l := NewLocalLimits(func() time.Time { return now })
	take := func(n, want int) {
		t.Helper()
		if got, _ := l.Allow(ctx, "k", rate, n); got != want {
			t.Fatalf("asked for %d, got %d, want %d", n, got, want)
		}
	}
	l.Return(ctx, "k", rate, 5) // nothing was taken
	take(6, 6)
	now = now.Add(time.Millisecond)
	take(6, 4)
	l.Return(ctx, "k", rate, 5)
	take(10, 5)
	l.Return(ctx, "k", rate, 100)
	take(20, 10)
	if got, wait := l.Allow(ctx, "none", Rate{}, 7); got != 7 || wait != 0 {
		t.Errorf("a zero rate limits: %d, %v", got, wait)
	}
	if l.Degraded() {
		t.Error("alone, nothing is shared")
	}
}

func TestLocalLimitsForgetWhatIsOver(t *testing.T) {
	now := noon
	l := NewLocalLimits(func() time.Time { return now })
	for i := range 100_000 {
		now = now.Add(time.Millisecond)
		l.Allow(context.Background(), fmt.Sprint(i), Rate{Count: 1, Per: time.Second}, 1)
	}
	if n := len(l.spans); n > 3000 {
		t.Errorf("%d keys are remembered", n)
	}
}

func TestLocalLimitsAtOnce(t *testing.T) {
	l := NewLocalLimits(func() time.Time { return noon })
	var mu sync.Mutex
	var wg sync.WaitGroup
	total := 0
	for range 32 {
		wg.Go(func() {
			for range 50 {
				got, _ := l.Allow(context.Background(), "k", Rate{Count: 100, Per: time.Second}, 3)
				mu.Lock()
				total += got
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if total != 100 {
		t.Errorf("got %d", total)
	}
}

func TestPaceForgets(t *testing.T) {
	var p pace
	hash := func(n int) (h storage.Hash) {
		copy(h[:], fmt.Sprint(n))
		return h
	}
	now := noon
	for n := range 20_000 {
		now = now.Add(time.Second)
		p.gave(hash(n), now, 1)
		if p.given(hash(n), now) != 1 || n >= 599 && p.given(hash(n-599), now) != 1 || n >= 600 && p.given(hash(n-600), now) != 0 {
			t.Fatalf("after %d", n)
		}
	}
	if n := len(p.counts) + len(p.before); n > 1200 {
		t.Errorf("%d addresses are remembered", n)
	}
}
