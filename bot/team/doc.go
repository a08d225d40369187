// Package team models the terms that tenants write themselves: what such a term consists of, who
// may change it, and what is stored. It depends neither on chat platforms nor on SQL.
//
// A member proposes text for a term. If a reviewer approves the proposal, its text becomes a
// revision of the term, which everybody in the tenant sees. Package editor conducts this
// conversation, and package overlay finds the terms.
//
// # Vocabulary
//
//   - tenant: a Slack workspace or a Discord server, with terms of its own
//   - member: a person in a tenant
//   - entry: the current text of a term, in the format of the files in GLOSSARY_DIR
//   - fields: what people enter in the form
//   - proposal: text that waits for a review; its author sees it as a draft of the term
//   - revision: text, or a deletion, that took effect
//   - reviewers: the people who may decide on proposals
//   - version: a number that increases whenever the terms that a tenant's members see change
//   - gap: a word that members did not find, or a term that they find unclear or have forgotten
package team
