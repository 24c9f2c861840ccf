// Package discord serves Discord: messages and interactions over the gateway,
// and interactions over HTTP where a public key is set.
package discord

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"smtpbot/adapters/delivery"
	"smtpbot/bot"
)

// name is the platform's name in logs, metrics and rows.
const name = "discord"

const (
	drainWithin    = 7 * time.Second  // the process has 8 s to end
	redeliverEvery = 15 * time.Second // a look for answers that nobody sent

	// How much may wait in memory, of one channel or of all. What more there is to
	// judge is read again after the next start, and what there is to say is taken
	// over.
	judgingMost = 10000
	sendingMost = 5000

	judges = 32 // how much is judged at a time
)

// Adapter is Discord.
type Adapter struct {
	config Config
	bot    *bot.Bot
	log    *slog.Logger
	client *http.Client
	cdn    *http.Client
	rest   *rest
	now    func() time.Time

	// Times that tests shorten.
	pause      time.Duration // before the first retry
	openWithin time.Duration
	every      time.Duration // redeliverEvery
	turn       time.Duration // identifyEvery
	noteEvery  time.Duration // how often it is written down how far was read

	answerWithin time.Duration // before an answer is announced instead

	handled func(event string) // for tests: an event was dealt with

	me       atomic.Value // string: the bot's own user id
	app      atomic.Value // string: the application's id
	watching atomic.Bool  // Discord lets the bot read messages

	places   *places
	read     *progress
	refusals *delivery.Refusals[demand]
	tasks    *delivery.Tasks
	judging  *delivery.Lanes // what is read in each channel
	sending  *delivery.Lanes // what is said in each channel
	judges   delivery.Slots  // how much is judged at a time
	readers  delivery.Slots  // how many messages have files fetched at a time
	pages    delivery.Slots  // how many channels are caught up with at a time

	mu     sync.Mutex
	states map[int]error // by shard; -1 for all of them
}

// New makes an adapter. It connects when it is run; interactions over HTTP are
// answered before that too.
func New(cfg Config, b *bot.Bot, log *slog.Logger) *Adapter {
	a := &Adapter{
		config: cfg, bot: b, log: log.With("platform", name), client: newClient(cfg.API), cdn: newCDN(), now: time.Now,
		pause: time.Second, openWithin: openWithin, every: redeliverEvery, turn: identifyEvery, noteEvery: noteEvery, answerWithin: answerWithin,
		handled: func(string) {},
		places:  newPlaces(), read: newProgress(), refusals: delivery.NewRefusals[demand](),
		judges: delivery.NewSlots(judges), readers: delivery.NewSlots(readers), pages: delivery.NewSlots(pages),
		states: map[int]error{},
	}
	a.tasks = delivery.NewTasks(a.log)
	a.judging = delivery.NewLanes(a.tasks, judgingMost, judgingMost)
	a.sending = delivery.NewLanes(a.tasks, sendingMost, sendingMost)
	if cfg.Token != "" {
		a.states[-1] = errors.New("not connected to discord yet")
	}
	a.watching.Store(true)
	a.rest = newRest(a.newSession(), a.pause, a.log)
	return a
}

// newSession makes a session of discordgo that is never opened: it makes the
// requests. Its log stays silent: at debug it holds tokens.
func (a *Adapter) newSession() *discordgo.Session {
	s, err := discordgo.New("Bot " + a.config.Token)
	if err != nil { // discordgo v0.29.0 gives none
		panic("discordgo.New: " + err.Error())
	}
	if a.config.Token == "" { // what interactions need, their addresses grant
		s.Token = ""
	}
	s.Client = a.client
	s.LogLevel = discordgo.LogError - 1 // nothing: what matters is reported from here
	return s
}

// agent is how the bot names itself.
//
// https://discord.com/developers/docs/reference#user-agent
func (a *Adapter) agent() string { return a.rest.session.UserAgent }

// Name is the platform's name.
func (a *Adapter) Name() string { return name }

// Ready is nil while the gateway is connected, with all the shards of this
// process. Interactions over HTTP alone need no connection.
func (a *Adapter) Ready() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, err := range a.states {
		if err != nil {
			return err
		}
	}
	return nil
}

// Notice says what does not work though the adapter is ready: without Discord's
// leave to read messages, the bot does all but watch.
func (a *Adapter) Notice() string {
	if a.watching.Load() {
		return ""
	}
	return errNoContent.Error()
}

func (a *Adapter) setState(shard int, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.states[shard] = err
}

// expectShards notes which shards have to be connected for the adapter to be ready.
func (a *Adapter) expectShards(part Shards) {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.states)
	for id := part.First; id <= part.Last; id++ {
		a.states[id] = errors.New("not connected to discord yet")
	}
}

// Run serves until the context ends.
func (a *Adapter) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if a.config.Token == "" {
		a.log.Warn("DISCORD_BOT_TOKEN is not set: interactions over HTTP are answered, commands are not registered and channels not watched")
		<-ctx.Done()
		a.tasks.Drain(drainWithin)
		return nil
	}

	var err error
	var loops sync.WaitGroup
	loops.Go(func() {
		err = a.stayConnected(ctx)
		stop()
	})
	loops.Go(func() { a.keepRegistering(ctx) })
	loops.Go(func() { a.tasks.Every(ctx, a.every, a.takeOver) })
	loops.Go(func() { a.keepNotes(ctx) })
	<-ctx.Done()
	a.tasks.Drain(drainWithin)
	loops.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteWithin)
	defer cancel()
	a.noteProgress(last)
	if err == nil {
		a.setState(-1, errors.New("stopped"))
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

// guarded keeps a fault in what deals with an event from ending the process.
func (a *Adapter) guarded(event string, f func()) (ok bool) { return delivery.Guard(a.log, event, f) }

// background does something that no channel waits for.
func (a *Adapter) background(f func(context.Context)) {
	if a.tasks.Take() { // it is not where the adapter stops
		defer a.tasks.Done()
		a.tasks.Go(f)
	}
}

// judgeLater does something about what happened in a channel, behind what
// happened there before, so that a deletion cannot overtake its message. It is
// not ok where there is no room for it, or the adapter stops.
func (a *Adapter) judgeLater(channel string, do func(context.Context)) (ok bool) {
	if !a.tasks.Take() {
		return false
	}
	defer a.tasks.Done()
	return a.judging.Queue(channel, func(ctx context.Context) {
		if a.judges.Enter(ctx) {
			defer a.judges.Leave()
		}
		do(ctx)
	})
}

// self is the bot's own user id, "" before the first connection.
func (a *Adapter) self() string {
	id, _ := a.me.Load().(string)
	return id
}
