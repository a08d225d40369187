package store

import (
	"context"
	"database/sql"
	"errors"

	"k8sbot/bot/followup"
	"k8sbot/bot/store/limits"
)

// ofConversation is a condition that matches a conversation's row. conversationArgs returns the
// arguments for $1 to $5.
const ofConversation = `platform = $1 AND tenant = $2 AND channel = $3 AND thread = $4 AND person = $5`

func conversationArgs(c followup.Conversation) []any {
	return []any{c.Platform, c.Tenant, c.Channel, c.Thread, c.User}
}

// SetLastTerm implements [followup.Store].
func (d *DB) SetLastTerm(ctx context.Context, c followup.Conversation, term string) error {
	if err := limits.CheckConversation(c, term); err != nil {
		return err
	}
	statement, args := `DELETE FROM last_term WHERE `+ofConversation, conversationArgs(c)
	if term != "" {
		statement = `INSERT INTO last_term (platform, tenant, channel, thread, person, term, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (platform, tenant, channel, thread, person) DO UPDATE SET term = excluded.term, at = excluded.at`
		args = append(args, term, d.Now().UnixMilli())
	}
	_, err := d.Writer().ExecContext(ctx, statement, args...)
	return d.Wrap("store the last term in", err)
}

// LastTerm implements [followup.Store].
func (d *DB) LastTerm(ctx context.Context, c followup.Conversation) (term string, err error) {
	if err := limits.CheckConversation(c); err != nil {
		return "", err
	}
	err = d.Reader().QueryRowContext(ctx,
		`SELECT term FROM last_term WHERE `+ofConversation+` AND at > $6`,
		append(conversationArgs(c), d.Now().Add(-followup.Keep).UnixMilli())...).Scan(&term)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return term, d.Wrap("read the last term from", err)
}
