package detect

import "slices"

// Gmail and Google Workspace: the bounce that mailer-daemon@googlemail.com
// sends. https://support.google.com/a/answer/3221692
var googleForms = slices.Concat(
	phrases(says, 10, "the response from the remote server was", "the error that the other server returned was"),
	phrases(says, 7, "the response was"),
	phrases(logs, 7, "- gsmtp"),
	phrases(speaks, 6, "dns error: * dns type*", "dns error: dns type*", "dns error: domain*"),
	phrases(speaks, 8, "the recipient server did not accept our requests to connect"),
	phrases(bounce, 9, "technical details of permanent failure", "technical details of temporary failure",
		"google tried to deliver your message"),
	phrases(passing, 0, "technical details of temporary failure", "there was a temporary problem",
		"gmail will retry for"),
	phrases(bounce, 8, "** address not found **", "** message not delivered **",
		"** message blocked **", "** delivery incomplete **", "** recipient inbox full **", "** message too large **",
		"there was a temporary problem delivering your message"),
	phrases(bounce, 7, "gmail will retry for", "your message wasn't delivered to", "the group you tried to contact (*"),
	// The heading loses its stars where a screen is copied, and is translated.
	phrases(bounce, 8, "address not found your message wasn't delivered to", "recipient inbox full your message couldn't be delivered to",
		"message blocked your message to * has been blocked", "message too large your message couldn't be delivered to",
		"message not delivered there was a problem delivering your message to", "message not delivered your message couldn't be delivered to",
		"adresse nicht gefunden deine nachricht wurde nicht an", "adresse nicht gefunden ihre nachricht wurde nicht an",
		"votre message n'a pas été remis à", "se ha encontrado la dirección tu mensaje no se ha entregado a",
		"indirizzo non trovato il tuo messaggio non è stato recapitato a", "endereço não encontrado sua mensagem não foi entregue a"),
)
