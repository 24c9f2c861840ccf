package discordtest

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// pending is an interaction that waits for its answer, or has it.
type pending struct {
	id, token      string
	kind           int
	began          time.Time
	guild, channel string
	carried        bool   // the app is there by the person alone
	on             string // the message whose button was pressed

	answered  bool
	ephemeral bool // as it was chosen when the answer was put off
	loading   bool
	original  string // id of the first message
	followups int
	own       map[string]*Message // what the person alone was shown
	answer    *Answer
	refused   bool // an answer came that is none
}

// Answer is what the bot answered to an interaction.
type Answer struct {
	ID      string // of the interaction
	Type    int    // of the callback
	Choices []Choice
	Form    *Form
	Message            // what stands there, once it does
	More    []*Message // further messages
}

// fits lists the answers that an interaction may get.
var fits = map[int][]int{
	askPing:     {answerPong},
	askCommand:  {answerMessage, answerLater, answerForm},
	askPress:    {answerMessage, answerLater, answerLaterUpdate, answerUpdate, answerForm},
	askComplete: {answerChoices},
	askForm:     {answerMessage, answerLater, answerLaterUpdate, answerUpdate},
}

// take takes the answer to an interaction: once, within three seconds, and of a
// kind that fits. The lock is held.
//
// https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction
func (s *Server) take(p *pending, a *Answer) (problems []string) {
	if kinds, known := fits[p.kind]; known && !has(kinds, a.Type) {
		problems = append(problems, "answer of type "+strconv.Itoa(a.Type)+" to an interaction of type "+strconv.Itoa(p.kind))
	}
	if (a.Type == answerUpdate || a.Type == answerLaterUpdate) && p.on == "" {
		problems = append(problems, "there is no message to update")
	}
	if len(problems) > 0 {
		p.refused = true
		return problems
	}
	a.ID, p.answer = p.id, a
	switch a.Type {
	case answerMessage:
		p.ephemeral = a.Ephemeral
		p.original = s.say(p, &a.Message).ID
	case answerLater:
		p.loading, p.ephemeral = true, a.Ephemeral
		p.original = s.say(p, &Message{Flags: flagLoading, Ephemeral: a.Ephemeral}).ID
	case answerLaterUpdate:
		p.original = p.on
	case answerUpdate:
		p.original = p.on
		if m := s.find(p, p.on); m != nil {
			if m.Ephemeral {
				a.Ephemeral = true
			}
			if problems := s.Validator.edit("edit", m, a.Raw); len(problems) > 0 {
				return problems
			}
			s.tellMessage("MESSAGE_UPDATE", m)
		}
	}
	s.note()
	return nil
}

func has(list []int, n int) bool {
	for _, o := range list {
		if o == n {
			return true
		}
	}
	return false
}

// say puts a message below an interaction: for all in the channel, or for one
// person alone. The lock is held.
func (s *Server) say(p *pending, m *Message) *Message {
	said := *m
	said.ID, said.ChannelID, said.GuildID, said.Author, said.Bot, said.Type = s.id(), p.channel, p.guild, s.BotID, true, 20
	if said.Ephemeral {
		p.own[said.ID] = &said
	} else {
		s.keep(&said)
	}
	return &said
}

// find finds a message that belongs to an interaction. The lock is held.
func (s *Server) find(p *pending, id string) *Message {
	if m := p.own[id]; m != nil {
		return m
	}
	return s.messages[id]
}

// state is the answer with what stands there now. The lock is held.
func (s *Server) state(p *pending) *Answer {
	if p.answer == nil || p.loading {
		return nil
	}
	a := *p.answer
	if m := s.find(p, p.original); m != nil && a.Type != answerLaterUpdate {
		a.Message = *m.copy()
	}
	return &a
}

// OverGateway sends an interaction over the gateway and gives the answer. Of
// one that was put off it is what stands there in the end.
func (s *Server) OverGateway(i Interaction) *Answer {
	s.t.Helper()
	p, payload := s.begin(i)
	s.mu.Lock()
	s.tell(p.guild, 0, "INTERACTION_CREATE", payload)
	s.mu.Unlock()
	return s.awaitAnswer(p)
}

func (s *Server) awaitAnswer(p *pending) (answer *Answer) {
	s.t.Helper()
	s.Await("the answer to an interaction", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		answer = s.state(p)
		return answer != nil || p.refused
	})
	if answer == nil {
		answer = &Answer{}
	}
	return answer
}

// Standing gives an answer as it stands now: edited, and with further messages.
func (s *Server) Standing(a *Answer) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.interactions[a.ID]; p != nil {
		if now := s.state(p); now != nil {
			return now
		}
	}
	return a
}

// OverHTTP sends an interaction as a signed request and gives the answer.
func (s *Server) OverHTTP(address string, i Interaction) *Answer {
	s.t.Helper()
	p, payload := s.begin(i)
	raw, err := json.Marshal(payload)
	if err != nil {
		s.t.Fatal(err)
	}
	began := s.Now()
	status, body := s.Signed(address, raw, time.Now())
	if status != http.StatusOK {
		s.t.Fatalf("the interaction was answered %d: %s", status, body)
	}
	if took := s.Now().Sub(began); took > ackWithin {
		s.t.Errorf("the interaction was answered after %s", took)
	}
	answer, problems := s.Validator.Callback(body)
	s.mu.Lock()
	if p.answered {
		problems = append(problems, "answered by a callback too")
	}
	if p.answered = true; len(problems) == 0 {
		problems = s.take(p, answer)
	}
	s.mu.Unlock()
	if len(problems) > 0 {
		s.t.Errorf("answer to an interaction refused: %s\n%s", strings.Join(problems, "; "), body)
		return answer
	}
	return s.awaitAnswer(p)
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
