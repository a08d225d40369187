package system

import (
	"os"
	"strings"
	"time"

	"k8sbot/bot/schedule/zoneinfo"
)

// Locale returns the terminal's locale, in POSIX's order of precedence
// (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html). lookup returns the
// value of an environment variable.
func Locale(lookup func(name string) (string, bool)) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v, _ := lookup(name); v != "" {
			return v
		}
	}
	return systemLocale()
}

// TimeZone returns the IANA name of the terminal's time zone, or "" if it is unknown
// (https://man7.org/linux/man-pages/man5/localtime.5.html). lookup returns the value of an
// environment variable.
func TimeZone(lookup func(name string) (string, bool)) string {
	name, _ := lookup("TZ")
	if name == "" {
		name, _ = os.Readlink("/etc/localtime")
	}
	name = strings.TrimPrefix(name, ":")
	if i := strings.LastIndex(name, "zoneinfo/"); i >= 0 {
		name = name[i+len("zoneinfo/"):]
	}
	if _, err := zoneinfo.Load(name); err != nil || name == "Local" {
		return ""
	}
	return name
}

// SetTimeZone sets [time.Local] to the zone that the environment variable TZ names, even if the
// system lacks the zone's data. On such a system, Go alone would use UTC. lookup returns the value
// of an environment variable.
func SetTimeZone(lookup func(name string) (string, bool)) {
	name, _ := lookup("TZ")
	if name = strings.TrimPrefix(name, ":"); name == "" || time.Local.String() != "UTC" {
		return
	}
	if loc, err := zoneinfo.Load(name); err == nil {
		time.Local = loc
	}
}
