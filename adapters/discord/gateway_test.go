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
	want := discordtest.IntentGuilds | discordtest.IntentGuildMessages | 1<<10 | discordtest.IntentDirectMessages | discordtest.IntentMessageContent
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

func TestRefusedAfterInvalidSession(t *testing.T) {
	t.Parallel()
	r := newRig(t, discordtest.New(t), memory.New())
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() { ended <- r.adapter.Run(ctx) }()
	r.ready()
	r.discord.Forget()
	r.discord.Refuse(4013)
	r.discord.Cut()
	expectEnd(t, ended, "update smtpbot")
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
		4004: "DISCORD_BOT_TOKEN", 4010: "DISCORD_SHARDS", 4011: "DISCORD_SHARDS", 4012: "update", 4013: "update",
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			t.Parallel()
			s := discordtest.New(t)
			s.Refuse(code)
			r := newRig(t, s, memory.New())
			r.adapter.config.Shards = Shards{0, 0, 1}
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

// Without leave to read messages the bot says so, and does all else.
func TestContentNotAllowed(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, func(s *discordtest.Server) { s.AllowsContent = false })
	r := newRig(t, s, memory.New())
	r.run()
	r.ready()
	if !strings.Contains(r.adapter.Notice(), "Message Content Intent") {
		t.Errorf("Notice: %q", r.adapter.Notice())
	}
	if s.Intents() != int(intents)&^discordtest.IntentMessageContent {
		t.Errorf("intents %b", s.Intents())
	}
	unread := s.Post(discordtest.Message{Content: pasted})
	mention := s.Post(discordtest.Message{Content: "<@" + s.BotID + "> 450 vs 550"})
	s.AwaitSent(mention.ChannelID, 1)
	direct := s.Post(discordtest.Message{GuildID: "-", Content: pasted})
	s.AwaitSent(direct.ChannelID, 1)
	s.Forget()
	s.Cut()
	s.Await("a new session", func() bool { n, _ := s.Sessions(); return n == 3 && s.Connected() })
	if n := len(s.Sent(unread.ChannelID)); n > 0 {
		t.Errorf("%d answers to what cannot be read", n)
	}
	if n := strings.Count(r.log.String(), "Message Content Intent"); n != 1 {
		t.Errorf("said %d times", n)
	}
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

func TestNoHello(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	s.Silent(1)
	r := newRig(t, s, memory.New())
	r.adapter.openWithin = 200 * time.Millisecond
	r.run()
	r.ready()
}

// A line that is dead without having been closed: the session goes on elsewhere.
func TestDeadLine(t *testing.T) {
	for name, kill := range map[string]func(*discordtest.Server){
		"no answer to heartbeats": func(s *discordtest.Server) { s.Mute(true) },
		"half open":               (*discordtest.Server).Freeze,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := discordtest.New(t, func(s *discordtest.Server) { s.HeartbeatMS = 200 })
			r := newRig(t, s, memory.New())
			r.run()
			r.ready()
			kill(s)
			s.Await("a resume", func() bool { _, resumed := s.Sessions(); return resumed > 0 })
			s.Mute(false)
			r.await("Ready", func() bool { return r.adapter.Ready() == nil })
			if identified, _ := s.Sessions(); identified != 1 {
				t.Errorf("%d sessions begun: the dead one was not resumed", identified)
			}
			m := s.Post(discordtest.Message{Content: pasted})
			s.AwaitSent(m.ChannelID, 1)
		})
	}
}

// A heartbeat that is asked for, and events that break off in the middle.
func TestOddFrames(t *testing.T) {
	r := start(t)
	r.discord.AskBeat()
	r.discord.Tear(1)
	m := r.discord.Post(discordtest.Message{Content: pasted})
	r.discord.AwaitSent(m.ChannelID, 1)
	if n := len(r.discord.Sent("")); n != 1 {
		t.Errorf("%d answers", n)
	}
}

// A session that is invalid for now is resumed later; one that is invalid for
// good is not asked for again.
func TestInvalidSession(t *testing.T) {
	for _, again := range []bool{true, false} {
		t.Run(fmt.Sprint(again), func(t *testing.T) {
			r := start(t)
			r.discord.Invalidate(again)
			r.discord.Cut()
			r.discord.Await("the way back", func() bool {
				identified, resumed := r.discord.Sessions()
				return again && resumed == 1 && identified == 1 || !again && identified == 2 && resumed == 0
			})
			r.await("Ready", func() bool { return r.adapter.Ready() == nil })
		})
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
