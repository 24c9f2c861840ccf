package detect

import "slices"

// qmail and what descends from it. RFC 1893 codes stand behind a hash, QSBMF
// begins with "Hi. This is". https://cr.yp.to/proto/qsbmf.txt.
var qmailForms = slices.Concat(
	phrases(says, 10, "remote host said:"),
	phrases(says, 9, "did not like our*"),
	phrases(says, 8, "failed after i sent the message", "does not like recipient", "does not like sender"),
	phrases(speaks, 5, "but connection died", "giving up on*", "cname lookup failed temporarily"),
	phrases(speaks, 8, "i'm not going to try again; this message has been in the queue too long",
		"sorry, i wasn't able to establish an smtp connection", "sorry, no mailbox here by that name"),
	phrases(speaks, 5, "tls connect failed: *"),
	phrases(speaks, 10, "tls connect failed: error:*", ">: user is over quota", ">: this account has been disabled or discontinued*"),
	phrases(speaks, 7, "sorry, i couldn't find any host", "sorry, i couldn't find a mail exchanger",
		"this address no longer accepts mail", "isn't in my list of allowed rcpthosts"),
	phrases(speaks, 6, "this message is looping", "mail-recipient's mailbox is full"),
	phrases(logs, 6, "delivery * failure:"),
	phrases(logs, 5, "deferral:", "badiprbl"),
	phrases(bounce, 9, "hi. this is the qmail-send", "i'm afraid i wasn't able to deliver your message",
		"this is a permanent error; i've given up"),
	phrases(bounce, 6, "hi. this is the"),
	phrases(bounce, 8, "i wasn't able to deliver your message", "unable to deliver message to the following address*"),
	phrases(bounce, 7, "sorry it didn't work out"),
)
