package discord

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func answer(status int, headers ...string) httpAnswer {
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return httpAnswer{status, h}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	l := newLimits(quiet())
	expect := func(what, bucket string, want time.Duration) {
		t.Helper()
		if got, err := l.wait(bucket, false, now); got != want || err != nil {
			t.Errorf("%s: %s, %v, want %s", what, got, err, want)
		}
	}
	expect("unknown", "a", 0)
	l.learn("a", answer(200, "X-RateLimit-Remaining", "1", "X-RateLimit-Reset-After", "2.5"), now)
	expect("one left", "a", 0)
	expect("none left", "a", 2500*time.Millisecond)
	expect("another", "b", 0)
	now = now.Add(3 * time.Second)
	expect("later", "a", 0)
	l.learn("a", answer(429, "Retry-After", "4", "X-RateLimit-Scope", "user"), now)
	expect("limited", "a", 4*time.Second)
	expect("another", "b", 0)
	l.learn("a", answer(429, "Retry-After", "7", "X-RateLimit-Scope", "global", "X-RateLimit-Global", "true"), now)
	expect("all", "b", 7*time.Second)
	if wait, err := l.wait("callback 1", true, now); wait != 0 || err != nil {
		t.Errorf("a callback waits %s", wait)
	}
	now = now.Add(10 * time.Second)
	for range perSecond {
		expect("so many in a second", "c", 0)
	}
	expect("one more", "c", time.Second)
}

// Who is refused again and again asks no more, until that is over. What others
// used up does not count.
func TestRefusalsAreBounded(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	l := newLimits(quiet())
	for i := range maxRefusals {
		if _, err := l.wait(fmt.Sprint(i), false, now); err != nil {
			t.Fatalf("after %d: %v", i, err)
		}
		l.learn("", answer(429, "X-RateLimit-Scope", "shared", "Retry-After", "0"), now)
		l.learn("", answer([]int{401, 403, 429}[i%3]), now)
		now = now.Add(200 * time.Millisecond)
	}
	if _, err := l.wait("x", false, now); err == nil {
		t.Error("goes on")
	}
	if _, err := l.wait("callback 1", true, now); err != nil {
		t.Error("interactions are not answered any more")
	}
	now = now.Add(10 * time.Minute)
	if _, err := l.wait("x", false, now); err != nil {
		t.Error(err)
	}
}

// No bucket is kept for ever.
func TestBucketsAreForgotten(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	l := newLimits(quiet())
	for i := range 10 * sweepAt {
		now = now.Add(100 * time.Millisecond)
		l.learn(fmt.Sprint(i), answer(200, "X-RateLimit-Remaining", "4", "X-RateLimit-Reset-After", "1"), now)
		if len(l.buckets) > sweepAt+1 {
			t.Fatalf("%d buckets", len(l.buckets))
		}
	}
}
