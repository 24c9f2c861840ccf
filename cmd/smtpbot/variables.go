package main

import (
	"fmt"
	"io"
)

// variable is one environment variable that smtpbot reads.
type variable struct {
	name    string
	initial string // what holds where it is not set
	what    string
	secret  bool // may stand in a file instead: NAME_FILE
}

// variables lists them all, for `smtpbot check` and the README. A test holds
// the list to what the code reads.
func variables() []variable {
	return []variable{
		{"SMTPBOT_LISTEN", "127.0.0.1:8080", "address of the HTTP server; port 0 picks a free one", false},
		{"SMTPBOT_DATABASE_URL", "sqlite:… in your data folder", "sqlite:PATH, or postgres://… for several replicas", true},
		{"SMTPBOT_COOLDOWN", "10m", "how long a cause is not explained again in a channel; 0 for never", false},
		{"SMTPBOT_LOG_LEVEL", "info", "debug, info, warn or error", false},
		{"SLACK_BOT_TOKEN", "", "xoxb-…: OAuth & Permissions → Bot User OAuth Token", true},
		{"SLACK_APP_TOKEN", "", "xapp-…: Socket Mode; Basic Information → App-Level Tokens", true},
		{"SLACK_SIGNING_SECRET", "", "requests over HTTP; Basic Information → App Credentials", true},
		{"SLACK_CLIENT_ID", "", "several workspaces, which install the app at /slack/install; App Credentials", false},
		{"SLACK_CLIENT_SECRET", "", "likewise; App Credentials", true},
		{"SMTPBOT_KEY", "", "seals the tokens of several workspaces; `smtpbot key` prints one", true},
		{"SLACK_API_URL", "https://slack.com/api/", "where Slack's API is; tests point it elsewhere", false},
		{"SLACK_PING_INTERVAL", "30s", "after so long a silence Socket Mode connects anew", false},
		{"SLACK_SOCKET_CONNECTIONS", "2", "how many connections of Socket Mode are open at once", false},
		{"DISCORD_BOT_TOKEN", "", "gateway; Bot → Reset Token", true},
		{"DISCORD_PUBLIC_KEY", "", "interactions over HTTP; General Information → Public Key", true},
		{"DISCORD_APPLICATION_ID", "", "for `smtpbot invite discord` without a token; General Information → Application ID", false},
		{"DISCORD_GUILD_ID", "", "registers the commands in this one server, for trying out", false},
		{"DISCORD_SHARDS", "", "how many shards, such as 16, or this process's part of them, such as 0-3/16; all that Discord recommends", false},
		{"DISCORD_API_URL", "https://discord.com", "where Discord is; tests point it elsewhere", false},
	}
}

// printVariables says of each whether it is set, and never to what.
func printVariables(w io.Writer, env map[string]string) {
	for _, v := range variables() {
		state := "not set"
		switch {
		case env[v.name] != "" && env[v.name+"_FILE"] != "":
			state = "from a file"
		case env[v.name] != "":
			state = "set"
		case v.initial != "":
			state = "default"
		}
		what := v.what
		if v.initial != "" {
			what += " (default " + v.initial + ")"
		}
		fmt.Fprintf(w, "%-22s %-11s %s\n", v.name, state, what)
	}
	fmt.Fprintln(w, "\nA secret may stand in a file instead: SLACK_BOT_TOKEN_FILE=/run/secrets/slack names it, and so for every token, key, secret and the database.")
}
