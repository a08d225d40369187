-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs can use these tables.

-- +goose Up
CREATE TABLE k8sbot_compatible (
    version BIGINT NOT NULL -- the last migration that a program must know to run on these tables
);
INSERT INTO k8sbot_compatible (version) VALUES (4);
