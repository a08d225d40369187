// Package team is about the words of a team: what a term of a tenant consists of, who may change
// it, and what is stored. It knows no chat and no SQL.
//
// A member proposes a text, a reviewer decides, and then it is a revision of the term, which
// everybody in the tenant gets. Package editor is the conversation about it, and package overlay
// finds the terms.
//
// # Vocabulary
//
//   - tenant: a Slack workspace or a Discord server; its terms are its own
//   - member: a person in a tenant
//   - entry: the current text of a term, as the file that GLOSSARY_DIR takes
//   - fields: what people enter in the form
//   - proposal: a text that waits for a review; only its author sees it as a term, as a draft
//   - revision: a text, or a deletion, that took effect
//   - reviewers: who may decide about proposals
//   - version: a number that grows with each change of what a tenant's members see
//   - gap: what members miss: a word that was not found, or a term that is unclear or forgotten
package team
