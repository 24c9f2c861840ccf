package discord

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"strings"

	"github.com/bwmarrin/discordgo"

	"smtpbot/bot"
)

// response answers an interaction. It is the same over the gateway, where it
// goes to a callback, and over HTTP, where it is the answer to the request.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
type response struct {
	Type discordgo.InteractionResponseType `json:"type"`
	Data any                               `json:"data,omitempty"`
}

// noChoices is the answer to a wish for completion: there is none. discordgo
// leaves out an empty list.
type noChoices struct {
	Choices []string `json:"choices"`
}

// respond answers every interaction, also of kinds that are not ours: one
// without an answer shows the person a failure after three seconds.
func (a *Adapter) respond(ctx context.Context, i *interaction) response {
	switch i.Type {
	case discordgo.InteractionPing:
		return response{Type: discordgo.InteractionResponsePong}
	case discordgo.InteractionApplicationCommandAutocomplete:
		return response{discordgo.InteractionApplicationCommandAutocompleteResult, noChoices{[]string{}}}
	}
	c := a.bot.Command(ctx, bot.Request{Place: i.place(), Text: i.asked(), Lang: i.Locale})
	c.Private = true
	return response{discordgo.InteractionResponseChannelMessageWithSource, render(c)}
}

func (i *interaction) place() bot.Place {
	return bot.Place{Platform: name, Team: i.GuildID, Channel: i.ChannelID}
}

// asked is what an interaction asks the bot, "" where it asks nothing that is
// known here: the bot then says what it can do.
func (i *interaction) asked() string {
	d := i.Data
	if d == nil { // Discord sends it with everything that is asked
		return ""
	}
	switch {
	case i.Type == discordgo.InteractionMessageComponent:
		_, value, _ := strings.Cut(d.CustomID, ":")
		return value
	case i.Type != discordgo.InteractionApplicationCommand:
		return ""
	case d.Type == discordgo.MessageApplicationCommand:
		if m := d.Resolved.Messages[d.TargetID]; m != nil {
			return "explain " + m.shown()
		}
		return "explain"
	case d.Type == discordgo.ChatApplicationCommand:
		code, versus := d.option(optionCode), d.option("versus")
		if code != "" && versus != "" {
			return code + " vs " + versus
		}
		return code + versus
	}
	return ""
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
