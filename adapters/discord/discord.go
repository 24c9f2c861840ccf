// Package discord serves Discord: messages and interactions over the gateway,
// and interactions over HTTP where a public key is set.
package discord

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
)

// name is the platform's name in logs, metrics and rows.
const name = "discord"

const (
	drainWithin    = 7 * time.Second  // the process has 8 s to end
	redeliverEvery = 30 * time.Second // a look for answers that nobody sent
	atOnce         = 64               // messages that are judged and answered at the same time
)

// Adapter is Discord.
type Adapter struct {
	config Config
	bot    *bot.Bot
	log    *slog.Logger
	client *http.Client
	rest   *rest
	now    func() time.Time

	// Times that tests shorten.
	pause                   time.Duration // before the first retry
	openWithin, quietAtMost time.Duration
	every                   time.Duration // redeliverEvery

	handled func(event string) // for tests: an event was dealt with

	me        atomic.Value // string: the bot's own user id
	app       atomic.Value // string: the application's id
	languages sync.Map     // guild id → locale
	work      work
	slots     chan struct{}

	mu    sync.Mutex
	state error
}

// New makes an adapter. It connects when it is run; interactions over HTTP are
// answered before that too.
func New(cfg Config, b *bot.Bot, log *slog.Logger) *Adapter {
	a := &Adapter{
		config: cfg, bot: b, log: log.With("platform", name), client: newClient(cfg.API), now: time.Now,
		pause: time.Second, openWithin: openWithin, quietAtMost: quietAtMost, every: redeliverEvery,
		handled: func(string) {},
		slots:   make(chan struct{}, atOnce),
		state:   errors.New("not connected to discord yet"),
	}
	a.rest = newRest(a.newSession(), a.pause)
	return a
}

// newSession makes a session of discordgo that reaches Discord where the
// configuration says it is. Its log stays at errors: at debug it holds tokens.
func (a *Adapter) newSession() *discordgo.Session {
	s, err := discordgo.New("Bot " + a.config.Token)
	if err != nil { // discordgo v0.29.0 gives none
		panic("discordgo.New: " + err.Error())
	}
	s.Client = a.client
	s.LogLevel = discordgo.LogError - 1 // nothing: what matters is reported from here
	return s
}

// Name is the platform's name.
func (a *Adapter) Name() string { return name }

// Ready is nil while the gateway is connected.
func (a *Adapter) Ready() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.state
}

func (a *Adapter) setState(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.state = err
}

// Run serves until the context ends.
func (a *Adapter) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	// What was taken is finished after the end, within a limit.
	taken, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	a.work.open(taken)

	var err error
	var loops sync.WaitGroup
	loops.Go(func() {
		err = a.stayConnected(ctx)
		stop()
	})
	loops.Go(func() { a.keepRegistering(ctx) })
	loops.Go(func() {
		a.bot.Redeliver(ctx, name, a.every, a.send, func(err error) {
			a.log.Warn("an answer was not sent again", "problem", described(err))
		})
	})
	<-ctx.Done()
	a.work.drain(drainWithin)
	abort()
	loops.Wait()
	if err == nil {
		a.setState(errors.New("stopped"))
	}
	return err
}

// keepRegistering registers the commands, as soon as Discord can be reached.
func (a *Adapter) keepRegistering(ctx context.Context) {
	pause := a.pause
	for {
		within, cancel := context.WithTimeout(ctx, sendWithin)
		err := a.register(within)
		cancel()
		if err == nil || ctx.Err() != nil {
			return
		}
		a.log.Warn("the commands are not registered", "problem", described(err))
		pause = min(2*pause, 10*time.Minute)
		if sleep(ctx, pause) != nil {
			return
		}
	}
}

// guard runs a handler of an event. discordgo gives each a goroutine of its
// own and catches no panic.
func (a *Adapter) guard(e *discordgo.Event, f func(context.Context, *discordgo.Event)) {
	ctx, done, ok := a.work.begin()
	if !ok {
		return // stopping
	}
	defer done()
	defer func() {
		if p := recover(); p != nil {
			a.logPanic(e.Type, p)
		}
		a.handled(e.Type)
	}()
	f(ctx, e)
}

// logPanic logs where a panic came from. What it holds is logged only where the
// runtime wrote it: the rest may repeat what somebody pasted.
func (a *Adapter) logPanic(event string, p any) {
	problem := "a panic"
	if err, ok := p.(runtime.Error); ok {
		problem = err.Error()
	}
	a.log.Error("an event could not be handled", "event", event, "problem", problem, "stack", string(debug.Stack()))
}

// handle deals with one event of the gateway.
func (a *Adapter) handle(ctx context.Context, e *discordgo.Event) {
	switch e.Type {
	case "READY":
		var ready struct {
			User        user       `json:"user"`
			Guilds      []struct{} `json:"guilds"`
			Application struct {
				ID string `json:"id"`
			} `json:"application"`
		}
		if !a.decode(e, &ready) {
			return
		}
		a.me.Store(ready.User.ID)
		a.app.Store(ready.Application.ID)
		if len(ready.Guilds) == 0 {
			a.log.Info("the bot is in no server yet; invite it", "url", invitation(ready.Application.ID))
		}
	case "GUILD_CREATE", "GUILD_UPDATE":
		var g guild
		if a.decode(e, &g) {
			a.remember(&g)
		}
	case "MESSAGE_CREATE", "MESSAGE_UPDATE":
		var m message
		if !a.decode(e, &m) || !a.concerns(&m, e.Type == "MESSAGE_UPDATE") {
			return
		}
		select {
		case a.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		defer func() { <-a.slots }()
		a.handleMessage(ctx, &m, e.Type == "MESSAGE_UPDATE")
	case "INTERACTION_CREATE":
		var i interaction
		if a.decode(e, &i) {
			a.answerInteraction(ctx, &i)
		}
	}
}

func (a *Adapter) decode(e *discordgo.Event, into any) bool {
	if err := json.Unmarshal(e.RawData, into); err != nil {
		a.log.Warn("discord sent an event that cannot be read", "event", e.Type)
		return false
	}
	return true
}

// self is the bot's own user id, "" before the first connection.
func (a *Adapter) self() string {
	id, _ := a.me.Load().(string)
	return id
}
