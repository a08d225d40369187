package team

import (
	"context"
	"errors"
)

// A Directory looks up a tenant's people. It may call the platform.
type Directory interface {
	// IsReviewer reports whether a member may review. If the settings name nobody, the tenant's
	// administrators may review.
	IsReviewer(ctx context.Context, s Settings, user string) (bool, error)
	// Resolve checks the people and the group in the settings, and replaces the group's name with
	// its ID. The error is one of the errors below, or comes from the platform.
	Resolve(ctx context.Context, s Settings) (Settings, error)
	// Name returns a person's name as other people see it, or "" if the name is unknown.
	Name(ctx context.Context, user string) string
}

// The errors of [Directory.Resolve].
var (
	ErrUnknownPerson = errors.New("not a person in the tenant")
	ErrUnknownGroup  = errors.New("not a group in the tenant")
	ErrGroupScope    = errors.New("the app may not read groups")
)
