package detect

// Exim: its main log and its bounces. The Exim specification, chapter 52 (log
// files) and chapter 49 (customizing messages).
var eximForms = []phrase{
	{"smtp error from remote mail server after*", says, 10}, {"smtp error from remote mailer after*", says, 10}, {"lmtp error after*", says, 10}, {"rejected rcpt", logs, 9}, {"rejected mail", logs, 8}, {"rejected after data", logs, 9}, {"rejected ehlo", logs, 8}, {"rejected helo", logs, 8}, {"rejected connection in", logs, 8}, {"temporarily rejected", logs, 5}, {"authenticator failed for", logs, 10}, {"smtp protocol error in", logs, 8}, {"smtp protocol synchronization error", logs, 9}, {"smtp syntax error in", logs, 8},
	{"t=remote_smtp", logs, 8}, {"r=dnslookup", logs, 6}, {"t=smarthost*", logs, 6}, {"all hosts have been failing", speaks, 7}, {"retry timeout exceeded", speaks, 5}, {"retry time not reached for any host", speaks, 7}, {"all hosts for * have been failing", speaks, 7}, {"unrouteable address", speaks, 5}, {"unroutable address", speaks, 5}, {"relay not permitted", speaks, 5}, {"mailbox is full (mtp-imposed quota exceeded*", speaks, 7}, {"no immediate delivery: load average", speaks, 5},
	{"this message was created automatically by mail delivery software", bounce, 8}, {"could not be delivered to one or more of its recipients", bounce, 8}, {"a message that you sent could not be delivered", bounce, 8}, {"a message that you sent has not yet been delivered", bounce, 8}, {"mail delivery failed: returning message to sender", bounce, 7}, {"the following address(es) failed", bounce, 7}, {"the following address(es) have yet to be delivered", bounce, 7}, {"mail delivery failed", bounce, 4}, {"has not been delivered to all of its recipients", bounce, 7},
	{"has not yet been delivered", passing, 0}, {"have yet to be delivered", passing, 0}, {"warning: message * delayed", passing, 0},
}
