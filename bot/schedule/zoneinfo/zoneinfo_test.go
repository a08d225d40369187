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

// headerEnd returns the length of a zone up to the end of its second header, which comes after the data
// for programs that read only 32 bits. https://www.rfc-editor.org/rfc/rfc9636#section-3
func headerEnd(zone string) int {
	var counts [6]int // UT and standard indicators, leap seconds, transitions, types, characters
	for i := range counts {
		counts[i] = int(binary.BigEndian.Uint32([]byte(zone[20+4*i:])))
	}
	return headerSize + counts[0] + counts[1] + 8*counts[2] + 5*counts[3] + 6*counts[4] + counts[5] + headerSize
}

func encode(zones map[string][]byte) []byte {
	names := make(map[string][]string) // by data
	for _, name := range slices.Sorted(maps.Keys(zones)) {
		names[string(zones[name])] = append(names[string(zones[name])], name)
	}
	var all, rules, types, times []byte
	sized := func(to, part []byte) []byte { return append(binary.AppendUvarint(to, uint64(len(part))), part...) }
	for _, zone := range slices.SortedFunc(maps.Keys(names), func(a, b string) int { return strings.Compare(names[a][0], names[b][0]) }) {
		head := zone[:headerEnd(zone)]
		n := int(binary.BigEndian.Uint32([]byte(head[len(head)-12:])))
		last := uint64(0)
		columns := make([]byte, 8*n)
		for i := range n {
			at := binary.BigEndian.Uint64([]byte(zone[len(head)+8*i:]))
			for b := range 8 {
				columns[b*n+i] = byte((at - last) >> (56 - 8*b))
			}
			last = at
		}
		all = sized(all, []byte(strings.Join(names[zone], " ")))
		rules = sized(sized(rules, []byte(head)), []byte(zone[len(head)+9*n:]))
		types = append(types, zone[len(head)+8*n:len(head)+9*n]...)
		times = append(times, columns...)
	}
	var data []byte
	for _, part := range [][]byte{all, rules, types, times} {
		data = sized(data, part)
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
	var cut bytes.Buffer
	z := gzip.NewWriter(&cut)
	_, _ = z.Write([]byte{9, 'A'})
	_ = z.Close()
	if _, err := decode(cut.Bytes()); err == nil {
		t.Error("cut data: got no error")
	}
}
