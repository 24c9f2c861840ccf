package slack

import (
	"encoding/json"

	"github.com/slack-go/slack"

	"smtpbot/bot"
	"smtpbot/bot/card"
	"smtpbot/bot/memo"
)

// finished keeps answers to questions in the form in which they go out: a few
// codes are asked for again and again, and everybody gets the same answer.
type finished struct {
	*memo.Memo[question, readyMessage]
}

// A question is what an answer follows from: keys and codes, never text.
type question struct{ lang, again string }

// readyMessage is a message to one person that is JSON already.
type readyMessage struct {
	message slack.WebhookMessage
	json    json.RawMessage
}

// MarshalJSON implements [json.Marshaler].
func (m readyMessage) MarshalJSON() ([]byte, error) { return m.json, nil }

// maxFinished answers take a few megabytes at the most.
const maxFinished = 512

func newFinished() finished { return finished{memo.New[question, readyMessage](maxFinished)} }

// of gives the message for an answer in a language, which compose makes where
// it was not made before.
func (f finished) of(lang string, answer card.Card, compose func() slack.WebhookMessage) readyMessage {
	made := func() readyMessage {
		message := compose()
		text, err := json.Marshal(message)
		if err != nil { // of a block that slack-go cannot write: there is none
			panic("a message has no JSON form")
		}
		return readyMessage{message, text}
	}
	if !bot.Repeats(answer.Again) {
		return made()
	}
	return f.Of(question{lang, answer.Again}, made)
}
