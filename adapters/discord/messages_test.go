package discord

import (
	"fmt"
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

func TestPasteIsAnsweredOnce(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{Content: "@everyone <@" + r.discord.BotID + "> look: " + pasted + " @here"})
	r.discord.Repeat(m)
	r.discord.AwaitSent(m.ChannelID, 1)
	r.settled("MESSAGE_CREATE", 3) // twice the paste, once our own answer
	sent := r.discord.Sent(m.ChannelID)
	if len(sent) != 1 {
		t.Fatalf("%d answers", len(sent))
	}
	a := sent[0]
	if a.ReplyTo != m.ID || a.Ephemeral || len(a.Pinged) > 0 {
		t.Errorf("reply to %q, ephemeral %t, pinged %v", a.ReplyTo, a.Ephemeral, a.Pinged)
	}
	if !strings.Contains(a.Text(), "550 5.1.1") || strings.Contains(a.Text(), "bob@") || strings.Contains(a.Text(), "@everyone") {
		t.Errorf("answer:\n%s", a.Text())
	}
	if n := r.discord.Requests("POST /channels/{}/messages"); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestSilence(t *testing.T) {
	for name, m := range map[string]discordtest.Message{
		"another bot":   {Content: pasted, Bot: true},
		"a webhook":     {Content: pasted, Webhook: "700000000000000001"},
		"ourselves":     {Content: pasted, Author: "900000000000000001"},
		"no error":      {Content: "what does 550 mean? the build took 451 seconds"},
		"empty":         {},
		"somebody came": {Content: pasted, Type: 7},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t)
			posted := r.discord.Post(m)
			r.settled("MESSAGE_CREATE", 1)
			sent := r.discord.Sent(posted.ChannelID)
			if m.Author != "" {
				sent = sent[1:] // the message itself
			}
			if len(sent) > 0 {
				t.Errorf("answered: %s", sent[0].Text())
			}
		})
	}
}

func TestForwarded(t *testing.T) {
	r := start(t) // the forwarded message holds a component that discordgo cannot read
	m := r.discord.Post(discordtest.Message{Forwarded: pasted})
	r.discord.AwaitSent(m.ChannelID, 1)
}

func TestEdit(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{Content: "it says"})
	r.settled("MESSAGE_CREATE", 1)
	r.discord.Edit(m, pasted, false) // a preview: nobody edited
	r.settled("MESSAGE_UPDATE", 1)
	if len(r.discord.Sent(m.ChannelID)) > 0 {
		t.Error("an update that is no edit was answered")
	}
	r.discord.Edit(m, pasted, true)
	r.discord.AwaitSent(m.ChannelID, 1)
	r.discord.Edit(m, pasted+"!", true)
	r.settled("MESSAGE_UPDATE", 3)
	if n := len(r.discord.Sent(m.ChannelID)); n != 1 {
		t.Errorf("%d answers", n)
	}
}

func TestLateEdit(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{Content: "it says"})
	r.settled("MESSAGE_CREATE", 1)
	r.clock.Advance(2 * bot.Late)
	r.discord.Edit(m, pasted, true)
	r.settled("MESSAGE_UPDATE", 1)
	if len(r.discord.Sent(m.ChannelID)) > 0 {
		t.Error("the edit of an old message was answered")
	}
}

func TestDirect(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"an error":   {pasted, "550 5.1.1"},
		"a command":  {"450 vs 550", "450"},
		"words":      {"mailbox full", "full"},
		"a greeting": {"hello", "`/smtp code:503`"},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t)
			m := r.discord.Post(discordtest.Message{GuildID: "-", Content: row.text})
			r.discord.Repeat(m)
			r.discord.AwaitSent(m.ChannelID, 1)
			r.settled("MESSAGE_CREATE", 3)
			sent := r.discord.Sent(m.ChannelID)
			if len(sent) != 1 || sent[0].ReplyTo != m.ID || !strings.Contains(sent[0].Text(), row.want) {
				t.Errorf("%d answers, reply to %q: %s", len(sent), sent[0].ReplyTo, sent[0].Text())
			}
		})
	}
}

// Who asks twice gets two answers; only what nobody asked about cools down.
func TestDirectTwice(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{GuildID: "-", Content: pasted})
	r.discord.AwaitSent(m.ChannelID, 1)
	r.discord.Post(discordtest.Message{GuildID: "-", ChannelID: m.ChannelID, Content: pasted})
	r.discord.AwaitSent(m.ChannelID, 2)
}

func TestMention(t *testing.T) {
	r := start(t)
	for _, mention := range []string{"<@%s> ", "  <@!%s>"} {
		m := r.discord.Post(discordtest.Message{Content: fmt.Sprintf(mention, r.discord.BotID) + "450 vs 550"})
		r.discord.Repeat(m)
		sent := r.discord.AwaitSent(m.ChannelID, 1)
		if sent[0].ReplyTo != m.ID || !strings.Contains(sent[0].Text(), "450") || sent[0].Ephemeral {
			t.Errorf("%s: %s", mention, sent[0].Text())
		}
	}
	r.settled("MESSAGE_CREATE", 6)
	if n := len(r.discord.Sent("")); n != 2 {
		t.Errorf("%d answers, want 2", n)
	}
}

func TestMentionInReply(t *testing.T) {
	r := start(t)
	// A paste that the bot kept silent about, because a program wrote it.
	paste := r.discord.Post(discordtest.Message{Content: pasted, Bot: true})
	m := r.discord.Post(discordtest.Message{ChannelID: paste.ChannelID, ReplyTo: paste.ID, Content: "<@" + r.discord.BotID + ">"})
	sent := r.discord.AwaitSent(m.ChannelID, 1)
	if sent[0].ReplyTo != m.ID || !strings.Contains(sent[0].Text(), "550 5.1.1") {
		t.Errorf("%s", sent[0].Text())
	}
}

func TestMentionAlone(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{Content: "<@" + r.discord.BotID + ">"})
	if sent := r.discord.AwaitSent(m.ChannelID, 1); !strings.Contains(sent[0].Text(), "/smtp") {
		t.Errorf("%s", sent[0].Text())
	}
}

// A server that set a language for itself is answered in it.
func TestLanguageOfServer(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	guild := s.AddGuild("fr")
	r := newRig(t, s, memory.New())
	r.run()
	r.ready()
	r.settled("GUILD_CREATE", 2)
	m := s.Post(discordtest.Message{GuildID: guild, Content: pasted})
	if sent := s.AwaitSent(m.ChannelID, 1); !strings.Contains(sent[0].Text(), "adresse") {
		t.Errorf("not French: %s", sent[0].Text())
	}
}

// Who asks by the bot's name, or alone with it, is answered in the language that
// is set there, whatever the server's is; alone with it everybody may set that.
func TestLanguageOfChannel(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel(r.discord.Guild(), 0, "")
	if _, err := r.adapter.bot.ChangeSettings(t.Context(), r.adapter.place(r.discord.Guild(), channel), bot.Settings{Lang: "fr"}); err != nil {
		t.Fatal(err)
	}
	asked := r.discord.Post(discordtest.Message{ChannelID: channel, Content: "<@" + r.discord.BotID + "> 550 5.1.1"})
	if got := r.discord.AwaitSent(asked.ChannelID, 1)[0].Text(); !strings.Contains(got, "définitif") || !strings.Contains(got, "Supprimer") {
		t.Errorf("not French: %s", got)
	}
	set := r.discord.Post(discordtest.Message{GuildID: "-", Content: "lang fr"})
	r.discord.AwaitSent(set.ChannelID, 1)
	r.discord.Post(discordtest.Message{GuildID: "-", ChannelID: set.ChannelID, Content: "settings"})
	if got := r.discord.AwaitSent(set.ChannelID, 2)[1].Text(); !strings.Contains(got, "`/smtp code:lang fr`") || !strings.Contains(got, "Français") {
		t.Errorf("not French, or not as it is typed there: %s", got)
	}
}

// What cannot be read does no harm.
func TestOddEvents(t *testing.T) {
	r := start(t)
	r.discord.Dispatch("MESSAGE_CREATE", map[string]any{"id": 12, "author": "nobody"})
	r.discord.Dispatch("MESSAGE_CREATE", map[string]any{"id": "12", "channel_id": "13", "content": pasted})
	r.discord.Dispatch("MESSAGE_CREATE", nil)
	r.discord.Dispatch("MESSAGE_UPDATE", map[string]any{"id": "12", "channel_id": "13"})
	r.discord.Dispatch("INTERACTION_CREATE", map[string]any{"id": "12", "type": "x"})
	r.discord.Dispatch("INTERACTION_CREATE", map[string]any{})
	r.discord.Dispatch("NEVER_HEARD_OF", map[string]any{"a": 1})
	r.settled("MESSAGE_UPDATE", 1)
	r.settled("INTERACTION_CREATE", 2)
	r.settled("MESSAGE_CREATE", 3)
	m := r.discord.Post(discordtest.Message{Content: pasted})
	r.discord.AwaitSent(m.ChannelID, 1)
	if n := len(r.discord.Sent("")); n != 1 {
		t.Errorf("%d answers", n)
	}
}
