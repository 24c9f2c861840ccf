package detect

import "slices"

// Postfix: what its log, its bounces and its SMTP client's error texts wrap
// around a reply. https://www.postfix.org/postconf.5.html and bounce(5).
var postfixForms = slices.Concat(
	phrases(says, 9, "said:", "refused to talk to me:"),
	phrases(logs, 8, "(in reply to*", "milter-reject:"),
	phrases(logs, 10, "noqueue: reject:", "noqueue: milter-reject:", "status=bounced", "status=deferred",
		"status=undeliverable", "status=expired", "status=soft-bounce"),
	phrases(logs, 9, "reject: rcpt from", "reject: connect from", "reject: helo from", "reject: ehlo from",
		"reject: mail from", "reject: data from", "reject: vrfy from", "reject: end-of-message from"),
	phrases(logs, 7, "reject: body", "reject: header", "dsn=4.*", "dsn=5.*"),
	phrases(logs, 3, "postfix/*"),
	phrases(speaks, 6, "host or domain name not found", "name service error for name", "mail for * loops back to myself",
		"loops back to myself"),
	phrases(speaks, 4, "refused to talk to me", "too many hops", "unable to look up host"),
	phrases(speaks, 3, "lost connection with"),
	phrases(speaks, 5, "sasl login authentication failed", "sasl plain authentication failed",
		"mail transport unavailable"),
	// The reason stands in brackets behind the status, mostly without any code.
	phrases(speaks, 10, "status=deferred (*", "status=bounced (*", "status=undeliverable (*", "status=soft-bounce (*",
		"(delivery temporarily suspended: *"),
	phrases(speaks, 7, "delivery temporarily suspended: *"),
	// local(8), pipe(8) and virtual(8), as a bounce quotes them.
	phrases(speaks, 10, ">: unknown user: \"*", "): unknown user: \"*", "command died with status * \"*", "mail forwarding loop for *", "does not accept mail (nullmx)",
		"exceeds size limit * of server *", ">: maildir delivery failed:", ">: cannot update mailbox *", ">: cannot append message to file *"),
	// TLS and SASL, of smtp(8) and smtpd(8).
	phrases(speaks, 10, "tls is required, but was not offered by host *", "tls is required, but our tls engine*",
		"smtputf8 is required, but was not offered by host *", ">: server certificate not trusted", ">: server certificate not verified",
		"ssl_connect error to *", "ssl_accept error from *", "warning: tls library problem: *", "sasl authentication failed; *",
		"warning: sasl authentication failure: *", "sasl login authentication failed: *", "sasl plain authentication failed: *",
		"fatal: no sasl authentication mechanisms"),
	phrases(speaks, 10, "improper command pipelining after * from *", "connect to milter service *"),
	phrases(speaks, 10, "status=expired, returned to sender", "status=force-expired, returned to sender",
		"conversation with * timed out while *", "lost connection with * while *",
		// "(connect to mx.example[192.0.2.1]:25: Connection timed out)": the ports are mail's.
		"]:25: connection timed out", "]:25: connection refused", "]:25: no route to host", "]:25: network is unreachable",
		"]:25: operation timed out", "]:465: connection timed out", "]:465: connection refused", "]:587: connection timed out",
		"]:587: connection refused"),
	phrases(bounce, 8, "this is the mail system at host", "could not be delivered to one or more recipients",
		"could not be delivered to one or more destinations", "could not be delivered for more than",
		"this is the postfix program at host"),
	phrases(bounce, 7, "undelivered mail returned to sender"),
	phrases(bounce, 5, "enclosed is the mail system's"),
)
