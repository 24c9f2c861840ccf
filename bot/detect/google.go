package detect

// Gmail and Google Workspace: the bounce that mailer-daemon@googlemail.com
// sends. https://support.google.com/a/answer/3221692
var googleForms = []phrase{
	{"the response from the remote server was", says, 10}, {"the response was", says, 7}, {"the error that the other server returned was", says, 10}, {"- gsmtp", logs, 7}, {"dns error:", speaks, 6}, {"the recipient server did not accept our requests to connect", speaks, 8},
	{"technical details of permanent failure", bounce, 9}, {"technical details of temporary failure", bounce, 9}, {"technical details of temporary failure", passing, 0}, {"google tried to deliver your message", bounce, 9}, {"your message wasn't delivered to", bounce, 8}, {"** address not found **", bounce, 8}, {"** message not delivered **", bounce, 8}, {"** message blocked **", bounce, 8}, {"** delivery incomplete **", bounce, 8}, {"** recipient inbox full **", bounce, 8}, {"** message too large **", bounce, 8}, {"there was a temporary problem delivering your message", bounce, 8}, {"there was a temporary problem", passing, 0}, {"gmail will retry for", passing, 0}, {"gmail will retry for", bounce, 7},
}
