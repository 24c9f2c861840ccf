package discord

import (
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
)

// An edit changes the answer, takes it away, and brings it back.
func TestFollowEdit(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{Content: pasted})
	first := r.discord.AwaitSent(m.ChannelID, 1)[0]
	r.discord.Edit(m, "host mx.dest.example said: 452 4.2.2 <bob@dest.example>: Mailbox full", true)
	r.discord.Await("the answer to change", func() bool {
		sent := r.discord.Sent(m.ChannelID)
		return len(sent) == 1 && sent[0].ID == first.ID && strings.Contains(sent[0].Text(), "452 4.2.2") && !strings.Contains(sent[0].Text(), "550 5.1.1")
	})
	r.discord.Edit(m, "never mind", true)
	r.discord.Await("the answer to go", func() bool { return len(r.discord.Sent(m.ChannelID)) == 0 })
	r.discord.Edit(m, pasted, true)
	if again := r.discord.AwaitSent(m.ChannelID, 1); again[0].ID == first.ID || !strings.Contains(again[0].Text(), "550 5.1.1") {
		t.Errorf("%s", again[0].Text())
	}
}

// The deletion of a message takes its answer with it, also among many.
func TestFollowDelete(t *testing.T) {
	r := start(t)
	one := r.discord.Post(discordtest.Message{Content: pasted})
	r.discord.AwaitSent(one.ChannelID, 1)
	r.discord.Delete(one)
	r.discord.Await("the answer to go", func() bool { return len(r.discord.Sent(one.ChannelID)) == 0 })

	channel := r.discord.AddChannel("", discordtest.KindText, "")
	two := r.discord.Post(discordtest.Message{ChannelID: channel, Content: pasted})
	chat := r.discord.Post(discordtest.Message{ChannelID: channel, Content: "hello"})
	three := r.discord.Post(discordtest.Message{ChannelID: channel, Content: "host mx.dest.example said: 452 4.2.2 <bob@dest.example>: Mailbox full"})
	r.discord.AwaitSent(channel, 2)
	r.discord.BulkDelete(two, chat, three)
	r.discord.Await("both answers to go", func() bool { return len(r.discord.Sent(channel)) == 0 })
}

// An answer that somebody deleted does not come back.
func TestAnswerDeletedByHand(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{Content: pasted})
	sent := r.discord.AwaitSent(m.ChannelID, 1)
	r.await("the note of it", func() bool {
		row, _, _ := r.store.Remembered(t.Context(), name, m.ChannelID, m.ID)
		return row.State == bot.Answered
	})
	r.discord.Delete(sent[0])
	r.settled("MESSAGE_DELETE", 1)
	r.discord.Edit(m, pasted+"\nhost mx.dest.example said: 452 4.2.2 <bob@dest.example>: Mailbox full", true)
	r.discord.Repeat(m)
	r.settled("MESSAGE_UPDATE", 1)
	r.settled("MESSAGE_CREATE", 3)
	if n := len(r.discord.Sent("")); n > 0 {
		t.Errorf("%d answers came back", n)
	}
}

// A deletion cannot overtake its message.
func TestDeletedAtOnce(t *testing.T) {
	r := start(t)
	channel := r.discord.AddChannel("", discordtest.KindText, "")
	for range 20 {
		r.discord.Delete(r.discord.Post(discordtest.Message{ChannelID: channel, Content: pasted}))
	}
	r.settled("MESSAGE_CREATE", 20)
	r.settled("MESSAGE_DELETE", 20)
	r.discord.Await("nothing to stand", func() bool { return len(r.discord.Sent("")) == 0 })
}
