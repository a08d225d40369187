-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs run on these tables. A row without a lang is "" to them, as no row is.

-- +goose Up
ALTER TABLE person_language ADD COLUMN profile TEXT NOT NULL DEFAULT ''; -- the language of the person's profile on the platform; '' if it is not known
