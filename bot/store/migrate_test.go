package store

import (
	"io/fs"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// TestOlderTables opens a database that has only the tables of the first
// version: its rows stay.
func TestOlderTables(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		p := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
		makeFirstTables(t, dsn, `INSERT INTO person_language VALUES ('slack', 'T1', 'U1', 'en')`,
			`INSERT INTO miss VALUES ('slack', 'T1', 'pizza', 7, 1800000000000)`,
			`INSERT INTO memory VALUES ('k', 'v', 1800000060000)`)
		c := newClock()
		db := openDB(t, dsn, Options{Now: c.now})
		if l, err := db.Language(t.Context(), p); l != glossary.English || err != nil {
			t.Errorf("the language is %q, %v", l, err)
		}
		misses, err := db.Misses(t.Context(), 2)
		if diff := cmp.Diff([]bot.Miss{{Tenant: slackT1, Query: "pizza", Count: 7, Last: c.now()}}, misses); diff != "" || err != nil {
			t.Errorf("the misses, %v (-want +got):\n%s", err, diff)
		}
		if v, ok, err := db.Recall(t.Context(), "k"); v != "v" || !ok || err != nil {
			t.Errorf("Recall = %q, %v, %v", v, ok, err)
		}
		mustPlan(t, db, channelOf(slackT1, "C1"), "2027-01-15", c.now())
		mustClaim(t, db, "a")
	})
}

// makeFirstTables carries out the first migration, and statements after it.
func makeFirstTables(t *testing.T, dsn string, statements ...string) {
	t.Helper()
	addr, err := parseAddress(dsn)
	if err != nil {
		t.Fatal(err)
	}
	b, err := addr.connect(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	provider, err := newProvider(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := b.write.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.write.Exec(`SELECT COUNT(*) FROM delivery`); err == nil {
		t.Fatal("the first migration makes the tables of the second")
	}
}

// TestForwardsOnly holds that no migration takes anything back.
func TestForwardsOnly(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(files) < 2 {
		t.Fatalf("the migrations are %v, %v", files, err)
	}
	for _, name := range files {
		content, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"+goose Down", "DROP "} {
			if strings.Contains(string(content), word) {
				t.Errorf("%s has %q", name, word)
			}
		}
	}
}
