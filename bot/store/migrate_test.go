package store

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// TestOlderTables opens a database that has only the tables of the first version, and checks that
// its rows are kept.
func TestOlderTables(t *testing.T) {
	if testing.Short() {
		t.Skip("has no concurrency")
	}
	t.Parallel()
	onEmptyDatabases(t, func(t *testing.T, dsn string) {
		p := bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}
		createTables(t, dsn, 1, `INSERT INTO person_language VALUES ('slack', 'T1', 'U1', 'en')`,
			`INSERT INTO miss VALUES ('slack', 'T1', 'pizza', 7, 1800000000000)`,
			`INSERT INTO memory VALUES ('k', 'v', 1800000060000)`)
		c := newClock()
		db := openDB(t, dsn, Options{Now: c.now})
		if l, err := db.Language(t.Context(), p); l != glossary.English || err != nil {
			t.Errorf("Language = %q, %v, want %q", l, err, glossary.English)
		}
		misses, err := db.Misses(t.Context(), 2, time.Time{})
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

// TestOlderSchedules opens a database of a version that did not store which schedules are in
// direct messages.
func TestOlderSchedules(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	onEmptyDatabases(t, func(t *testing.T, dsn string) {
		direct := map[bot.Channel]bool{
			channelOf(slackT1, "C1"): false, channelOf(slackT1, "D1"): true, channelOf(slackT1, "d1"): false,
			channelOf(discordT1, "300"): false, channelOf(bot.Tenant{Platform: "discord"}, "D400"): true,
		}
		var statements []string
		for c := range direct {
			statements = append(statements, fmt.Sprintf(
				`INSERT INTO schedule (platform, tenant, channel, time_of_day, zone, days, category, lang, creator, paused, next_at)
				VALUES ('%s', '%s', '%s', 540, 'UTC', 127, '', 'en', 'U1', '', 1800000000000)`, c.Platform, c.Tenant, c.ID))
		}
		createTables(t, dsn, 5, statements...)
		db := openDB(t, dsn, Options{})
		for c, want := range direct {
			if s, ok, err := db.Schedule(t.Context(), c); !ok || err != nil || s.Direct != want {
				t.Errorf("Schedule(%v) = %+v, %v, %v; want Direct %v", c, s, ok, err, want)
			}
		}
	})
}

// createTables applies the migrations up to a version, and then runs statements.
func createTables(t *testing.T, dsn string, version int64, statements ...string) {
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
	provider, err := newProvider(b, migrations)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := b.write.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMigrationFiles checks that no migration removes anything, and that each says whether older
// programs can use its tables. A breaking migration must prevent that.
func TestMigrationFiles(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(files) < 2 {
		t.Fatalf("got migrations %v, %v", files, err)
	}
	for i, name := range files {
		text, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		content := string(text)
		for _, word := range []string{"+goose Down", "DROP "} {
			if strings.Contains(content, word) {
				t.Errorf("%s: contains %q", name, word)
			}
		}
		head, _, _ := strings.Cut(content, "-- +goose Up")
		additive, breaking := strings.Contains(head, "\n-- Additive: "), strings.Contains(head, "\n-- Breaking: ")
		if additive == breaking {
			t.Errorf("%s: the header does not say whether it is additive or breaking", name)
		}
		keepsOff := strings.Contains(content, fmt.Sprintf("UPDATE %s SET version = %d;", compatibleTable, versionOf(t, name)))
		if i > 0 && breaking != keepsOff {
			t.Errorf("%s: got breaking %v, but locks older programs out: %v", name, breaking, keepsOff)
		}
	}
}

// versionOf returns the version of a migration. Some versions were never used.
func versionOf(t *testing.T, name string) int64 {
	t.Helper()
	version, err := goose.NumericComponent(name)
	if err != nil {
		t.Fatal(err)
	}
	return version
}

// versionWith returns the migrations of a later version of this program.
func versionWith(t *testing.T, later ...string) fs.FS {
	t.Helper()
	files := make(fstest.MapFS)
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: content}
	}
	for i, statements := range later {
		name := fmt.Sprintf("migrations/%05d_later.sql", versionOf(t, names[len(names)-1])+int64(1+i))
		files[name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + statements)}
	}
	return files
}

// TestRolling updates three replicas to a version with an additive migration and back again,
// restarting one at a time while the others work. It checks that this is impossible with a
// breaking migration.
func TestRolling(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	const additive = `ALTER TABLE schedule ADD COLUMN note TEXT NOT NULL DEFAULT '';
		CREATE TABLE later (id BIGINT NOT NULL PRIMARY KEY);`
	breaking := `ALTER TABLE schedule RENAME COLUMN lang TO language;
		UPDATE ` + compatibleTable + ` SET version = 99999;`
	onEmptyDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		older := Options{Now: c.now}
		newer := Options{Now: c.now, migrations: versionWith(t, additive)}
		day := c.now()
		work := func(replicas []*DB) {
			t.Helper()
			for i, db := range replicas {
				day = day.AddDate(0, 0, 1)
				channel := channelOf(slackT1, fmt.Sprint("C", i))
				mustPlan(t, db, channel, day.Format(time.DateOnly), c.now())
				claimed := mustClaim(t, db, "a")
				if ok, err := db.Begin(t.Context(), claimed, "a", "pod", 1, time.Minute); !ok || err != nil {
					t.Fatalf("Begin = %v, %v", ok, err)
				}
				if err := db.End(t.Context(), claimed, "a", bot.Sent, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		replicas := []*DB{openDB(t, dsn, older), openDB(t, dsn, older), openDB(t, dsn, older)}
		work(replicas)
		for _, version := range []Options{newer, older, newer} {
			for i := range replicas {
				if err := replicas[i].Close(); err != nil {
					t.Fatal(err)
				}
				replicas[i] = openDB(t, dsn, version)
				work(replicas)
			}
		}
		openDB(t, dsn, Options{migrations: versionWith(t, additive, breaking)})
		for name, version := range map[string]Options{"older": older, "newer": newer} {
			if _, err := Open(t.Context(), dsn, version); !errors.Is(err, errNewerTables) {
				t.Errorf("the %s program after a breaking migration: %v; want %v", name, err, errNewerTables)
			}
		}
		openDB(t, dsn, Options{migrations: versionWith(t, additive, breaking)})
	})
}
