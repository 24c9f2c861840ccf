package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// Times of a gateway connection.
const (
	openWithin  = 20 * time.Second // for each frame until the session stands
	pauseAtMost = 2 * time.Minute  // between two attempts; Discord allows 1000 new sessions a day
	stableAfter = 2 * time.Minute  // a connection that lasted that long starts the pauses anew
)

// shard is one shard's session at the gateway. It outlives its connections.
// discordgo has a session of its own, which is not used: it begins anew where
// it may resume and does so at once, past the pace that sharding asks for; it
// does not know the address for resuming, nor the close codes that end it all;
// and it hands out events in no order, so that a deletion overtakes its message.
type shard struct {
	adapter   *Adapter
	id, total int
	gate      *gate
	home      string // where new sessions begin

	ctx     context.Context // ends when the adapter stops
	session string          // "" for none
	resume  string          // where it is resumed
	seq     int64           // of the last event that was taken
	asked   discordgo.Intent
	up      bool // the last connection got as far as READY or RESUMED
}

// backoff is the pause before the next attempt: twice as long each time, and
// by chance, so that many do not come back at once.
type backoff struct{ first, pause time.Duration }

func newBackoff(first time.Duration) *backoff { return &backoff{first, first} }

func (b *backoff) next() time.Duration {
	wait := b.pause/2 + rand.N(b.pause)
	b.pause = min(2*b.pause, pauseAtMost)
	return wait
}

func (b *backoff) reset() { b.pause = b.first }

// stay keeps the session connected until the context ends.
func (s *shard) stay(ctx context.Context) error {
	a := s.adapter
	s.ctx = ctx
	try := newBackoff(a.pause)
	for ctx.Err() == nil {
		resumed := s.session != ""
		began := time.Now()
		err := s.converse(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if s.unwatch(err) {
			continue
		}
		if fatal := mend(err); fatal != nil {
			a.setState(s.id, fatal)
			return fatal
		}
		if lost(err) {
			s.session = ""
		}
		a.setState(s.id, fmt.Errorf("not connected to discord: %s", described(err)))
		// A line that breaks costs nothing where the session goes on. A session
		// that does not last costs one of the day's.
		if s.up && (resumed || time.Since(began) > stableAfter) {
			try.reset()
		}
		wait := try.next()
		if errors.Is(err, errInvalid) { // https://discord.com/developers/docs/events/gateway#resuming
			wait = max(wait, a.pause+rand.N(4*a.pause))
		}
		a.log.Warn("the connection to discord was lost", "shard", s.id, "problem", described(err), "next_try", wait.Round(time.Millisecond).String())
		sleep(ctx, wait)
	}
	return nil
}

// unwatch goes on without what people write, where Discord does not let the bot
// read it: commands, mentions, the menu on a message and conversations with the
// bot work all the same. It says so once.
func (s *shard) unwatch(err error) bool {
	a := s.adapter
	var closed *websocket.CloseError
	if !errors.As(err, &closed) || closed.Code != 4014 || s.asked&discordgo.IntentMessageContent == 0 {
		return false
	}
	if a.watching.CompareAndSwap(true, false) {
		a.log.Error("channels are not watched: " + errNoContent.Error())
	}
	return true
}

// errNoContent says what is missing to watch channels.
var errNoContent = errors.New("discord does not let the bot read messages; switch on \"Message Content Intent\" at " +
	portal + " → your application → Bot → Privileged Gateway Intents, and start smtpbot anew. Commands, mentions and direct messages work meanwhile")

// mend gives the error for a close code that comes again until somebody
// changes a setting, or nil.
func mend(err error) error {
	var closed *websocket.CloseError
	if http, _ := status(err); http == 401 {
		return fmt.Errorf("discord does not accept DISCORD_BOT_TOKEN; make a new one at %s", whereToken)
	}
	if !errors.As(err, &closed) {
		return nil
	}
	how := map[int]string{
		4004: "discord does not accept DISCORD_BOT_TOKEN; make a new one at " + whereToken,
		4010: "discord refused the shard; look at DISCORD_SHARDS",
		4012: "discord no longer speaks this version of its interface; update smtpbot",
		4013: "discord does not know the intents that were asked for; update smtpbot",
		4014: "discord did not allow the intents; look at " + portal + " → your application → Bot → Privileged Gateway Intents",
	}[closed.Code]
	switch {
	case closed.Code == 4011:
		return fmt.Errorf("the bot is in more servers than its shards may serve; set DISCORD_SHARDS to more, or leave it unset (close code 4011): %w", errMoreShards)
	case how == "":
		return nil
	}
	return fmt.Errorf("%s (close code %d)", how, closed.Code)
}

// lost reports whether a session is beyond resuming.
//
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func lost(err error) bool {
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		switch closed.Code {
		case 4003, 4007, 4009: // of the others op 9 says it
			return true
		}
	}
	return errors.Is(err, errForgotten)
}
