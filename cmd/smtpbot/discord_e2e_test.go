package main

import (
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
)

// discordEnv configures a process for a stand-in for Discord.
func discordEnv(s *discordtest.Server) []string {
	return []string{"DISCORD_BOT_TOKEN=" + s.Token, "DISCORD_PUBLIC_KEY=" + s.PublicKey(), "DISCORD_API_URL=" + s.URL()}
}

func discordReady(t *testing.T, p *process, s *discordtest.Server) {
	t.Helper()
	eventually(t, "readiness", func() bool { status, _ := p.get("/readyz"); return status == 200 })
	s.Await("the commands", func() bool { names, _ := s.Commands(); return len(names) > 0 })
}

const discordPaste = "host mx.dest.example said: 550 5.1.1 <bob@dest.example>: Recipient address rejected: User unknown"

func TestDiscordEndToEnd(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	p := startBinary(t, discordEnv(s)...)
	discordReady(t, p, s)

	paste := s.Post(discordtest.Message{Content: discordPaste})
	s.Repeat(paste)
	answer := s.AwaitSent(paste.ChannelID, 1)[0]
	if answer.ReplyTo != paste.ID || !strings.Contains(answer.Text(), "550 5.1.1") || len(answer.Pinged) > 0 {
		t.Errorf("a reply to %q that notifies %v: %s", answer.ReplyTo, answer.Pinged, answer.Text())
	}
	slash := s.Slash("smtp", "fr", map[string]string{"code": "450", "versus": "550"})
	gateway, http := s.OverGateway(slash), s.OverHTTP(p.url+"/discord/interactions", slash)
	if string(gateway.Raw) != string(http.Raw) || !gateway.Ephemeral {
		t.Errorf("gateway and HTTP differ, or are public:\n%s\n%s", gateway.Raw, http.Raw)
	}
	if menu := s.OverGateway(s.Menu("Explain SMTP error", "en-US", paste)); !strings.Contains(menu.Text(), "550 5.1.1") {
		t.Errorf("menu: %s", menu.Text())
	}
	if details := s.OverGateway(s.Press(answer, answer.Buttons[0].Label, "en-US")); !details.Ephemeral {
		t.Error("the details are public")
	}
	s.Cut()
	during := s.Post(discordtest.Message{Content: discordPaste})
	s.AwaitSent(during.ChannelID, 1)
	if status, _ := s.PostWith(p.url+"/discord/interactions", []byte("{}"), "1", strings.Repeat("00", 64)); status != 401 {
		t.Errorf("a wrong signature: %d", status)
	}
	if n := len(s.Sent("")); n != 2 {
		t.Errorf("%d answers, want 2", n)
	}
	p.stop()
	if log := p.logs.String(); strings.Contains(log, s.Token) || strings.Contains(log, "dest.example") || strings.Contains(log, "interaction-token") {
		t.Errorf("secrets or pastes are in the log:\n%s", log)
	}
}

func TestDiscordEndToEndStartsWhileDown(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	s.Down(true)
	p := startBinary(t, discordEnv(s)...)
	eventually(t, "a reason", func() bool {
		status, body := p.get("/readyz")
		return status == 503 && strings.Contains(body, "discord")
	})
	s.Down(false)
	discordReady(t, p, s)
	p.stop()
}

// Without leave to read messages the bot says what to switch on, and does the rest.
func TestDiscordEndToEndIntentMissing(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t, func(s *discordtest.Server) { s.AllowsContent = false })
	p := startBinary(t, discordEnv(s)...)
	discordReady(t, p, s)
	if !strings.Contains(p.logs.String(), "Message Content Intent") {
		t.Errorf("does not say what to switch on:\n%s", p.logs)
	}
	paste := s.Post(discordtest.Message{Content: discordPaste})
	if menu := s.OverGateway(s.Menu("Explain SMTP error", "en-US", paste)); !strings.Contains(menu.Text(), "550 5.1.1") {
		t.Errorf("menu: %s", menu.Text())
	}
	asked := s.Post(discordtest.Message{Content: "<@" + s.BotID + "> 503"})
	s.AwaitSent(asked.ChannelID, 1)
	direct := s.Post(discordtest.Message{GuildID: "-", Content: discordPaste})
	s.AwaitSent(direct.ChannelID, 1)
	if n := len(s.Sent(paste.ChannelID)); n != 0 {
		t.Errorf("%d answers to what the bot may not read", n)
	}
	if n := strings.Count(p.logs.String(), "Message Content Intent"); n != 1 {
		t.Errorf("says %d times what to switch on", n)
	}
	p.stop()
}
