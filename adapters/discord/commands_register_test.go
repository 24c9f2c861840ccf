package discord

import (
	"context"
	"testing"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot/store/memory"
)

func TestCommandsAreWrittenOnce(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	for i := range 2 {
		r := newRig(t, s, memory.New())
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- r.adapter.Run(ctx) }()
		r.ready()
		s.Await("a look at the commands, and what follows from it", func() bool {
			_, writes := s.Commands()
			return s.Requests("GET /applications/{}/commands") > i && writes > 0
		})
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if names, writes := s.Commands(); writes != 1 || len(names) != 4 {
		t.Errorf("%v written %d times", names, writes)
	}
	if n := s.Requests("GET /applications/{}/commands"); n != 2 {
		t.Errorf("%d looks", n)
	}
}

// Registering goes on until it is done.
func TestRegisteringRetries(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	s.Fail(2, "GET", "/applications/@me$", 500, "oops", nil)
	s.Fail(1, "PUT", "/commands$", 403, `{"code": 50001, "message": "Missing Access"}`, nil)
	r := newRig(t, s, memory.New())
	r.run()
	r.ready()
}
