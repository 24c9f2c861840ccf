package detect

import "slices"

// Gmail and Google Workspace: the bounce that mailer-daemon@googlemail.com
// sends. https://support.google.com/a/answer/3221692
var googleForms = slices.Concat(
	phrases(says, 10, "the response from the remote server was", "the error that the other server returned was"),
	phrases(says, 7, "the response was"),
	phrases(logs, 7, "- gsmtp"),
	phrases(speaks, 6, "dns error:"),
	phrases(speaks, 8, "the recipient server did not accept our requests to connect"),
	phrases(bounce, 9, "technical details of permanent failure", "technical details of temporary failure",
		"google tried to deliver your message"),
	phrases(passing, 0, "technical details of temporary failure", "there was a temporary problem",
		"gmail will retry for"),
	phrases(bounce, 8, "your message wasn't delivered to", "** address not found **", "** message not delivered **",
		"** message blocked **", "** delivery incomplete **", "** recipient inbox full **", "** message too large **",
		"there was a temporary problem delivering your message"),
	phrases(bounce, 7, "gmail will retry for"),
)
