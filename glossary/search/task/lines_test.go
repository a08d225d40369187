package task

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"os/exec"
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
		if zipped.Text(linesData) == string(want) {
			return
		}
		if err := zip("lines.bin", want); err != nil {
			t.Fatal(err)
		}
		return
	}
	if zipped.Text(linesData) != string(want) {
		t.Error("glossary/search/task/lines.bin.gz is out of date: run go generate ./glossary")
	}
}

// zip writes data to the file name.gz, with zopfli if it is installed, since it writes an eighth less.
func zip(name string, data []byte) error {
	if _, err := exec.LookPath("zopfli"); err == nil {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
		return errors.Join(exec.Command("zopfli", "--i15", name).Run(), os.Remove(name))
	}
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return errors.Join(err, w.Close(), os.WriteFile(name+".gz", b.Bytes(), 0o644))
}
