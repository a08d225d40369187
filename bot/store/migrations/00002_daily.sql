-- The daily term, and leases. Flags are 0 or 1, days of the week a bit set from
-- Sunday on, local days TEXT as 2006-01-02.

-- +goose Up
CREATE TABLE schedule (
    platform    TEXT   NOT NULL,
    tenant      TEXT   NOT NULL,
    channel     TEXT   NOT NULL,
    time_of_day BIGINT NOT NULL,
    zone        TEXT   NOT NULL,
    days        BIGINT NOT NULL,
    category    TEXT   NOT NULL,
    lang        TEXT   NOT NULL,
    creator     TEXT   NOT NULL,
    paused      TEXT   NOT NULL,
    next_at     BIGINT NOT NULL,
    PRIMARY KEY (platform, tenant, channel)
);
CREATE INDEX schedule_by_next ON schedule (next_at) WHERE paused = '';
CREATE INDEX schedule_by_creator ON schedule (platform, tenant, creator);

CREATE TABLE delivery (
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    day      TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    state    TEXT   NOT NULL,
    attempts BIGINT NOT NULL,
    due_at   BIGINT NOT NULL,
    owner    TEXT   NOT NULL,
    term     TEXT   NOT NULL,
    began_at BIGINT NOT NULL,
    ref      TEXT   NOT NULL,
    PRIMARY KEY (platform, tenant, channel, day)
);
CREATE INDEX delivery_by_due ON delivery (platform, tenant, due_at) WHERE state IN ('planned', 'sending');
CREATE INDEX delivery_by_at ON delivery (at);

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
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    term     TEXT   NOT NULL,
    day      TEXT   NOT NULL,
    knew     BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (platform, tenant, person, term, day)
);

CREATE TABLE lease (
    name     TEXT   NOT NULL PRIMARY KEY,
    owner    TEXT   NOT NULL,
    until_at BIGINT NOT NULL
);
