package discord

// demand is something that a channel may refuse. One that takes no reactions
// can take replies. To be refused too often is worse than to be refused: who
// gets 10,000 refusals within ten minutes is locked out.
//
// https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
type demand struct{ channel, of string }

const (
	posts = "messages"
	marks = "reactions"
	looks = "history"

	overflow = "overflow" // of all channels: see overflown
)

// welcome notes that what the bot may do in a channel can have changed.
func (a *Adapter) welcome(channel string) {
	for _, of := range []string{posts, marks, looks} {
		a.refusals.Welcome(demand{channel, of})
	}
}
