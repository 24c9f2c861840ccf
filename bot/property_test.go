package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// world is a channel as its people see it, with two processes that both hear
// of everything, and sometimes die before they have said anything.
type world struct {
	t       *testing.T
	dice    *rand.Rand
	now     *time.Time
	channel string
	bots    [2]*bot.Bot
	posts   map[string]*post
	users   []string
	out     map[string]bool
	level   bot.Level
	sent    int
	busy    bool // something happens while an answer is sent
	calm    bool // nobody dies any more
	steps   []string
}

// post is a message, and what stands below it.
type post struct {
	m         bot.Message
	deleted   bool
	standing  int
	says      string
	dismissed bool
}

var (
	errDied = errors.New("killed")
	pastes  = []string{unknown, full, "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org", unknown + "\n" + full, "good morning", aLog(3, 9), aLog(12)}
)

func (w *world) dies() bool { return !w.calm && w.dice.IntN(5) == 0 }

func (w *world) send(_ context.Context, a bot.Answer) (string, error) {
	if w.dies() {
		return "", errDied
	}
	w.sent++
	id := fmt.Sprint("a", w.sent)
	if a.How == bot.LevelReply {
		p := w.posts[a.Row.Message]
		p.standing++
		p.says = a.Card.Title
	}
	w.meanwhile(a.Row.Message)
	return id, nil
}

// meanwhile has a message edited or deleted while its answer is on its way.
func (w *world) meanwhile(id string) {
	p := w.posts[id]
	if w.calm || w.busy || p.deleted {
		return
	}
	w.busy = true
	defer func() { w.busy = false }()
	switch w.dice.IntN(6) {
	case 0:
		w.edits(id, pastes[w.dice.IntN(len(pastes))])
	case 1:
		w.deletes(id)
	}
}

// writes has a message say something; a log stands in a file.
func (w *world) writes(p *post, text string) {
	p.m.Text, p.m.Logs = text, nil
	if strings.Contains(text, calmLine) {
		p.m.Text, p.m.Logs = w.bots[0].WithFiles(context.Background(), "", []string{text}, false)
	}
}

func (w *world) edits(id, text string) {
	p := w.posts[id]
	w.writes(p, text)
	p.m.Edited, p.m.Revised = true, *w.now
	w.steps = append(w.steps, fmt.Sprintf("edits %s: %q", id, text))
	w.act("edit "+id, func(b *bot.Bot) (*bot.Answer, *bot.Change, error) { return b.Edited(context.Background(), p.m) })
}

func (w *world) deletes(id string) {
	p := w.posts[id]
	p.deleted = true
	w.steps = append(w.steps, "deletes "+id)
	w.act("delete "+id, func(b *bot.Bot) (*bot.Answer, *bot.Change, error) {
		c, err := b.Deleted(context.Background(), p.m.Place, id)
		return nil, c, err
	})
}

func (w *world) edit(_ context.Context, c bot.Change) error {
	if w.dies() {
		return errDied
	}
	if p := w.posts[c.Row.Message]; c.Row.How == bot.LevelReply {
		p.says = c.Card.Title
		if c.Remove {
			p.standing, p.says = p.standing-1, ""
		}
	}
	return nil
}

// act does what the processes were told to do, one after the other.
func (w *world) act(what string, tell func(b *bot.Bot) (*bot.Answer, *bot.Change, error)) {
	ctx := context.Background()
	acted := 0
	for _, i := range w.dice.Perm(len(w.bots)) {
		b := w.bots[i]
		answer, change, err := tell(b)
		if err != nil {
			w.t.Fatal(err)
		}
		if answer != nil && answer.Change != nil {
			change, answer = answer.Change, nil
		}
		if answer == nil && change == nil {
			continue
		}
		acted++
		if w.level == bot.LevelOff && answer != nil { // what stands there may still be mended
			w.fail("%s: it spoke in a channel that is off", what)
		}
		if answer != nil {
			if w.out[answer.Row.User] {
				w.fail("%s: it answered who had opted out", what)
			}
			b.Deliver(ctx, *answer, w.send)
		} else {
			b.Apply(ctx, *change, w.edit)
		}
	}
	if acted > 1 {
		w.fail("%s: both processes acted", what)
	}
}

func (w *world) fail(format string, args ...any) {
	w.t.Helper()
	for _, s := range w.steps {
		w.t.Log(s)
	}
	w.t.Fatalf(format, args...)
}

func (w *world) step() {
	ctx := context.Background()
	b := w.bots[w.dice.IntN(2)]
	id := fmt.Sprint(w.dice.IntN(6))
	text := pastes[w.dice.IntN(len(pastes))]
	p := w.posts[id]
	note := func(format string, args ...any) { w.steps = append(w.steps, fmt.Sprintf(format, args...)) }
	switch kind := w.dice.IntN(10); {
	case p == nil:
		p = &post{m: message(id, "")}
		w.writes(p, text)
		p.m.Channel = w.channel
		p.m.User, p.m.Posted = w.users[w.dice.IntN(len(w.users))], *w.now
		if w.dice.IntN(3) == 0 {
			p.m.Thread = "0"
		}
		w.posts[id] = p
		note("%s posts %s in %q: %q", p.m.User, id, p.m.Thread, text)
		w.act("post "+id, func(b *bot.Bot) (*bot.Answer, *bot.Change, error) { a, err := b.Observe(ctx, p.m); return a, nil, err })
	case p.deleted:
	case kind < 3:
		w.edits(id, text)
	case kind == 3:
		w.deletes(id)
	case kind == 4:
		who := w.users[w.dice.IntN(len(w.users))]
		note("%s clicks %s", who, id)
		w.act("click "+id, func(b *bot.Bot) (*bot.Answer, *bot.Change, error) {
			a, err := b.Reacted(ctx, p.m.Place, id, who)
			if a != nil && who == p.m.User {
				w.fail("who wrote %s clicked it themselves, and got an answer", id)
			}
			return a, nil, err
		})
	case kind == 5 && p.standing == 1:
		note("the answer to %s is deleted by hand", id)
		p.standing, p.says, p.dismissed = 0, "", true
		if err := b.Dismiss(ctx, p.m.Place, id); err != nil {
			w.t.Fatal(err)
		}
	case kind == 6:
		w.level = bot.Levels()[w.dice.IntN(4)]
		note("level %s", w.level)
		if _, err := b.ChangeSettings(ctx, p.m.Place, bot.Settings{Level: w.level}); err != nil {
			w.t.Fatal(err)
		}
		*w.now = w.now.Add(time.Second) // after which the other process knows
	case kind == 7:
		who := w.users[w.dice.IntN(len(w.users))]
		w.out[who] = !w.out[who]
		note("%s opts out: %t", who, w.out[who])
		if err := b.OptOut(ctx, "slack", who, w.out[who]); err != nil {
			w.t.Fatal(err)
		}
	case kind == 8:
		*w.now = w.now.Add(time.Duration(w.dice.IntN(180)) * time.Second)
		note("it is %v", *w.now)
	default:
		note("what is left is taken over")
		w.takeOver()
	}
	for id, p := range w.posts {
		if p.standing < 0 || p.standing > 1 {
			w.fail("%d answers to %s", p.standing, id)
		}
		if p.dismissed && p.standing > 0 {
			w.fail("an answer to %s that was deleted by hand came back", id)
		}
	}
}

func (w *world) takeOver() {
	ctx := context.Background()
	for _, b := range w.bots {
		answers, err := b.Overdue(ctx, "slack")
		if err != nil {
			w.t.Fatal(err)
		}
		for _, a := range answers {
			b.Deliver(ctx, a, w.send)
		}
		changes, err := b.OverdueChanges(ctx, "slack")
		if err != nil {
			w.t.Fatal(err)
		}
		for _, c := range changes {
			b.Apply(ctx, c, w.edit)
		}
	}
}

// settle lets all leases run out, and looks whether what stands is what should.
func (w *world) settle() {
	w.calm = true
	for range 3 {
		*w.now = w.now.Add(bot.Lease + time.Second)
		w.takeOver()
	}
	for id, p := range w.posts {
		row, known, err := w.bots[0].Remembered(context.Background(), "slack", w.channel, id)
		if err != nil {
			w.t.Fatal(err)
		}
		stands := known && row.State == bot.Answered && row.How == bot.LevelReply
		if stands != (p.standing == 1) {
			w.fail("%s: %d answers stand, and its row is %s, %s", id, p.standing, row.State, row.How)
		}
		// What the paste named, such as a domain, is gone where a card was built anew.
		want, _, _ := strings.Cut(w.bots[0].FindingsCard(row.Lang, row).Title, " · ")
		if stands && !strings.HasPrefix(p.says, want) {
			w.fail("%s says %q; want %q", id, p.says, want)
		}
		if p.deleted && p.standing > 0 {
			w.fail("the answer to %s, which was deleted, stands", id)
		}
		if p.m.Text == pastes[4] && p.standing > 0 && len(row.Folded) == 0 {
			w.fail("%s holds no error any more, and its answer stands", id)
		}
	}
}

// TestWhateverHappens plays what people may do in any order: a message never
// has two answers, who opted out and a channel that is off have none, and in
// the end what stands is what the message says.
func TestWhateverHappens(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	store := memory.New()
	var bots [2]*bot.Bot
	for i := range bots {
		bots[i] = newBot(t, store, bot.Options{Cooldown: time.Minute, Now: func() time.Time { return now }})
	}
	for seed := range uint64(150) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := &world{
				t: t, dice: rand.New(rand.NewPCG(seed, 1)), now: &now, bots: bots, posts: map[string]*post{}, out: map[string]bool{}, level: bot.LevelReply,
				channel: fmt.Sprint("C", seed), users: []string{fmt.Sprint("U1.", seed), fmt.Sprint("U2.", seed)},
			}
			for range 60 {
				w.step()
			}
			w.settle()
		})
	}
}
