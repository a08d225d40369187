package zoneinfo

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite zones.gz")

// toolchainZones returns the data of the zones of the Go toolchain by name. It skips the test if
// the toolchain is not installed.
func toolchainZones(t *testing.T) map[string][]byte {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skipf("cannot run the Go toolchain: %v", err)
	}
	z, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Skipf("cannot read the zones of the Go toolchain: %v", err)
	}
	defer z.Close()
	zones := make(map[string][]byte)
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if zones[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return zones
}

// TestDatabase checks that the embedded database contains the zones of the toolchain, and that all
// of them can be loaded. A newer toolchain may have newer data.
func TestDatabase(t *testing.T) {
	zones := toolchainZones(t)
	if *update {
		if err := os.WriteFile("zones.gz", encode(zones), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name := range zones {
		if embedded()[name] == nil {
			t.Errorf("zones.gz lacks %s: run go generate ./bot/schedule/zoneinfo", name)
		}
	}
	if got, err := decode(encode(zones)); err != nil || !maps.EqualFunc(got, zones, bytes.Equal) {
		t.Errorf("decoding what encode has written: %d zones, %v, want the same %d zones", len(got), err, len(zones))
	}
	for name, data := range embedded() {
		if _, err := time.LoadLocationFromTZData(name, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func encode(zones map[string][]byte) []byte {
	names := make(map[string][]string) // by data
	for _, name := range slices.Sorted(maps.Keys(zones)) {
		names[string(zones[name])] = append(names[string(zones[name])], name)
	}
	var data []byte
	for _, zone := range slices.SortedFunc(maps.Keys(names), func(a, b string) int { return strings.Compare(names[a][0], names[b][0]) }) {
		for i, name := range names[zone] {
			data = append(binary.AppendUvarint(data, uint64(len(name))), name...)
			if i > 0 {
				zone = ""
			}
			data = append(binary.AppendUvarint(data, uint64(len(zone))), zone...)
		}
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = z.Write(data) // a bytes.Buffer does not fail
	_ = z.Close()
	return b.Bytes()
}

// TestLoad checks that the embedded zones are those of the system, and that damaged data is
// refused.
func TestLoad(t *testing.T) {
	for _, name := range []string{"Asia/Tokyo", "America/New_York", "UTC"} {
		loc, err := time.LoadLocationFromTZData(name, embedded()[name])
		if err != nil {
			t.Fatal(err)
		}
		got, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC), time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)} {
			if g, w := at.In(got).Format(time.RFC3339), at.In(loc).Format(time.RFC3339); g != w {
				t.Errorf("%s at %s: got %s, want %s", name, at, g, w)
			}
		}
	}
	if _, err := Load("Asia/Nowhere"); err == nil {
		t.Error("Asia/Nowhere: got no error")
	}
	if _, err := decode(encode(map[string][]byte{"A": []byte("data")})); err != nil {
		t.Error(err)
	}
	var cut bytes.Buffer
	z := gzip.NewWriter(&cut)
	_, _ = z.Write([]byte{9, 'A'})
	_ = z.Close()
	if _, err := decode(cut.Bytes()); err == nil {
		t.Error("cut data: got no error")
	}
}
