package schedule

import (
	"archive/zip"
	"bytes"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // so that the tests do not depend on the zone files of the system
)

// toolchainZones returns the zones of the Go toolchain with their data. It skips the
// test if the toolchain is not installed.
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
		region, _, nested := strings.Cut(f.Name, "/")
		if strings.HasSuffix(f.Name, "/") || f.Name != "UTC" && !(nested && slices.Contains(zoneRegions, region)) {
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

// TestZones checks that the names contain the zones of the toolchain.
func TestZones(t *testing.T) {
	zones := toolchainZones(t)
	var want []string
	for name := range zones {
		want = append(want, name)
	}
	slices.Sort(want)
	for _, name := range want {
		if !slices.Contains(zoneNames(), name) {
			t.Errorf("zoneNames lacks %s: run go generate ./bot/schedule/zoneinfo", name)
		}
	}

	// If two zones have the same city, they must have the same data.
	city := make(map[string]string)
	for name, data := range zones {
		c := name[strings.LastIndexByte(name, '/')+1:]
		if other, ok := city[c]; ok && !bytes.Equal(zones[other], data) && !strings.HasPrefix(name, "Etc/") {
			t.Errorf("%s may mean %s or %s, whose data differ", c, name, other)
		}
		city[c] = name
	}
}

// TestZonesLoad checks that all zones that people can type can be loaded.
func TestZonesLoad(t *testing.T) {
	names := zoneNames()
	if len(names) < 400 {
		t.Errorf("got %d names, want at least 400", len(names))
	}
	for _, name := range names {
		if _, err := time.LoadLocation(name); err != nil {
			t.Errorf("%v", err)
		}
	}
	for _, p := range phrases() {
		for _, zone := range p.zones {
			if !slices.Contains(names, zone) {
				t.Errorf("%q means %s, which is not a zone", p.typed, zone)
			}
		}
	}
}

// TestPhrasesDiffer checks that no two phrases have the same key.
func TestPhrasesDiffer(t *testing.T) {
	for _, zone := range zoneNames() {
		if p := phrases()[phraseKey(zone)]; p.field != fieldZone || p.zones[0] != zone {
			t.Errorf("%s: got %+v", zone, p)
		}
	}
	for short, zone := range zoneAliases {
		if p := phrases()[phraseKey(short)]; len(p.zones) != 1 || p.zones[0] != zone {
			t.Errorf("%s: got %+v, want %s", short, p, zone)
		}
	}
	for _, names := range [][]string{stopWords, daySpellings[0], daySpellings[1], daySpellings[6]} {
		for _, name := range names {
			if p := phrases()[phraseKey(name)]; p.typed != name {
				t.Errorf("%s: got %+v", name, p)
			}
		}
	}
	for key, p := range phrases() {
		if n := len([]rune(p.typed)); n > longestPhrase {
			t.Errorf("%s has %d characters: raise longestPhrase", p.typed, n)
		}
		if key == "" {
			t.Errorf("%q has no key", p.typed)
		}
	}
}
