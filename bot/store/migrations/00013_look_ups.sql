-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs run on these tables, but forget me in them leaves the rows here.

-- +goose Up
CREATE TABLE look_up (
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    person   TEXT   NOT NULL, -- has opted in to reviews
    term     TEXT   NOT NULL,
    at       BIGINT NOT NULL, -- the last time
    PRIMARY KEY (platform, tenant, person, term)
);
CREATE INDEX look_up_by_time ON look_up (at);
