package delivery_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"smtpbot/adapters/delivery"
)

var quiet = slog.New(slog.DiscardHandler)

// A stop waits for what was taken and for what belongs to it, and takes no more.
func TestDrain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := delivery.NewTasks(quiet)
		began := time.Now()
		tasks.Take()
		var ended error
		more := false
		go func() {
			time.Sleep(time.Second)
			more = tasks.Go(func(ctx context.Context) {
				time.Sleep(2 * time.Second)
				ended = ctx.Err()
			})
			tasks.Done()
		}()
		drained := make(chan struct{})
		go func() { tasks.Drain(7 * time.Second); close(drained) }()
		synctest.Wait()
		if tasks.Take() || tasks.Idle() {
			t.Error("something is taken during a stop, or nothing is left")
		}
		<-drained
		if d := time.Since(began); d != 3*time.Second || !more || ended != nil {
			t.Errorf("after %s; more was begun: %t; ended: %v", d, more, ended)
		}
		if tasks.Take() || tasks.Go(func(context.Context) { t.Error("done") }) || tasks.Context().Err() == nil || !tasks.Idle() {
			t.Error("it goes on after the stop")
		}
	})
}

// What is too slow is told to end, and waited for.
func TestDrainEndsWhatIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := delivery.NewTasks(quiet)
		tasks.Take()
		began, finished := time.Now(), false
		tasks.Go(func(ctx context.Context) {
			<-ctx.Done()
			time.Sleep(time.Second)
			finished = true
		})
		tasks.Done()
		tasks.Drain(7 * time.Second)
		if d := time.Since(began); d != 8*time.Second || !finished {
			t.Errorf("after %s, finished %t", d, finished)
		}
	})
}

func TestEvery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tasks := delivery.NewTasks(quiet)
		ctx, stop := context.WithTimeout(t.Context(), 35*time.Second)
		defer stop()
		times := 0
		tasks.Every(ctx, 10*time.Second, func(context.Context) {
			if times++; tasks.Idle() {
				t.Error("a stop would not wait")
			}
			panic("ends nothing")
		})
		if times != 4 || !tasks.Idle() {
			t.Errorf("done %d times", times)
		}
		tasks.Drain(time.Second)
		tasks.Every(t.Context(), time.Second, func(context.Context) { t.Error("done after the stop") })
	})
}

func TestSlots(t *testing.T) {
	slots := delivery.NewSlots(2)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for range 2 {
		if !slots.Enter(t.Context()) {
			t.Error("there are not two of two slots")
		}
	}
	if slots.Enter(over) {
		t.Error("there is a third of two slots")
	}
	if slots.Leave(); !slots.Enter(t.Context()) {
		t.Error("a slot that was given back is lost")
	}
}

// What set a fault off may hold a message, and stays out of the log. Where it
// came from and the runtime's own words do not.
func TestGuard(t *testing.T) {
	var none []int
	for _, row := range []struct {
		name   string
		f      func()
		ok     bool
		logged string
	}{
		{"none", func() {}, true, ""},
		{"words", func() { panic("secret") }, false, "fault=string"},
		{"an error", func() { panic(errors.New("secret")) }, false, "fault=*errors.errorString"},
		{"the runtime's", func() { _ = none[len("secret")] }, false, "index out of range [6]"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var log bytes.Buffer
			ok := delivery.Guard(slog.New(slog.NewTextHandler(&log, nil)), "here", row.f)
			got := log.String()
			if ok != row.ok || !strings.Contains(got, row.logged) || strings.Contains(got, "secret") {
				t.Errorf("%t, logged %s", ok, got)
			}
			if !ok && (!strings.Contains(got, "in=here") || !strings.Contains(got, "tasks_test.go")) {
				t.Errorf("logged %s", got)
			}
		})
	}
}
