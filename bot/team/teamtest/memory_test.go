package teamtest

import "testing"

func TestMemory(t *testing.T) { Conform(t, new(Memory)) }
