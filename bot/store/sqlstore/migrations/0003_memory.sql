-- Which entry did not fit, and the cause that somebody chose instead.
CREATE TABLE feedback (
	platform TEXT   NOT NULL,
	team     TEXT   NOT NULL,
	entry    TEXT   NOT NULL,
	cause    TEXT   NOT NULL,
	created  BIGINT NOT NULL -- Unix time in milliseconds
);
CREATE INDEX feedback_team ON feedback (platform, team);

-- Which entries a person asked for.
CREATE TABLE asked (
	platform TEXT   NOT NULL,
	team     TEXT   NOT NULL,
	usr      TEXT   NOT NULL,
	entry    TEXT   NOT NULL,
	created  BIGINT NOT NULL, -- of the last time
	PRIMARY KEY (platform, team, usr, entry)
);

-- A workspace's consent, or that of a whole enterprise.
CREATE TABLE install (
	platform   TEXT   NOT NULL,
	owner      TEXT   NOT NULL, -- the team, or the enterprise where that has it as a whole
	team       TEXT   NOT NULL,
	enterprise TEXT   NOT NULL,
	sealed     TEXT   NOT NULL, -- base64
	created    BIGINT NOT NULL,
	PRIMARY KEY (platform, owner)
);

-- What may be used once.
CREATE TABLE ticket (
	kind  TEXT   NOT NULL,
	id    TEXT   NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (kind, id)
);

-- Up to which message a team was read, or a channel that belongs to none.
CREATE TABLE bookmark (
	platform TEXT   NOT NULL,
	team     TEXT   NOT NULL,
	channel  TEXT   NOT NULL,
	message  TEXT   NOT NULL,
	noted    BIGINT NOT NULL,
	PRIMARY KEY (platform, team, channel)
);
