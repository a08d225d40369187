-- One text for SQLite and PostgreSQL, as in 00001: booleans are 0 or 1, and a time that has not come is NULL.
-- Additive: older programs run on these tables.

-- +goose Up
CREATE TABLE schedule (
    platform    TEXT    NOT NULL,
    tenant      TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    time_of_day INTEGER NOT NULL, -- minutes since midnight
    zone        TEXT    NOT NULL,
    days        INTEGER NOT NULL, -- bit 0 is Sunday
    category    TEXT    NOT NULL,
    lang        TEXT    NOT NULL,
    creator     TEXT    NOT NULL,
    paused      TEXT    NOT NULL, -- why; '' while it runs
    next_at     BIGINT  NOT NULL,
    PRIMARY KEY (platform, tenant, channel)
);
CREATE INDEX schedule_by_next ON schedule (next_at) WHERE paused = '';

CREATE TABLE delivery (
    platform TEXT    NOT NULL,
    tenant   TEXT    NOT NULL,
    channel  TEXT    NOT NULL,
    day      TEXT    NOT NULL, -- local, as 2006-01-02
    at       BIGINT  NOT NULL,
    state    TEXT    NOT NULL,
    attempts INTEGER NOT NULL,
    due_at   BIGINT  NOT NULL, -- when it may be claimed: of a claimed one, when its lease ends
    owner    TEXT    NOT NULL, -- of the last claim; '' where it was handed back
    term     TEXT    NOT NULL,
    began_at BIGINT,
    ref      TEXT    NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (platform, tenant, channel, day)
);
CREATE INDEX delivery_by_due ON delivery (platform, tenant, due_at) WHERE state IN ('planned', 'sending');
CREATE INDEX delivery_by_end ON delivery (ended_at);

CREATE TABLE asked (
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    term     TEXT   NOT NULL,
    asked    BIGINT NOT NULL,
    last_at  BIGINT NOT NULL,
    PRIMARY KEY (platform, tenant, channel, term)
);
CREATE INDEX asked_by_last ON asked (last_at);

CREATE TABLE review (
    platform TEXT    NOT NULL,
    tenant   TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    term     TEXT    NOT NULL,
    day      TEXT    NOT NULL, -- of the post, local, as 2006-01-02
    knew     INTEGER NOT NULL,
    at       BIGINT  NOT NULL,
    PRIMARY KEY (platform, tenant, person, term, day)
);

CREATE TABLE lease (
    name     TEXT   NOT NULL PRIMARY KEY,
    owner    TEXT   NOT NULL,
    until_at BIGINT NOT NULL
);
