// Package transfer copies a tenant's terms between the database and files.
package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"k8sbot/bot/team"
	"k8sbot/glossary"
	"k8sbot/glossary/sheet"
)

// Tenant returns the tenant with a name such as slack:T0123ABC.
func Tenant(name string) (team.Tenant, error) {
	platform, id, ok := strings.Cut(name, ":")
	if !ok || id == "" || platform != "slack" && platform != "discord" {
		return team.Tenant{}, fmt.Errorf("invalid tenant %q: use slack:ID, where ID is the workspace ID, or discord:ID, where ID is the server ID", name)
	}
	return team.Tenant{Platform: platform, ID: id}, nil
}

// A Source contains terms to import.
type Source struct {
	CSV   []byte
	Files fs.FS // as in GLOSSARY_DIR; nil if the terms are in CSV
}

// Import writes to out what a source would change in a tenant's terms. If yes is set, Import makes
// all of the changes or, if one of them fails, none. Otherwise, it writes instructions for making
// the changes to hints.
func Import(ctx context.Context, out, hints io.Writer, s team.Store, t team.Tenant, from Source, yes bool) error {
	now, err := s.Terms(ctx, t)
	if err != nil {
		return err
	}
	var plan *sheet.Plan
	var revisions []team.Revision
	if number := team.Numbers(ctx, s, t); from.Files != nil {
		plan, revisions, err = team.ImportFiles(from.Files, now, number, time.Now())
	} else {
		plan, revisions, err = team.Import(bytes.NewReader(from.CSV), now, number, time.Now())
	}
	if errors.Is(err, team.ErrFull) {
		return fmt.Errorf("nothing was changed, because the tenant would have more than %d terms: delete some of its terms first", team.MaxTerms)
	}
	if err != nil {
		return err
	}
	if err := plan.Write(out); err != nil {
		return err
	}
	switch n := len(plan.Conflicts); {
	case n > 0:
		return fmt.Errorf("nothing was changed: conflicts in %d places", n)
	case len(revisions) == 0:
		return nil
	case !yes:
		_, err := fmt.Fprintln(hints, "k8sbot: nothing was changed: add --yes to change the tenant's terms")
		return err
	}
	err = s.Commit(ctx, t, revisions)
	if errors.Is(err, team.ErrChanged) {
		return errors.New("nothing was changed: somebody else changed a term in the meantime: try again")
	}
	return err
}

// Load returns a tenant's terms. If out is not "", it also writes them to files below the
// directory out.
func Load(ctx context.Context, s team.Store, t team.Tenant, out string) (*glossary.Glossary, error) {
	terms, err := s.Terms(ctx, t)
	if err == nil && out != "" {
		err = write(out, terms.Entries)
	}
	return team.Decode(terms.Entries), err
}

// write writes entries to files below dir, in the layout of GLOSSARY_DIR. It does not touch
// other files there.
func write(dir string, entries []team.Entry) error {
	for path, data := range team.Tree(entries) {
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
