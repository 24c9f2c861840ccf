package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// client is a bot that knows nothing of Discord but the wire.
type client struct {
	t  *testing.T
	s  *Server
	ws *websocket.Conn
}

// ask makes a request and gives status and body.
func (c *client) ask(method, path, body string) (int, string) {
	c.t.Helper()
	r, _ := http.NewRequest(method, c.s.URL()+"/api/v10"+path, bytes.NewBufferString(body))
	r.Header.Set("Authorization", "Bot "+c.s.Token)
	r.Header.Set("User-Agent", "DiscordBot (https://bot.example, 1)")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, ""
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(answer)
}

func (c *client) wants(status int, method, path, body string) string {
	c.t.Helper()
	got, answer := c.ask(method, path, body)
	if got != status {
		c.t.Errorf("%s %s: %d, want %d: %s", method, path, got, status, answer)
	}
	return answer
}

// connect identifies, with the intents and the shard.
func (c *client) connect(intents int, shard [2]int) {
	c.t.Helper()
	ws, _, err := websocket.DefaultDialer.Dial(c.s.gatewayURL()+"/?v=10&encoding=json", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { ws.Close() })
	c.ws = ws
	ws.WriteJSON(map[string]any{"op": opIdentify, "d": map[string]any{
		"token": c.s.Token, "intents": intents, "properties": map[string]any{"os": "linux"}, "shard": shard}})
}

// next gives the next event of a kind.
func (c *client) next(kind string) map[string]any {
	c.t.Helper()
	c.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	for {
		var e struct {
			T string
			D json.RawMessage
		}
		if err := c.ws.ReadJSON(&e); err != nil {
			c.t.Fatalf("waiting for %s: %v", kind, err)
		}
		if e.T == kind {
			var d map[string]any
			json.Unmarshal(e.D, &d)
			return d
		}
	}
}

const everything = IntentGuilds | IntentGuildMessages | IntentDirectMessages | IntentMessageContent | IntentGuildReactions

func TestIntentsDecideWhatIsSeen(t *testing.T) {
	t.Parallel()
	s := New(t)
	c := &client{t: t, s: s}
	c.connect(everything&^IntentMessageContent, [2]int{0, 1})
	c.next("GUILD_CREATE")
	for name, row := range map[string]struct {
		m     Message
		blank bool
	}{
		"a person":     {Message{Content: "x", Files: []File{{Name: "message.txt", Body: []byte("y")}}}, true},
		"a mention":    {Message{Content: "<@" + s.BotID + "> x"}, false},
		"a direct one": {Message{Content: "x", GuildID: "-"}, false},
		"our own":      {Message{Content: "x", Author: s.BotID}, false},
	} {
		s.Post(row.m)
		if got := c.next("MESSAGE_CREATE"); (got["content"] == "") != row.blank || row.blank && len(got["attachments"].([]any)) > 0 {
			t.Errorf("%s: %v", name, got["content"])
		}
	}
}

func TestFollowingIsDispatched(t *testing.T) {
	t.Parallel()
	s := New(t)
	c := &client{t: t, s: s}
	c.connect(everything, [2]int{0, 1})
	c.next("GUILD_CREATE")
	thread := s.AddChannel("", KindThread, s.AddChannel("", KindText, ""))
	if got := c.next("THREAD_CREATE"); got["id"] != thread {
		t.Errorf("%v", got)
	}
	m := s.Post(Message{ChannelID: thread, Content: "x"})
	s.Edit(m, "y", true)
	if got := c.next("MESSAGE_UPDATE"); got["content"] != "y" || got["edited_timestamp"] == nil {
		t.Errorf("%v", got)
	}
	s.React(m, "77777", "🔍")
	if got := c.next("MESSAGE_REACTION_ADD"); got["user_id"] != "77777" || got["message_id"] != m.ID {
		t.Errorf("%v", got)
	}
	s.Delete(m)
	if got := c.next("MESSAGE_DELETE"); got["id"] != m.ID {
		t.Errorf("%v", got)
	}
	s.BulkDelete(s.Post(Message{ChannelID: thread}), s.Post(Message{ChannelID: thread}))
	if got := c.next("MESSAGE_DELETE_BULK"); len(got["ids"].([]any)) != 2 {
		t.Errorf("%v", got)
	}
	s.RemoveChannel(thread)
	c.next("THREAD_DELETE")
	s.Outage(s.Guild(), true)
	if got := c.next("GUILD_DELETE"); got["unavailable"] != true {
		t.Errorf("%v", got)
	}
	s.RemoveGuild(s.Guild())
	if got := c.next("GUILD_DELETE"); got["unavailable"] != nil {
		t.Errorf("%v", got)
	}
}

func TestShards(t *testing.T) {
	t.Parallel()
	s := New(t)
	var clients [3]*client
	for i := range clients {
		clients[i] = &client{t: t, s: s}
		clients[i].connect(everything, [2]int{i, 3})
		clients[i].next("READY")
	}
	s.Await("three shards", func() bool { return len(s.Serving()) == 3 })
	for range 6 {
		g := s.AddGuild("fr")
		if got := clients[shardOf(g, 3)].next("GUILD_CREATE"); got["id"] != g {
			// The first guild was there before.
			if got = clients[shardOf(g, 3)].next("GUILD_CREATE"); got["id"] != g {
				t.Errorf("%v", got)
			}
		}
		s.Post(Message{GuildID: g, Content: g})
		if got := clients[shardOf(g, 3)].next("MESSAGE_CREATE"); got["content"] != g {
			t.Errorf("%v", got)
		}
	}
}

func TestMessagesOfTheBot(t *testing.T) {
	t.Parallel()
	s := New(t)
	c := &client{t: t, s: s}
	m := s.Post(Message{Content: "x"})
	at := "/channels/" + m.ChannelID + "/messages"
	say := `{"content": "a", "nonce": "1", "enforce_nonce": true, ` + nobody + `}`
	first := c.wants(200, "POST", at, say)
	if again := c.wants(200, "POST", at, say); again != first {
		t.Error("a nonce twice gives two messages")
	}
	id := s.Sent(m.ChannelID)[0].ID
	c.wants(200, "PATCH", at+"/"+id, `{"content": "b", `+nobody+`}`)
	if got := s.Message(id).Content; got != "b" {
		t.Errorf("content %q", got)
	}
	c.wants(204, "PUT", at+"/"+m.ID+"/reactions/%F0%9F%94%8D/@me", "")
	if got := s.Message(m.ID).Reactions["🔍"]; len(got) != 1 {
		t.Errorf("reactions %v", s.Message(m.ID).Reactions)
	}
	if got := c.wants(200, "GET", at+"?after="+m.ID+"&limit=100", ""); strings.Count(got, `"author"`) != 1 {
		t.Errorf("history: %s", got)
	}
	c.wants(204, "DELETE", at+"/"+id, "")
	c.wants(404, "PATCH", at+"/"+id, `{"content": "b", `+nobody+`}`)
	c.wants(404, "POST", "/channels/123456/messages", say)
	s.Deny(m.ChannelID, 50013)
	c.wants(403, "POST", at, say)
	if n := s.Invalid(); n != 1 {
		t.Errorf("%d answers that count", n)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	s := New(t)
	c := &client{t: t, s: s}
	m := s.Post(Message{Content: "x"})
	at := "/channels/" + m.ChannelID + "/messages"
	body := func(i int) string { return fmt.Sprintf(`{"content": "a", "nonce": "%d", %s}`, i, nobody) }
	s.Limit(1, "POST", "/messages$", "global", time.Second)
	if got := c.wants(429, "POST", at, body(1)); !strings.Contains(got, `"global":true`) {
		t.Error(got)
	}
	s.Break(1, "POST", "/messages$")
	c.wants(0, "POST", at, body(2))
	if n := len(s.Sent("")); n != 0 {
		t.Errorf("%d messages", n)
	}
	s.Lose(1, "POST", "/messages$")
	c.wants(0, "POST", at, body(3))
	if n := len(s.Sent("")); n != 1 {
		t.Errorf("%d messages", n)
	}
	s.Ration("POST", "/messages$", 2, time.Hour)
	for i, status := range []int{200, 200, 429, 429} {
		c.wants(status, "POST", at, body(10+i))
	}
}

func TestInteractionStates(t *testing.T) {
	t.Parallel()
	s := New(t)
	c := &client{t: t, s: s}
	for name, row := range map[string]struct {
		i     Interaction
		steps func(callback, hook string)
		check func(a *Answer) bool
	}{
		"put off, then said to one person": {Interaction{Type: 2}, func(callback, hook string) {
			c.wants(204, "POST", callback, `{"type": 5, "data": {"flags": 64}}`)
			c.wants(400, "POST", callback, `{"type": 5}`)
			c.wants(200, "PATCH", hook+"/messages/@original", `{"content": "late", `+nobody+`}`)
			c.wants(200, "POST", hook, `{"content": "more", "flags": 64, `+nobody+`}`)
		}, func(a *Answer) bool {
			return a.Ephemeral && a.Content == "late" && len(a.More) == 1 && len(s.Sent(a.ChannelID)) == 0
		}},
		"put off, then said by a further message": {Interaction{Type: 2}, func(callback, hook string) {
			c.wants(204, "POST", callback, `{"type": 5}`)
			c.wants(200, "POST", hook, `{"content": "late", `+nobody+`}`)
		}, func(a *Answer) bool { return a.Content == "late" && len(a.More) == 0 && len(s.Sent(a.ChannelID)) == 1 }},
		"carried along by a person": {Interaction{Type: 2, Carried: true}, func(callback, hook string) {
			c.wants(204, "POST", callback, `{"type": 4, "data": {"content": "x", `+nobody+`}}`)
			for range 5 {
				c.wants(200, "POST", hook, `{"content": "more", `+nobody+`}`)
			}
			c.wants(400, "POST", hook, `{"content": "more", `+nobody+`}`)
		}, func(a *Answer) bool { return len(a.More) == 5 }},
		"a form": {Interaction{Type: 2}, func(callback, hook string) {
			c.wants(204, "POST", callback, `{"type": 9, "data": {"custom_id": "f", "title": "T", "components": [
				{"type": 18, "label": "L", "component": {"type": 4, "custom_id": "i", "style": 2, "max_length": 4000}}]}}`)
		}, func(a *Answer) bool { return a.Form.Inputs[0].CustomID == "i" && a.Form.Inputs[0].Max == 4000 }},
		"a completion": {Interaction{Type: 4}, func(callback, hook string) {
			c.wants(204, "POST", callback, `{"type": 8, "data": {"choices": [{"name": "n", "value": "v"}]}}`)
		}, func(a *Answer) bool { return a.Choices[0].Value == "v" }},
		"taken away": {Interaction{Type: 2}, func(callback, hook string) {
			c.wants(404, "PATCH", hook+"/messages/@original", `{"content": "x", `+nobody+`}`)
			c.wants(204, "POST", callback, `{"type": 4, "data": {"content": "x", "flags": 64, `+nobody+`}}`)
			c.wants(204, "DELETE", hook+"/messages/@original", "")
			c.wants(404, "PATCH", hook+"/messages/@original", `{"content": "x", `+nobody+`}`)
		}, func(a *Answer) bool { return a.Content == "x" }},
	} {
		p, _ := s.begin(row.i)
		row.steps("/interactions/"+p.id+"/"+p.token+"/callback", "/webhooks/"+s.AppID+"/"+p.token)
		s.mu.Lock()
		a := s.state(p)
		s.mu.Unlock()
		if a == nil || !row.check(a) {
			t.Errorf("%s: %+v", name, a)
		}
	}
	late, _ := s.begin(Interaction{Type: 2})
	s.mu.Lock()
	late.began = late.began.Add(-4 * time.Second)
	s.mu.Unlock()
	c.wants(404, "POST", "/interactions/"+late.id+"/"+late.token+"/callback", `{"type": 5}`)
}

func TestFrozenAndTorn(t *testing.T) {
	t.Parallel()
	s := New(t)
	c := &client{t: t, s: s}
	c.connect(everything, [2]int{0, 1})
	session := c.next("READY")["session_id"]
	c.next("GUILD_CREATE")
	s.Freeze()
	s.Post(Message{Content: "while frozen"})
	c.ws.WriteJSON(map[string]any{"op": opHeartbeat, "d": nil})
	c.ws.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, _, err := c.ws.ReadMessage(); err == nil {
		t.Error("something came through")
	}
	resume := func() {
		ws, _, err := websocket.DefaultDialer.Dial(s.gatewayURL()+"/?v=10&encoding=json", nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { ws.Close() })
		c.ws = ws
		ws.WriteJSON(map[string]any{"op": opResume, "d": map[string]any{"token": s.Token, "session_id": session, "seq": 2}})
	}
	resume()
	if got := c.next("MESSAGE_CREATE"); got["content"] != "while frozen" {
		t.Errorf("%v", got)
	}
	c.next("RESUMED")
	s.Tear(1)
	s.Post(Message{Content: "torn"})
	c.ws.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, _, err := c.ws.ReadMessage(); err == nil {
		t.Error("half a frame was whole")
	}
	resume()
	c.next("MESSAGE_CREATE")
	if got := c.next("MESSAGE_CREATE"); got["content"] != "torn" {
		t.Errorf("%v", got)
	}
}
