package discordtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	path, ok := strings.CutPrefix(r.URL.Path, "/api/v10")
	if !ok {
		s.t.Errorf("%s %s: not version 10", r.Method, r.URL.Path)
		refuse(w, 404, 0, "404: Not Found")
		return
	}
	if s.fails(w, r.Method, path) {
		return
	}
	part := strings.Split(strings.Trim(path, "/"), "/")
	route := r.Method + " " + part[0]
	callback := route == "POST interactions" && len(part) == 4 && part[3] == "callback"
	if !callback && path != "/gateway" && r.Header.Get("Authorization") != "Bot "+s.Token {
		refuse(w, 401, 0, "401: Unauthorized")
		return
	}
	if agent := r.Header.Get("User-Agent"); !strings.HasPrefix(agent, "DiscordBot (") {
		s.t.Errorf("%s: User-Agent is %q", path, agent) // https://discord.com/developers/docs/reference#user-agent
	}
	switch {
	case r.Method == "GET" && path == "/gateway":
		reply(w, 200, map[string]any{"url": s.gatewayURL()})
	case r.Method == "GET" && path == "/gateway/bot":
		reply(w, 200, map[string]any{"url": s.gatewayURL(), "shards": 1, "session_start_limit": map[string]any{
			"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}})
	case r.Method == "GET" && path == "/users/@me":
		reply(w, 200, map[string]any{"id": s.BotID, "username": "smtpbot", "bot": true})
	case r.Method == "GET" && path == "/applications/@me":
		reply(w, 200, map[string]any{"id": s.AppID, "name": "smtpbot", "verify_key": s.PublicKey(), "flags": 0})
	case route == "GET applications" && len(part) == 3 && part[1] == s.AppID && part[2] == "commands":
		s.listCommands(w, r)
	case route == "PUT applications" && len(part) == 3 && part[1] == s.AppID && part[2] == "commands":
		s.putCommands(w, body)
	case route == "POST channels" && len(part) == 3 && part[2] == "messages":
		s.createMessage(w, part[1], body)
	case callback:
		s.callback(w, part[1], part[2], body)
	default:
		s.t.Errorf("no such route here: %s %s", r.Method, path)
		refuse(w, 404, 0, "404: Not Found")
	}
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

// fails plays the faults that a test asked for.
func (s *Server) fails(w http.ResponseWriter, method, path string) bool {
	s.mu.Lock()
	var hit *fault
	for _, f := range s.faults {
		if f.left > 0 && f.method == method && f.path.MatchString(path) {
			f.left--
			hit = f
			break
		}
	}
	s.mu.Unlock()
	if hit == nil {
		return false
	}
	w.Header().Set("Content-Type", "application/json")
	for k, v := range hit.headers {
		w.Header().Set(k, v)
	}
	w.WriteHeader(hit.status)
	io.WriteString(w, hit.body)
	return true
}

func (s *Server) createMessage(w http.ResponseWriter, channel string, body []byte) {
	m, problems := s.Validator.Message(body)
	if len(problems) > 0 {
		s.t.Errorf("message refused: %s\n%s", strings.Join(problems, "; "), body)
		refuse(w, 400, 50035, "Invalid Form Body")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.Nonce != "" && m.EnforceNonce {
		if id, ok := s.nonces[m.Nonce]; ok {
			reply(w, 200, s.messages[id].wire())
			return
		}
	}
	reference := ""
	if m.Reference != nil {
		reference = m.Reference.MessageID
		if s.messages[reference] == nil {
			if m.Reference.FailIfNotExists == nil || *m.Reference.FailIfNotExists {
				refuse(w, 400, 50035, "Unknown message")
				return
			}
			reference = ""
		}
	}
	sent := m.Message
	sent.ID, sent.ChannelID, sent.ReplyTo, sent.Author, sent.Bot = s.id(), channel, reference, s.BotID, true
	sent.Pinged = m.pings(reference != "")
	if sent.GuildID = s.guildOf(channel); sent.GuildID != "" && m.Reference != nil && m.Reference.GuildID != "" && m.Reference.GuildID != sent.GuildID {
		s.t.Errorf("the reference names guild %s, the channel is in %q", m.Reference.GuildID, sent.GuildID)
	}
	s.messages[sent.ID] = &sent
	s.order = append(s.order, sent.ID)
	if m.Nonce != "" {
		s.nonces[m.Nonce] = sent.ID
	}
	for _, x := range s.live() { // a bot sees its own messages too
		s.pushMessage(x, "MESSAGE_CREATE", &sent)
	}
	s.note()
	reply(w, 200, sent.wire())
}

func (s *Server) listCommands(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []map[string]any{}
	for _, c := range s.commands {
		shown := map[string]any{}
		for k, v := range c {
			if strings.HasSuffix(k, "_localizations") && r.URL.Query().Get("with_localizations") != "true" {
				continue
			}
			shown[k] = v
		}
		list = append(list, shown)
	}
	reply(w, 200, list)
}

func (s *Server) putCommands(w http.ResponseWriter, body []byte) {
	problems := s.Validator.Commands(body)
	if len(problems) > 0 {
		s.t.Errorf("commands refused: %s\n%s", strings.Join(problems, "; "), body)
		refuse(w, 400, 50035, "Invalid Form Body")
		return
	}
	var list []map[string]any
	json.Unmarshal(body, &list)
	s.mu.Lock()
	defer s.mu.Unlock()
	// Discord adds what it knows, and says nothing where a field is empty.
	for _, c := range list {
		c["id"], c["application_id"], c["version"] = s.id(), s.AppID, s.id()
		c["default_member_permissions"], c["nsfw"] = nil, false
		for _, key := range []string{"name_localizations", "description_localizations"} {
			if c[key] == nil {
				c[key] = nil
			}
		}
		if c["description"] == nil {
			c["description"] = ""
		}
	}
	s.commands = list
	s.writes++
	s.note()
	reply(w, 200, list)
}

// Commands gives the names of the registered commands, and how often they were written.
func (s *Server) Commands() (names []string, writes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.commands {
		names = append(names, fmt.Sprint(c["name"]))
	}
	return names, s.writes
}

// callback takes the answer to an interaction: once, and within three seconds.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback
func (s *Server) callback(w http.ResponseWriter, id, token string, body []byte) {
	s.mu.Lock()
	p := s.interactions[id]
	switch {
	case p == nil || p.token != token:
		s.mu.Unlock()
		refuse(w, 404, 10062, "Unknown interaction")
		return
	case p.answered:
		s.mu.Unlock()
		refuse(w, 400, 40060, "Interaction has already been acknowledged.")
		return
	case time.Since(p.began) > 3*time.Second:
		s.mu.Unlock()
		refuse(w, 404, 10062, "Unknown interaction")
		return
	}
	p.answered = true
	s.mu.Unlock()
	answer, problems := s.Validator.Callback(body)
	if len(problems) > 0 {
		s.t.Errorf("answer to an interaction refused: %s\n%s", strings.Join(problems, "; "), body)
		refuse(w, 400, 50035, "Invalid Form Body")
		return
	}
	s.mu.Lock()
	p.answer = answer
	s.note()
	s.mu.Unlock()
	w.WriteHeader(http.StatusNoContent)
}
