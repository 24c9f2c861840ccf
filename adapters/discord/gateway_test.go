package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot/store/memory"
)

func TestIntents(t *testing.T) {
	r := start(t)
	want := discordtest.IntentGuilds | discordtest.IntentGuildMessages | discordtest.IntentDirectMessages | discordtest.IntentMessageContent
	if got := r.discord.Intents(); got != want {
		t.Errorf("intents %b, want %b", got, want)
	}
}

// A broken line: what was written meanwhile is answered after the resume, and
// what was answered before is not answered again.
func TestCutIsResumed(t *testing.T) {
	for name, cut := range map[string]func(*discordtest.Server){
		"cut": (*discordtest.Server).Cut,
		"op7": (*discordtest.Server).Reconnect,
		"4000": func(s *discordtest.Server) {
			s.Close(4000) // https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t)
			before := r.discord.Post(discordtest.Message{Content: pasted})
			r.discord.AwaitSent(before.ChannelID, 1)
			cut(r.discord)
			during := r.discord.Post(discordtest.Message{Content: pasted})
			r.discord.AwaitSent(during.ChannelID, 1)
			r.await("Ready", func() bool { return r.adapter.Ready() == nil })
			after := r.discord.Post(discordtest.Message{Content: pasted})
			r.discord.AwaitSent(after.ChannelID, 1)
			r.settled("MESSAGE_CREATE", 6)
			if n := len(r.discord.Sent("")); n != 3 {
				t.Errorf("%d answers, want 3", n)
			}
			identified, resumed := r.discord.Sessions()
			if identified != 1 || resumed == 0 {
				t.Errorf("%d sessions begun, %d resumed", identified, resumed)
			}
		})
	}
}

// A session that Discord forgot is begun anew.
func TestForgottenSession(t *testing.T) {
	r := start(t)
	r.discord.Forget()
	r.discord.Cut()
	r.discord.Await("a second session", func() bool { n, _ := r.discord.Sessions(); return n == 2 && r.discord.Connected() })
	r.await("Ready", func() bool { return r.adapter.Ready() == nil })
	m := r.discord.Post(discordtest.Message{Content: pasted})
	r.discord.AwaitSent(m.ChannelID, 1)
}

// After an invalid session the refusal of the next one comes when discordgo
// calls the session open already, and tells nobody.
func TestRefusedAfterInvalidSession(t *testing.T) {
	t.Parallel()
	r := newRig(t, discordtest.New(t), memory.New())
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() { ended <- r.adapter.Run(ctx) }()
	r.ready()
	r.discord.Forget()
	r.discord.Refuse(4014, 4014)
	r.discord.Cut()
	expectEnd(t, ended, "Message Content Intent")
}

func expectEnd(t *testing.T, ended chan error, want string) {
	t.Helper()
	select {
	case err := <-ended:
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Run: %v, want one that names %q", err, want)
		}
	case <-time.After(15 * time.Second):
		t.Error("Run goes on")
	}
}

func TestFatalCloseCodes(t *testing.T) {
	for code, want := range map[int]string{
		4004: "DISCORD_BOT_TOKEN", 4010: "4010", 4011: "servers", 4012: "update", 4013: "update", 4014: "Message Content Intent",
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := discordtest.New(t)
			s.Refuse(code)
			r := newRig(t, s, memory.New())
			ended := make(chan error, 1)
			go func() { ended <- r.adapter.Run(context.Background()) }()
			expectEnd(t, ended, want)
			if err := r.adapter.Ready(); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("Ready: %v", err)
			}
			if n, _ := s.Sessions(); n != 1 {
				t.Errorf("%d attempts", n)
			}
		})
	}
}

func TestContentNotAllowed(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, func(s *discordtest.Server) { s.AllowsContent = false })
	r := newRig(t, s, memory.New())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(context.Background()) }()
	expectEnd(t, ended, "Message Content Intent")
}

func TestWrongToken(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	r := newRig(t, s, memory.New())
	r.adapter.config.Token = "wrong"
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(context.Background()) }()
	expectEnd(t, ended, "DISCORD_BOT_TOKEN")
	if strings.Contains(r.log.String(), "wrong") {
		t.Error("the token is in the log")
	}
}

// The process starts while Discord is out of reach, and mends itself.
func TestStartWhileDown(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	s.Down(true)
	r := newRig(t, s, memory.New())
	if err := r.adapter.Ready(); err == nil {
		t.Error("ready before it runs")
	}
	r.run()
	r.await("a reason", func() bool {
		err := r.adapter.Ready()
		return err != nil && strings.Contains(err.Error(), "not connected to discord: ")
	})
	s.Down(false)
	r.ready()
	m := s.Post(discordtest.Message{Content: pasted})
	s.AwaitSent(m.ChannelID, 1)
}

func TestGoesDownAndComesBack(t *testing.T) {
	r := start(t)
	r.discord.Down(true)
	r.await("trouble", func() bool { return r.adapter.Ready() != nil })
	m := r.discord.Post(discordtest.Message{Content: pasted})
	r.discord.Down(false)
	r.discord.AwaitSent(m.ChannelID, 1)
}

// discordgo alone would wait for ever, and hold the session's lock.
func TestNoHello(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	s.Silent(1)
	r := newRig(t, s, memory.New())
	r.adapter.openWithin = 200 * time.Millisecond
	r.run()
	r.ready()
}

// A line that is dead without having been closed. discordgo sees it too, after
// five beats, but then says goodbye in a way that ends the session.
func TestNoHeartbeatAnswers(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, func(s *discordtest.Server) { s.HeartbeatMS = 500 })
	r := newRig(t, s, memory.New())
	r.adapter.quietAtMost = 800 * time.Millisecond
	r.run()
	r.ready()
	s.Mute(true)
	s.Await("a resume", func() bool { _, resumed := s.Sessions(); return resumed > 0 })
	s.Mute(false)
	r.await("Ready", func() bool { return r.adapter.Ready() == nil })
	if identified, _ := s.Sessions(); identified != 1 {
		t.Errorf("%d sessions begun: the dead one was not resumed", identified)
	}
}

// A minute of writes without a pause.
func TestWritesArePaced(t *testing.T) {
	t.Parallel()
	l := &line{}
	start := time.Now()
	now, quick, all := start, 0, 0
	for now.Sub(start) < time.Minute {
		wait := l.turn(now)
		if wait == 0 && all == quick {
			quick++
		}
		all++
		now = now.Add(wait)
	}
	if quick != writeBurst || all > 60 {
		t.Errorf("%d writes at once, %d in a minute", quick, all)
	}
	if wait := l.turn(now.Add(time.Hour)); wait != 0 {
		t.Errorf("%s after an hour of silence", wait)
	}
}

func TestStopsWhileDown(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	s.Down(true)
	r := newRig(t, s, memory.New())
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(ctx) }()
	r.await("trouble", func() bool { return r.adapter.Ready() != nil })
	began := time.Now()
	stop()
	if err := <-ended; err != nil || time.Since(began) > 5*time.Second {
		t.Errorf("ended after %s with %v", time.Since(began), err)
	}
}

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
	if names, writes := s.Commands(); writes != 1 || len(names) != 2 {
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
