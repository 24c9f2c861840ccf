package discordtest

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// pending is an interaction that waits for its answer, or has it.
type pending struct {
	token    string
	began    time.Time
	answered bool
	answer   *Answer
}

// Answer is what the bot answered to an interaction.
type Answer struct {
	Type int // of the callback
	Message
}

// Interaction is one as Discord sends it, without the parts that every one has.
type Interaction struct {
	Type   int
	Locale string
	Direct bool // in a conversation with the bot
	Data   any
}

// Slash calls a command with options; it has to be registered.
func (s *Server) Slash(command, locale string, options map[string]string) Interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	var values []map[string]any
	for _, c := range s.commands {
		if c["name"] != command {
			continue
		}
		known, _ := c["options"].([]any)
		for name, value := range options {
			if !slices.ContainsFunc(known, func(o any) bool { return o.(map[string]any)["name"] == name }) {
				s.t.Errorf("/%s has no option %q", command, name)
			}
			values = append(values, map[string]any{"name": name, "type": 3, "value": value})
		}
		return Interaction{Type: 2, Locale: locale, Data: map[string]any{"id": c["id"], "name": command, "type": 1, "options": values}}
	}
	s.t.Errorf("no command %q is registered", command)
	return Interaction{}
}

// Menu calls a command of the message menu on a message.
func (s *Server) Menu(command, locale string, m *Message) Interaction {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.commands {
		if c["name"] == command && fmt.Sprint(c["type"]) == "3" {
			target := m.wire()
			target["components"] = []any{map[string]any{"type": 99}} // of a kind that discordgo does not know
			return Interaction{Type: 2, Locale: locale, Data: map[string]any{
				"id": c["id"], "name": command, "type": 3, "target_id": m.ID,
				"resolved": map[string]any{"messages": map[string]any{m.ID: target}},
			}}
		}
	}
	s.t.Errorf("no command %q is registered for messages", command)
	return Interaction{}
}

// Press presses a button of a message.
func (s *Server) Press(m *Message, label, locale string) Interaction {
	s.t.Helper()
	for _, b := range m.Buttons {
		if b.Label == label {
			return Interaction{Type: 3, Locale: locale, Data: map[string]any{"custom_id": b.CustomID, "component_type": 2}}
		}
	}
	s.t.Errorf("there is no button %q, only %v", label, m.Buttons)
	return Interaction{}
}

// begin gives an interaction its id, its token and its surroundings.
func (s *Server) begin(i Interaction) (id string, payload map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id = s.id()
	token := "interaction-token-" + id
	s.interactions[id] = &pending{token: token, began: time.Now()}
	person := map[string]any{"id": s.id(), "username": "somebody"}
	payload = map[string]any{
		"id": id, "application_id": s.AppID, "type": i.Type, "token": token, "version": 1, "locale": i.Locale,
		"channel_id": s.id(), "data": i.Data, "entitlements": []any{}, "app_permissions": "2147483647",
		"authorizing_integration_owners": map[string]any{"0": s.guilds[0].ID},
	}
	if i.Direct {
		payload["user"], payload["context"] = person, 1
		return id, payload
	}
	payload["guild_id"], payload["guild_locale"], payload["context"] = s.guilds[0].ID, s.guilds[0].Locale, 0
	payload["member"] = map[string]any{"user": person, "roles": []any{}, "permissions": "0", "joined_at": "2026-01-01T00:00:00Z"}
	return id, payload
}

// OverGateway sends an interaction over the gateway and gives the answer.
func (s *Server) OverGateway(i Interaction) *Answer {
	s.t.Helper()
	id, payload := s.begin(i)
	s.Dispatch("INTERACTION_CREATE", payload)
	var answer *Answer
	s.Await("the answer to an interaction", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		answer = s.interactions[id].answer
		return answer != nil
	})
	return answer
}

// OverHTTP sends an interaction as a signed request and gives the answer.
func (s *Server) OverHTTP(address string, i Interaction) *Answer {
	s.t.Helper()
	_, payload := s.begin(i)
	raw, err := json.Marshal(payload)
	if err != nil {
		s.t.Fatal(err)
	}
	status, body := s.Signed(address, raw, time.Now())
	if status != http.StatusOK {
		s.t.Fatalf("the interaction was answered %d: %s", status, body)
	}
	answer, problems := s.Validator.Callback(body)
	if len(problems) > 0 {
		s.t.Errorf("answer to an interaction refused: %s\n%s", strings.Join(problems, "; "), body)
	}
	return answer
}

// Signed posts a body with a signature of a time.
func (s *Server) Signed(address string, body []byte, at time.Time) (status int, answer []byte) {
	s.t.Helper()
	stamp := strconv.FormatInt(at.Unix(), 10)
	return s.PostWith(address, body, stamp, hex.EncodeToString(ed25519.Sign(s.private, append([]byte(stamp), body...))))
}

// PostWith posts a body with any signature.
func (s *Server) PostWith(address string, body []byte, stamp, signature string) (status int, answer []byte) {
	s.t.Helper()
	r, err := http.NewRequest("POST", address, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	if stamp != "" {
		r.Header.Set("X-Signature-Timestamp", stamp)
	}
	if signature != "" {
		r.Header.Set("X-Signature-Ed25519", signature)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, answer
}
