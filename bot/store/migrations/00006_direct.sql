-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs run on these tables, and leave direct 0 in the schedules that they add.

-- +goose Up
ALTER TABLE schedule ADD COLUMN direct INTEGER NOT NULL DEFAULT 0; -- 1 if the channel is the direct messages of one person
UPDATE schedule SET direct = 1 WHERE platform = 'slack' AND substr(channel, 1, 1) = 'D' OR platform = 'discord' AND tenant = '';
