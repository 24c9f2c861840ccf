package discord

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
	"smtpbot/bot/store/memory"
)

// What Discord makes of a long paste, a log and a mail are read.
func TestFiles(t *testing.T) {
	for name, f := range map[string]discordtest.File{
		"long paste": {Name: "message.txt", Type: "text/plain; charset=utf-8", Body: []byte(strings.Repeat("all is well\n", 300) + pasted)},
		"log":        {Name: "mail.LOG", Body: []byte(pasted)},
		"mail":       {Name: "bounce.eml", Body: []byte("From: <>\r\nSubject: Undelivered\r\nContent-Type: text/plain\r\n\r\n" + pasted + "\r\n")},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t)
			m := r.discord.Post(discordtest.Message{Content: "what is this?", Files: []discordtest.File{f}})
			if sent := r.discord.AwaitSent(m.ChannelID, 1); !strings.Contains(sent[0].Text(), "550 5.1.1") {
				t.Errorf("%s", sent[0].Text())
			}
		})
	}
}

// What is no text, too large, or elsewhere is not fetched.
func TestFilesLeftOut(t *testing.T) {
	var asked []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		w.Write([]byte(pasted))
	}))
	t.Cleanup(other.Close)
	for name, f := range map[string]discordtest.File{
		"picture":       {Name: "x.png", Type: "image/png", Body: []byte(pasted)},
		"says too much": {Name: "message.txt", Body: []byte(pasted), Size: maxFile + 1},
		"is too large":  {Name: "message.txt", Body: append(bytes.Repeat([]byte(" "), maxFile), pasted...), Size: 10},
		"no text":       {Name: "message.txt", Body: append([]byte("\x00"), pasted...)},
		"elsewhere":     {Name: "message.txt", URL: other.URL + "/attachments/1/2/message.txt"},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t)
			m := r.discord.Post(discordtest.Message{Content: "what is this?", Files: []discordtest.File{f}})
			r.settled("MESSAGE_CREATE", 1)
			if n := len(r.discord.Sent(m.ChannelID)); n > 0 {
				t.Errorf("%d answers", n)
			}
		})
	}
	t.Cleanup(func() {
		if len(asked) > 0 {
			t.Errorf("asked elsewhere: %v", asked)
		}
	})
}

// Who sends the bot a file in which it finds nothing is told so.
func TestFileForTheBot(t *testing.T) {
	r := start(t)
	m := r.discord.Post(discordtest.Message{GuildID: "-", Files: []discordtest.File{{Name: "notes.txt", Body: []byte("milk, bread")}}})
	if sent := r.discord.AwaitSent(m.ChannelID, 1); strings.Contains(sent[0].Text(), "milk") {
		t.Errorf("%s", sent[0].Text())
	}
}

func TestHoldsFiles(t *testing.T) {
	t.Parallel()
	a := New(Config{Token: "x"}, newBot(t, memory.New(), bot.Options{}), quiet())
	local := New(Config{Token: "x", API: &url.URL{Scheme: "http", Host: "127.0.0.1:1"}}, newBot(t, memory.New(), bot.Options{}), quiet())
	for address, want := range map[string][2]bool{
		"https://cdn.discordapp.com/attachments/1/2/message.txt?ex=1": {true, true},
		"https://media.discordapp.net/ephemeral-attachments/1/2/a":    {true, true},
		"http://127.0.0.1:1/attachments/1/2/message.txt":              {false, true},
		"http://cdn.discordapp.com/attachments/1/2/message.txt":       {},
		"https://cdn.discordapp.com.evil.example/attachments/1":       {},
		"https://cdn.discordapp.com@evil.example/attachments/1":       {},
		"https://evil.example@cdn.discordapp.com/attachments/1":       {},
		"https://cdn.discordapp.com:444/attachments/1":                {},
		"https://cdn.discordapp.com/../x":                             {},
		"https://169.254.169.254/attachments/1":                       {},
		"file:///attachments/1":                                       {},
		"":                                                            {},
	} {
		if got := [2]bool{a.holdsFiles(address), local.holdsFiles(address)}; got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

// A message with a file is explained by the menu and by the bot's name, too.
func TestFileOfAnotherMessage(t *testing.T) {
	r := start(t)
	paste := r.discord.Post(discordtest.Message{Bot: true, Content: "delivery report", Files: []discordtest.File{{Name: "message.txt", Body: []byte(pasted)}}})
	shown := r.discord.OverGateway(r.discord.Menu(menuName, "en-US", paste))
	if !shown.Ephemeral || !strings.Contains(shown.Text(), "550 5.1.1") {
		t.Errorf("ephemeral %t: %s", shown.Ephemeral, shown.Text())
	}
	r.discord.Post(discordtest.Message{ChannelID: paste.ChannelID, ReplyTo: paste.ID, Content: "<@" + r.discord.BotID + ">"})
	if sent := r.discord.AwaitSent(paste.ChannelID, 1); !strings.Contains(sent[0].Text(), "550 5.1.1") {
		t.Errorf("%s", sent[0].Text())
	}
}
