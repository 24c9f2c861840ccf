package discord

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot/store/memory"
)

// All the shards that Discord wants, in one process or in several.
func TestShards(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, func(s *discordtest.Server) {
		s.Shards, s.MaxConcurrency, s.IdentifyEvery = 4, 2, 50*time.Millisecond
	})
	guilds := []string{s.Guild(), s.AddGuild("fr"), s.AddGuild("fr")}
	store := memory.New()
	for _, part := range []Shards{{0, 1, 4}, {2, 3, 4}} {
		r := newRig(t, s, store)
		r.adapter.config.Shards = part
		r.adapter.turn = 100 * time.Millisecond
		r.run()
		r.await("Ready", func() bool { return r.adapter.Ready() == nil })
	}
	if got := s.Serving(); len(got) != 4 {
		t.Errorf("shards %v", got)
	}
	for _, g := range guilds {
		m := s.Post(discordtest.Message{GuildID: g, Content: pasted})
		s.AwaitSent(m.ChannelID, 1)
	}
	m := s.Post(discordtest.Message{GuildID: "-", Content: pasted})
	s.AwaitSent(m.ChannelID, 1)
	if n := len(s.Sent("")); n != 4 {
		t.Errorf("%d answers", n)
	}
}

func TestAllShards(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, func(s *discordtest.Server) {
		s.Shards, s.MaxConcurrency, s.IdentifyEvery = 3, 1, 20*time.Millisecond
	})
	r := newRig(t, s, memory.New())
	r.adapter.turn = 40 * time.Millisecond
	r.run()
	r.await("Ready", func() bool { return r.adapter.Ready() == nil })
	if got := s.Serving(); len(got) != 3 {
		t.Errorf("shards %v", got)
	}
}

// When Discord wants more shards, the bot takes as many as it wants.
func TestMoreShards(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	s.Refuse(4011)
	r := newRig(t, s, memory.New())
	r.run()
	r.ready()
	if n := s.Requests("GET /gateway/bot"); n != 2 {
		t.Errorf("%d looks at the plan", n)
	}
}

func TestParseShards(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Shards{
		"1": {0, 0, 1}, "16": {0, 15, 16}, "0-3/16": {0, 3, 16}, "15/16": {15, 15, 16},
		"": {}, "0": {}, "-1": {}, "4-3/16": {}, "0-16/16": {}, "a/16": {}, "1-/16": {}, "0-3": {}, "1/2/3": {},
	} {
		got, ok := parseShards(text)
		if got != want || ok != (want != Shards{}) {
			t.Errorf("%q: %v, %t", text, got, ok)
		}
	}
}

// One session every five seconds in each bucket, and no more than the day has.
func TestGate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := plan{}
		p.Limit.Concurrency, p.Limit.Remaining, p.Limit.ResetAfter = 2, 5, time.Hour.Milliseconds()
		g := newGate(p, 5*time.Second)
		began := time.Now()
		var waits []time.Duration
		for _, shard := range []int{0, 1, 2, 3, 0, 0} {
			leave, err := g.enter(t.Context(), shard)
			if err != nil {
				t.Fatal(err)
			}
			leave(true)
			waits = append(waits, time.Since(began))
		}
		want := []time.Duration{0, 0, 5 * time.Second, 5 * time.Second, 10 * time.Second, time.Hour}
		if !slices.Equal(waits, want) {
			t.Errorf("%v, want %v", waits, want)
		}
		leave, _ := g.enter(t.Context(), 1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.enter(ctx, 1); err == nil {
			t.Error("two at a time")
		}
		leave(false) // no session: the next need not wait
		if _, err := g.enter(t.Context(), 1); err != nil || time.Since(began) > time.Hour+2*time.Second {
			t.Error(err, time.Since(began))
		}
	})
}
