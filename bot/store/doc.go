// Package store persists the state that must outlive the process: the languages that people chose,
// counts of misses, the keys that prevent a second answer to the same event, the schedules and
// deliveries of daily terms, people's answers to daily terms, learners' cards (see [DB.Learners]),
// the last terms of conversations (for an hour), and the leases that replicas use to share the
// work.
//
// [Open] opens a SQLite file, the default, or a PostgreSQL database, which several replicas can
// share. [Connect] does so in the background: the methods of its store return errors until the
// database responds. Both databases run the same SQL: $1 placeholders, ON CONFLICT, times as Unix
// milliseconds in BIGINT, and no functions that only one of them has. TestConformance checks that
// both databases behave alike, and that the Memory of package storetest, an in-memory store for
// other tests, behaves in the same way.
//
// All times come from the replica's clock, not from the database. The replicas' clocks must
// differ by less than the length of a lease.
//
// The text of messages is not stored, with two exceptions: questions that found nothing, which are
// cut to 64 characters and stored without recording who asked, and the texts that people propose
// for terms (see package teams).
package store
