package slack

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"smtpbot/bot"
)

// onEvent judges an event. An error means that it must not be acknowledged:
// Slack then delivers it again. Events that are none of ours, or that cannot be
// read, are acknowledged, because they would come back the same.
func (a *Adapter) onEvent(ctx context.Context, payload []byte) (reply, error) {
	var outer outerEvent
	if err := json.Unmarshal(payload, &outer); err != nil {
		a.log.Info("an event could not be read")
		return reply{}, nil
	}
	switch outer.Type {
	case "event_callback":
	case "app_rate_limited": // https://docs.slack.dev/reference/events/app_rate_limited
		a.log.Warn("slack holds events back: more than 30,000 within an hour", "team", outer.TeamID)
		return reply{}, nil
	default:
		return reply{}, nil
	}
	m, asked, ok := a.message(outer)
	if !ok || !a.watches() { // without a token nothing could be sent
		return reply{}, nil
	}
	judge := a.bot.Observe
	if asked {
		judge = a.bot.Ask
	}
	answer, err := judge(ctx, m)
	if err != nil || answer == nil {
		return reply{}, err
	}
	return reply{after: func() { a.deliver(answer) }}, nil
}

// message makes the bot's message of an event, and tells whether it is put to
// the bot. It is not ok where the bot must not look: what programs write, and
// what is no message of a person.
func (a *Adapter) message(outer outerEvent) (m bot.Message, asked, ok bool) {
	var kind struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(outer.Event, &kind) != nil || kind.Type != "message" && kind.Type != "app_mention" {
		return m, false, false
	}
	var event messageEvent
	if err := json.Unmarshal(outer.Event, &event); err != nil {
		a.log.Info("a message could not be read", "event", outer.EventID)
		return m, false, false
	}
	written := event
	edited := event.Subtype == "message_changed"
	if edited {
		// A message is also changed when Slack adds the preview of a link, or when
		// somebody answers it, and becomes a tombstone when it is deleted.
		if event.Message == nil || event.Previous != nil && event.Previous.Text == event.Message.Text {
			return m, false, false
		}
		written = *event.Message
	}
	if !a.byPerson(outer, written) || event.Channel == "" || written.TS == "" {
		return m, false, false
	}

	direct := event.ChannelType == "im"
	text := written.Text
	self := a.user(outer)
	asked = !edited && (direct || event.Type == "app_mention")
	if self != "" || event.Type == "app_mention" {
		rest, mentioned := withoutMention(text, self)
		if mentioned && !edited {
			text, asked = rest, true
		}
	}
	m = bot.Message{
		Place:  bot.Place{Platform: Name, Team: outer.TeamID, Channel: event.Channel},
		ID:     written.TS,
		Text:   plainText(text),
		Direct: direct,
		Edited: edited,
		Posted: moment(written.TS),
	}
	if written.ThreadTS != written.TS { // the first message of a thread carries its own time
		m.Thread = written.ThreadTS
	}
	if asked {
		m.Lang = a.locales.of(outer.TeamID, written.User)
	}
	return m, asked, true
}

// byPerson reports whether a person wrote a message.
// https://docs.slack.dev/reference/events/message#subtypes
func (a *Adapter) byPerson(outer outerEvent, e messageEvent) bool {
	switch e.Subtype {
	case "", "file_share", "thread_broadcast":
	default:
		return false
	}
	if e.User == "" || e.User == "USLACKBOT" || e.BotID != "" || len(e.BotProfile) > 0 && string(e.BotProfile) != "null" {
		return false
	}
	if e.AppID != "" && e.AppID == outer.AppID {
		return false
	}
	return e.User != a.user(outer)
}

// user is the bot's own user: as the API said, or as the event says while the
// API is out of reach.
func (a *Adapter) user(outer outerEvent) string {
	if self := a.self.Load(); self != nil {
		return self.user
	}
	for _, who := range outer.Authorizations {
		if who.IsBot {
			return who.UserID
		}
	}
	return ""
}

// moment reads the time from a message's id: seconds, a dot, and a number that
// makes it unique.
func moment(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}
	}
	return time.Unix(n, 0)
}
