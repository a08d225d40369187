package store

import (
	"context"
	"database/sql"
	"errors"

	"k8sbot/bot/followup"
	"k8sbot/bot/store/limits"
)

// ofConversation matches the row of a conversation. Its $1 to $5 are those of conversationArgs.
const ofConversation = `platform = $1 AND tenant = $2 AND channel = $3 AND thread = $4 AND person = $5`

// conversationArgs returns the arguments of ofConversation, followed by more arguments.
func conversationArgs(c followup.Conversation, more ...any) []any {
	return append([]any{c.Platform, c.Tenant, c.Channel, c.Thread, c.User}, more...)
}

// SetLastTerm implements [followup.Store].
func (d *DB) SetLastTerm(ctx context.Context, c followup.Conversation, term string) error {
	if err := limits.CheckConversation(c, term); err != nil {
		return err
	}
	if term == "" {
		_, err := d.write().ExecContext(ctx, `DELETE FROM last_term WHERE `+ofConversation, conversationArgs(c)...)
		return d.wrap("delete a last term in", err)
	}
	_, err := d.write().ExecContext(ctx,
		`INSERT INTO last_term (platform, tenant, channel, thread, person, term, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (platform, tenant, channel, thread, person) DO UPDATE SET term = excluded.term, at = excluded.at`,
		conversationArgs(c, term, d.now().UnixMilli())...)
	return d.wrap("store a last term in", err)
}

// LastTerm implements [followup.Store].
func (d *DB) LastTerm(ctx context.Context, c followup.Conversation) (term string, err error) {
	if err := limits.CheckConversation(c); err != nil {
		return "", err
	}
	err = d.read().QueryRowContext(ctx,
		`SELECT term FROM last_term WHERE `+ofConversation+` AND at > $6`,
		conversationArgs(c, d.now().Add(-followup.Keep).UnixMilli())...).Scan(&term)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return term, d.wrap("read a last term from", err)
}
