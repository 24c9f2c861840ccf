-- How a message is answered, by whom it was written, and what happened to it.
ALTER TABLE answer ADD COLUMN usr     TEXT   NOT NULL DEFAULT '';      -- who wrote the message
ALTER TABLE answer ADD COLUMN how     TEXT   NOT NULL DEFAULT 'reply'; -- reply, quiet, react, offer
ALTER TABLE answer ADD COLUMN head    TEXT   NOT NULL DEFAULT '';      -- the message whose answer speaks for it
ALTER TABLE answer ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE answer ADD COLUMN revised BIGINT NOT NULL DEFAULT 0;       -- Unix time in milliseconds
ALTER TABLE answer ADD COLUMN due     BIGINT NOT NULL DEFAULT 0;       -- likewise
UPDATE answer SET due = created;
UPDATE answer SET state = 'gone' WHERE state = 'held';
DROP INDEX answer_cause;
CREATE INDEX answer_near ON answer (platform, channel, due);
CREATE INDEX answer_thread ON answer (platform, channel, thread);
CREATE INDEX answer_head ON answer (platform, channel, head);
CREATE INDEX answer_answer ON answer (platform, channel, answer);

-- Who writes the row of a channel decides what is said there: one process at a time.
CREATE TABLE turn (
	platform TEXT   NOT NULL,
	channel  TEXT   NOT NULL,
	team     TEXT   NOT NULL,
	taken    BIGINT NOT NULL, -- Unix time in milliseconds
	PRIMARY KEY (platform, channel)
);

-- What people set: for a channel, or with none for all of a team's.
CREATE TABLE setting (
	platform TEXT NOT NULL,
	team     TEXT NOT NULL,
	channel  TEXT NOT NULL,
	level    TEXT NOT NULL,
	lang     TEXT NOT NULL,
	PRIMARY KEY (platform, team, channel)
);
CREATE INDEX setting_channel ON setting (platform, channel);

CREATE TABLE optout (
	platform TEXT NOT NULL,
	usr      TEXT NOT NULL,
	PRIMARY KEY (platform, usr)
);
