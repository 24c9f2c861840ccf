package discord

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// The message went while its answer was on the way: nothing stands in the end.
func TestDeletedMeanwhile(t *testing.T) {
	r := start(t)
	r.discord.Limit(1, "POST", "/messages$", "user", 50*time.Millisecond)
	m := r.discord.Post(discordtest.Message{Content: pasted})
	r.discord.Await("the first try", func() bool { return r.discord.Requests("POST /channels/{}/messages") == 1 })
	r.discord.Delete(m)
	r.settled("MESSAGE_CREATE", 1)
	r.settled("MESSAGE_DELETE", 1)
	r.await("nothing to stand", func() bool {
		row, known, err := r.store.Remembered(t.Context(), name, m.ChannelID, m.ID)
		return err == nil && known && row.State == bot.Gone && len(r.discord.Sent("")) == 0
	})
}

// A reference to what is gone does not keep an answer back.
func TestSoftReference(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	r := newRig(t, s, memory.New())
	channel := s.AddChannel("", discordtest.KindText, "")
	row := bot.Row{Place: bot.Place{Platform: name, Team: s.Guild(), Channel: channel}, Message: s.ID()}
	if _, err := r.adapter.send(t.Context(), bot.Answer{Row: row}); err != nil {
		t.Fatal(err)
	}
	if sent := s.Sent(channel); len(sent) != 1 || sent[0].ReplyTo != "" {
		t.Errorf("%v", sent)
	}
}

func TestSendFaults(t *testing.T) {
	limited := map[string]string{"Retry-After": "0.02", "X-RateLimit-Reset-After": "0.02", "X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "5"}
	for name, fault := range map[string]struct {
		times, status int
		body          string
		headers       map[string]string
	}{
		"limited":        {2, 429, `{"message": "You are being rate limited.", "retry_after": 0.02, "global": false}`, limited},
		"limited global": {1, 429, `{"message": "You are being rate limited.", "retry_after": 0.02, "global": true}`, map[string]string{"X-RateLimit-Global": "true", "Retry-After": "0.02", "X-RateLimit-Reset-After": "0.02"}},
		"banned for now": {1, 429, `<html>you are being rate limited</html>`, nil},
		"500":            {2, 500, "", nil},
		"502":            {3, 502, "<html>", nil},
		"401 for now":    {1, 401, `{"code": 0, "message": "401: Unauthorized"}`, nil},
		"no embeds":      {1, 403, `{"code": 50013, "message": "Missing Permissions"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t)
			r.discord.Fail(fault.times, "POST", "/messages$", fault.status, fault.body, fault.headers)
			m := r.discord.Post(discordtest.Message{Content: pasted})
			r.settled("MESSAGE_CREATE", 1)
			r.clock.Advance(2 * bot.Lease)
			r.discord.AwaitSent(m.ChannelID, 1)
			r.await("the note of it", func() bool {
				return r.unsent() == 0
			})
			if n := len(r.discord.Sent("")); n != 1 {
				t.Errorf("%d answers", n)
			}
		})
	}
}

// What Discord will not take is not tried again.
func TestRefused(t *testing.T) {
	for name, body := range map[string]string{
		"403": `{"code": 50001, "message": "Missing Access"}`,
		"404": `{"code": 10003, "message": "Unknown Channel"}`,
		"400": `{"code": 160002, "message": "Cannot reply without permission to read message history"}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t)
			r.discord.Fail(100, "POST", "/messages$", int(name[0]-'0')*100+int(name[2]-'0'), body, nil)
			r.discord.Post(discordtest.Message{Content: pasted})
			r.settled("MESSAGE_CREATE", 1)
			r.clock.Advance(2 * bot.Lease)
			if n := r.unsent(); n > 0 {
				t.Errorf("%d still to be sent", n)
			}
			if n := r.discord.Requests("POST /channels/{}/messages"); n != 1 {
				t.Errorf("%d requests", n)
			}
			_, err := r.adapter.send(t.Context(), bot.Answer{Row: bot.Row{Place: bot.Place{Channel: "123456789"}, Message: "123456789"}})
			if !errors.Is(err, bot.ErrRefused) {
				t.Errorf("send: %v", err)
			}
		})
	}
}

// A process died between sending and noting: the answer is not doubled.
func TestSentButNotNoted(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	store := memory.New()
	r := newRig(t, s, store)
	m := s.Post(discordtest.Message{Content: pasted})
	dead := newBot(t, store, bot.Options{})
	answer, err := dead.Observe(t.Context(), bot.Message{
		Place: bot.Place{Platform: name, Team: m.GuildID, Channel: m.ChannelID}, ID: m.ID, Text: pasted,
	})
	if err != nil || answer == nil {
		t.Fatal(answer, err)
	}
	first, err := r.adapter.send(t.Context(), *answer)
	if err != nil {
		t.Fatal(err)
	}
	r.clock.Advance(2 * bot.Lease)
	r.run()
	s.Await("a second request", func() bool { return s.Requests("POST /channels/{}/messages") == 2 })
	r.await("the note", func() bool {
		return r.unsent() == 0
	})
	if sent := s.Sent(m.ChannelID); len(sent) != 1 || sent[0].ID != first {
		t.Errorf("%d answers", len(sent))
	}
}

// A process died between claiming and sending: another one sends.
func TestClaimedButNotSent(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	store := memory.New()
	r := newRig(t, s, store)
	m := s.Post(discordtest.Message{Content: pasted})
	dead := newBot(t, store, bot.Options{})
	if _, err := dead.Observe(t.Context(), bot.Message{Place: bot.Place{Platform: name, Team: m.GuildID, Channel: m.ChannelID}, ID: m.ID, Text: pasted}); err != nil {
		t.Fatal(err)
	}
	r.clock.Advance(2 * bot.Lease)
	r.run()
	if sent := s.AwaitSent(m.ChannelID, 1); sent[0].ReplyTo != m.ID {
		t.Errorf("a reply to %q", sent[0].ReplyTo)
	}
}

func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	store := memory.New()
	one, two := newRig(t, s, store), newRig(t, s, store)
	m := s.Post(discordtest.Message{Content: pasted})
	wire := &message{ID: m.ID, ChannelID: m.ChannelID, GuildID: m.GuildID, Author: &user{ID: m.Author}, Content: pasted}
	done := make(chan struct{}, 2)
	for _, r := range []*rig{one, two} {
		r.adapter.handled = func(string) { done <- struct{}{} }
		r.adapter.onMessage("MESSAGE_CREATE", wire)
	}
	<-done
	<-done
	if n := len(s.Sent(m.ChannelID)); n != 1 {
		t.Errorf("%d answers", n)
	}
}

// The store is away for a moment, or for longer than a few tries: what was
// written meanwhile is answered when it is back.
func TestStoreAway(t *testing.T) {
	for _, fails := range []int{2, 12} {
		t.Run(fmt.Sprint(fails), func(t *testing.T) {
			t.Parallel()
			s := discordtest.New(t)
			r := newRig(t, s, &brokenStore{Store: memory.New(), fails: fails})
			r.run()
			r.ready()
			m := s.Post(discordtest.Message{Content: pasted})
			s.AwaitSent(m.ChannelID, 1)
		})
	}
}

// What was taken is finished after the end.
func TestDrains(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	store := memory.New()
	r := newRig(t, s, store)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(ctx) }()
	r.ready()
	s.Fail(1, "POST", "/messages$", 429, `{"message": "slow down", "retry_after": 0.3, "global": false}`, nil)
	m := s.Post(discordtest.Message{Content: pasted})
	s.Await("the first try", func() bool { return s.Requests("POST /channels/{}/messages") == 1 })
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(9 * time.Second):
		t.Fatal("Run goes on")
	}
	if n := len(s.Sent(m.ChannelID)); n != 1 {
		t.Errorf("%d answers", n)
	}
	if s.Connected() {
		t.Error("still connected")
	}
}

// The context ends the wait for a rationed bucket, which discordgo sleeps through.
func TestSendRespectsContext(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	r := newRig(t, s, memory.New())
	s.Fail(100, "POST", "/messages$", 429, `{"message": "slow down", "retry_after": 30, "global": false}`,
		map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "30"})
	m := s.Post(discordtest.Message{Content: pasted})
	answer := bot.Answer{Row: bot.Row{Place: bot.Place{Channel: m.ChannelID, Team: m.GuildID}, Message: m.ID}}
	for range 2 { // the second finds the bucket empty
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		began := time.Now()
		if _, err := r.adapter.send(ctx, answer); err == nil || errors.Is(err, bot.ErrRefused) {
			t.Errorf("send: %v", err)
		}
		cancel()
		if d := time.Since(began); d > 5*time.Second {
			t.Errorf("waited for %s", d)
		}
	}
}
