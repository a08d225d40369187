// Package store keeps what must outlive a request: people's languages, counted
// misses, what the adapters remember so that an event is answered once, the
// schedules and deliveries of the daily term with what people said of them, and
// the leases by which replicas share out their work.
//
// [Open] opens a SQLite file, the default, or a PostgreSQL database, which
// several replicas share. Both run one SQL text: $1 placeholders, ON CONFLICT,
// times as BIGINT Unix milliseconds, no dialect's own functions. A test holds both,
// and the Memory of storetest, which keeps the same in the process for other tests,
// to one behaviour. [Connect] does so in the background: its store returns errors until
// the database has answered.
//
// Times are the store's own clock's, never the database's, so that one clock
// decides for a replica; those of replicas may differ by less than a lease.
//
// No text of a message is ever stored, but for questions that found nothing:
// folded, at most 64 characters, and without who asked.
package store
