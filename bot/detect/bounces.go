package detect

import "slices"

// Bounces of systems that have no table of their own, and the words at which
// the returned message begins.
var bounceForms = slices.Concat(
	phrases(bounce, 7, "delivery status notification (failure)", "delivery status notification (delay)",
		"your mail message to the following address*", "this message could not be delivered", "could not be delivered to:",
		"your message was not delivered", "x-failed-recipients:", "nondeliverable mail", "メールは一つ以上の宛先に対",
		"n'a pas pu être remis*", "n'a pas été remis*", "konnte nicht zugestellt werden", "no se pudo entregar"),
	phrases(bounce, 4, "delivery failure", "undeliverable:", "your mail sent on", "mail delivery subsystem",
		"no recipients could be found"),
	phrases(bounce, 5, "message undeliverable", "was undeliverable", "report-type=delivery-status",
		"unable to deliver message"),
	phrases(bounce, 6, "undeliverable mail", "failure reasons"),
	phrases(bounce, 8, "could not be delivered to the following", "cannot be delivered to the following",
		"this is the mailer-daemon", "a message is delayed for more than", "was not delivered to:",
		"we had trouble delivering your message", "delivery to the following recipients was aborted",
		"delevery to the following recipients was aborted", "message could not be delivered to mobile",
		"the message returned below could not be delivered", "the following recipients could not be reached",
		"this report relates to a message you sent", "не может быть доставлено", "could not be delivered due to"),
	phrases(bounce, 9, "an error occurred while trying to deliver the mail to the following recipients",
		"an error has occurred while attempting to deliver a message",
		"we were unable to deliver your message to the following address*",
		"i am sending you this message to inform you on the delivery status",
		"the following recipients returned permanent errors", "the following recipients did not receive this message",
		"there was an error delivering your mail to", "this is a delivery status notification from",
		"your message to the following recipients cannot be delivered",
		"your message cannot be delivered to the following recipients", "次のあて先へのメッセージはエラーのため送信できませんでした",
		"a transcript of the attempts to send the message follows",
		"unable to deliver your message to the following address*"),
	phrases(speaks, 8, "delivery failed; will not continue trying"),
	phrases(speaks, 9, "each of the following recipients was rejected by a remote mail server"),
	phrases(fields, 0, "diagnostic-code:"),
	phrases(waited, 1, "was aborted after"),
	phrases(waited, 0, "timed out", "did not accept our requests to connect", "host not reachable", "not responding",
		"no route to host", "unreachable"),
	phrases(speaks, 6, "this user doesn't have a*", "mailbox exceeds allowed size", "user mailbox exceeds",
		"network error on destination mxs", "illegal host/domain name found"),
	phrases(speaks, 5, "requested action not taken", "requested mail action*", "recipient address rejected",
		"sender address rejected", "client host rejected", "helo command rejected", "envelope expired", "error transferring to", "maximum hop count exceeded",
		"could not find a gateway for", "duplicated message-id in"),
	phrases(speaks, 5, "relay access denied", "relaying denied"),
	phrases(speaks, 10, ">: relay access denied", ">: relaying denied", ">... relaying denied"),
	phrases(speaks, 4, "unable to relay", "unknown user:", "mailbox has exceeded the*", "message size exceeds*",
		"mail rejected by*"),
	phrases(says, 5, "error_code :*"),
	phrases(speaks, 7, "the email account that you tried to reach", "unable to deliver message after multiple retries"),
	phrases(speaks, 3, "spf check failed", "message rejected*"),
	phrases(returned, 0, "original message follows", "original mail as follows",
		"below is a copy of the original message", "below this line is a copy of the message",
		"this is a copy of the message", "this is a copy of your message", "unsent message follows",
		"original message -----", "returned message --*", "content-type: message/rfc822",
		"content-type: text/rfc822-headers", "text of the message", "message headers follow", "original message:",
		"original message text"),
)

// dialogue is what clients say, and servers that greet them. RFC 5321, section 4.1.
var dialogue = slices.Concat(
	phrases(talk, 0, "mail from:*", "rcpt to:*", "ehlo *", "helo *", "esmtp", "354 *", "250-size*", "250 2.*",
		"250-pipelining", "221 2.*", "250-starttls", "auth login", "auth plain*", "220 2.*", "235 2.*", "vrfy *", "expn *"),
)
