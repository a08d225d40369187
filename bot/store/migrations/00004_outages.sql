-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs can use these tables.

-- +goose Up
ALTER TABLE schedule ADD COLUMN refused_day TEXT NOT NULL DEFAULT ''; -- the last day on which the platform refused the channel; '' for none
ALTER TABLE schedule ADD COLUMN refused TEXT NOT NULL DEFAULT ''; -- the platform's reason

CREATE TABLE tenant_health (
    platform TEXT    NOT NULL,
    tenant   TEXT    NOT NULL,
    failures INTEGER NOT NULL, -- posts in a row without a clear outcome
    retry_at BIGINT  NOT NULL, -- when the next post may be tried
    ok_at    BIGINT  NOT NULL, -- when the platform last gave a clear answer; 0 for never
    PRIMARY KEY (platform, tenant)
);
