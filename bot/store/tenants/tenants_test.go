package tenants

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/storetest"
	"k8sbot/bot/tenant"
	"k8sbot/bot/tenant/tenanttest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := storetest.Close(); err != nil {
		fmt.Fprintf(os.Stderr, "cannot stop the PostgreSQL server of the tests: %v\n", err)
		code = 1
	}
	os.Exit(code)
}

// onDatabases runs a test on each kind of database.
func onDatabases(t *testing.T, test func(t *testing.T, dsn string)) {
	for name, dsn := range map[string]func(testing.TB) string{
		"sqlite":   func(tb testing.TB) string { return storetest.NewFile(tb, newTables) },
		"postgres": func(tb testing.TB) string { return storetest.NewDatabase(tb, newTables) },
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name == "sqlite" {
				t.Skip("runs the same code as with postgres")
			}
			test(t, dsn(t))
		})
	}
}

// newTables opens and closes a database.
func newTables(dsn string) error {
	db, err := store.Open(context.Background(), dsn, store.Options{})
	if err != nil {
		return err
	}
	return db.Close()
}

func open(tb testing.TB, dsn string, now func() time.Time) *store.DB {
	tb.Helper()
	db, err := store.Open(tb.Context(), dsn, store.Options{Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

func TestConform(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		first := dsn
		tenanttest.Conform(t, func(t *testing.T, now func() time.Time) tenant.Store {
			if first == "" {
				if strings.HasPrefix(dsn, "postgres") {
					return New(open(t, storetest.NewDatabase(t, newTables), now))
				}
				return New(open(t, storetest.NewFile(t, newTables), now))
			}
			defer func() { first = "" }()
			return New(open(t, first, now))
		})
	})
}

// TestLimits checks that values that a database cannot store are refused with an error that does
// not quote them.
func TestLimits(t *testing.T) {
	s := New(open(t, filepath.Join(t.TempDir(), "k8sbot.db"), nil))
	for _, bad := range []string{strings.Repeat("secret", 300), "secret\x00", "secret\xff"} {
		of := bot.Tenant{Platform: "slack", ID: bad}
		_, _, installation := s.Installation(t.Context(), of)
		_, remove := s.Remove(t.Context(), of)
		_, renew := s.Renew(t.Context(), tenant.Installation{Refresh: bad})
		_, enterprise := s.Enterprise(t.Context(), of)
		_, back := s.Return(t.Context(), of)
		_, uninstall := s.Uninstall(t.Context(), tenant.Installation{Tenant: of})
		for call, err := range map[string]error{
			"Installation": installation, "Remove": remove, "Renew": renew, "Enterprise": enterprise, "Return": back, "Uninstall": uninstall,
			"Install a tenant": s.Install(t.Context(), tenant.Installation{Tenant: of}), "Install a token": s.Install(t.Context(), tenant.Installation{Token: bad}),
			"Install scopes": s.Install(t.Context(), tenant.Installation{Scopes: bad}), "SetEnterprise": s.SetEnterprise(t.Context(), tenanttest.Slack("T1"), bad),
			"Depart": s.Depart(t.Context(), of, 0),
		} {
			if err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: got %v, want an error that does not quote the text", call, err)
			}
		}
	}
}

// TestRemove adds rows of two tenants to every table that has rows of tenants, and checks that
// removing one tenant deletes all of its rows, and none of the other's.
func TestRemove(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		db := open(t, dsn, nil)
		s := New(db)
		all := tablesWithTenants(t, db)
		if len(all) < 16 {
			t.Fatalf("got the tables %v, want all", all)
		}
		for _, table := range all {
			if !slices.Contains(tables, table) {
				t.Errorf("the table %s has rows of tenants: add it to tables", table)
			}
			for _, id := range []string{"T1", "T2", "T1%"} {
				fill(t, db, table, id)
			}
		}
		for _, key := range []string{"slack:answer:T1:C1:1.2", "slack:share:T1:C1", "slack:answer:T2:C1:1.2", "slack:answer:T1%:C1", "event:Ev1"} {
			if _, err := db.Remember(t.Context(), key, "", time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		before := usage(t, s, "T2")
		rows, err := s.Remove(t.Context(), tenanttest.Slack("T1"))
		if err != nil || rows != len(all)+2 {
			t.Errorf("removed %d rows, %v, want %d", rows, err, len(all)+2)
		}
		if _, err := s.Remove(t.Context(), tenanttest.Slack("T1%")); err != nil {
			t.Error(err)
		}
		if left := usage(t, s, "T1"); len(left) > 0 {
			t.Errorf("still stored: %v", left)
		}
		if after := usage(t, s, "T2"); !slices.Equal(after, before) || len(after) != len(all) {
			t.Errorf("got %v of the other tenant, want %v", after, before)
		}
		for key, want := range map[string]bool{"slack:answer:T1:C1:1.2": false, "slack:share:T1:C1": false, "slack:answer:T2:C1:1.2": true, "event:Ev1": true} {
			if _, ok, err := db.Recall(t.Context(), key); ok != want || err != nil {
				t.Errorf("%s: got %t, %v, want %t", key, ok, err, want)
			}
		}
		if got, err := s.Tenants(t.Context(), "slack"); err != nil || !slices.Equal(got, []bot.Tenant{tenanttest.Slack("T2")}) {
			t.Errorf("got %v, %v, want T2", got, err)
		}
	})
}

// usage returns the number of rows of a tenant in each table.
func usage(t *testing.T, s *Store, id string) (got []string) {
	t.Helper()
	all, err := s.Usage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range all {
		if u.Tenant.ID == id {
			got = append(got, fmt.Sprint(u.Table, " ", u.Rows))
		}
	}
	return got
}

// tablesWithTenants returns the tables that have a column tenant.
func tablesWithTenants(t *testing.T, db *store.DB) []string {
	t.Helper()
	query := `SELECT table_name FROM information_schema.columns WHERE column_name = 'tenant' AND table_schema = current_schema() ORDER BY 1`
	if !isPostgres(db) {
		query = `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'tenant' WHERE m.type = 'table' ORDER BY 1`
	}
	return texts(t, db, query)
}

func isPostgres(db *store.DB) bool {
	var version string
	return db.Reader().QueryRow(`SELECT version()`).Scan(&version) == nil
}

func texts(t *testing.T, db *store.DB, query string, args ...any) []string {
	t.Helper()
	all, err := database.QueryAll(t.Context(), db.Reader(), func(r database.Scanner) (s string, err error) { return s, r.Scan(&s) }, query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return all
}

// fill adds a row of a tenant to a table.
func fill(t *testing.T, db *store.DB, table, id string) {
	t.Helper()
	query := `SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND table_schema = current_schema()`
	if !isPostgres(db) {
		query = `SELECT name FROM pragma_table_info($1)`
	}
	columns := texts(t, db, query, table)
	values := make([]string, len(columns))
	for i, column := range columns {
		switch column {
		case "platform":
			values[i] = "'slack'"
		case "tenant":
			values[i] = "'" + id + "'"
		default:
			values[i] = "'1'" // both databases turn it into a number if the column needs one
		}
	}
	statement := fmt.Sprintf(`INSERT INTO %s (%s) VALUES (%s)`, table, strings.Join(columns, ", "), strings.Join(values, ", "))
	if _, err := db.Writer().Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// TestNoTrace checks that neither SQLite's file nor its log contains a token that was replaced
// or removed.
func TestNoTrace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "k8sbot.db")
	s := New(open(t, file, nil))
	steps := []func(ctx context.Context) error{
		func(ctx context.Context) error { return s.Install(ctx, of("first-sealed-token")) },
		func(ctx context.Context) error { return s.Install(ctx, of("second-sealed-token")) },
		func(ctx context.Context) error {
			i, _, err := s.Installation(ctx, tenanttest.Slack("T1"))
			if err == nil {
				i.Token = "third-sealed-token"
				_, err = s.Renew(ctx, i)
			}
			return err
		},
		func(ctx context.Context) error { _, err := s.Remove(ctx, tenanttest.Slack("T1")); return err },
	}
	tokens := []string{"first-sealed-token", "second-sealed-token", "third-sealed-token", ""}
	for n, step := range steps {
		if err := step(t.Context()); err != nil {
			t.Fatal(err)
		}
		files := readAll(t, file+"*")
		for _, token := range tokens[:3] {
			if found := strings.Contains(files, token); found != (token == tokens[n]) {
				t.Errorf("step %d: found %s in the files: %t", n+1, token, found)
			}
		}
	}
}

func of(token string) tenant.Installation {
	return tenant.Installation{Tenant: tenanttest.Slack("T1"), Token: token, Installed: time.Now()}
}

func readAll(t *testing.T, pattern string) (all string) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("got %v, %v", names, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all += string(data)
	}
	return all
}

// TestReturnInSweep lets a server return while its data is being removed, many times, and checks
// that either the server has returned in time and no data was deleted, or all data was deleted.
func TestReturnInSweep(t *testing.T) {
	onDatabases(t, func(t *testing.T, dsn string) {
		db := open(t, dsn, nil)
		s := New(db)
		server := bot.Tenant{Platform: "discord", ID: "1"}
		for range 30 {
			if err := s.Depart(t.Context(), server, 0); err != nil {
				t.Fatal(err)
			}
			if err := db.CountMiss(t.Context(), server, "pizza"); err != nil {
				t.Fatal(err)
			}
			swept := make(chan error, 1)
			go func() { _, err := s.Sweep(t.Context()); swept <- err }()
			returned, err := s.Return(t.Context(), server)
			if err := errors.Join(err, <-swept); err != nil {
				t.Fatal(err)
			}
			var misses int
			if err := db.Reader().QueryRow(`SELECT COUNT(*) FROM miss WHERE platform = 'discord'`).Scan(&misses); err != nil {
				t.Fatal(err)
			}
			if returned != (misses == 1) {
				t.Fatalf("returned: %t, but %d misses are left", returned, misses)
			}
			if _, err := s.Remove(t.Context(), server); err != nil {
				t.Fatal(err)
			}
		}
	})
}
