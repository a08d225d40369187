package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"k8sbot/cmd/k8sbot/about"
	"k8sbot/cmd/k8sbot/option"
	"k8sbot/glossary"
)

// version and revision are set by the linker in release builds.
var version, revision string

// A versionInfo is the JSON that version prints. Fields may be added, but not renamed or removed.
type versionInfo struct {
	Version    string `json:"version"`
	Kubernetes string `json:"kubernetes"` // the release against which the terms were checked
	Commit     string `json:"commit,omitempty"`
	Go         string `json:"go"`
	Platform   string `json:"platform"`
}

// programVersion returns the program's version.
func programVersion() string {
	v := version
	if info, ok := debug.ReadBuildInfo(); ok && v == "" && info.Main.Version != "(devel)" {
		v = info.Main.Version
	}
	return cmp.Or(v, "development")
}

// commit returns the commit that the program was built from, or "" if it is unknown.
func commit() string {
	if revision != "" {
		return revision
	}
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}

// versionLine returns the versions of k8sbot, Kubernetes and Go, and the operating system and
// architecture.
func versionLine() string {
	return fmt.Sprintf("k8sbot %s (Kubernetes %s, %s, %s/%s)", programVersion(), glossary.KubernetesVersion,
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func printVersion(env *environment) error {
	_, err := fmt.Fprintln(env.stdout, versionLine())
	return err
}

func newVersion(env *environment) *cobra.Command {
	c := &cobra.Command{Use: "version", Short: "Print the version", Args: noArgs}
	format := option.Enum(c, "format", "text", "format of the output", "text", "json")
	c.RunE = func(*cobra.Command, []string) error {
		if *format == "json" {
			return writeJSON(env.stdout, versionInfo{
				Version: programVersion(), Kubernetes: glossary.KubernetesVersion, Commit: commit(),
				Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH,
			})
		}
		return printVersion(env)
	}
	return c
}

func newMan(env *environment) *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "Print the man page", Long: "Print the man page. Read it with k8sbot man | man -l -, or install it as k8sbot.1.", Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return about.WriteMan(env.stdout, c.Root(), programVersion(), glossary.KubernetesVersion)
		},
	}
}
