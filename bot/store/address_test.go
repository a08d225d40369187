package store

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	quoted := func(path string) string { return sqliteFile(path).String() }
	for dsn, want := range map[string]string{
		"k8sbot.db":                           quoted(filepath.Join(dir, "k8sbot.db")),
		" state/k8sbot.db\n":                  quoted(filepath.Join(dir, "state", "k8sbot.db")),
		"/var/lib/k8sbot.db":                  quoted("/var/lib/k8sbot.db"),
		"file:k8sbot.db":                      quoted(filepath.Join(dir, "k8sbot.db")),
		"file:/var/lib/k8sbot.db":             quoted("/var/lib/k8sbot.db"),
		"file:///var/lib/k8sbot.db":           quoted("/var/lib/k8sbot.db"),
		"sqlite:k8sbot.db":                    quoted(filepath.Join(dir, "k8sbot.db")),
		"sqlite:///var/lib/k8sbot.db":         quoted("/var/lib/k8sbot.db"),
		"/data/team@home/50%#1.db":            quoted("/data/team@home/50%#1.db"),
		"postgres://u:p@db.example/k8sbot":    "PostgreSQL at db.example:5432",
		"PostgreSQL://u:p@db.example:6432/d":  "PostgreSQL at db.example:6432",
		"postgres://u:p%40%2F@[::1]/d":        "PostgreSQL at [::1]:5432",
		"postgres://u:p@db1:1,db2:2/d":        "PostgreSQL at db1:1",
		"postgres:///d?host=/run/postgresql":  "PostgreSQL at /run/postgresql",
		"postgresql://db.example/d?user=u%40": "PostgreSQL at db.example:5432",
	} {
		addr, err := parseAddress(dsn)
		if err != nil {
			t.Errorf("parseAddress(%q): %v", dsn, err)
		} else if addr.String() != want {
			t.Errorf("parseAddress(%q) = %s, want %s", dsn, addr, want)
		}
	}
}

func TestParseAddressErrors(t *testing.T) {
	for dsn, want := range map[string]string{
		"":                             "empty database address",
		"file:":                        "empty database address",
		":memory:":                     "does not outlive",
		"sqlite::memory:":              "does not outlive",
		"k8sbot.db?mode=ro":            "question mark",
		"state/":                       "is a folder",
		"mysql://db.example/d":         "postgres://USER:PASSWORD@HOST",
		"postgres:/u:p@db.example/d":   "postgres://USER:PASSWORD@HOST",
		"u:p@db.example/d":             "postgres://USER:PASSWORD@HOST",
		"//u:p@db.example/d":           "postgres://USER:PASSWORD@HOST",
		"host=db.example password=p":   "postgres://USER:PASSWORD@HOST",
		"postgres://u:p@db.example:x":  "percent-encode",
		"postgres://u:p%zz@db.example": "percent-encode",
		// The driver would connect to the hosts "u" and "ss@db.example".
		"postgres://u:12/34@db.example/d":          "percent-encode",
		"postgres://u:p@ss@db.example/d":           "percent-encode",
		"postgres://db.example/d?password=p@ss":    "percent-encode",
		"postgres://db.example/d?sslmode=sometime": "settings that PostgreSQL knows",
	} {
		if addr, err := parseAddress(dsn); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("parseAddress(%q) = %v, %v; want an error with %q", dsn, addr, err, want)
		}
	}
}

// FuzzPassword checks that no error and no log contains the password, wherever it is in
// an address and whatever else is wrong with the address. The context has ended, so
// nothing is opened.
func FuzzPassword(f *testing.F) {
	const secret = "s3cr3t"
	forms := []func(user, password, rest string) string{
		func(u, p, r string) string { return "postgres://" + u + ":" + p + "@db.example:5432/k8sbot" + r },
		func(u, p, r string) string { return "postgresql://" + u + ":" + p + "@db.example" + r },
		func(u, p, r string) string { return "POSTGRES://" + u + ":" + p + "@db.example/k8sbot" + r },
		func(u, p, r string) string {
			return "postgres://" + url.UserPassword(u, p).String() + "@db.example/k8sbot" + r
		},
		func(u, p, r string) string {
			return "postgres://db.example/k8sbot?password=" + url.QueryEscape(p) + "&user=" + url.QueryEscape(u) + r
		},
		func(u, p, r string) string { return "postgres:" + u + ":" + p + "@db.example/k8sbot" + r },
		func(u, p, r string) string { return "mysql://" + u + ":" + p + "@db.example/k8sbot" + r },
		func(u, p, r string) string { return "sqlite://" + u + ":" + p + "@db.example/k8sbot" + r },
		func(u, p, r string) string { return "//" + u + ":" + p + "@db.example/k8sbot" + r },
		func(u, p, r string) string { return "u" + u + ":" + p + "@db.example/k8sbot" + r },
		func(u, p, r string) string { return "host=db.example user=" + u + " password=" + p + r },
	}
	for i := range forms {
		for _, mark := range []string{"", "@", "/", ":", "?", "#", "%", "%zz", "&", " ", "\x00", "\n", "12/", ",", "="} {
			f.Add(uint(i), "u", mark, mark, "")
			f.Add(uint(i), mark, "", mark, "?sslmode=wrong&"+mark)
		}
	}
	ctx, cancel := context.WithCancel(f.Context())
	cancel()
	f.Fuzz(func(t *testing.T, form uint, user, before, after, rest string) {
		dsn := forms[form%uint(len(forms))](user, before+secret+after, rest)
		var logged bytes.Buffer
		_, err := Open(ctx, dsn, Options{Log: slog.New(slog.NewTextHandler(&logged, nil))})
		if err == nil {
			t.Fatalf("%q: opened with a cancelled context", dsn)
		}
		if strings.Contains(err.Error()+logged.String(), secret) {
			t.Errorf("%q: password in the error or log: %v\n%s", dsn, err, &logged)
		}
	})
}

// TestRootCause checks that the innermost error is found in any kind of wrapping.
func TestRootCause(t *testing.T) {
	inner := errors.New("inner")
	for _, err := range []error{inner, errors.Join(inner, errors.New("b")), &url.Error{Err: errors.Join(inner)}} {
		if got := rootCause(err); got != inner {
			t.Errorf("rootCause(%v) = %v", err, got)
		}
	}
}
