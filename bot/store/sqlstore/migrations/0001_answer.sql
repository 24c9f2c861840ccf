-- One row for each message that the bot speaks about: claim, outbox and memory
-- in one. Never text: keys and codes of the catalogue, and the platform's ids.
CREATE TABLE answer (
	platform TEXT   NOT NULL,
	channel  TEXT   NOT NULL,
	message  TEXT   NOT NULL,
	team     TEXT   NOT NULL,
	thread   TEXT   NOT NULL,
	lang     TEXT   NOT NULL,
	cause    TEXT   NOT NULL,
	found    TEXT   NOT NULL, -- JSON
	state    TEXT   NOT NULL, -- pending, answered, held, dropped
	answer   TEXT   NOT NULL, -- the platform's id of the answer
	leased   BIGINT NOT NULL, -- Unix time in milliseconds
	created  BIGINT NOT NULL, -- likewise
	PRIMARY KEY (platform, channel, message)
);
CREATE INDEX answer_cause ON answer (platform, channel, cause, created);
CREATE INDEX answer_due ON answer (platform, state, leased);
CREATE INDEX answer_created ON answer (created);
