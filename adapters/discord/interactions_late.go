package discord

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// answerWithin is how long an answer may take before it is announced instead.
// With the way to Discord it has to stay below the three seconds.
const answerWithin = 1800 * time.Millisecond

// finishWithin bounds what is announced. A token is good for 15 minutes, and a
// person for less.
const finishWithin = time.Minute

// inTime answers at once where that goes, as it does while the store is well.
// Otherwise it announces the answer, and puts it in the place of that when it
// is there. It never sends more than one message behind an answer, so that the
// five that Discord grants where only the person installed the app suffice.
func (a *Adapter) inTime(ctx context.Context, i *interaction, wait response, answer func(context.Context) response) response {
	if i.Token == "" || !a.tasks.Take() { // stopping: only HTTP, and nobody would wait for the end
		return answer(ctx)
	}
	work, cancel := context.WithTimeout(a.tasks.Context(), finishWithin)
	answers := make(chan response, 1)
	late := make(chan bool, 1)
	go func() {
		defer a.tasks.Done()
		defer cancel()
		r := a.caught(work, i, answer)
		answers <- r
		if <-late {
			a.finish(work, i, wait, r)
		}
	}()
	timer := time.NewTimer(a.answerWithin)
	defer timer.Stop()
	select {
	case r := <-answers:
		late <- false
		return r
	case <-timer.C:
		late <- true
		return wait
	}
}

// caught keeps a fault of ours from ending the process. The person gets an
// answer all the same.
func (a *Adapter) caught(ctx context.Context, i *interaction, answer func(context.Context) response) (r response) {
	if !a.guarded("interaction", func() { r = answer(ctx) }) {
		e := a.bot.Catalog().Edition(i.Locale)
		r = a.note(e, e.Label("discord.broken"), e.Label("discord.again"))
	}
	return r
}

// finish puts an answer in the place of its announcement. Over HTTP the
// announcement may still be on its way to Discord then, which answers that it
// knows of none: that is tried again.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
func (a *Adapter) finish(ctx context.Context, i *interaction, wait, r response) {
	m, ok := r.Data.(outgoing)
	if !ok {
		return // nothing more to be seen
	}
	app, _ := a.app.Load().(string)
	url := discordgo.EndpointWebhookToken(cmp.Or(i.Application, app), i.Token)
	c := call{method: "PATCH", url: url + "/messages/@original", bucket: callbackBucket(i.ID)}
	if wait.Type == laterSame && r.Type == newMessage { // what stands there stays
		c.method, c.url = "POST", url
	} else {
		m.Flags &^= discordgo.MessageFlagsEphemeral // chosen when it was announced
	}
	c.body = m
	pause := a.pause
	for try := 1; ; try++ {
		err := a.rest.do(ctx, c)
		if err == nil {
			return
		}
		if http4xx, _ := status(err); http4xx != http.StatusNotFound || try == tries || sleep(ctx, pause) != nil {
			a.log.Warn("an interaction was not answered", "problem", described(err))
			return
		}
		pause *= 2
	}
}
