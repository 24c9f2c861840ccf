// Package slack lets the bot speak in Slack: over Socket Mode, over signed
// HTTP requests, or over both at once. Both transports decode what comes and
// hand it to the same three functions, onCommand, onEvent and onInteraction;
// what those return is acknowledged, and what remains to be done is done after.
package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	stdlog "log"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/adapters/delivery"
	"smtpbot/bot"
)

// Name is the platform's name in logs and rows.
const Name = "slack"

// Adapter serves Slack. It is safe for concurrent use.
type Adapter struct {
	cfg        Config
	bot        *bot.Bot
	log        *slog.Logger
	app        *slack.Client // speaks for the app, with the app token alone
	own        *slack.Client // with the bot token that is configured; nil without one
	workspaces *workspaces   // those that installed the app; nil where there is one
	shared     *shared
	http       *http.Client
	tasks      *delivery.Tasks
	lanes      *delivery.Lanes // what is said in each channel
	holds      *holds
	refusals   *delivery.Refusals[room]
	tokens     *refusedTokens
	sending    delivery.Slots // for each call about a channel
	following  delivery.Slots // for each task behind an acknowledgement
	reading    delivery.Slots // for each message whose files are being read
	opening    chan struct{}  // for the connection that is being opened
	handling   chan struct{}  // for each envelope that is being handled
	envelopes  *envelopes
	locales    *locales
	rights     *rights
	asked      *asked
	finished   finished
	once       *once
	self       atomic.Pointer[identity]

	mu      sync.Mutex
	sockets int    // how many connections of Socket Mode there are
	auth    string // why the API does not answer, "" while it does
	socket  string // likewise of Socket Mode

	pause      func(ctx context.Context, d time.Duration) error
	checkEvery time.Duration // how often the API is asked whether it still knows us
	filesFirst time.Duration // how long an acknowledgement waits for files
	takeOver   time.Duration // how often answers that somebody did not send are looked for
}

// identity is who the bot is in its workspace.
type identity struct{ user, bot, team string }

const (
	// ackWithin bounds what is done before an acknowledgement. Slack waits for
	// three seconds: https://docs.slack.dev/apis/events-api#responding
	ackWithin = 2500 * time.Millisecond

	// sendWithin bounds what is done after a claim; it is shorter than
	// bot.Lease, after which somebody else sends.
	sendWithin = 90 * time.Second

	// drainWithin bounds a stop. The process has ten seconds, of which the HTTP
	// server and the end of a connection need some.
	drainWithin = 7 * time.Second

	// senders is how many answers are sent at a time.
	senders = 8
)

// New makes an adapter of a configuration that FromEnv found no fault with.
func New(cfg Config, b *bot.Bot, log *slog.Logger) *Adapter {
	if cfg.APIURL == "" {
		cfg.APIURL = defaultAPIURL
	}
	if cfg.PingInterval <= 0 {
		cfg.PingInterval = defaultPingInterval
	}
	a := &Adapter{
		cfg: cfg, bot: b, log: log, http: newHTTPClient(), tasks: delivery.NewTasks(log), holds: newHolds(), refusals: delivery.NewRefusals[room](), tokens: newRefusedTokens(),
		sending: delivery.NewSlots(senders), following: delivery.NewSlots(senders), reading: delivery.NewSlots(readers),
		opening: make(chan struct{}, 1), handling: make(chan struct{}, 4*senders), envelopes: newEnvelopes(),
		pause: pause, checkEvery: time.Minute, takeOver: 15 * time.Second, filesFirst: filesFirst,
	}
	a.lanes = delivery.NewLanes(a.tasks, maxLane, maxLanes)
	a.app = a.clientWith("")
	if cfg.BotToken != "" {
		a.auth = "not asked yet"
		a.own = a.clientWith(string(cfg.BotToken))
	}
	if cfg.AppToken != "" {
		a.socket = "not connected yet"
	}
	a.workspaces = newWorkspaces(a)
	a.shared = newShared()
	if a.workspaces != nil {
		a.auth = "not asked yet"
	}
	a.locales = newLocales(a)
	a.rights, a.asked, a.finished, a.once = newRights(), newAsked(), newFinished(), newOnce()
	return a
}

// clientWith makes a client of the Web API that speaks with a token.
func (a *Adapter) clientWith(token string) *slack.Client {
	return slack.New(token, slack.OptionAPIURL(a.cfg.APIURL), slack.OptionAppLevelToken(string(a.cfg.AppToken)),
		slack.OptionHTTPClient(a.http), slack.OptionLog(silent))
}

// silent takes what slack-go logs, which holds messages and addresses.
var silent = stdlog.New(io.Discard, "", 0)

// Name is "slack".
func (a *Adapter) Name() string { return Name }

// Ready is nil while Slack's API answers and, where it is configured, Socket
// Mode is connected.
func (a *Adapter) Ready() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	var missing []error
	if a.auth != "" {
		missing = append(missing, fmt.Errorf("the API at %s: %s", a.cfg.APIURL, a.auth))
	}
	if a.socket != "" {
		missing = append(missing, fmt.Errorf("no connection by Socket Mode: %s", a.socket))
	}
	return errors.Join(missing...)
}

// Run connects and serves until the context ends, and then finishes what was
// taken. Slack being out of reach is no error.
func (a *Adapter) Run(ctx context.Context) error {
	if !a.watches() {
		a.log.Warn("SLACK_BOT_TOKEN is not set: commands are answered, channels are not watched")
		<-ctx.Done()
		a.tasks.Drain(drainWithin)
		return nil
	}
	known := make(chan struct{})
	var loops sync.WaitGroup
	loops.Go(func() { a.identify(ctx, known) })
	loops.Go(func() {
		select {
		case <-known:
			a.tasks.Every(ctx, a.takeOver, a.takeOverdue)
		case <-ctx.Done():
		}
	})
	if a.cfg.AppToken != "" {
		loops.Go(func() { a.serveSocket(ctx) })
	}
	<-ctx.Done()
	a.tasks.Drain(drainWithin)
	loops.Wait()
	return nil
}

// identify asks the API who the bot is, until it answers, and from then on
// whether it still knows. known is closed at the first answer.
func (a *Adapter) identify(ctx context.Context, known chan<- struct{}) {
	wait := time.Second
	for first := true; ctx.Err() == nil; {
		asked, cancel := context.WithTimeout(ctx, 10*time.Second)
		who, err := a.whoami(asked)
		cancel()
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			a.self.Store(who)
			a.setAuth("")
			a.tokens.accept(a.own)
			if first {
				first = false
				close(known)
			}
			wait = time.Second
			_ = a.pause(ctx, a.checkEvery)
		default:
			a.setAuth(reason(err))
			_ = a.pause(ctx, max(wait, retryAfter(err)))
			wait = min(2*wait, lastPause)
		}
	}
}

// whoami asks the API who the bot is, nil where it has no token of its own.
func (a *Adapter) whoami(ctx context.Context) (*identity, error) {
	if a.own == nil {
		// Without a token the API has nothing to say but that: it is there.
		if _, err := a.app.AuthTestContext(ctx); err != nil && codeOf(err) != "not_authed" {
			return nil, err
		}
		return nil, nil
	}
	who, err := a.own.AuthTestContext(ctx)
	if err != nil {
		return nil, err
	}
	return &identity{user: who.UserID, bot: who.BotID, team: who.TeamID}, nil
}

// begin does something behind an acknowledgement, within a time.
func (a *Adapter) begin(within time.Duration, f func(ctx context.Context)) {
	a.tasks.Go(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		f(ctx)
	})
}

// spawn does so in its turn, for what can wait.
func (a *Adapter) spawn(within time.Duration, f func(ctx context.Context)) {
	a.begin(within, func(ctx context.Context) {
		if a.following.Enter(ctx) {
			defer a.following.Leave()
			f(ctx)
		}
	})
}

func (a *Adapter) setAuth(why string)   { a.set(&a.auth, why, "Slack's API") }
func (a *Adapter) setSocket(why string) { a.set(&a.socket, why, "Slack's Socket Mode") }

// set changes a state, and logs it where it is another.
func (a *Adapter) set(state *string, why, what string) {
	a.mu.Lock()
	changed := *state != why
	*state = why
	a.mu.Unlock()
	switch {
	case changed && why == "":
		a.log.Info(what + " is ready")
	case changed:
		a.log.Warn(what+" is not ready", "reason", why)
	}
}

var errPanic = errors.New("a fault in the program")

// guard keeps a fault in what handles one request from ending the process.
func (a *Adapter) guard(f func() (reply, error)) (r reply, err error) {
	if !delivery.Guard(a.log, "a handler", func() { r, err = f() }) {
		err = errPanic
	}
	return r, err
}
