package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"k8sbot/bot/console"
	"k8sbot/cmd/k8sbot/system"
)

// An environment contains what a command uses of its process: the standard streams, environment
// variables and files. Tests replace the environment.
type environment struct {
	program        string // path that was used to start the program
	stdin          *os.File
	stdout, stderr io.Writer
	lookup         func(name string) (string, bool)
	readFile       func(name string) ([]byte, error)
}

// locale returns the terminal's locale.
func (env *environment) locale() string { return system.Locale(env.lookup) }

// timeZone returns the IANA name of the terminal's time zone, or "" if it is unknown.
func (env *environment) timeZone() string { return system.TimeZone(env.lookup) }

// errReported ends a command with the status exitFailed but without a message, because the
// command has already printed the problems it found.
var errReported = errors.New("failure already reported")

// A usageError is a mistake in the command line or in the settings.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// writeJSON writes a value as one line of JSON.
func writeJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}

// defaultWidth is the number of columns to assume if a terminal does not report it.
const defaultWidth = 80

// style returns the style of answers on standard output: colored and wrapped on a terminal,
// otherwise plain. It respects NO_COLOR (https://no-color.org), and colors output that is not
// for a terminal if CLICOLOR_FORCE is set (https://bixense.com/clicolors/).
func (env *environment) style() console.Style {
	f, isFile := env.stdout.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		force, _ := env.lookup("CLICOLOR_FORCE")
		noColor, _ := env.lookup("NO_COLOR")
		return console.Style{Color: force != "" && force != "0" && noColor == ""}
	}
	style := console.Style{Color: true, Width: defaultWidth}
	if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
		style.Width = min(columns, console.MaxWidth)
	}
	noColor, _ := env.lookup("NO_COLOR")
	if kind, _ := env.lookup("TERM"); noColor != "" || kind == "dumb" {
		style.Color = false
	}
	return style
}
