package store

import (
	"testing"

	"k8sbot/bot/store/teams"
	"k8sbot/bot/team/teamtest"
)

// TestTeams checks the terms of teams in each database.
func TestTeams(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) { teamtest.Conform(t, teams.New(openDB(t, newDatabase(t), Options{}))) })
	}
}
