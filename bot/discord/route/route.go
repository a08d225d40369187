// Package route determines the routes for which Discord limits calls to its REST API.
package route

import (
	"fmt"
	"regexp"
	"strings"
)

// A Route is an endpoint without its IDs. Discord limits calls per route, and separately for
// each channel, server or webhook (https://docs.discord.com/developers/topics/rate-limits).
type Route struct {
	Name string // the name for metrics, without IDs or tokens
	Key  string // calls with the same key share a limit
}

// Of returns the route of a call. path is relative to the base URL of the API.
func Of(method, path string) Route {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(apiVersion.ReplaceAllString(path, ""), "/")
	named := make([]string, len(parts))
	major := ""
	for i, p := range parts {
		switch {
		case i == 2 && (parts[0] == "webhooks" || parts[0] == "interactions"):
			named[i] = ":token"
			major += p
		case Snowflake.MatchString(p):
			named[i] = ":id"
			if i == 1 {
				major = p
			}
		default:
			named[i] = p
		}
	}
	name := method + " /" + strings.Join(named, "/")
	return Route{Name: name, Key: name + " " + major}
}

var (
	apiVersion = regexp.MustCompile(`^v\d+/`)
	// Snowflake matches IDs (https://docs.discord.com/developers/reference#snowflakes).
	Snowflake = regexp.MustCompile(`^\d{5,}$`)
)

// CheckID returns an error if an application ID is malformed
// (https://docs.discord.com/developers/reference#snowflakes).
func CheckID(id string) error {
	if !Snowflake.MatchString(id) {
		return fmt.Errorf("invalid application ID %q: copy the digits from the application's General Information page", id)
	}
	return nil
}
