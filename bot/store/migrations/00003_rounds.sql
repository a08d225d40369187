-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs can use these tables, and leave the round of their posts 0.

-- +goose Up
ALTER TABLE delivery ADD COLUMN round INTEGER NOT NULL DEFAULT 0; -- of the term; 0 where there is none
UPDATE delivery SET round = 1 WHERE term <> '';
CREATE INDEX delivery_by_term ON delivery (platform, tenant, channel, term, day) WHERE term <> '';
