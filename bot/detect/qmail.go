package detect

// qmail and what descends from it. RFC 1893 codes stand behind a hash, QSBMF
// begins with "Hi. This is". https://cr.yp.to/proto/qsbmf.txt.
var qmailForms = []phrase{
	{"remote host said:", says, 10}, {"did not like our*", says, 9}, {"failed after i sent the message", says, 8}, {"does not like recipient", says, 8}, {"does not like sender", says, 8}, {"but connection died", speaks, 5}, {"giving up on*", speaks, 5}, {"i'm not going to try again; this message has been in the queue too long", speaks, 8}, {"sorry, i couldn't find any host", speaks, 7}, {"sorry, i couldn't find a mail exchanger", speaks, 7}, {"sorry, i wasn't able to establish an smtp connection", speaks, 8}, {"sorry, no mailbox here by that name", speaks, 8}, {"this address no longer accepts mail", speaks, 7}, {"cname lookup failed temporarily", speaks, 5}, {"this message is looping", speaks, 6}, {"mail-recipient's mailbox is full", speaks, 6},
	{"isn't in my list of allowed rcpthosts", speaks, 7}, {"delivery * failure:", logs, 6}, {"deferral:", logs, 5}, {"starting delivery", logs, 0},
	{"hi. this is the qmail-send", bounce, 9}, {"hi. this is the", bounce, 6}, {"i'm afraid i wasn't able to deliver your message", bounce, 9}, {"i wasn't able to deliver your message", bounce, 8}, {"this is a permanent error; i've given up", bounce, 9}, {"sorry it didn't work out", bounce, 7}, {"unable to deliver message to the following address*", bounce, 8}, {"badiprbl", logs, 5},
}
