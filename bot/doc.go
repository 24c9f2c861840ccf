/*
Package bot is the core of smtpbot: it answers questions about SMTP, and
explains errors that somebody pasted. It knows nothing of Slack, Discord, HTTP
or SQL.

This is also the place to begin reading the project. From the bottom up:

# catalog: what is known

Package catalog holds the facts as reviewed data: one TOML file for each reply
code, registry row and cause, one for each provider's texts, and one folder for
each further language. Its loader is strict, so that a slip in a file fails a
test and not a user. A code always has an entry: what no file describes is
explained by its digits, as RFC 5321 tells a client to do.

# bot/detect: what was pasted

A [detect.Detector] scans a text for SMTP errors. It goes by evidence, each
piece worth points in one table: a reply code that agrees with an enhanced code,
the words behind it, the log line or bounce around it. A number alone is never
enough. For each error found, the catalogue's rules name the cause; the most
specific rule wins.

[detect.Redact] takes out of a text what tells who wrote to whom.

# bot/message, bot/tally: files

Where a text is the source of a mail, package message gives what a person would
read of it: decoded, without headers and without the message that came back. A
mail log is summed up line by line by package tally.

# bot/card: what is answered

A [card.Card] is a small neutral document. The bot makes it, each platform
renders it, and so limits and escaping are kept in one place a platform.

# bot: questions and answers

[Bot.Command] answers a question, and every question gets an answer. What
is asked most is remembered (package memo).
[Bot.Observe] judges a message in a channel, and keeps silent about most. How
loud it may be is set by people ([Bot.SettingsFor]). Before it returns an
answer, a row in the [Store] claims the message: of all processes and
redeliveries one gets to answer. [Bot.Deliver] sends, and [Bot.TakeOver] finds
what a process that died had claimed. All are functions that an adapter calls;
there is no event bus.

The row lives on: it is what [Bot.Edited], [Bot.Deleted] and [Bot.Reacted]
follow a message by. What may happen to it are the steps in row.go, pure
functions from a row to a row. A store takes one step at a time for a channel,
and of several processes the one whose step changes the row acts:
[Bot.Apply] edits the answer or takes it away.

# bot/store, bot/seal: what is kept

Package memory forgets, package sqlstore keeps rows and settings in SQLite or
PostgreSQL, and storetest is the suite that both pass. No message is ever kept:
keys and codes of the catalogue, ids of the platform, and what people set.
What grants access to a workspace is encrypted by package seal before.

# adapters: where people are

An adapter verifies and decodes what its platform sent, calls the bot, and sends
the card that it gets back. Package adapters lists them. What all of them need
for that is in package delivery: a lane for each channel, so that order is kept
and a slow one holds back no other, what a stop waits for, and what a channel
refused. adapters/web is the page that runs with nothing configured, with the
same answers as JSON and the state of the process.

# cmd/smtpbot: the binary

One file for each subcommand, and no logic of its own.

# Goals

In this order: never speak where nobody pasted an error; miss none; say whose
move it is and what to do first, in words for a tired person. Then: keep no text,
lose no message, say nothing twice.
*/
package bot
