package detect

import "slices"

// Exim: its main log and its bounces. The Exim specification, chapter 52 (log
// files) and chapter 49 (customizing messages).
var eximForms = slices.Concat(
	phrases(says, 10, "smtp error from remote mail server after*", "smtp error from remote mailer after*",
		"lmtp error after*"),
	phrases(logs, 9, "rejected rcpt", "rejected after data", "smtp protocol synchronization error"),
	phrases(logs, 8, "rejected mail", "rejected ehlo", "rejected helo", "rejected connection in",
		"smtp protocol error in", "smtp syntax error in", "t=remote_smtp"),
	phrases(logs, 5, "temporarily rejected"),
	phrases(logs, 10, "authenticator failed for"),
	phrases(logs, 6, "r=dnslookup", "t=smarthost*"),
	phrases(speaks, 7, "all hosts have been failing", "retry time not reached for any host",
		"all hosts for * have been failing", "mailbox is full (mtp-imposed quota exceeded*"),
	phrases(speaks, 10, "rejected rcpt <*", "temporarily rejected rcpt <*", "rejected after data:*", "sender verify fail for <*",
		"smtp protocol synchronization error", "** * unrouteable address", "** * unknown user", "** * retry timeout exceeded",
		"** * r=dnslookup*", "** * r=lookuphost*", "** * r=enforce_mail_permissions*", "** * r=smarthost*",
		"** * r=virtual*", "** * r=system_aliases*", "** * r=localuser*", "** * r=userforward*", "** * r=send_to*", "defer (13): *", "defer (28): *", "defer (122): *", "rejected mail <*", "rejected ehlo or helo *",
		"rejected dkim : *", "rejected connection in \"*", "refused: too many connections from that ip*", "tls error on connection *",
		"tls session: (ssl_connect)*", "(ssl_connect): error:*", "*** frozen (message created with*", "closed connection in response to *",
		"smtp timeout after *", "smtp connection lost after *", "smtp data timeout (*", "smtp command timeout on connection from *",
		"too many \"received\" headers - suspected mail loop", "child process of * transport returned * from command*", "child process of * transport returned * (could *",
		"unqualified sender rejected: *", "unqualified recipient rejected: *", "no immediate delivery: load average *",
		"defer (-*", "]:25 connection timed out", "]:25 connection refused", "]:25 network is unreachable",
		"]:25 no route to host"),
	phrases(says, 3, "host * [*"),
	phrases(speaks, 10, "defer (110): connection timed out", "defer (111): connection refused",
		"defer (101): network is unreachable", "defer (113): no route to host"),
	phrases(speaks, 5, "retry timeout exceeded", "unrouteable address", "unroutable address", "relay not permitted",
		"no immediate delivery: load average"),
	phrases(bounce, 8, "this message was created automatically by mail delivery software",
		"could not be delivered to one or more of its recipients", "a message that you sent could not be delivered",
		"a message that you sent has not yet been delivered"),
	phrases(bounce, 7, "mail delivery failed: returning message to sender", "the following address(es) failed",
		"the following address(es) have yet to be delivered", "has not been delivered to all of its recipients"),
	phrases(bounce, 4, "mail delivery failed"),
	phrases(passing, 0, "has not yet been delivered", "have yet to be delivered", "warning: message * delayed", "defer (*"),
)
