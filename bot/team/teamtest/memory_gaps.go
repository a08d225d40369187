package teamtest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"k8sbot/bot/team"
)

// CountGap implements [team.Store].
func (m *Memory) CountGap(ctx context.Context, id team.Tenant, g team.Gap) error {
	unlock, err := m.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	key := gapKey{g.Kind, g.Word, g.Lang}
	known := m.of(id).gaps[key]
	g.Count = known.Count + 1
	if known.Last.After(g.Last) {
		g.Last = known.Last
	}
	m.of(id).gaps[key] = g
	return nil
}

// Gaps implements [team.Store].
func (m *Memory) Gaps(ctx context.Context, id team.Tenant, since time.Time, limit int) ([]team.Gap, error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	var all []team.Gap
	for _, g := range m.of(id).gaps {
		if !g.Last.Before(since) {
			all = append(all, g)
		}
	}
	slices.SortFunc(all, func(a, b team.Gap) int {
		return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), strings.Compare(a.Word, b.Word), strings.Compare(string(a.Lang), string(b.Lang)))
	})
	kept, n := all[:0], make(map[team.GapKind]int)
	for _, g := range all {
		if n[g.Kind]++; n[g.Kind] <= limit {
			kept = append(kept, g)
		}
	}
	return kept, nil
}

// PutFile implements [team.Store].
func (m *Memory) PutFile(ctx context.Context, id team.Tenant, file, data string, _ time.Time) error {
	unlock, err := m.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	m.of(id).files[file] = data
	return nil
}

// File implements [team.Store].
func (m *Memory) File(ctx context.Context, id team.Tenant, file string) (data string, ok bool, err error) {
	unlock, err := m.lock(ctx)
	if err != nil {
		return "", false, err
	}
	defer unlock()
	data, ok = m.of(id).files[file]
	return data, ok, nil
}
