package adaptertest

import (
	"testing"
	"time"
)

// Await waits for what no event announces. Where it never holds, the test ends,
// and says how things are.
func Await(t testing.TB, what string, holds func() bool, state func() string) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s\n%s", what, state())
		}
	}
}
