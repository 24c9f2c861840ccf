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
	EnterpriseID   string          `json:"enterprise_id"`
	Authorizations []struct {
		TeamID              string `json:"team_id"`
		EnterpriseID        string `json:"enterprise_id"`
		UserID              string `json:"user_id"`
		IsBot               bool   `json:"is_bot"`
		IsEnterpriseInstall bool   `json:"is_enterprise_install"`
	} `json:"authorizations"`
	IsExtShared  bool   `json:"is_ext_shared_channel"` // other companies are in the channel
	EventContext string `json:"event_context"`
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
	Previous    *messageEvent   `json:"previous_message"` // likewise, and of message_deleted
	DeletedTS   string          `json:"deleted_ts"`       // of message_deleted
	Files       []fileObject    `json:"files"`
	Edited      struct {
		TS string `json:"ts"`
	} `json:"edited"`
}

// A fileObject is a file that somebody shared, or a snippet.
// https://docs.slack.dev/reference/objects/file-object
type fileObject struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Type     string `json:"mimetype"`
	Mode     string `json:"mode"`        // hosted, snippet, external, tombstone, hidden_by_limit, file_access …
	Access   string `json:"file_access"` // visible, check_file_info …
	External bool   `json:"is_external"`
	Size     int64  `json:"size"`
	URL      string `json:"url_private_download"`
}

// A reactionEvent is an emoji that somebody clicked.
// https://docs.slack.dev/reference/events/reaction_added
type reactionEvent struct {
	User     string `json:"user"`
	Reaction string `json:"reaction"`
	Item     struct {
		Type    string `json:"type"`
		Channel string `json:"channel"`
		TS      string `json:"ts"`
	} `json:"item"`
}

// A joinedEvent is somebody who came into a channel.
// https://docs.slack.dev/reference/events/member_joined_channel
type joinedEvent struct {
	User    string `json:"user"`
	Channel string `json:"channel"`
	Inviter string `json:"inviter"`
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
	TriggerID   string `json:"trigger_id"`
}

func commandOf(form url.Values) command {
	return command{
		Team: form.Get("team_id"), Channel: form.Get("channel_id"), User: form.Get("user_id"),
		Text: form.Get("text"), ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id"),
	}
}

// An interaction is a button or a menu that was used, a form that was sent, or
// a shortcut. https://docs.slack.dev/reference/interaction-payloads
type interaction struct {
	Type        string    `json:"type"`
	TriggerID   string    `json:"trigger_id"`
	CallbackID  string    `json:"callback_id"` // of a shortcut
	ResponseURL string    `json:"response_url"`
	Team        reference `json:"team"`
	Enterprise  reference `json:"enterprise"`
	Channel     reference `json:"channel"`
	User        struct {
		ID     string `json:"id"`
		TeamID string `json:"team_id"`
	} `json:"user"`
	Container struct {
		ThreadTS  string `json:"thread_ts"`
		MessageTS string `json:"message_ts"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Message struct {
		TS          string       `json:"ts"`
		ThreadTS    string       `json:"thread_ts"`
		Text        string       `json:"text"`
		Attachments []attachment `json:"attachments"`
		Files       []fileObject `json:"files"`
	} `json:"message"`
	View    viewState `json:"view"`
	Actions []struct {
		ID       string    `json:"action_id"`
		Type     string    `json:"type"`
		Value    string    `json:"value"`
		Selected reference `json:"selected_option"`
	} `json:"actions"`
}

// A reference names something: by its id, or an option by its value.
type reference struct {
	ID    string `json:"id"`
	Value string `json:"value"`
}

// An attachment is what a message quotes, as one that was forwarded.
// https://docs.slack.dev/messaging/formatting-message-text#attachments
type attachment struct {
	Text     string `json:"text"`
	Fallback string `json:"fallback"`
}

// A viewState is a modal or Home as it stands when somebody uses it.
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
type viewState struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Callback  string `json:"callback_id"`
	Metadata  string `json:"private_metadata"`
	Hash      string `json:"hash"`
	Root      string `json:"root_view_id"`
	Installed string `json:"app_installed_team_id"`
	State     struct {
		Values map[string]map[string]struct {
			Value    string    `json:"value"`
			Selected reference `json:"selected_option"`
		} `json:"values"`
	} `json:"state"`
}

// nested reports whether a modal lies on another.
func (v viewState) nested() bool { return v.Root != "" && v.Root != v.ID }

// input is what somebody typed or picked in a block of a view. Each block that
// the bot makes has one input.
func (v viewState) input(block string) string {
	for _, in := range v.State.Values[block] {
		if in.Selected.Value != "" {
			return in.Selected.Value
		}
		return in.Value
	}
	return ""
}

// A homeEvent is somebody who opened the bot's Home.
// https://docs.slack.dev/reference/events/app_home_opened
type homeEvent struct {
	User string    `json:"user"`
	Tab  string    `json:"tab"`
	View viewState `json:"view"`
}

// An envelope is what Socket Mode wraps around each of the three.
// https://docs.slack.dev/apis/events-api/using-socket-mode#events
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}
