package main

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"

	"k8sbot/glossary"
)

// version is set by the linker in releases.
var version string

// programVersion returns the version of the program, "development" if it is not known.
func programVersion() string {
	v := version
	if info, ok := debug.ReadBuildInfo(); ok && v == "" {
		v = info.Main.Version
	}
	if v == "" || v == "(devel)" {
		v = "development"
	}
	return v
}

// versionLine returns the version of the program, of Kubernetes and of Go.
func versionLine() string {
	return fmt.Sprintf("k8sbot %s (Kubernetes %s, %s, %s/%s)", programVersion(), glossary.KubernetesVersion,
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func runVersion(_ context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	if err := parseNoArgs(flags, args); err != nil {
		return err
	}
	_, err := fmt.Fprintln(env.stdout, versionLine())
	return err
}
