package discord

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"smtpbot/adapters/adaptertest"
	"smtpbot/adapters/discord/discordtest"
	"smtpbot/bot"
)

// TestAsOnEveryPlatform holds Discord to what all platforms have in common.
func TestAsOnEveryPlatform(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T) adaptertest.Platform {
		return &stage{t: t, d: discordtest.New(t), log: &safeBuffer{}, ids: map[string]string{}}
	})
}

// stage drives an adapter over the gateway of a stand-in for Discord.
type stage struct {
	t    *testing.T
	d    *discordtest.Server
	a    *Adapter
	log  *safeBuffer
	stop func()
	ids  map[string]string // of people and channels, by their names

	mu      sync.Mutex
	handled int
}

func (s *stage) Start(b *bot.Bot) {
	s.t.Helper()
	base, err := url.Parse(s.d.URL())
	if err != nil {
		s.t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(s.log, nil))
	a := New(Config{Token: s.d.Token, API: base}, b, log)
	a.pause, a.rest.pause, a.every = time.Millisecond, time.Millisecond, 5*time.Millisecond
	s.mu.Lock()
	s.a, s.handled = a, 0
	s.mu.Unlock()
	a.handled = func(string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.handled++
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	var once sync.Once
	s.stop = func() {
		once.Do(func() {
			cancel()
			if err := <-ended; err != nil {
				s.t.Errorf("Run: %v", err)
			}
		})
	}
	s.t.Cleanup(s.stop)
	s.await("the commands", func() bool { names, _ := s.d.Commands(); return len(names) > 0 && a.Ready() == nil })
}

func (s *stage) Stop() { s.stop() }

// Refuse makes Discord fail everything that the bot says.
func (s *stage) Refuse(refuse bool) { s.d.Mend(); s.refuse(refuse) }

func (s *stage) refuse(refuse bool) {
	if refuse {
		for _, method := range []string{"POST", "PATCH", "PUT", "DELETE"} {
			s.d.Fail(1000, method, "^/channels/", 503, "", nil)
		}
	}
}

func (s *stage) Settle() {
	s.t.Helper()
	s.await("rest", func() bool {
		s.mu.Lock()
		handled := s.handled
		s.mu.Unlock()
		return s.a.tasks.Idle() && handled >= s.d.Dispatched()
	})
}

func (s *stage) await(what string, holds func() bool) {
	s.t.Helper()
	adaptertest.Await(s.t, what, holds, func() string {
		s.mu.Lock()
		defer s.mu.Unlock()
		return fmt.Sprintf("%d of %d events\n%s", s.handled, s.d.Dispatched(), s.log)
	})
}

// id is that of what has a name.
func (s *stage) id(name string) string {
	if s.ids[name] == "" {
		s.ids[name] = s.d.ID()
	}
	return s.ids[name]
}

func (s *stage) Post(m adaptertest.Message) string {
	post := discordtest.Message{
		Author: s.User(cmp.Or(m.User, "alice")), Content: m.Text, Bot: m.ByProgram, ChannelID: s.id("#" + cmp.Or(m.Channel, "general")),
	}
	if m.In != "" { // a thread has the id of the message that it hangs on
		post.ChannelID = s.thread(m.In)
	}
	if m.Direct {
		post.ChannelID, post.GuildID = s.id("@"+post.Author), "-"
	}
	if m.Mention {
		post.Content = "<@" + s.d.BotID + "> " + post.Content
	}
	if m.File != nil {
		post.Files = []discordtest.File{{Name: m.File.Name, Body: []byte(m.File.Body), Type: "text/plain; charset=utf-8"}}
	}
	return s.d.Post(post).ID
}

func (s *stage) thread(root string) string {
	if s.ids["thread "+root] == "" {
		s.ids["thread "+root] = s.d.AddChannel("", discordtest.KindThread, s.d.Message(root).ChannelID)
	}
	return s.ids["thread "+root]
}

func (s *stage) Edit(id, text string) { s.d.Edit(s.d.Message(id), text, true) }
func (s *stage) Delete(id string)     { s.d.Delete(s.d.Message(id)) }
func (s *stage) Repeat(id string)     { s.d.Repeat(s.d.Message(id)) }
func (s *stage) Mark(id, user string) { s.d.React(s.d.Message(id), s.User(user), emoji) }
func (s *stage) Marked(id string) bool {
	return slices.Contains(s.d.Message(id).Reactions[emoji], s.d.BotID)
}
func (s *stage) User(name string) string { return s.id("person " + name) }
func (s *stage) Log() string             { return s.log.String() }

func (s *stage) Command(text string) string {
	s.t.Helper()
	options := map[string]string{}
	if text != "" {
		options["code"] = text
	}
	i := s.d.Slash("smtp", "en-US", options)
	i.User = s.User("alice")
	return s.privately(i).Text()
}

// privately asks for what one person alone is shown.
func (s *stage) privately(i discordtest.Interaction) *discordtest.Answer {
	s.t.Helper()
	a := s.d.OverGateway(i)
	if a.Type != 4 && a.Type != 5 || !a.Ephemeral {
		s.t.Errorf("an answer of type %d, ephemeral %t", a.Type, a.Ephemeral)
	}
	return a
}

func (s *stage) Press(a adaptertest.Answer, label string) string {
	s.t.Helper()
	i := s.d.Press(s.d.Message(a.ID), label, "en-US")
	i.User = s.User("bob")
	return s.privately(i).Text()
}

func (s *stage) Place(id string) bot.Place {
	m := s.d.Message(id)
	return bot.Place{Platform: name, Team: m.GuildID, Channel: m.ChannelID}
}

// replies are the bot's messages in reply to one. Where that is gone, it is
// what was said in its channel.
func (s *stage) replies(id string) (list []*discordtest.Message) {
	for _, m := range s.d.Sent("") {
		if m.ReplyTo == id {
			list = append(list, m)
		}
	}
	return list
}

func (s *stage) Answers(id string) (list []adaptertest.Answer) {
	for _, m := range s.replies(id) {
		a := adaptertest.Answer{ID: m.ID, Text: m.Text(), Pings: m.Pinged}
		for _, b := range m.Buttons {
			a.Buttons = append(a.Buttons, b.Label)
		}
		if len(m.Embeds) > 0 && strings.Contains(m.Text(), "·") { // not the line that offers one
			list = append(list, a)
		}
	}
	return list
}

// Whispered is what the writer sees who clicks the bot's mark, and presses the
// button of the line that comes then: Discord shows something to one person
// alone only in answer to a button or a command.
func (s *stage) Whispered(id string) string {
	s.t.Helper()
	m := s.d.Message(id)
	if !s.Marked(id) {
		return ""
	}
	s.d.React(m, m.Author, emoji)
	s.Settle()
	list := s.replies(id)
	if len(list) != 1 || len(list[0].Buttons) != 1 {
		s.t.Fatalf("%d replies to a click on the mark", len(list))
	}
	i := s.d.Press(list[0], list[0].Buttons[0].Label, "en-US")
	i.User = m.Author
	return s.privately(i).Text()
}
