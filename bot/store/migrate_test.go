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

// TestOlderTables opens a database with the tables of the first version only, and checks
// that its rows are kept.
func TestOlderTables(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		p := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
		createFirstTables(t, dsn, `INSERT INTO person_language VALUES ('slack', 'T1', 'U1', 'en')`,
			`INSERT INTO miss VALUES ('slack', 'T1', 'pizza', 7, 1800000000000)`,
			`INSERT INTO memory VALUES ('k', 'v', 1800000060000)`)
		c := newClock()
		db := openDB(t, dsn, Options{Now: c.now})
		if l, err := db.Language(t.Context(), p); l != glossary.English || err != nil {
			t.Errorf("Language = %q, %v, want %q", l, err, glossary.English)
		}
		misses, err := db.Misses(t.Context(), 2)
		if diff := cmp.Diff([]bot.Miss{{Tenant: slackT1, Query: "pizza", Count: 7, Last: c.now()}}, misses); diff != "" || err != nil {
			t.Errorf("Misses: %v (-want +got):\n%s", err, diff)
		}
		if v, ok, err := db.Recall(t.Context(), "k"); v != "v" || !ok || err != nil {
			t.Errorf("Recall = %q, %v, %v, want the value", v, ok, err)
		}
		mustPlan(t, db, channelOf(slackT1, "C1"), "2027-01-15", c.now())
		mustClaim(t, db, "a")
	})
}

// createFirstTables applies the first migration only, and then runs statements.
func createFirstTables(t *testing.T, dsn string, statements ...string) {
	t.Helper()
	addr, err := parseAddress(dsn)
	if err != nil {
		t.Fatal(err)
	}
	b, err := addr.connect(t.Context(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	db := &DB{write: b.write, read: b.read}
	defer db.Close()
	provider, err := newProvider(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := db.write.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.write.Exec(`SELECT COUNT(*) FROM delivery`); err == nil {
		t.Fatal("the first migration has created the tables of the second")
	}
}

// TestForwardOnly checks that no migration drops or reverts anything.
func TestForwardOnly(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(files) < 2 {
		t.Fatalf("got migrations %v, %v", files, err)
	}
	for _, name := range files {
		content, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"+goose Down", "DROP "} {
			if strings.Contains(string(content), word) {
				t.Errorf("%s: contains %q", name, word)
			}
		}
	}
}
