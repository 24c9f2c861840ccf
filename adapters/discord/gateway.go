package discord

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// intents are the events that Discord is asked for: servers with their
// channels, messages with what stands in them, and the clicks on reactions.
// Content is privileged: it has to be switched on in the developer portal.
//
// https://discord.com/developers/docs/events/gateway#gateway-intents
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentGuildMessageReactions |
	discordgo.IntentDirectMessages | discordgo.IntentMessageContent

// permissions are what the bot needs in a server: to see a channel and its
// history, to reply there and in threads, and to put its mark on a message.
//
// https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
const permissions int64 = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionSendMessagesInThreads |
	discordgo.PermissionEmbedLinks | discordgo.PermissionReadMessageHistory | discordgo.PermissionAddReactions

// invitation is where the bot is added to a server.
//
// https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
func invitation(applicationID string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d", applicationID, permissions)
}

// Shards is which part of the bot's servers a process serves. The zero value is
// all of them, in as many shards as Discord recommends.
//
// https://discord.com/developers/docs/events/gateway#sharding
type Shards struct{ First, Last, Total int }

// parseShards reads "16", all of sixteen shards, or "0-3/16", the first four.
func parseShards(text string) (Shards, bool) {
	part, total, ranged := strings.Cut(text, "/")
	if !ranged {
		total, part = text, ""
	}
	n, err := strconv.Atoi(total)
	if err != nil || n < 1 || n > 10000 {
		return Shards{}, false
	}
	s := Shards{0, n - 1, n}
	if ranged {
		first, last, several := strings.Cut(part, "-")
		if !several {
			last = first
		}
		var err2 error
		s.First, err = strconv.Atoi(first)
		s.Last, err2 = strconv.Atoi(last)
		if err != nil || err2 != nil || s.First < 0 || s.First > s.Last || s.Last >= n {
			return Shards{}, false
		}
	}
	return s, true
}

// plan is what Discord says before the first connection.
//
// https://discord.com/developers/docs/events/gateway#get-gateway-bot
type plan struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Remaining   int   `json:"remaining"`
		ResetAfter  int64 `json:"reset_after"` // milliseconds
		Concurrency int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// askPlan asks Discord where its gateway is, and how it may be used.
func (a *Adapter) askPlan(ctx context.Context) (plan, error) {
	ctx, cancel := context.WithTimeout(ctx, a.openWithin)
	defer cancel()
	var p plan
	err := a.rest.do(ctx, call{method: "GET", url: discordgo.EndpointGatewayBot, bucket: "gateway", into: &p})
	if err == nil && p.URL == "" {
		err = errors.New("discord did not say where its gateway is")
	}
	return p, err
}

// errMoreShards says that the bot has grown beyond the shards that it has.
var errMoreShards = errors.New("discord wants more shards")

// stayConnected keeps all shards of this process connected until the context
// ends. An error is one that only an operator can mend.
func (a *Adapter) stayConnected(ctx context.Context) error {
	for try := newBackoff(a.pause); ; {
		p, err := a.askPlan(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if fatal := mend(err); fatal != nil {
			a.setState(-1, fatal)
			return fatal
		}
		if err != nil {
			a.setState(-1, fmt.Errorf("not connected to discord: %s", described(err)))
			wait := try.next()
			a.log.Warn("discord is out of reach", "problem", described(err), "next_try", wait.Round(time.Millisecond).String())
			sleep(ctx, wait)
			continue
		}
		try.reset()
		if err := a.serveShards(ctx, p); !errors.Is(err, errMoreShards) || a.config.Shards.Total > 0 {
			return err
		}
		a.log.Info("discord wants the bot to have more shards")
		sleep(ctx, try.next())
	}
}

// serveShards runs the shards of this process until the context ends, or one of
// them meets what only an operator can mend.
func (a *Adapter) serveShards(ctx context.Context, p plan) error {
	part := a.config.Shards
	if part.Total == 0 {
		n := max(1, p.Shards)
		part = Shards{0, n - 1, n}
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	gate := newGate(p, a.turn)
	a.expectShards(part)
	var running sync.WaitGroup
	for id := part.First; id <= part.Last; id++ {
		s := &shard{adapter: a, id: id, total: part.Total, gate: gate, home: p.URL}
		running.Go(func() {
			if err := s.stay(ctx); err != nil {
				stop(err)
			}
		})
	}
	running.Wait()
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// gate lets new sessions begin: in each of Discord's buckets one every five
// seconds, and none when those of the day are used up. Processes that share the
// shards of a bot do not know of each other; whoever is too early is refused
// (op 9), and comes again.
//
// https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
type gate struct {
	every   time.Duration
	buckets []bucketGate

	mu    sync.Mutex
	left  int
	reset time.Time // when left is the day's whole again
}

// bucketGate is passed by one shard at a time: whoever has taken turn.
type bucketGate struct {
	turn chan struct{}
	next time.Time // when the next session may begin
}

const (
	identifyEvery = 5 * time.Second // in a bucket
	sessionsADay  = 1000            // https://discord.com/developers/docs/events/gateway#identifying
)

func newGate(p plan, every time.Duration) *gate {
	g := &gate{every: every, buckets: make([]bucketGate, max(1, p.Limit.Concurrency)), left: p.Limit.Remaining}
	for i := range g.buckets {
		g.buckets[i].turn = make(chan struct{}, 1)
	}
	if p.Limit.ResetAfter > 0 {
		g.reset = time.Now().Add(time.Duration(p.Limit.ResetAfter) * time.Millisecond)
	}
	return g
}

// enter waits until a shard may begin a session. leave has to be called when
// that has begun, or has not.
func (g *gate) enter(ctx context.Context, shard int) (leave func(begun bool), err error) {
	bucket := &g.buckets[shard%len(g.buckets)]
	select {
	case bucket.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := sleep(ctx, max(time.Until(bucket.next), g.today(time.Now()))); err != nil {
		<-bucket.turn
		return nil, err
	}
	return func(begun bool) {
		if begun {
			bucket.next = time.Now().Add(g.every)
			g.mu.Lock()
			g.left--
			g.mu.Unlock()
		}
		<-bucket.turn
	}, nil
}

// today gives how long to wait until the day has sessions left.
func (g *gate) today(now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !now.Before(g.reset) {
		if g.left <= 0 {
			g.left = sessionsADay
		}
		g.reset = now.Add(24 * time.Hour)
	}
	if g.left > 0 {
		return 0
	}
	return g.reset.Sub(now)
}

// address is where to connect: what Discord named, with what it wants to know.
func address(at string) string {
	u, err := url.Parse(at)
	if err != nil {
		return at
	}
	u.Path = cmp.Or(u.Path, "/")
	u.RawQuery = url.Values{"v": {"10"}, "encoding": {"json"}}.Encode()
	return u.String()
}
