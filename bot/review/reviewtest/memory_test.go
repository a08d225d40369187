package reviewtest

import (
	"testing"

	"k8sbot/bot/review"
)

func TestMemory(t *testing.T) {
	TestStore(t, func(*testing.T) review.Store { return NewMemory() })
}
