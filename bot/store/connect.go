package store

import (
	"context"
	"errors"
	"time"

	"k8sbot/bot/platform/retry"
)

// startWait is how long [Connect] waits for the database. A database normally responds within
// milliseconds. If the response takes longer than startWait, the bot starts without the database.
const startWait = time.Second

// reopenBackoff is the backoff between attempts to open a database. When the database is back,
// the bot uses it again within seconds. The jitter keeps replicas from all connecting at the
// same time.
var reopenBackoff = retry.Policy{First: 250 * time.Millisecond, Max: 5 * time.Second, Jitter: 20}

// Connect is like [Open], but returns within a second, for programs that can work without the
// database for a while. If the database is not open by then, Connect keeps trying in the
// background until ctx is done or Close is called. Until it is open, all methods return an
// error.
//
// Connect returns an error if dsn is wrong, or if the database first responds with an error that
// waiting cannot fix. [DB.Wait] returns such an error if it occurs later.
func Connect(ctx context.Context, dsn string, o Options) (*DB, error) {
	o = o.withDefaults()
	addr, err := parseAddress(dsn)
	if err != nil {
		return nil, err
	}
	d := newDB(addr, o)
	ctx, d.stop = context.WithCancel(ctx)
	tried := make(chan struct{})
	go func() {
		defer close(d.opened)
		d.err = d.keepOpening(ctx, addr, o, tried)
	}()
	timer := time.NewTimer(startWait)
	defer timer.Stop()
	select {
	case <-tried:
	case <-d.opened:
	case <-timer.C:
	}
	select {
	case <-d.opened:
		if d.err != nil {
			return nil, errors.Join(d.err, d.Close())
		}
	default:
	}
	return d, nil
}

// Wait returns an error if the database can never be opened, because its tables are newer than
// this program or belong to another program. Otherwise it returns nil when ctx is done.
func (d *DB) Wait(ctx context.Context) error {
	select {
	case <-d.opened:
		if d.err != nil {
			return d.err
		}
	case <-ctx.Done():
		return nil
	}
	<-ctx.Done()
	return nil
}

// keepOpening tries to open the database until it succeeds, the error is permanent, or ctx is done.
// It closes tried once the first attempt has failed, if that attempt will be repeated. Errors that
// only a person can fix, such as a wrong password, are permanent only on the first attempt, since a
// database that is being restored may return them later.
func (d *DB) keepOpening(ctx context.Context, addr address, o Options, tried chan<- struct{}) error {
	first, logged := true, ""
	policy := reopenBackoff
	policy.Notify = func(err error, _ time.Duration) {
		// Attempts may fail for different reasons. Log each one once.
		if said := err.Error(); said != logged {
			logged = said
			o.Log.Error("cannot open store, answering without it", "error", err)
		}
		if first {
			close(tried)
		}
		first = false
	}
	err := retry.Do(ctx, policy, func(ctx context.Context) error {
		err := d.open(ctx, addr, o)
		if err == nil {
			return nil
		}
		explained := addr.explain(err)
		if errors.Is(err, errNewerTables) || errors.Is(err, errForeignTables) || first && addr.permanent(err) {
			return explained
		}
		return retry.Again(explained)
	})
	if ctx.Err() != nil {
		return nil
	}
	return err
}
