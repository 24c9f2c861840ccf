package slack

import (
	"encoding/json"
	"net/url"
)

// What Slack sends, as far as it is read. Each part is decoded only once it is
// known to be wanted, so that a new kind or a new shape of something else
// cannot stop what works.

// An outerEvent is the frame around all events.
// https://docs.slack.dev/apis/events-api#events-JSON
type outerEvent struct {
	Type           string          `json:"type"`
	Challenge      string          `json:"challenge"` // of url_verification
	TeamID         string          `json:"team_id"`
	AppID          string          `json:"api_app_id"`
	EventID        string          `json:"event_id"`
	Event          json.RawMessage `json:"event"`
	Authorizations []struct {
		UserID string `json:"user_id"`
		IsBot  bool   `json:"is_bot"`
	} `json:"authorizations"`
}

// A messageEvent is a message or an app_mention.
// https://docs.slack.dev/reference/events/message
type messageEvent struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	Channel     string          `json:"channel"`
	ChannelType string          `json:"channel_type"`
	User        string          `json:"user"`
	BotID       string          `json:"bot_id"`
	BotProfile  json.RawMessage `json:"bot_profile"`
	AppID       string          `json:"app_id"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts"`
	Message     *messageEvent   `json:"message"`          // of message_changed
	Previous    *messageEvent   `json:"previous_message"` // likewise
}

// A command is what somebody typed behind /smtp. Over HTTP it comes as a form,
// in Socket Mode as JSON with the same names.
// https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
type command struct {
	Team        string `json:"team_id"`
	Channel     string `json:"channel_id"`
	User        string `json:"user_id"`
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"`
}

func commandOf(form url.Values) command {
	return command{
		Team: form.Get("team_id"), Channel: form.Get("channel_id"), User: form.Get("user_id"),
		Text: form.Get("text"), ResponseURL: form.Get("response_url"),
	}
}

// An interaction is a button that was pressed, or something that the bot does
// not offer. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
type interaction struct {
	Type        string    `json:"type"`
	Team        reference `json:"team"`
	Channel     reference `json:"channel"`
	User        reference `json:"user"`
	ResponseURL string    `json:"response_url"`
	Container   struct {
		ThreadTS string `json:"thread_ts"`
	} `json:"container"`
	Message struct {
		ThreadTS string `json:"thread_ts"`
	} `json:"message"`
	Actions []struct {
		Type  string `json:"type"`
		Value string `json:"value"`
	} `json:"actions"`
}

type reference struct {
	ID string `json:"id"`
}

// An envelope is what Socket Mode wraps around each of the three.
// https://docs.slack.dev/apis/events-api/using-socket-mode#events
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}
