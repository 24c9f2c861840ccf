package discord

import (
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
)

func TestPasteIsAnsweredOnce(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{Content: pasted})
	r.discord.Repeat(m)
	sent := r.discord.AwaitSent(m.ChannelID, 1)
	r.settled("MESSAGE_CREATE", 3) // twice the paste, once our own answer
	if sent = r.discord.Sent(m.ChannelID); len(sent) != 1 {
		t.Fatalf("%d answers", len(sent))
	}
	if sent[0].ReplyTo != m.ID {
		t.Errorf("a reply to %q, want %q", sent[0].ReplyTo, m.ID)
	}
	if !strings.Contains(sent[0].Text(), "550 5.1.1") || len(sent[0].Buttons) == 0 {
		t.Errorf("answer:\n%s", sent[0].Text())
	}
	t.Log(sent[0].Text())
	if r.discord.Requests("POST /channels/{}/messages") != 1 {
		t.Error("more than one request")
	}
}

func TestSlash(t *testing.T) {
	r := start(t)
	a := r.discord.OverGateway(r.discord.Slash("smtp", "en-US", map[string]string{"code": "550"}))
	t.Log(a.Text())
	a = r.discord.OverHTTP(r.http, r.discord.Slash("smtp", "fr", map[string]string{"code": "450", "versus": "550"}))
	t.Log(a.Text(), a.Ephemeral)
}
