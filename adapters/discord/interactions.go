package discord

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"strings"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/catalog"
)

// response answers an interaction. It is the same over the gateway, where it
// goes to a callback, and over HTTP, where it is the answer to the request.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// Kinds of responses, by what the person sees.
const (
	newMessage  = discordgo.InteractionResponseChannelMessageWithSource
	sameMessage = discordgo.InteractionResponseUpdateMessage
	laterNew    = discordgo.InteractionResponseDeferredChannelMessageWithSource
	laterSame   = discordgo.InteractionResponseDeferredMessageUpdate
	form        = discordgo.InteractionResponseModal
)

// respond answers every interaction, also of kinds that are not ours: one
// without an answer shows the person a failure after three seconds.
func (a *Adapter) respond(ctx context.Context, i *interaction) response {
	switch i.Type {
	case discordgo.InteractionPing:
		return response{Type: discordgo.InteractionResponsePong}
	case discordgo.InteractionApplicationCommandAutocomplete:
		return a.complete(i)
	}
	if i.Data != nil { // Discord sends it with everything that is asked
		switch i.Type {
		case discordgo.InteractionApplicationCommand:
			return a.onCommand(ctx, i)
		case discordgo.InteractionMessageComponent:
			return a.onComponent(ctx, i)
		case discordgo.InteractionModalSubmit:
			return a.onForm(ctx, i)
		}
	}
	return a.ask(ctx, i, "") // the bot says what it can do
}

// onCommand answers a command.
func (a *Adapter) onCommand(ctx context.Context, i *interaction) response {
	d := i.Data
	switch {
	case d.Type == discordgo.MessageApplicationCommand:
		return a.explainTarget(ctx, i)
	case d.Type != discordgo.ChatApplicationCommand && d.Type != 0:
	case d.Name == explainName:
		return a.askPaste(i)
	case d.Name == settingsName:
		return a.settings(ctx, i)
	case d.Name == slashName:
		code, versus := d.option(optionCode), d.option(optionVersus)
		if code != "" && versus != "" {
			return a.ask(ctx, i, code+" vs "+versus)
		}
		if a.bot.WantsText(code + versus) {
			return a.askPaste(i)
		}
		return a.ask(ctx, i, code+versus)
	}
	return a.ask(ctx, i, "")
}

// ask answers a question. Only what reads or changes settings needs the store,
// so that only then the answer may come late.
func (a *Adapter) ask(ctx context.Context, i *interaction, question string) response {
	return a.inTime(ctx, i, a.waiting(i), func(ctx context.Context) response { return a.answered(ctx, i, question, nil) })
}

func (a *Adapter) answered(ctx context.Context, i *interaction, question string, logs *bot.Logs) response {
	lang := a.langOf(ctx, i)
	r := a.request(i, question, lang)
	r.Logs = logs
	return a.show(i, lang, a.bot.Command(ctx, r))
}

// explainTarget explains the message that a menu command was called on, with
// its files. It comes with the interaction, so that no intent is needed for it.
func (a *Adapter) explainTarget(ctx context.Context, i *interaction) response {
	m := i.Data.Resolved.Messages[i.Data.TargetID]
	if m == nil {
		return a.ask(ctx, i, "explain")
	}
	return a.inTime(ctx, i, a.waiting(i), func(ctx context.Context) response {
		text := m.shown()
		var logs *bot.Logs
		if files := m.files(); len(files) > 0 {
			text, logs = a.bot.WithFiles(ctx, text, a.fetched(ctx, i.ChannelID, files), false)
		}
		if blank(text) && logs == nil { // a picture, a sticker
			e := a.bot.Catalog().Edition(a.langOf(ctx, i))
			return a.note(e, e.Label("discord.menu.empty"), e.Label("discord.menu.text"))
		}
		return a.answered(ctx, i, "explain "+text, logs)
	})
}

// show makes a new message of a card, with what its reader can do with it. It
// is for one person, except in a conversation with the bot: nobody else reads
// that, and what is ephemeral would be gone with the next start of the client.
func (a *Adapter) show(i *interaction, lang string, c card.Card) response {
	c.Private = !i.alone()
	return response{newMessage, render(a.tongue(i, lang), a.bot.Controls(lang, c, i.user()))}
}

// waiting says that a new message follows. Who sees it is decided with this.
func (a *Adapter) waiting(i *interaction) response {
	if i.alone() {
		return response{Type: laterNew}
	}
	return response{laterNew, flagged{discordgo.MessageFlagsEphemeral}}
}

type flagged struct {
	Flags discordgo.MessageFlags `json:"flags"`
}

// note answers with a sentence or two about the bot itself.
func (a *Adapter) note(e *catalog.Edition, title, text string) response {
	c := card.Card{Tone: card.Note, Title: title, Private: true}
	if text != "" {
		c.Body = []card.Block{{Text: text}}
	}
	return response{newMessage, render(tongue{Edition: e}, c)}
}

// answerInteraction answers an interaction that came over the gateway.
func (a *Adapter) answerInteraction(ctx context.Context, i *interaction) {
	if i.ID == "" || i.Token == "" {
		a.log.Warn("discord sent an interaction that cannot be answered", "type", int(i.Type))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, callbackWithin)
	defer cancel()
	err := a.rest.do(ctx, call{
		method: "POST", url: discordgo.EndpointInteractionResponse(i.ID, i.Token), bucket: callbackBucket(i.ID), body: a.respond(ctx, i),
	})
	if _, code := status(err); err != nil && code != discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged {
		a.log.Warn("an interaction was not answered", "problem", described(err))
	}
}

// callbackBucket spreads callbacks over a fixed number of buckets: requests in
// one bucket go one after the other, and each interaction has three seconds.
func callbackBucket(id string) string {
	h := fnv.New32a()
	io.WriteString(h, id)
	return fmt.Sprint("callback ", h.Sum32()%64)
}

// split takes an id of a button, a menu or a form apart: what it does, and to
// what. It holds all that is needed for that, so that any process, today or
// after a new start, can go on.
func split(customID string) (action, value string) {
	action, value, _ = strings.Cut(customID, ":")
	return action, value
}
