// Package snowflake reads Discord's IDs, which contain their creation time
// (https://docs.discord.com/developers/reference#snowflakes).
package snowflake

import (
	"strconv"
	"time"
)

// Epoch is the Unix time in milliseconds from which Discord's IDs count
// (https://docs.discord.com/developers/reference#snowflakes).
const Epoch = 1420070400000

// Time returns the creation time that an ID contains. For an invalid ID, it returns the time of
// [Epoch].
func Time(id string) time.Time {
	n, _ := strconv.ParseInt(id, 10, 64)
	return time.UnixMilli(n>>22 + Epoch)
}

// At returns the lowest ID that can be created at the given time
// (https://docs.discord.com/developers/reference#snowflakes).
func At(t time.Time) uint64 {
	return uint64(max(t.UnixMilli()-Epoch, 0)) << 22
}
