-- One text for SQLite and PostgreSQL, as in 00001: a day is a number of days since 1970-01-01, in the person's time zone.
-- Additive: older programs run on these tables, but forget me in them leaves the rows here.

-- +goose Up
CREATE TABLE learner (
    platform     TEXT             NOT NULL,
    tenant       TEXT             NOT NULL,
    person       TEXT             NOT NULL,
    lang         TEXT             NOT NULL,
    time_of_day  INTEGER          NOT NULL, -- of the digest, minutes since midnight
    zone         TEXT             NOT NULL,
    days         INTEGER          NOT NULL, -- bit 0 is Sunday
    per_day      BIGINT           NOT NULL,
    brake        BIGINT           NOT NULL,
    retention    DOUBLE PRECISION NOT NULL,
    paused_until INTEGER          NOT NULL, -- day; 0 if not paused
    stopped      INTEGER          NOT NULL,
    answers      BIGINT           NOT NULL, -- ever appended
    PRIMARY KEY (platform, tenant, person)
);

CREATE TABLE card (
    platform   TEXT             NOT NULL,
    tenant     TEXT             NOT NULL,
    person     TEXT             NOT NULL,
    term       TEXT             NOT NULL,
    added_at   BIGINT           NOT NULL,
    suspended  INTEGER          NOT NULL,
    seq        INTEGER          NOT NULL, -- of the latest answer; 0 for none
    stability  DOUBLE PRECISION NOT NULL,
    difficulty DOUBLE PRECISION NOT NULL,
    last       INTEGER          NOT NULL, -- day
    due        INTEGER          NOT NULL, -- day
    reps       INTEGER          NOT NULL,
    lapses     INTEGER          NOT NULL,
    PRIMARY KEY (platform, tenant, person, term)
);

CREATE TABLE answer (
    platform TEXT    NOT NULL,
    tenant   TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    term     TEXT    NOT NULL,
    seq      INTEGER NOT NULL, -- in the card's log, from 1
    nth      BIGINT  NOT NULL, -- in the person's log, from 1
    kind     TEXT    NOT NULL,
    rating   INTEGER NOT NULL, -- 0 if it takes another back
    undoes   INTEGER NOT NULL, -- seq of the answer that it takes back; 0 for none
    day      INTEGER NOT NULL,
    at       BIGINT  NOT NULL,
    PRIMARY KEY (platform, tenant, person, term, seq)
);
CREATE INDEX answer_by_day ON answer (platform, tenant, person, day);

CREATE TABLE digest (
    platform   TEXT    NOT NULL,
    tenant     TEXT    NOT NULL,
    person     TEXT    NOT NULL,
    version    BIGINT  NOT NULL, -- number of changes
    next_at    BIGINT,           -- NULL for never
    sent       INTEGER NOT NULL, -- day of the latest; 0 for none
    ref        TEXT    NOT NULL, -- the platform's ID of its message; '' for none
    unanswered INTEGER NOT NULL,
    snoozed    INTEGER NOT NULL,
    silent     INTEGER NOT NULL,
    PRIMARY KEY (platform, tenant, person)
);
CREATE INDEX digest_by_next ON digest (next_at, platform, tenant, person);
