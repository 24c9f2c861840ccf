package discordtest

import (
	"net/http"
	"strings"
	"time"
)

const (
	ackWithin  = 3 * time.Second
	tokenFor   = 15 * time.Minute
	carriedFor = 5 // further messages where the app is there by the person alone
)

// callback takes the answer to an interaction: once, and within three seconds.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response
func (s *Server) callback(w http.ResponseWriter, r *http.Request, id, token string, body []byte) {
	answer, problems := s.Validator.Callback(body)
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.interactions[id]
	switch {
	case p == nil || p.token != token:
		refuse(w, 404, 10062, "Unknown interaction")
		return
	case p.answered:
		refuse(w, 400, 40060, "Interaction has already been acknowledged.")
		return
	case s.Now().Sub(p.began) > ackWithin:
		refuse(w, 404, 10062, "Unknown interaction")
		return
	}
	if len(problems) == 0 {
		problems = s.take(p, answer)
	}
	if len(problems) > 0 {
		p.refused = true
		s.note()
		s.refuseForm(w, "answer to an interaction", problems, body)
		return
	}
	p.answered = true
	s.note()
	if r.URL.Query().Get("with_response") != "true" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	resource := map[string]any{"type": answer.Type}
	if m := s.find(p, p.original); m != nil {
		resource["message"] = m.wire(s.Name)
	}
	reply(w, 200, map[string]any{"interaction": map[string]any{"id": p.id, "type": p.kind}, "resource": resource})
}

// webhook deals with what follows the answer to an interaction.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
func (s *Server) webhook(w http.ResponseWriter, method string, part []string, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.asked(part[2])
	switch {
	case part[1] != s.AppID || p == nil || !p.answered:
		refuse(w, 404, 10015, "Unknown Webhook")
		return
	case s.Now().Sub(p.began) > tokenFor:
		refuse(w, 401, 50027, "Invalid Webhook Token")
		return
	}
	if method == "POST" {
		s.followUp(w, p, body)
		return
	}
	id := part[4]
	if id == "@original" {
		id = p.original
	}
	m := s.find(p, id)
	if m == nil || m.Author != s.BotID || id == "" {
		refuse(w, 404, 10008, "Unknown Message")
		return
	}
	switch method {
	case "GET":
		reply(w, 200, m.wire(s.Name))
	case "PATCH":
		s.editBelow(w, p, m, body)
	case "DELETE":
		if p.own[id] != nil {
			delete(p.own, id)
			p.loading = false
			s.note()
		} else {
			s.remove(id)
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

// editBelow edits the first message or a further one.
func (s *Server) editBelow(w http.ResponseWriter, p *pending, m *Message, body []byte) {
	if problems := s.Validator.edit("original", m, body); len(problems) > 0 {
		s.refuseForm(w, "edit of an answer", problems, body)
		return
	}
	if m.ID == p.original && p.loading {
		p.loading = false
	} else {
		m.edited = s.Now()
	}
	if !m.Ephemeral {
		s.tellMessage("MESSAGE_UPDATE", m)
	}
	s.note()
	reply(w, 200, m.wire(s.Name))
}

// followUp posts a further message; the first after an answer that was put off
// takes its place.
func (s *Server) followUp(w http.ResponseWriter, p *pending, body []byte) {
	m, problems := s.Validator.followUp(body)
	if len(problems) > 0 {
		s.refuseForm(w, "further message", problems, body)
		return
	}
	if p.loading {
		if there := s.find(p, p.original); there != nil {
			s.editBelow(w, p, there, body)
			return
		}
	}
	if p.followups++; p.carried && p.followups > carriedFor {
		refuse(w, 400, 40094, "Follow up messages limit reached")
		return
	}
	said := s.say(p, &m.Message)
	said.Pinged = m.pings(false)
	p.answer.More = append(p.answer.More, said.copy())
	s.note()
	reply(w, 200, said.wire(s.Name))
}

// followUp reads a further message, which unlike one in a channel may be for
// one person alone.
func (v *Validator) followUp(raw []byte) (checkedMessage, []string) {
	m, problems := v.read("followup", raw)
	if strings.TrimSpace(m.Nonce) != "" || m.Reference != nil {
		problems = append(problems, "a further message has neither nonce nor reference")
	}
	return m, problems
}
