package overlay

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"k8sbot/bot/breaker"
	"k8sbot/bot/team"
	"k8sbot/glossary"
)

const (
	// Interval is the time between two polls of the store by [Cache.Run]. A change is visible on every
	// replica within three seconds, including the time to read and index 5,000 terms. Polling the
	// index of versions works on both databases, and costs less than a connection that listens for
	// changes.
	Interval = 1500 * time.Millisecond
	// maxTenants and maxTerms are the maximum numbers of tenants and terms in the cache.
	maxTenants = 2000
	maxTerms   = 50_000
	// maxChanges is the maximum number of changes that are read at once.
	maxChanges = 500
	// loadTimeout limits how long a question waits for the terms of a tenant that is not in the
	// cache.
	loadTimeout = time.Second
	// cooldown is the time after a failure during which the cache makes no calls to the store.
	cooldown = 5 * time.Second
	// reloadTimeout limits how long reading the changes, or one tenant's terms, may take.
	reloadTimeout = 10 * time.Second
)

// A Cache keeps the overlays of the most recently active tenants. It is safe for concurrent use.
type Cache struct {
	store   team.Store
	log     *slog.Logger
	breaker *breaker.Breaker

	mu      sync.Mutex
	tenants *lru.Cache[team.Tenant, *Overlay]
	terms   int // the number of terms in tenants, including drafts
	loads   map[team.Tenant]*load
}

// A load is an overlay that is being read.
type load struct {
	done    chan struct{}
	overlay *Overlay
	err     error
}

// NewCache returns an empty cache. A nil log means [slog.Default].
func NewCache(s team.Store, log *slog.Logger) *Cache {
	if log == nil {
		log = slog.Default()
	}
	c := &Cache{store: s, log: log, breaker: breaker.New(cooldown), loads: make(map[team.Tenant]*load)}
	c.tenants, _ = lru.NewWithEvict(maxTenants, func(_ team.Tenant, o *Overlay) { c.terms -= o.size() }) // fails only for a size below 1
	return c
}

// Of returns the tenant's overlay. If the overlay is not in the cache, Of waits up to a second for
// the store. Of returns nil if the store is slow or fails.
func (c *Cache) Of(ctx context.Context, t team.Tenant) *Overlay {
	if c == nil || !t.HasTerms() {
		return nil
	}
	c.mu.Lock()
	o, ok := c.tenants.Get(t)
	c.mu.Unlock()
	if ok {
		return o
	}
	l := c.load(ctx, t)
	select {
	case <-l.done:
		if l.err != nil && !errors.Is(l.err, breaker.ErrOpen) {
			c.log.Warn("cannot read team terms", "platform", t.Platform, "error", l.err)
		}
		return l.overlay
	case <-ctx.Done():
	case <-time.After(loadTimeout):
	}
	return nil
}

// Find implements [team.Finder].
func (c *Cache) Find(ctx context.Context, t team.Tenant) func(id string) (*glossary.Term, bool) {
	if o := c.Of(ctx, t); o != nil {
		return o.Term
	}
	return nil
}

// Terms returns the tenant's terms, sorted by ID, or nil if they cannot be read.
func (c *Cache) Terms(ctx context.Context, t team.Tenant) []*glossary.Term {
	return c.Of(ctx, t).Terms()
}

// load reads the tenant's overlay in the background, once for all callers that wait for it. It
// continues even if the callers stop waiting.
func (c *Cache) load(ctx context.Context, t team.Tenant) *load {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l := c.loads[t]; l != nil {
		return l
	}
	l := &load{done: make(chan struct{})}
	c.loads[t] = l
	go func() {
		defer close(l.done)
		l.err = c.breaker.Do(context.WithoutCancel(ctx), reloadTimeout, func(ctx context.Context) (err error) {
			l.overlay, err = c.Reload(ctx, t)
			return err
		})
		c.mu.Lock()
		delete(c.loads, t)
		c.mu.Unlock()
	}()
	return l
}

// Reload reads the tenant's overlay from the store. Call Reload after a change, to make the change
// visible on this replica at once.
func (c *Cache) Reload(ctx context.Context, t team.Tenant) (*Overlay, error) {
	terms, err := c.store.Terms(ctx, t)
	if err != nil {
		return nil, err
	}
	o := New(terms)
	c.mu.Lock()
	defer c.mu.Unlock()
	if known, ok := c.tenants.Peek(t); ok {
		if known.version > o.version {
			return known, nil // a concurrent call has read a newer version
		}
		c.tenants.Remove(t)
	}
	c.tenants.Add(t, o)
	c.terms += o.size()
	for c.terms > maxTerms && c.tenants.Len() > 1 {
		c.tenants.RemoveOldest()
	}
	return o, nil
}

// Run polls the store and reloads the tenants in the cache that have changed, until ctx is done.
func (c *Cache) Run(ctx context.Context) error {
	ticker := time.NewTicker(Interval)
	defer ticker.Stop()
	after := int64(0)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if next, err := c.poll(ctx, after); err == nil {
				after = next
			} else if ctx.Err() == nil {
				c.log.Debug("cannot poll team terms, will retry", "error", err)
			}
		}
	}
}

// poll reloads the cached tenants that have changed since the given version. It returns the
// last version that it has read.
func (c *Cache) poll(ctx context.Context, after int64) (int64, error) {
	for {
		ctx, cancel := context.WithTimeout(ctx, reloadTimeout)
		changes, err := c.store.Changes(ctx, after, maxChanges)
		for _, change := range changes {
			if err == nil && c.isStale(change) {
				_, err = c.Reload(ctx, change.Tenant)
			}
			if err == nil {
				after = change.Version
			}
		}
		cancel()
		if err != nil || len(changes) < maxChanges {
			return after, err
		}
	}
}

// isStale reports whether the cache has an older version of the tenant's overlay, or is reading a
// version that may be older.
func (c *Cache) isStale(change team.Change) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	o, ok := c.tenants.Peek(change.Tenant)
	return ok && o.version < change.Version || c.loads[change.Tenant] != nil
}
