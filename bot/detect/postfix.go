package detect

// Postfix: what its log, its bounces and its SMTP client's error texts wrap
// around a reply. https://www.postfix.org/postconf.5.html and bounce(5).
var postfixForms = []phrase{
	{"said:", says, 9}, {"refused to talk to me:", says, 9}, {"(in reply to*", logs, 8}, {"noqueue: reject:", logs, 10}, {"noqueue: milter-reject:", logs, 10}, {"milter-reject:", logs, 8}, {"reject: rcpt from", logs, 9}, {"reject: connect from", logs, 9}, {"reject: helo from", logs, 9}, {"reject: ehlo from", logs, 9}, {"reject: mail from", logs, 9}, {"reject: data from", logs, 9}, {"reject: vrfy from", logs, 9}, {"reject: end-of-message from", logs, 9}, {"reject: body", logs, 7}, {"reject: header", logs, 7},
	{"postfix/*", logs, 3}, {"status=bounced", logs, 10}, {"status=deferred", logs, 10}, {"status=undeliverable", logs, 10}, {"status=expired", logs, 10}, {"status=soft-bounce", logs, 10}, {"dsn=4.*", logs, 7}, {"dsn=5.*", logs, 7},
	{"host or domain name not found", speaks, 6}, {"name service error for name", speaks, 6}, {"refused to talk to me", speaks, 4}, {"lost connection with", speaks, 3}, {"sasl login authentication failed", speaks, 5}, {"sasl plain authentication failed", speaks, 5}, {"mail transport unavailable", speaks, 5}, {"mail for * loops back to myself", speaks, 6}, {"loops back to myself", speaks, 6}, {"too many hops", speaks, 4}, {"unable to look up host", speaks, 4},
	{"this is the mail system at host", bounce, 8}, {"could not be delivered to one or more recipients", bounce, 8}, {"could not be delivered to one or more destinations", bounce, 8}, {"could not be delivered for more than", bounce, 8}, {"undelivered mail returned to sender", bounce, 7}, {"this is the postfix program at host", bounce, 8},
	{"enclosed is the mail system's", bounce, 5},
}
