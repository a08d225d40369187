-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs run on these tables, but forget me in them leaves the rows here.

-- +goose Up
CREATE TABLE channel_learner (
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    person   TEXT   NOT NULL, -- has opted in to reviews
    at       BIGINT NOT NULL, -- the last time
    PRIMARY KEY (platform, tenant, channel, person)
);
CREATE INDEX channel_learner_by_person ON channel_learner (platform, tenant, person);
CREATE INDEX channel_learner_by_time ON channel_learner (at);
