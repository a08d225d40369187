// Package tenantcmd lists a bot's tenants, and shows or deletes what is stored about one of them.
package tenantcmd

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/seal"
	"k8sbot/bot/store/tenants"
	"k8sbot/bot/tenant"
)

// A row is the JSON for one tenant. Fields may be added, but not renamed or removed. A row never
// contains a token.
type row struct {
	Platform     bot.Platform   `json:"platform"`
	Tenant       string         `json:"tenant"` // "" for direct messages on Discord
	Installed    *time.Time     `json:"installed,omitempty"`
	Enterprise   string         `json:"enterprise,omitempty"`
	Organization bool           `json:"organization,omitempty"` // installed for all workspaces of enterprise
	Scopes       string         `json:"scopes,omitempty"`
	Expires      *time.Time     `json:"token_expires,omitempty"`
	Key          string         `json:"seal_key,omitempty"`  // ID of the key that sealed the token
	RemoveAt     *time.Time     `json:"remove_at,omitempty"` // when the data will be deleted, for a tenant that has left
	Rows         map[string]int `json:"rows"`                // number of rows in each table

	tables []string // keys of Rows, in the store's order
}

// total returns the number of rows in all tables.
func (r *row) total() (n int) {
	for _, rows := range r.Rows {
		n += rows
	}
	return n
}

// read returns all tenants, sorted by platform and ID.
func read(ctx context.Context, s *tenants.Store) ([]*row, error) {
	usage, err := s.Usage(ctx)
	if err != nil {
		return nil, err
	}
	installations, err := s.Installations(ctx)
	if err != nil {
		return nil, err
	}
	departures, err := s.Departures(ctx)
	if err != nil {
		return nil, err
	}
	rows := make(map[bot.Tenant]*row)
	of := func(t bot.Tenant) *row {
		if rows[t] == nil {
			rows[t] = &row{Platform: t.Platform, Tenant: t.ID, Rows: make(map[string]int)}
		}
		return rows[t]
	}
	for _, u := range usage {
		r := of(u.Tenant)
		r.Rows[u.Table], r.tables = u.Rows, append(r.tables, u.Table)
	}
	for _, i := range installations {
		of(i.Tenant).describe(i)
	}
	for _, d := range departures {
		of(d.Tenant).RemoveAt = &d.RemoveAt
	}
	var all []*row
	for _, r := range rows {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b *row) int {
		return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Tenant, b.Tenant))
	})
	return all, nil
}

// describe adds what is known about an installation.
func (r *row) describe(i tenant.Installation) {
	r.Installed, r.Enterprise, r.Organization, r.Scopes, r.Key = &i.Installed, i.Enterprise, i.Organization, i.Scopes, seal.KeyID(i.Token)
	if !i.Expires.IsZero() {
		r.Expires = &i.Expires
	}
}

// List writes all tenants to w, as a table or as one JSON object per line.
func List(ctx context.Context, w io.Writer, s *tenants.Store, asJSON bool) error {
	all, err := read(ctx, s)
	if err != nil {
		return err
	}
	if asJSON {
		enc := json.NewEncoder(w)
		for _, r := range all {
			if err := enc.Encode(r); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "TENANT\tENTERPRISE\tINSTALLED\tKEY\tROWS\tREMOVAL")
	for _, r := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%s\n", Name(bot.Tenant{Platform: r.Platform, ID: r.Tenant}), orDash(r.Enterprise), date(r.Installed), orDash(r.Key), r.total(), date(r.RemoveAt))
	}
	return table.Flush()
}

// find returns the row of a tenant, or an error if nothing is stored about it.
func find(ctx context.Context, s *tenants.Store, t bot.Tenant) (*row, error) {
	all, err := read(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.Platform == t.Platform && r.Tenant == t.ID {
			return r, nil
		}
	}
	return nil, fmt.Errorf("nothing is stored about %s: see k8sbot tenants list", Name(t))
}

// Show writes what is stored about a tenant.
func Show(ctx context.Context, w io.Writer, s *tenants.Store, t bot.Tenant) error {
	r, err := find(ctx, s, t)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(table, "%s\t%s\n", name, value)
		}
	}
	line("platform", string(r.Platform))
	line("tenant", orDash(r.Tenant))
	if r.Installed != nil {
		line("installed", r.Installed.UTC().Format(time.RFC3339))
		line("enterprise", r.Enterprise)
		if r.Organization {
			line("for", "all workspaces of the enterprise")
		}
		line("scopes", r.Scopes)
		if r.Expires != nil {
			line("token expires", r.Expires.UTC().Format(time.RFC3339))
		}
		line("sealed with key", r.Key)
	}
	if r.RemoveAt != nil {
		line("to be deleted at", r.RemoveAt.UTC().Format(time.RFC3339))
	}
	for _, name := range r.tables {
		line("rows in "+name, fmt.Sprint(r.Rows[name]))
	}
	return table.Flush()
}

// Delete deletes what is stored about a tenant if yes is set. Otherwise it only shows what
// would be deleted.
func Delete(ctx context.Context, w io.Writer, s *tenants.Store, t bot.Tenant, yes bool) error {
	if !yes {
		if err := Show(ctx, w, s, t); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, "\nnothing was deleted: add --yes to delete all of this")
		return err
	}
	if _, err := find(ctx, s, t); err != nil {
		return err
	}
	rows, err := s.Remove(ctx, t)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "deleted %d rows about %s\n", rows, Name(t))
	return err
}

// Name returns a tenant's name on the command line, such as slack:T0123ABC. The name for direct
// messages on Discord is discord:-.
func Name(t bot.Tenant) string { return string(t.Platform) + ":" + orDash(t.ID) }

// Tenant returns the tenant with the given platform and ID. If id is "-", the tenant's ID is empty.
func Tenant(platform, id string) bot.Tenant {
	if id == "-" {
		id = ""
	}
	return bot.Tenant{Platform: bot.Platform(platform), ID: id}
}

// Split returns args with the first argument, such as slack:T0123ABC, split into a platform and an
// ID. Scripts may still pass the platform and the ID as two arguments.
func Split(args []string) []string {
	if len(args) == 0 {
		return nil
	}
	platform, id, ok := strings.Cut(args[0], ":")
	if !ok {
		return args
	}
	return append([]string{platform, id}, args[1:]...)
}

// orDash returns the text of a table cell: s, or "-" if s is empty.
func orDash(s string) string { return cmp.Or(s, "-") }

// date returns the day of t, or "-" if t is nil.
func date(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return t.UTC().Format(time.DateOnly)
}
