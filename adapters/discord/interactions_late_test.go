package discord

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
	"smtpbot/catalog"
)

// slowStore holds complaints up until it is let go, and then refuses them
// where it is to.
type slowStore struct {
	bot.Store
	held  chan struct{}
	fails bool
}

func (s *slowStore) AddFeedback(ctx context.Context, platform, team, entry string, choice catalog.Cause, now time.Time) error {
	select {
	case <-s.held:
	case <-ctx.Done():
		return ctx.Err()
	}
	if s.fails {
		return errors.New("the database is away")
	}
	return s.Store.AddFeedback(ctx, platform, team, entry, choice, now)
}

// While the store takes its time the press of a button is acknowledged, and
// what came of it is said when it is known: in the place of the message, or
// beside it where that has to stay.
func TestSlowStore(t *testing.T) {
	t.Parallel()
	for name, fails := range map[string]bool{"noted": false, "not noted": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &slowStore{memory.New(), make(chan struct{}), fails}
			r := newRig(t, discordtest.New(t), s)
			r.adapter.answerWithin = 50 * time.Millisecond
			r.run()
			r.ready()
			_, answer := explained(t, r)
			asked := r.discord.OverGateway(press(answer, bot.ActionWrong, "en-US", ""))
			before, patched := r.discord.Requests("POST /interactions/{}/{}/callback"), r.discord.Requests("PATCH /webhooks/{}/{}/messages/@original")
			done := make(chan *discordtest.Answer)
			go func() {
				done <- r.discord.OverGateway(r.discord.Choose(&asked.Message, asked.Selects[0].CustomID, "spam", "en-US"))
			}()
			r.discord.Await("the acknowledgement", func() bool { return r.discord.Requests("POST /interactions/{}/{}/callback") > before })
			close(s.held)
			a := <-done
			if a.Type != 6 {
				t.Fatalf("type %d", a.Type)
			}
			if !fails {
				r.discord.Await("the thanks", func() bool { return r.discord.Requests("PATCH /webhooks/{}/{}/messages/@original") > patched })
				return
			}
			r.discord.Await("the refusal", func() bool { return len(r.discord.Standing(a).More) == 1 })
			if m := r.discord.Standing(a).More[0]; !m.Ephemeral || strings.Contains(m.Text(), "database") {
				t.Errorf("ephemeral %t: %s", m.Ephemeral, m.Text())
			}
		})
	}
}
