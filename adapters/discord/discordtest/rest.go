package discordtest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// route deals with a request whose path begins behind the version.
func (s *Server) route(w http.ResponseWriter, r *http.Request, path string) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	part := strings.Split(strings.Trim(path, "/"), "/")
	for i := range part {
		part[i], _ = url.PathUnescape(part[i])
	}
	pattern := r.Method + " " + pattern(part)
	open := part[0] == "interactions" || part[0] == "webhooks" // a token in the address is enough
	if !open && path != "/gateway" && r.Header.Get("Authorization") != "Bot "+s.Token {
		refuse(w, 401, 0, "401: Unauthorized")
		return
	}
	if agent := r.Header.Get("User-Agent"); !strings.HasPrefix(agent, "DiscordBot (") {
		s.t.Errorf("%s: User-Agent is %q", path, agent) // https://discord.com/developers/docs/reference#user-agent
	}
	at := func(i int) string { return part[i] }
	switch pattern {
	case "GET gateway":
		reply(w, 200, map[string]any{"url": s.gatewayURL()})
	case "GET gateway/bot":
		reply(w, 200, map[string]any{"url": s.gatewayURL(), "shards": s.Shards, "session_start_limit": map[string]any{
			"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": s.MaxConcurrency}})
	case "GET users/@me":
		reply(w, 200, map[string]any{"id": s.BotID, "username": "smtpbot", "bot": true})
	case "POST users/@me/channels":
		s.openDirect(w, body)
	case "DELETE users/@me/guilds/{}":
		s.RemoveGuild(at(3))
		w.WriteHeader(http.StatusNoContent)
	case "GET applications/@me":
		reply(w, 200, map[string]any{"id": s.AppID, "name": "smtpbot", "verify_key": s.PublicKey(), "flags": s.appFlags()})
	case "GET applications/{}/commands":
		s.listCommands(w, r, at(1), "")
	case "PUT applications/{}/commands":
		s.putCommands(w, at(1), "", body)
	case "GET applications/{}/guilds/{}/commands":
		s.listCommands(w, r, at(1), at(3))
	case "PUT applications/{}/guilds/{}/commands":
		s.putCommands(w, at(1), at(3), body)
	case "GET guilds/{}":
		s.getGuild(w, at(1))
	case "GET channels/{}":
		s.getChannel(w, at(1))
	case "GET channels/{}/messages":
		s.history(w, r, at(1))
	case "GET channels/{}/messages/{}":
		s.getMessage(w, at(1), at(3))
	case "POST channels/{}/messages":
		s.createMessage(w, at(1), body)
	case "PATCH channels/{}/messages/{}":
		s.editMessage(w, at(1), at(3), body)
	case "DELETE channels/{}/messages/{}":
		s.deleteMessage(w, at(1), at(3))
	case "PUT channels/{}/messages/{}/reactions/{}/@me":
		s.putReaction(w, at(1), at(3), at(5), true)
	case "DELETE channels/{}/messages/{}/reactions/{}/@me":
		s.putReaction(w, at(1), at(3), at(5), false)
	case "POST interactions/{}/{}/callback":
		s.callback(w, r, at(1), at(2), body)
	case "POST webhooks/{}/{}", "GET webhooks/{}/{}/messages/{}", "PATCH webhooks/{}/{}/messages/{}", "DELETE webhooks/{}/{}/messages/{}":
		s.webhook(w, r.Method, part, body)
	default:
		s.t.Errorf("no such route here: %s %s", r.Method, path)
		refuse(w, 404, 0, "404: Not Found")
	}
}

// words are the parts of a path that are no ids.
var words = map[string]bool{
	"gateway": true, "bot": true, "users": true, "@me": true, "channels": true, "guilds": true, "applications": true, "commands": true,
	"messages": true, "reactions": true, "interactions": true, "callback": true, "webhooks": true,
}

func pattern(part []string) string {
	shape := make([]string, len(part))
	for i, p := range part {
		if shape[i] = p; !words[p] {
			shape[i] = "{}"
		}
	}
	return strings.Join(shape, "/")
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if v != nil {
		json.NewEncoder(w).Encode(v)
	}
}

// refuse answers in the form of Discord's errors.
//
// https://discord.com/developers/docs/reference#error-messages
func refuse(w http.ResponseWriter, status, code int, message string) {
	reply(w, status, map[string]any{"code": code, "message": message})
}

// refuseForm refuses a body, and fails the test that sent it.
func (s *Server) refuseForm(w http.ResponseWriter, what string, problems []string, body []byte) {
	s.t.Errorf("%s refused: %s\n%s", what, strings.Join(problems, "; "), body)
	refuse(w, 400, 50035, "Invalid Form Body")
}

func (s *Server) openDirect(w http.ResponseWriter, body []byte) {
	var d struct {
		Recipient string `json:"recipient_id"`
	}
	if json.Unmarshal(body, &d) != nil || d.Recipient == "" {
		refuse(w, 400, 50035, "Invalid Form Body")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(s.id(), "")
	reply(w, 200, c.wire())
}

func (s *Server) getGuild(w http.ResponseWriter, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.guilds {
		if g.ID == id {
			reply(w, 200, s.guildWire(g))
			return
		}
	}
	refuse(w, 404, 10004, "Unknown Guild")
}

func (s *Server) getChannel(w http.ResponseWriter, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[id]; c != nil {
		reply(w, 200, c.wire())
		return
	}
	refuse(w, 404, 10003, "Unknown Channel")
}

// serveFile gives an attachment.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "" {
		s.t.Error("the token goes to the CDN")
	}
	if f := s.strike(r.Method, r.URL.Path); f != nil {
		f.play(w, r, func(w http.ResponseWriter) { s.giveFile(w, r) })
		return
	}
	s.giveFile(w, r)
}

func (s *Server) giveFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f, ok := s.files[r.URL.Path]
	s.mu.Unlock()
	if !ok {
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
		return
	}
	if f.Type != "" {
		w.Header().Set("Content-Type", f.Type)
	}
	w.Write(f.Body)
}
