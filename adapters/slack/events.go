package slack

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"smtpbot/bot"
)

// onEvent handles an event. An error means that it must not be acknowledged:
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
		a.bot.Withheld(Name)
		a.log.Warn("slack holds events back: more than 30,000 within an hour", "team", outer.TeamID)
		return reply{}, nil
	default:
		return reply{}, nil
	}
	outer.TeamID = outer.team()
	a.shared.saw(outer)
	if taken, err := a.onAppEvent(ctx, outer); taken {
		return reply{}, err
	}
	var inner struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(outer.Event, &inner) != nil || !a.watches() { // without a token nothing could be sent
		return reply{}, nil
	}
	switch inner.Type {
	case "message", "app_mention":
		return a.onMessage(ctx, outer)
	case "reaction_added":
		return a.onReaction(ctx, outer)
	case "member_joined_channel":
		return a.onJoined(ctx, outer)
	case "app_home_opened":
		return a.onHome(outer)
	}
	return reply{}, nil
}

// read takes an event out of its frame. It is not ok where its shape is another
// than what Slack describes.
func (a *Adapter) read(outer outerEvent, event any) (ok bool) {
	if json.Unmarshal(outer.Event, event) != nil {
		a.log.Info("an event could not be read", "event", outer.EventID)
		return false
	}
	return true
}

// onMessage follows what is written, edited and deleted.
func (a *Adapter) onMessage(ctx context.Context, outer outerEvent) (reply, error) {
	var event messageEvent
	if !a.read(outer, &event) || event.Channel == "" || a.refusals.Alone(room{outer.TeamID, event.Channel}) {
		return reply{}, nil
	}
	switch event.Subtype {
	case "message_changed":
		return a.onChanged(ctx, outer, event)
	case "message_deleted":
		return a.onDeleted(ctx, outer, event, event.DeletedTS)
	}
	m, asked, ok := a.message(outer, event, event)
	if !ok {
		return reply{}, nil
	}
	if asked {
		m.Lang = a.channelLang(ctx, m.Place, m.User)
		m.Admin = a.bot.WantsAdmin(m.Text) && (m.Direct || a.mayChange(ctx, m.Team, m.User))
	}
	return a.judge(ctx, m, asked, event.Files, func(ctx context.Context, m bot.Message) (bot.Outcome, error) {
		if asked {
			answer, err := a.bot.Ask(ctx, m)
			return bot.Outcome{Answer: answer}, err
		}
		answer, err := a.bot.Observe(ctx, a.inTheirLanguage(ctx, m))
		return bot.Outcome{Answer: answer}, err
	})
}

// reply does it behind the acknowledgement.
func (a *Adapter) reply(o bot.Outcome) reply {
	o = o.Settled()
	switch {
	case o.Answer != nil:
		return reply{after: func() { a.deliver(*o.Answer) }}
	case o.Change != nil:
		return reply{after: func() { a.apply(*o.Change) }}
	}
	return reply{}
}

// message makes the bot's message of what was written in an event, and tells
// whether it is put to the bot. It is not ok where the bot must not look: what
// programs write, and what is no message of a person.
func (a *Adapter) message(outer outerEvent, event, written messageEvent) (m bot.Message, asked, ok bool) {
	if !a.byPerson(outer, written) || written.TS == "" {
		return m, false, false
	}
	edited := event.Subtype == "message_changed"
	direct := event.ChannelType == "im" || event.ChannelType == "" && isDirect(event.Channel)
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
		Place:   bot.Place{Platform: Name, Team: outer.TeamID, Channel: event.Channel},
		ID:      written.TS,
		User:    written.User,
		Text:    plainText(text),
		Direct:  direct,
		Edited:  edited,
		Posted:  moment(written.TS),
		Revised: moment(written.Edited.TS),
	}
	if written.ThreadTS != written.TS { // the first message of a thread carries its own time
		m.Thread = written.ThreadTS
	}
	return m, asked, true
}

// inTheirLanguage adds the language of who pasted an error. Slack is asked for
// nobody else's.
func (a *Adapter) inTheirLanguage(ctx context.Context, m bot.Message) bot.Message {
	if m.Lang == "" && a.bot.Finds(m) {
		m.Lang = a.locales.soon(ctx, m.Team, m.User)
	}
	return m
}

// byPerson reports whether a person wrote a message. All subtypes are passed
// over but those of a message with files and of an answer in a thread that the
// channel shows, too: who joined, what was renamed, what programs say.
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
// API is out of reach and where the app has a user in each workspace.
func (a *Adapter) user(outer outerEvent) string {
	if self := a.self.Load(); self != nil && (a.workspaces == nil || self.team == outer.team()) {
		return self.user
	}
	for _, who := range outer.Authorizations {
		if who.IsBot {
			return who.UserID
		}
	}
	return ""
}

// moment reads the time from a message's id: seconds, a dot, and six digits
// that make it unique and later than what came before.
// https://docs.slack.dev/messaging/retrieving-messages
func moment(ts string) time.Time {
	seconds, fraction, _ := strings.Cut(ts, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}
	}
	micros, err := strconv.ParseInt(fraction, 10, 64)
	if err != nil || len(fraction) != 6 || micros < 0 {
		micros = 0
	}
	return time.Unix(n, micros*1000)
}
