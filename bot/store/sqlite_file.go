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

// errGone is returned for a file that was deleted, replaced or emptied while it was open. Data
// written to such a file is lost when this process ends.
var errGone = errors.New("the database file was deleted, replaced or emptied, and new data will be lost: restore a backup and restart")

// checkPresent returns errGone unless path is still the opened file and the file is not empty.
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

// checkpoint moves the content of the write-ahead log to the database file and truncates the log
// (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint). Without a checkpoint, deleted rows
// stay in the log until they are overwritten.
func checkpoint(ctx context.Context, write *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, checkpointTimeout)
	defer cancel()
	var busy, frames, moved int
	if err := write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return fmt.Errorf("other connections are reading: moved %d of %d pages of the log", moved, frames)
	}
	return nil
}
