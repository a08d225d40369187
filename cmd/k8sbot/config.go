package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"

	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// A config is the settings, read once from environment variables. Each can be
// given as NAME_FILE too, the path of a file that holds it, as Kubernetes and
// Docker mount secrets.
type config struct {
	glossaryDir string          // GLOSSARY_DIR
	lang        glossary.Lang   // DEFAULT_LANG
	httpAddr    string          // HTTP_ADDR
	httpAddrSet bool            // whether HTTP_ADDR was given
	logLevel    slog.Level      // LOG_LEVEL
	logJSON     bool            // LOG_FORMAT
	databaseURL platform.Secret // DATABASE_URL
}

const defaultHTTPAddr = "127.0.0.1:8080"

// readConfig reads all settings, and reports all mistakes together.
func readConfig(env *environment) (*config, error) {
	r := &reader{env: env}
	cfg := &config{
		glossaryDir: r.text("GLOSSARY_DIR"),
		lang:        glossary.Japanese,
		httpAddr:    defaultHTTPAddr,
		databaseURL: platform.Secret(r.text("DATABASE_URL")),
	}
	if v := r.text("DEFAULT_LANG"); v != "" {
		l, err := glossary.ParseLang(v)
		r.check("DEFAULT_LANG", err)
		cfg.lang = l
	}
	if v := r.text("HTTP_ADDR"); v != "" {
		_, _, err := net.SplitHostPort(v)
		r.check("HTTP_ADDR", err)
		cfg.httpAddr, cfg.httpAddrSet = v, true
	}
	if v := r.text("LOG_LEVEL"); v != "" {
		if err := cfg.logLevel.UnmarshalText([]byte(v)); err != nil {
			r.check("LOG_LEVEL", fmt.Errorf("%q is no level: use debug, info, warn or error", v))
		}
	}
	switch v := r.text("LOG_FORMAT"); v {
	case "", "text":
	case "json":
		cfg.logJSON = true
	default:
		r.check("LOG_FORMAT", fmt.Errorf("%q is no format: use text or json", v))
	}
	if len(r.mistakes) > 0 {
		return nil, usageError{errors.Join(r.mistakes...)}
	}
	return cfg, nil
}

// logger returns the logger that the settings ask for.
func (cfg *config) logger(w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: cfg.logLevel}
	if cfg.logJSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// A reader reads settings and collects mistakes.
type reader struct {
	env      *environment
	mistakes []error
}

// text returns the setting, from the variable or from the file that the
// variable NAME_FILE names; "" where there is neither.
func (r *reader) text(name string) string {
	value, _ := r.env.lookup(name)
	file, _ := r.env.lookup(name + "_FILE")
	switch {
	case file == "":
		return strings.TrimSpace(value)
	case value != "":
		r.mistakes = append(r.mistakes, fmt.Errorf("%s and %s_FILE are both set: unset one", name, name))
		return ""
	}
	data, err := r.env.readFile(file)
	if err != nil {
		r.mistakes = append(r.mistakes, fmt.Errorf("%s_FILE: %w", name, err))
		return ""
	}
	return strings.TrimSpace(string(data))
}

func (r *reader) check(name string, err error) {
	if err != nil {
		r.mistakes = append(r.mistakes, fmt.Errorf("%s: %w", name, err))
	}
}
