package discord

import (
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
)

// set sets a level for a channel, as its people do.
func (r *rig) set(guild, channel string, level bot.Level) {
	r.t.Helper()
	if _, err := r.adapter.bot.ChangeSettings(r.t.Context(), bot.Place{Platform: name, Team: guild, Channel: channel}, bot.Settings{Level: level}); err != nil {
		r.t.Fatal(err)
	}
}

// marked waits for the bot's mark on a message.
func (r *rig) marked(m *discordtest.Message) {
	r.t.Helper()
	r.discord.Await("the mark", func() bool {
		now := r.discord.Message(m.ID)
		return now != nil && len(now.Reactions[emoji]) > 0
	})
}

func TestLevelOff(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel("", discordtest.KindText, "")
	r.set(r.discord.Guild(), channel, bot.LevelOff)
	m := r.discord.Post(discordtest.Message{ChannelID: channel, Content: pasted})
	r.settled("MESSAGE_CREATE", 1)
	if len(r.discord.Sent("")) > 0 || len(r.discord.Message(m.ID).Reactions) > 0 {
		t.Error("a channel that is off was spoken in")
	}
}

// One emoji, and the answer when somebody else clicks it.
func TestLevelReact(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel("", discordtest.KindText, "")
	r.set(r.discord.Guild(), channel, bot.LevelReact)
	m := r.discord.Post(discordtest.Message{ChannelID: channel, Content: pasted})
	r.marked(m)
	r.discord.React(m, m.Author, emoji) // who wrote it
	r.discord.React(m, r.discord.ID(), "👍")
	r.settled("MESSAGE_REACTION_ADD", 3)
	if n := len(r.discord.Sent(channel)); n > 0 {
		t.Fatalf("%d answers", n)
	}
	r.discord.React(m, r.discord.ID(), emoji)
	r.discord.React(m, r.discord.ID(), emoji)
	r.discord.AwaitSent(channel, 1)
	r.settled("MESSAGE_REACTION_ADD", 5)
	if sent := r.discord.Sent(channel); len(sent) != 1 || sent[0].ReplyTo != m.ID || !strings.Contains(sent[0].Text(), "550 5.1.1") {
		t.Errorf("%d answers: %s", len(sent), sent[0].Text())
	}
}

// One emoji; whoever clicks it gets a line with a button, once, and whoever
// presses that sees the explanation alone.
func TestLevelQuiet(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel("", discordtest.KindText, "")
	r.set(r.discord.Guild(), channel, bot.LevelQuiet)
	m := r.discord.Post(discordtest.Message{ChannelID: channel, Content: pasted})
	r.marked(m)
	if n := len(r.discord.Sent(channel)); n > 0 {
		t.Fatalf("%d answers", n)
	}
	r.discord.React(m, m.Author, emoji)
	r.discord.React(m, r.discord.ID(), emoji)
	r.settled("MESSAGE_REACTION_ADD", 3)
	sent := r.discord.AwaitSent(channel, 1)
	if len(sent) != 1 || len(sent[0].Buttons) != 1 || strings.Contains(sent[0].Text(), "550") {
		t.Fatalf("%d lines, %s", len(sent), sent[0].Text())
	}
	shown := r.discord.OverGateway(r.discord.Press(sent[0], sent[0].Buttons[0].Label, "en-US"))
	if !shown.Ephemeral || !strings.Contains(shown.Text(), "550 5.1.1") {
		t.Errorf("ephemeral %t: %s", shown.Ephemeral, shown.Text())
	}
	r.discord.Edit(m, "never mind", true)
	r.discord.Await("the line to go", func() bool { return len(r.discord.Sent(channel)) == 0 })
}

// A thread has the settings of its channel, and is a conversation of its own.
func TestThreads(t *testing.T) {
	r := start(t)
	guild := r.discord.Guild()
	forum := r.discord.AddChannel("", discordtest.KindForum, "")
	one := r.discord.AddChannel("", discordtest.KindThread, forum)
	other := r.discord.AddChannel("", discordtest.KindThread, forum)
	for _, post := range []string{one, other} { // the cool-down is each post's own
		m := r.discord.Post(discordtest.Message{ChannelID: post, Content: pasted})
		if sent := r.discord.AwaitSent(post, 1); sent[0].ReplyTo != m.ID {
			t.Errorf("a reply to %q", sent[0].ReplyTo)
		}
	}
	r.set(guild, forum, bot.LevelOff)
	r.discord.Post(discordtest.Message{ChannelID: one, Content: "451 4.7.1 <bob@dest.example>: Recipient address rejected: Greylisted"})
	r.settled("MESSAGE_CREATE", 5)
	if n := len(r.discord.Sent("")); n != 2 {
		t.Errorf("%d answers", n)
	}
}

// What several lines of one paste say stands in one answer.
func TestBurst(t *testing.T) {
	r := start(t)
	who := r.discord.ID()
	m := r.discord.Post(discordtest.Message{Author: who, Content: pasted})
	r.discord.AwaitSent(m.ChannelID, 1)
	r.discord.Post(discordtest.Message{Author: who, ChannelID: m.ChannelID, Content: "host mx.dest.example said: 452 4.2.2 <amy@dest.example>: Mailbox full"})
	r.discord.Await("both in one answer", func() bool {
		sent := r.discord.Sent(m.ChannelID)
		return len(sent) == 1 && strings.Contains(sent[0].Text(), "452 4.2.2") && strings.Contains(sent[0].Text(), "550 5.1.1")
	})
}

// The bot says nothing by itself where it was just added.
func TestNoWelcome(t *testing.T) {
	r := start(t)
	guild := r.discord.AddGuild("fr")
	r.discord.AddChannel(guild, discordtest.KindText, "")
	r.settled("GUILD_CREATE", 2)
	if n := len(r.discord.Sent("")); n > 0 {
		t.Errorf("%d messages", n)
	}
}

// A server in an outage is not left; one that the bot was removed from is
// forgotten with all that is kept of it.
func TestGuildGone(t *testing.T) {
	r := start(t)
	guild := r.discord.AddGuild("fr")
	channel := r.discord.AddChannel(guild, discordtest.KindText, "")
	m := r.discord.Post(discordtest.Message{GuildID: guild, ChannelID: channel, Content: pasted})
	r.discord.AwaitSent(channel, 1)
	kept := func() bool {
		_, known, err := r.store.Remembered(t.Context(), name, channel, m.ID)
		return known && err == nil
	}
	r.discord.Outage(guild, true)
	r.settled("GUILD_DELETE", 1)
	r.discord.Outage(guild, false)
	r.settled("GUILD_CREATE", 3)
	if !kept() || r.adapter.language(guild) != "fr" {
		t.Error("an outage was taken for the end")
	}
	r.discord.RemoveGuild(guild)
	r.await("everything to go", func() bool { return !kept() })
}

func TestChannelGone(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel("", discordtest.KindText, "")
	r.set(r.discord.Guild(), channel, bot.LevelReply)
	m := r.discord.Post(discordtest.Message{ChannelID: channel, Content: pasted})
	r.discord.AwaitSent(channel, 1)
	r.discord.RemoveChannel(channel)
	r.settled("CHANNEL_DELETE", 1)
	if _, known, err := r.store.Remembered(t.Context(), name, channel, m.ID); known || err != nil {
		t.Error("its rows are kept", err)
	}
	if list, err := r.store.SettingsAt(t.Context(), bot.Place{Platform: name, Team: r.discord.Guild(), Channel: channel}); len(list) > 0 || err != nil {
		t.Error("its settings are kept", err)
	}
}

// A channel that refuses is left alone, said once, and tried again when
// something has changed there.
func TestRefusingChannel(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel("", discordtest.KindText, "")
	r.discord.Deny(channel, 50001)
	r.discord.Post(discordtest.Message{ChannelID: channel, Content: pasted})
	r.settled("MESSAGE_CREATE", 1)
	n := r.discord.Requests("POST /channels/{}/messages")
	for range 5 {
		r.discord.Post(discordtest.Message{ChannelID: channel, Content: "550 5.7.1 Relaying denied"})
	}
	r.settled("MESSAGE_CREATE", 6)
	if now := r.discord.Requests("POST /channels/{}/messages"); now != n {
		t.Errorf("%d more requests", now-n)
	}
	if said := strings.Count(r.log.String(), "left alone for an hour"); said != 1 {
		t.Errorf("said %d times", said)
	}
	r.discord.Deny(channel, 0)
	r.discord.Dispatch("CHANNEL_UPDATE", map[string]any{"id": channel, "guild_id": r.discord.Guild(), "type": 0})
	r.discord.Post(discordtest.Message{ChannelID: channel, Content: "550 5.7.1 <amy@dest.example>: Relaying denied"})
	r.discord.AwaitSent(channel, 1)
}
