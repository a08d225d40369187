-- One text for SQLite and PostgreSQL, as in 00001: times are Unix milliseconds.
-- Additive: older programs run on these tables, and leave the rows here until a newer one sweeps them.

-- +goose Up
-- A file with terms waits for the yes of a reviewer, who may press the button on any replica.
CREATE TABLE team_file (
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    data     TEXT   NOT NULL,
    sent_at  BIGINT NOT NULL,
    PRIMARY KEY (platform, tenant, id)
);
CREATE INDEX team_file_by_sent ON team_file (sent_at);
