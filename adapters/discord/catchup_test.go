package discord

import (
	"context"
	"fmt"
	"testing"
	"time"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// session runs an adapter on a store until stop is called.
func session(t *testing.T, s *discordtest.Server, store bot.Store) (r *rig, stop func()) {
	t.Helper()
	r = newRig(t, s, store)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(ctx) }()
	r.ready()
	stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log(r.log.String())
		}
	}
	return r, stop
}

// What was written while the bot was away is answered, once: in the channels
// that it knows, in new ones and in conversations with it. What was answered
// before is not answered again.
func TestCatchUp(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	store := memory.New()
	known := s.AddChannel("", discordtest.KindText, "")
	r, stop := session(t, s, store)
	before := s.Post(discordtest.Message{ChannelID: known, Content: pasted})
	s.AwaitSent(known, 1)
	direct := s.Post(discordtest.Message{GuildID: "-", Content: "451"})
	s.AwaitSent(direct.ChannelID, 1)
	r.await("the note", func() bool { return len(r.adapter.read.changed(time.Now())) == 0 })
	stop()

	missed := s.Post(discordtest.Message{ChannelID: known, Content: "host mx.dest.example said: 452 4.2.2 <bob@dest.example>: Mailbox full"})
	for range 120 { // more than a page
		s.Post(discordtest.Message{ChannelID: known, Content: "hello"})
	}
	last := s.Post(discordtest.Message{ChannelID: known, Content: "host mx.dest.example said: 554 5.7.1 <bob@dest.example>: Relay access denied"})
	fresh := s.AddChannel("", discordtest.KindText, "")
	there := s.Post(discordtest.Message{ChannelID: fresh, Content: pasted})
	thread := s.AddChannel("", discordtest.KindThread, known)
	inside := s.Post(discordtest.Message{ChannelID: thread, Content: pasted})
	asked := s.Post(discordtest.Message{GuildID: "-", ChannelID: direct.ChannelID, Content: "450 vs 550"})

	for range 2 { // and a second absence changes nothing
		_, stop = session(t, s, store)
		for channel, n := range map[string]int{known: 3, fresh: 1, thread: 1, direct.ChannelID: 2} {
			s.AwaitSent(channel, n)
		}
		stop()
	}
	answered := map[string]int{}
	for _, m := range s.Sent("") {
		answered[m.ReplyTo]++
	}
	for what, m := range map[string]*discordtest.Message{"before": before, "missed": missed, "last": last, "fresh": there, "inside": inside, "direct": direct, "asked": asked} {
		if answered[m.ID] != 1 {
			t.Errorf("%s: %d answers", what, answered[m.ID])
		}
	}
	if len(answered) != 7 {
		t.Errorf("%d messages answered", len(answered))
	}
}

// A quiet server costs no request, and what is old is left alone.
func TestCatchUpIsCheap(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	store := memory.New()
	channel := s.AddChannel("", discordtest.KindText, "")
	r, stop := session(t, s, store)
	s.Post(discordtest.Message{ChannelID: channel, Content: "hello"})
	r.settled("MESSAGE_CREATE", 1)
	stop()

	old := newRig(t, s, store)
	old.clock.Advance(time.Hour)
	s.Post(discordtest.Message{ChannelID: channel, Content: pasted}) // an hour ago
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go old.adapter.Run(ctx)
	old.ready()
	old.await("the end of it", func() bool {
		old.adapter.read.mu.Lock()
		defer old.adapter.read.mu.Unlock()
		t := old.adapter.read.tracks[track{guild: s.Guild()}]
		return t != nil && !t.held
	})
	if n := s.Requests("GET /channels/{}/messages"); n > 0 {
		t.Errorf("%d looks", n)
	}
}

// The first start reads nothing of what was there before.
func TestFirstStart(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	m := s.Post(discordtest.Message{Content: pasted})
	r, stop := session(t, s, memory.New())
	r.await("the note", func() bool {
		list, err := r.store.Bookmarks(t.Context(), name)
		return err == nil && len(list) == 1
	})
	stop()
	if n := len(s.Sent(m.ChannelID)); n > 0 {
		t.Errorf("%d answers", n)
	}
}

// A session that is lost within one process loses nothing.
func TestLostSessionsLoseNothing(t *testing.T) {
	r := start(t)
	const n = 30
	var channels []string
	for i := range n {
		channels = append(channels, r.discord.AddChannel("", discordtest.KindText, ""))
		if i%5 == 0 {
			r.discord.Forget()
		}
		if i%3 == 0 {
			r.discord.Cut()
		}
		r.discord.Post(discordtest.Message{ChannelID: channels[i], Content: pasted})
	}
	for _, c := range channels {
		r.discord.AwaitSent(c, 1)
	}
	if got := len(r.discord.Sent("")); got != n {
		t.Errorf("%d answers to %d messages", got, n)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	p := newProgress()
	now := time.Now()
	id := func(n int) string { return fmt.Sprint(snowflake(now) + uint64(n)) }
	noted := func() string {
		list := p.changed(now)
		p.noted(list)
		if len(list) == 0 {
			return ""
		}
		return list[0].Message
	}
	p.begin("1", "c", id(1))
	p.begin("1", "d", id(2))
	p.end("1", "d", id(2))
	if got := noted(); got != id(0) {
		t.Errorf("noted %s while the first is being judged", got)
	}
	p.end("1", "c", id(1))
	if got := noted(); got != id(2) {
		t.Errorf("noted %s, want %s", got, id(2))
	}
	p.hold("1")
	p.begin("1", "c", id(9))
	p.end("1", "c", id(9))
	if got := noted(); got != "" {
		t.Errorf("noted %s before what was missed is read", got)
	}
	p.release("1", snowflake(now)+5)
	if got := noted(); got != id(9) {
		t.Errorf("noted %s, want %s", got, id(9))
	}
	p.begin("1", "c", id(10))
	p.begin("1", "c", id(11))
	p.end("1", "c", id(11))
	noted()
	now = now.Add(2 * bot.Stale) // it was never judged
	if got := noted(); got == "" {
		t.Error("held up for ever")
	}
}
