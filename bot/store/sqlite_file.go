package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// errGone reports a file that was deleted, replaced or emptied while it is open: what is
// written is lost when this process ends.
var errGone = errors.New("its file was deleted, replaced or emptied: nothing is kept any more: put a copy in its place and start again")

// checkPresent returns errGone if a path does not name the file that was opened, which is
// never empty then.
func checkPresent(path string, opened fs.FileInfo) error {
	now, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && (!os.SameFile(opened, now) || now.Size() == 0):
		return errGone
	}
	return err
}

// checkpointTimeout is how long a checkpoint waits for other processes.
const checkpointTimeout = time.Second

// checkpoint moves what the write-ahead log holds to the file and empties it
// (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint): what was deleted is
// otherwise left in the log for as long as nothing overwrites it.
func checkpoint(ctx context.Context, write *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, checkpointTimeout)
	defer cancel()
	var busy, frames, moved int
	if err := write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return fmt.Errorf("others read it: %d of %d pages of its log were moved", moved, frames)
	}
	return nil
}
