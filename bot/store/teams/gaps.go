package teams

import (
	"context"
	"time"

	"k8sbot/bot/store/database"
	"k8sbot/bot/team"
)

// CountGap implements [team.Store].
func (s *Store) CountGap(ctx context.Context, t team.Tenant, g team.Gap) error {
	if err := check(t, string(g.Kind), g.Word, string(g.Lang)); err != nil {
		return err
	}
	_, err := s.db.Writer().ExecContext(ctx,
		`INSERT INTO team_gap (platform, tenant, kind, word, lang, noted, last_at) VALUES ($1, $2, $3, $4, $5, 1, $6)
		ON CONFLICT (platform, tenant, kind, word, lang) DO UPDATE SET noted = team_gap.noted + 1,
			last_at = CASE WHEN excluded.last_at > team_gap.last_at THEN excluded.last_at ELSE team_gap.last_at END`,
		t.Platform, t.ID, g.Kind, g.Word, g.Lang, g.Last.UnixMilli())
	return s.db.Wrap("count a gap in", err)
}

// Gaps implements [team.Store].
func (s *Store) Gaps(ctx context.Context, t team.Tenant, since time.Time, limit int) ([]team.Gap, error) {
	if err := check(t); err != nil {
		return nil, err
	}
	var all []team.Gap
	for _, kind := range []team.GapKind{team.Forgotten, team.Missing, team.Unclear} {
		gaps, err := database.QueryAll(ctx, s.db.Reader(), func(row database.Scanner) (g team.Gap, err error) {
			var last int64
			err = row.Scan(&g.Kind, &g.Word, &g.Lang, &g.Count, &last)
			g.Last = database.Time(last)
			return g, err
		}, `SELECT kind, word, lang, noted, last_at FROM team_gap WHERE `+of+` AND kind = $3 AND last_at >= $4
			ORDER BY noted DESC, last_at DESC, word, lang LIMIT $5`, t.Platform, t.ID, kind, since.UnixMilli(), limit)
		if err != nil {
			return nil, s.db.Wrap("read gaps from", err)
		}
		all = append(all, gaps...)
	}
	return all, nil
}
