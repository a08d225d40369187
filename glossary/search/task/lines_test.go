package task

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/compact"
	"k8sbot/glossary/zipped"
)

// TestLines checks that lines.bin.gz contains the lines of the tasks. With -update it generates the
// file.
func TestLines(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	_, tasks := Split(g.All())
	want, err := compact.Encode(*LinesOf(tasks))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err == nil {
			_, err = w.Write(want)
			err = errors.Join(err, w.Close(), os.WriteFile("lines.bin.gz", b.Bytes(), 0o644))
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	if zipped.Text(linesData) != string(want) {
		t.Error("glossary/search/task/lines.bin.gz is out of date: run go generate ./glossary")
	}
}
