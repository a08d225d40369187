-- One text for SQLite and PostgreSQL: times are Unix milliseconds, keys are TEXT.
-- Breaking: there is nothing before it.

-- +goose Up
CREATE TABLE person_language (
    platform TEXT NOT NULL,
    tenant   TEXT NOT NULL,
    person   TEXT NOT NULL,
    lang     TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, person)
);

CREATE TABLE miss (
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    query    TEXT   NOT NULL,
    asked    BIGINT NOT NULL,
    last_at  BIGINT NOT NULL,
    PRIMARY KEY (platform, tenant, query)
);
CREATE INDEX miss_by_asked ON miss (asked, last_at);

CREATE TABLE memory (
    key        TEXT   NOT NULL PRIMARY KEY,
    value      TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX memory_by_expiry ON memory (expires_at);
