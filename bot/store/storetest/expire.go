package storetest

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the database driver
)

// ExpireLeases ends all leases of the given owner, and all probes, as if they had expired. dsn is a
// PostgreSQL address or the path of a SQLite file. A test that kills a replica calls ExpireLeases
// instead of waiting for half a minute.
func ExpireLeases(tb testing.TB, dsn, owner string) {
	tb.Helper()
	driver := "pgx"
	if !strings.HasPrefix(dsn, "postgres") {
		driver, dsn = "sqlite", "file:"+dsn+"?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		tb.Fatal(err)
	}
	_, lease := db.Exec(`UPDATE lease SET until_at = 0 WHERE owner = $1`, owner)
	_, delivery := db.Exec(`UPDATE delivery SET due_at = 0 WHERE owner = $1 AND state IN ('planned', 'sending')`, owner)
	_, probe := db.Exec(`UPDATE tenant_health SET retry_at = 0`) // a probe does not store its owner
	if err := errors.Join(lease, delivery, probe, db.Close()); err != nil {
		tb.Fatal(err)
	}
}
