package delivery_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"smtpbot/adapters/delivery"
)

// What is done for one channel keeps its order, even where one thing fails, and
// a channel that has to wait holds back no other.
func TestLanes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := delivery.NewTasks(quiet)
		lanes := delivery.NewLanes(tasks, 10, 100)
		began := time.Now()
		var mu sync.Mutex
		var order []string
		queue := func(channel, what string, takes time.Duration, fault bool) {
			lanes.Queue(channel, func(context.Context) {
				time.Sleep(takes)
				mu.Lock()
				defer mu.Unlock()
				order = append(order, fmt.Sprintf("%s %s after %s", channel, what, time.Since(began)))
				if fault {
					panic(what)
				}
			})
		}
		tasks.Take()
		queue("A", "first", 30*time.Second, true)
		queue("A", "second", 0, false)
		queue("B", "first", time.Second, false)
		queue("B", "second", 0, false)
		tasks.Done()
		tasks.Wait()
		want := []string{"B first after 1s", "B second after 1s", "A first after 30s", "A second after 30s"}
		if diff := cmp.Diff(want, order); diff != "" {
			t.Error(diff)
		}
	})
}

func TestLanesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := delivery.NewTasks(quiet)
		lanes := delivery.NewLanes(tasks, 3, 5)
		hold := make(chan struct{})
		done := 0
		fill := func(channel string, n int) (took int) {
			for range n {
				if lanes.Queue(channel, func(context.Context) { <-hold; done++ }) {
					took++
				}
				synctest.Wait() // the first of a lane is on its way, and does not wait
			}
			return took
		}
		tasks.Take()
		if a, b := fill("A", 10), fill("B", 10); a != 4 || b != 3 {
			t.Errorf("took %d and %d", a, b)
		}
		hold <- struct{}{}
		synctest.Wait()
		if a, b := fill("A", 10), fill("B", 10); a != 1 || b != 0 {
			t.Errorf("took %d and %d where there was room for one", a, b)
		}
		for range 7 {
			hold <- struct{}{}
			synctest.Wait()
		}
		tasks.Done()
		tasks.Wait()
		if done != 8 {
			t.Errorf("%d were done", done)
		}
	})
}

// What waits at a stop is done. Where the time is over, it is told so, so that
// it can give back what it holds.
func TestLanesAtAStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := delivery.NewTasks(quiet)
		lanes := delivery.NewLanes(tasks, 10, 10)
		var ended []bool
		job := func(ctx context.Context) {
			select {
			case <-time.After(4 * time.Second):
			case <-ctx.Done():
			}
			ended = append(ended, ctx.Err() != nil)
		}
		tasks.Take()
		lanes.Queue("A", job)
		time.AfterFunc(time.Second, func() { // what was taken before the stop may say something yet
			lanes.Queue("A", job)
			lanes.Queue("A", job)
			tasks.Done()
		})
		tasks.Drain(7 * time.Second)
		if diff := cmp.Diff([]bool{false, true, true}, ended); diff != "" {
			t.Error(diff)
		}
		if lanes.Queue("A", job) || lanes.Queue("B", job) {
			t.Error("something was queued after the stop")
		}
	})
}
