package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// slashCommand matches the name of the slash command.
var slashCommand = regexp.MustCompile(`/k8s\b`)

// TestPlatformSyntax checks that only the adapters, and the tests for adapters, contain the slash
// command, which other platforms do not have.
func TestPlatformSyntax(t *testing.T) {
	checked := 0
	for _, file := range goFiles(t, "../../bot") {
		adapter, _, _ := strings.Cut(file, "/")
		switch adapter {
		case "slack", "discord", "console", "mcp":
			continue
		}
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "platform/platformtest/") {
			continue
		}
		checked++
		src, err := os.ReadFile(filepath.Join("../../bot", file))
		if err != nil {
			t.Fatal(err)
		}
		if s := slashCommand.Find(src); s != nil {
			t.Errorf("%s contains %s: use Capabilities.Prefix", file, s)
		}
	}
	if checked < 100 {
		t.Errorf("checked only %d files", checked)
	}
}
