package slack

// What the adapter needs of its app in Slack. deploy/slack/manifest.yaml asks
// for exactly that; a test compares the two.

// Command is the slash command.
const Command = "/smtp"

// Scopes are the permissions of the bot token, and what each is for.
// https://docs.slack.dev/reference/scopes
var scopes = map[string]string{
	"app_mentions:read": "questions by mention",
	"channels:history":  "pasted errors in public channels",
	"groups:history":    "pasted errors in private channels",
	"im:history":        "direct questions",
	"mpim:history":      "pasted errors in group conversations",
	"chat:write":        "answers",
	"commands":          "the slash command",
	"users:read":        "users.info, for the language of who asks",
}

// events are the subscriptions. https://docs.slack.dev/reference/events
var events = []string{"app_mention", "message.channels", "message.groups", "message.im", "message.mpim"}
