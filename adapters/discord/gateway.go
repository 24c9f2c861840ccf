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

// intents are the events that Discord is asked for: servers for their language,
// and messages with what stands in them. Content is privileged: it has to be
// switched on in the developer portal.
//
// https://discord.com/developers/docs/events/gateway#gateway-intents
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages | discordgo.IntentMessageContent

// permissions are what the bot needs in a server: to see a channel and its
// history, and to reply there and in threads.
//
// https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
const permissions int64 = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory

// invitation is where the bot is added to a server.
//
// https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
func invitation(applicationID string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d", applicationID, permissions)
}

// Times of the gateway connection.
const (
	openWithin  = 20 * time.Second  // for each frame until the session stands
	readyWithin = 30 * time.Second  // from HELLO to READY or RESUMED
	quietAtMost = 100 * time.Second // then the connection is dead: heartbeats are answered every 41 s
	pauseAtMost = 2 * time.Minute   // between two attempts; Discord allows 1000 new sessions a day
	stableAfter = 2 * time.Minute   // a connection that lasted that long starts the pauses anew
)

// gateway is one session at Discord's gateway: discordgo's session, which keeps
// what a resume needs, and what its events say of its state.
type gateway struct {
	session *discordgo.Session
	line    *line
	up      chan struct{} // READY or RESUMED came
	down    chan struct{} // the connection is gone
}

// newGateway makes a session that is not open. It reconnects only when it is
// told to: discordgo's own way back knows neither the codes that end it all nor
// an end of waiting.
func (a *Adapter) newGateway() *gateway {
	s := a.newSession()
	g := &gateway{s, &line{}, make(chan struct{}, 1), make(chan struct{}, 1)}
	s.Dialer = g.line.dialer()
	s.Identify.Intents = intents
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.StateEnabled = false
	s.AddHandler(func(_ *discordgo.Session, _ *discordgo.Disconnect) { signal(g.down) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		a.guard(e, a.handle)
		if e.Type == "READY" || e.Type == "RESUMED" {
			signal(g.up)
		}
	})
	return g
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func drained(c chan struct{}) {
	select {
	case <-c:
	default:
	}
}

// stayConnected keeps a session at the gateway until the context ends. An error
// is one that only an operator can mend.
func (a *Adapter) stayConnected(ctx context.Context) error {
	g := a.newGateway()
	pause := a.pause
	for ctx.Err() == nil {
		began := time.Now()
		err := a.connect(ctx, g)
		if err == nil {
			a.setState(nil)
			a.log.Info("connected to discord")
			select {
			case <-ctx.Done():
				g.close()
				return nil
			case <-g.down:
			}
			err = errors.New("the connection was lost")
			if time.Since(began) > stableAfter {
				pause = a.pause
			}
		}
		if ctx.Err() != nil {
			return nil
		}
		if fatal := mend(err); fatal != nil {
			a.setState(fatal)
			return fatal
		}
		a.setState(fmt.Errorf("not connected to discord: %s", described(err)))
		if lost(err) {
			// Discord forgot the session, or it never came about: the next one is new.
			old := g
			go old.close()
			g = a.newGateway()
		}
		wait := pause/2 + rand.N(pause)
		a.log.Warn("discord is out of reach", "problem", described(err), "next_try", wait.Round(time.Millisecond).String())
		pause = min(2*pause, pauseAtMost)
		sleep(ctx, wait)
	}
	return nil
}

// errNotReady is a session that was opened, and then closed or left waiting.
var errNotReady = errors.New("discord did not confirm the session")

// connect opens a session, or resumes it, and waits until Discord confirms it.
func (a *Adapter) connect(ctx context.Context, g *gateway) error {
	drained(g.up)
	drained(g.down)
	g.line.allow(a.openWithin)
	opened := make(chan error, 1)
	go func() { opened <- g.session.Open() }()
	select {
	case err := <-opened:
		if errors.Is(err, discordgo.ErrWSAlreadyOpen) {
			return nil // a second word of one loss came after the way back
		}
		if err != nil {
			return err
		}
	case <-ctx.Done():
		// Open may still hold the session's lock, so nobody waits for it.
		g.line.cut()
		go func() {
			if <-opened == nil {
				g.close()
			}
		}()
		return ctx.Err()
	}
	timer := time.NewTimer(readyWithin)
	defer timer.Stop()
	select {
	case <-g.up:
		g.line.allow(a.quietAtMost)
		return nil
	case <-g.down:
		return errNotReady
	case <-timer.C:
		return errNotReady
	case <-ctx.Done():
		g.close()
		return ctx.Err()
	}
}

// close ends a session; discordgo takes a second for it.
func (g *gateway) close() { g.session.Close() }

// lost reports whether a session is beyond resuming.
//
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func lost(err error) bool {
	var closed *websocket.CloseError
	return errors.Is(err, errNotReady) || errors.As(err, &closed) && closed.Code >= 4000
}

// mend gives the error for a close code that comes again until somebody
// changes a setting, or nil.
func mend(err error) error {
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return nil
	}
	how := map[int]string{
		4004: "discord does not accept DISCORD_BOT_TOKEN; make a new one at " + whereToken,
		4010: "discord refused the shard; this is a fault of smtpbot, please report it",
		4011: "the bot is in more servers than one connection may serve; remove it from some, for smtpbot does not shard",
		4012: "discord no longer speaks this version of its interface; update smtpbot",
		4013: "discord does not know the intents that were asked for; update smtpbot",
		4014: "discord did not allow the intents; switch on \"Message Content Intent\" at " +
			portal + " → your application → Bot → Privileged Gateway Intents",
	}[closed.Code]
	if how == "" {
		return nil
	}
	return fmt.Errorf("%s (close code %d)", how, closed.Code)
}
