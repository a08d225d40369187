package team

import (
	"context"
	"errors"
)

// A Directory knows the people of a tenant. It may call the platform.
type Directory interface {
	// IsReviewer reports whether a member may review. If the settings name nobody, these are the
	// administrators of the tenant.
	IsReviewer(ctx context.Context, s Settings, user string) (bool, error)
	// Resolve returns settings with the ID of the group that was entered, after checking the
	// people and the group. The error is one of those below, or the platform's.
	Resolve(ctx context.Context, s Settings) (Settings, error)
	// Name returns the name of a person as others see it, or "".
	Name(ctx context.Context, user string) string
}

// Errors of a [Directory].
var (
	ErrUnknownPerson = errors.New("not a person of the tenant")
	ErrUnknownGroup  = errors.New("not a group of the tenant")
	ErrGroupScope    = errors.New("the app may not read groups")
)
