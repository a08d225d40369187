-- One text for SQLite and PostgreSQL, as in 00001.
-- Additive: older programs run on these tables.

-- +goose Up
CREATE TABLE installation (
    platform     TEXT    NOT NULL,
    tenant       TEXT    NOT NULL, -- the workspace, or the organization if it is for all its workspaces
    enterprise   TEXT    NOT NULL, -- the organization of the workspace; '' for none
    organization INTEGER NOT NULL, -- 1 if it is for all workspaces of enterprise
    bot_user     TEXT    NOT NULL,
    scopes       TEXT    NOT NULL,
    token        TEXT    NOT NULL, -- sealed
    refresh      TEXT    NOT NULL, -- sealed; '' if the token does not expire
    expires_at   BIGINT,           -- NULL for never
    installed_at BIGINT  NOT NULL,
    version      BIGINT  NOT NULL, -- number of changes
    PRIMARY KEY (platform, tenant)
);

CREATE TABLE workspace (
    platform   TEXT NOT NULL,
    tenant     TEXT NOT NULL,
    enterprise TEXT NOT NULL, -- the organization through which the workspace has the app
    PRIMARY KEY (platform, tenant)
);
CREATE INDEX workspace_by_enterprise ON workspace (platform, enterprise);

CREATE TABLE departure (
    platform  TEXT   NOT NULL,
    tenant    TEXT   NOT NULL,
    remove_at BIGINT NOT NULL, -- when the data of the tenant is deleted
    PRIMARY KEY (platform, tenant)
);
CREATE INDEX departure_by_time ON departure (remove_at);
