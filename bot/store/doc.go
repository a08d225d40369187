// Package store persists the state that must outlive the process: the languages that
// people chose, counts of misses, the keys by which each event is answered only once, the
// schedules and deliveries of daily terms, people's answers to those, what people remember
// (see [DB.Learners]), for an hour what conversations are about, and the leases by which
// replicas share the work.
//
// [Open] opens a SQLite file, the default, or a PostgreSQL database, which several
// replicas can share. [Connect] does so in the background: until the database responds,
// the methods of its store return errors. Both databases run the same SQL: $1
// placeholders, ON CONFLICT, times as Unix milliseconds in BIGINT, no functions that only
// one of them has. TestConformance checks that both behave alike, and so does the Memory
// of package storetest, an in-memory store for other tests.
//
// All times come from the store's clock, not from the database, so a replica has one
// clock. The clocks of replicas must differ by less than a lease.
//
// The text of messages is never stored, except for questions that found nothing, cut to 64
// characters and without the person who asked, and for what people propose as terms (see
// package teams).
package store
