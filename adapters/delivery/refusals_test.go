package delivery_test

import (
	"testing"
	"testing/synctest"
	"time"

	"smtpbot/adapters/delivery"
)

// What refuses is left alone for an hour, which is new once.
func TestRefusals(t *testing.T) {
	type key struct{ channel, of string }
	here, there := key{"C1", "messages"}, key{"C1", "reactions"}
	synctest.Test(t, func(t *testing.T) {
		r := delivery.NewRefusals[key]()
		if r.Alone(here) || !r.LeaveAlone(here) || r.LeaveAlone(here) || !r.Alone(here) || r.Alone(there) {
			t.Error("not left alone, or not that alone, or not new once")
		}
		time.Sleep(delivery.AloneFor - time.Second)
		if !r.Alone(here) || r.LeaveAlone(here) {
			t.Error("asked too early")
		}
		time.Sleep(time.Second)
		if r.Alone(here) || !r.LeaveAlone(here) {
			t.Error("left alone for too long")
		}
		time.Sleep(delivery.AloneFor)
		if !r.LeaveAlone(here) { // without a look whether it is over
			t.Error("a second refusal is not new")
		}
		if r.Welcome(here); r.Alone(here) || !r.LeaveAlone(here) {
			t.Error("welcome, and left alone")
		}
	})
}

func TestRefusalsAreBounded(t *testing.T) {
	const many = 5000
	r := delivery.NewRefusals[int]()
	for i := range many {
		r.LeaveAlone(i)
	}
	kept := 0
	for i := range many {
		if r.Alone(i) {
			kept++
		}
	}
	if kept != 4096 || !r.Alone(many-1) {
		t.Errorf("%d are kept", kept)
	}
}
