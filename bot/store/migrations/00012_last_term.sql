-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs run on these tables, but neither forget me nor sweeping in them deletes the rows here. These expire within an hour.

-- +goose Up
CREATE TABLE last_term (
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    thread   TEXT   NOT NULL, -- '' outside of threads
    person   TEXT   NOT NULL, -- '' if others see the conversation too
    term     TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (platform, tenant, channel, thread, person)
);
CREATE INDEX last_term_by_at ON last_term (at);
