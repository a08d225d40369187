package storetest

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
)

// template is the database that [NewDatabase] copies.
var template struct {
	once sync.Once
	dsn  string // the address of its server
	name string // empty if it does not exist
	err  error
}

var copies atomic.Int64

// NewDatabase creates a database with the tables that migrate creates, and returns its address. It
// copies a template that migrate fills once, which takes a tenth of the time of a [NewSchema] and
// a migration. The database is on the server at TEST_DATABASE_URL, where it requires the right
// to create databases, or on the server that the tests start, and is dropped when the test ends.
func NewDatabase(tb testing.TB, migrate func(dsn string) error) string {
	tb.Helper()
	dsn := requireDSN(tb)
	template.once.Do(func() { template.err = newTemplate(dsn, migrate) })
	if template.err != nil {
		tb.Fatal(template.err)
	}
	name := fmt.Sprintf("k8sbot_test_%d_%d", os.Getpid(), copies.Add(1))
	Exec(tb, dsn, "CREATE DATABASE "+name+" TEMPLATE "+template.name+" STRATEGY FILE_COPY")
	tb.Cleanup(func() { Exec(tb, dsn, "DROP DATABASE "+name+" WITH (FORCE)") })
	address, err := withDatabase(dsn, name)
	if err != nil {
		tb.Fatal(err)
	}
	return address
}

func newTemplate(dsn string, migrate func(dsn string) error) error {
	name := fmt.Sprintf("k8sbot_test_%d_template", os.Getpid())
	address, err := withDatabase(dsn, name)
	if err != nil {
		return err
	}
	if err := execute(dsn, "CREATE DATABASE "+name); err != nil {
		return err
	}
	template.dsn, template.name = dsn, name
	return migrate(address)
}

// Close drops the template of [NewDatabase], and stops the server that the tests started and
// deletes its files. It is called after the last test.
func Close() error {
	err := dropTemplate()
	if s := testServer.server; s != nil {
		err = errors.Join(err, s.Stop(), os.RemoveAll(s.Dir))
	}
	return err
}

func dropTemplate() error {
	if template.name == "" {
		return nil
	}
	return execute(template.dsn, "DROP DATABASE "+template.name+" WITH (FORCE)")
}

// withDatabase replaces the database in an address, which is a URL.
func withDatabase(dsn, name string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}
