package slack

import (
	"encoding/json"
	"sync"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/bot/card"
)

// finished keeps answers to questions in the form in which they go out: a few
// codes are asked for again and again, and everybody gets the same answer.
type finished struct {
	mu    sync.RWMutex
	known map[question]readyMessage
}

// A question is what an answer follows from: keys and codes, never text.
type question struct{ lang, again string }

// readyMessage is a message to one person that is JSON already.
type readyMessage struct {
	message slack.WebhookMessage
	json    json.RawMessage
}

// MarshalJSON implements [json.Marshaler].
func (e readyMessage) MarshalJSON() ([]byte, error) { return e.json, nil }

// maxFinished answers take a few megabytes at the most.
const maxFinished = 512

func newFinished() *finished { return &finished{known: map[question]readyMessage{}} }

// of gives the message for an answer in a language, which compose makes where
// it was not made before.
func (f *finished) of(lang string, answer card.Card, compose func() slack.WebhookMessage) readyMessage {
	key := question{lang, answer.Again}
	f.mu.RLock()
	got, ok := f.known[key]
	f.mu.RUnlock()
	if ok {
		return got
	}
	message := compose()
	text, err := json.Marshal(message)
	if err != nil { // of a block that slack-go cannot write: there is none
		panic("a message has no JSON form")
	}
	made := readyMessage{message, text}
	if bot.Repeats(answer.Again) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if len(f.known) >= maxFinished {
			clear(f.known)
		}
		f.known[key] = made
	}
	return made
}
