-- One text for SQLite and PostgreSQL, as in 00001: times are Unix milliseconds.
-- Additive: older programs run on these tables, but neither forget me nor sweeping in them changes the rows here.

-- +goose Up
CREATE TABLE team_clock (
    id      INTEGER NOT NULL PRIMARY KEY, -- 1
    version BIGINT  NOT NULL -- of the last change of any tenant
);
INSERT INTO team_clock (id, version) VALUES (1, 0);

CREATE TABLE team (
    platform      TEXT    NOT NULL,
    tenant        TEXT    NOT NULL,
    version       BIGINT  NOT NULL, -- of the last change of what its members see; 0 if there was none
    people        TEXT    NOT NULL, -- user IDs of the reviewers, separated by spaces
    reviewers     TEXT    NOT NULL, -- ID of a user group or role; '' for none
    channel       TEXT    NOT NULL, -- for reviews; '' if none was chosen
    self_approval INTEGER NOT NULL,
    PRIMARY KEY (platform, tenant)
);
CREATE INDEX team_by_version ON team (version);

CREATE TABLE team_term (
    platform     TEXT    NOT NULL,
    tenant       TEXT    NOT NULL,
    term         TEXT    NOT NULL,
    number       INTEGER NOT NULL, -- of the current revision
    category     TEXT    NOT NULL,
    data         TEXT    NOT NULL, -- a file as in GLOSSARY_DIR; '' if the term was deleted
    owner        TEXT    NOT NULL, -- user ID; '' if unknown
    confirmed_at BIGINT  NOT NULL,
    asked_at     BIGINT  NOT NULL, -- when the owner was asked; 0 for never
    PRIMARY KEY (platform, tenant, term)
);
CREATE INDEX team_term_by_confirmed ON team_term (confirmed_at);

CREATE TABLE team_revision (
    platform TEXT    NOT NULL,
    tenant   TEXT    NOT NULL,
    term     TEXT    NOT NULL,
    number   INTEGER NOT NULL, -- from 1
    category TEXT    NOT NULL,
    data     TEXT    NOT NULL, -- '' for a deletion
    author   TEXT    NOT NULL, -- user ID; '' if unknown
    approver TEXT    NOT NULL, -- likewise
    at       BIGINT  NOT NULL,
    PRIMARY KEY (platform, tenant, term, number)
);

CREATE TABLE team_proposal (
    platform   TEXT    NOT NULL,
    tenant     TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    term       TEXT    NOT NULL,
    category   TEXT    NOT NULL,
    data       TEXT    NOT NULL, -- '' proposes to delete the term
    base       INTEGER NOT NULL, -- the revision that it changes; 0 for a new term
    author     TEXT    NOT NULL, -- user ID; '' if unknown
    lang       TEXT    NOT NULL,
    created_at BIGINT  NOT NULL,
    state      TEXT    NOT NULL,
    decider    TEXT    NOT NULL, -- user ID; '' if unknown
    reason     TEXT    NOT NULL,
    decided_at BIGINT  NOT NULL, -- 0 if it is pending
    ref        TEXT    NOT NULL, -- the message that asks the reviewers
    PRIMARY KEY (platform, tenant, id)
);
CREATE INDEX team_proposal_by_state ON team_proposal (platform, tenant, state);
CREATE INDEX team_proposal_by_decided ON team_proposal (decided_at);

CREATE TABLE team_gap (
    platform TEXT   NOT NULL,
    tenant   TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    word     TEXT   NOT NULL, -- a folded question, or the ID of a term
    lang     TEXT   NOT NULL,
    noted    BIGINT NOT NULL, -- how often
    last_at  BIGINT NOT NULL,
    PRIMARY KEY (platform, tenant, kind, word, lang)
);
CREATE INDEX team_gap_by_last ON team_gap (last_at);
