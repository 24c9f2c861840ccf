package slack

// What the adapter needs of its app in Slack. The manifests in deploy/slack and
// those that `smtpbot manifest slack` prints are made of these tables, and
// /slack/install asks for these scopes.

// Command is the slash command.
const Command = "/smtp"

// The ids by which Slack names a shortcut when somebody uses it.
// https://docs.slack.dev/interactivity/implementing-shortcuts
const (
	shortcutExplain = "explain" // on a message
	shortcutPaste   = "paste"   // from everywhere
)

// A scope is a permission of the bot token, and what it is for.
type scope struct{ Name, For string }

// https://docs.slack.dev/reference/scopes
var scopes = []scope{
	{"app_mentions:read", "@smtpbot 503"},
	{"channels:history", "pasted errors in the public channels it is in"},
	{"channels:read", "who made a channel and may delete answers; being invited; a channel becoming shared"},
	{"chat:write", "answers"},
	{"commands", "/smtp and the shortcuts"},
	{"files:read", "uploaded .eml, .txt and .log files"},
	{"groups:history", "pasted errors in private channels"},
	{"groups:read", "the same as channels:read, for private channels"},
	{"im:history", "direct questions"},
	{"mpim:history", "pasted errors in group conversations"},
	{"reactions:read", "somebody clicked the emoji that it left"},
	{"reactions:write", "one emoji where the channel wants no more"},
	{"users:read", "the language of who asks, and who is an admin"},
}

// events are the subscriptions. https://docs.slack.dev/reference/events
var events = []string{
	"app_home_opened",
	"app_mention",
	"app_uninstalled",
	"channel_id_changed",
	"channel_shared",
	"channel_unshared",
	"member_joined_channel",
	"message.channels",
	"message.groups",
	"message.im",
	"message.mpim",
	"reaction_added",
	"team_access_revoked",
	"tokens_revoked",
}

// A slashCommand is a command that people type.
type slashCommand struct{ Name, Description, Hint string }

var slashCommands = []slashCommand{
	{Command, "Explain an SMTP error or compare codes", "503 | 450 vs 550 | explain | settings | help"},
}

// A shortcut is an entry in a menu of Slack. Kind is "message" or "global".
type shortcut struct{ Name, Kind, ID, Description string }

// The names are what people see; 24 characters at most.
var shortcuts = []shortcut{
	{"Explain SMTP error", "message", shortcutExplain, "Explains the SMTP errors in this message, to you alone"},
	{"Explain an SMTP error", "global", shortcutPaste, "Paste a bounce or a line from a mail log"},
}

// The addresses that Slack calls, where the app is not served by Socket Mode.
const (
	pathEvents       = "/slack/events"
	pathCommands     = "/slack/commands"
	pathInteractions = "/slack/interactions"
	pathInstall      = "/slack/install"
	pathRedirect     = "/slack/oauth_redirect"
)
