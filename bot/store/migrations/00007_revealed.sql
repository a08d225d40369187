-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs run on these tables, and leave revealed 0 in the reviews that they add.

-- +goose Up
ALTER TABLE review ADD COLUMN revealed INTEGER NOT NULL DEFAULT 0; -- 1 if the person asked for the answer before they said whether they knew it
