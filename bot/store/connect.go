package store

import (
	"context"
	"errors"
	"time"

	"k8sbot/bot/platform/retry"
)

// startWait is how long [Connect] waits for a database, which normally answers within
// milliseconds: nobody should wonder for longer why a bot does not answer.
const startWait = time.Second

// reopening is how often a database is tried that could not be opened. A database that
// is back is used after a few seconds, and many replicas do not come at once.
var reopening = retry.Policy{First: 250 * time.Millisecond, Max: 5 * time.Second, Jitter: 20}

// Connect is [Open] for a process that answers without its database too. It returns
// after a second at most, and opens the database in the background for as long as that
// takes, until ctx ends or Close is called. Until then all methods return an error.
//
// It returns an error if dsn is wrong, or if the database answers with an error that no
// waiting ends: see [DB.Wait] if that comes later.
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

// Wait returns an error if the database will never be open: if its tables are newer than
// this program, or another program's. Otherwise it returns nil when ctx ends.
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

// keepOpening opens the database. It closes tried if the first try has failed and will
// be repeated. A refusal that a person must end, such as a wrong password, ends only the
// first try: later it may come from a database that is being restored.
func (d *DB) keepOpening(ctx context.Context, addr address, o Options, tried chan<- struct{}) error {
	first, logged := true, ""
	policy := reopening
	policy.Notify = func(err error, _ time.Duration) {
		// Each try may fail for another reason: the database is away, then starting up.
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
		if errors.Is(err, errNewerTables) || errors.Is(err, errForeignTables) || first && addr.lasting(err) {
			return explained
		}
		return retry.Again(explained)
	})
	if ctx.Err() != nil {
		return nil
	}
	return err
}
