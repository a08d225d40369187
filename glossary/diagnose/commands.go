package diagnose

import (
	"regexp"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
	grammar "k8sbot/glossary/template"
)

// A Command is a command to run next.
type Command struct {
	Run string
	// Note is what to look for in its output; empty for a command that no term advises.
	Note glossary.Text
	// Complete is true if every name is filled in.
	Complete bool
}

// placeholder matches the placeholders of commands.
var placeholder = regexp.MustCompile(`\b(?:` + strings.Join(grammar.PlaceholderNames(), "|") + `)\b`)

// unknownPlace matches the flags of a command whose values a paste may leave out. Without
// them, kubectl uses its defaults, as it did for the paste.
var unknownPlace = regexp.MustCompile(` (?:-n NS|-c CONTAINER)\b`)

// commands returns the commands for a trouble: those of its cause that can be filled in
// first, and without the ones that were pasted.
func (d *Diagnoser) commands(t Trouble, text paste.Text) []Command {
	var complete, rest []Command
	add := func(run string, note glossary.Text, names map[string]string, kind string) {
		filled, ok := fillPlaceholders(run, names, kind)
		c := Command{filled, note, ok}
		same := func(other Command) bool { return other.Run == c.Run }
		if pasted(text.Commands, filled) || slices.ContainsFunc(complete, same) || slices.ContainsFunc(rest, same) {
			return
		}
		if ok {
			complete = append(complete, c)
		} else {
			rest = append(rest, c)
		}
	}
	for _, f := range append([]Finding{t.Finding}, t.Symptoms...) {
		if len(f.Objects) == 0 {
			f.Objects = t.Objects
		}
		var o paste.Object
		if len(f.Objects) > 0 {
			o = f.Objects[0]
		}
		names := namesFor(o, f)
		if f.Term != nil {
			checks := f.Term.Checks
			if v, ok := f.Term.Variant(f.Variant); ok && len(v.Checks) > 0 {
				checks = v.Checks
			}
			if len(checks) == 0 && !f.Term.IsStatus() && o.Name != "" {
				checks = nil // of a kind: describe below
			}
			for _, c := range checks {
				add(c.Run, glossary.Text{EN: c.EN, JA: c.JA}, names, o.Kind)
			}
		}
		if o.Name != "" && o.Kind != "" && !strings.Contains(o.Kind, " ") {
			run := "kubectl describe " + o.Kind + " NAME"
			if o.Kind == "release" {
				run = "helm status NAME"
			}
			if o.Namespace != "" && paste.Namespaced(o.Kind) {
				run += " -n NS"
			}
			add(run, describeNote, names, o.Kind)
			if o.Kind != "release" {
				status := strings.Replace(run, "kubectl describe", "kubectl get", 1) + " -o yaml"
				add(status, statusNote, names, o.Kind)
			}
		}
		if len(complete) >= maxCommands {
			break
		}
	}
	// The whole object comes last: it is for those who have its description already.
	slices.SortStableFunc(complete, func(a, b Command) int {
		return btoi(strings.HasSuffix(a.Run, "-o yaml")) - btoi(strings.HasSuffix(b.Run, "-o yaml"))
	})
	// A command about the object comes before one without any name.
	slices.SortStableFunc(complete, func(a, b Command) int { return btoi(names(b.Run, t.Objects)) - btoi(names(a.Run, t.Objects)) })
	if len(complete) > 0 {
		return append(complete, rest...)
	}
	return rest
}

// describeNote is what to look for in a description.
var describeNote = glossary.Text{EN: "Read the status and conditions, and the events at the end.", JA: "状態とConditions、末尾のEventsを読みます。"}

// statusNote is what to look for in an object as YAML.
var statusNote = glossary.Text{EN: "Read what stands under status.", JA: "statusの下を読みます。"}

// names reports whether a command names one of the objects, or an object at all if
// there are none.
func names(run string, objects []paste.Object) bool {
	if len(objects) == 0 {
		return true
	}
	for _, o := range objects[:min(len(objects), 8)] {
		if strings.Contains(run, o.Name) || o.Namespace != "" && strings.Contains(run, "-n "+o.Namespace) && strings.Contains(run, "kubectl auth") {
			return true
		}
	}
	return false
}

// maxCommands is the number of complete commands after which no more are looked for.
const maxCommands = 6

// namesFor returns the values of the placeholders: those of the object, and those that
// were captured.
func namesFor(o paste.Object, f Finding) map[string]string {
	names := map[string]string{"NS": o.Namespace}
	for p, types := range grammar.Placeholders {
		for _, slot := range types {
			if v := f.Captured[slot]; v != "" && names[p] == "" && shellSafe(v) {
				names[p] = v
			}
		}
	}
	for _, r := range append([]paste.Object{o}, f.related...) {
		set := func(p, v string) {
			if v != "" && names[p] == "" {
				names[p] = v
			}
		}
		switch r.Kind {
		case "pod":
			set("POD", r.Name)
			set("CONTAINER", r.Container)
		case "node":
			set("NODE", r.Name)
		case "persistentvolumeclaim":
			set("PVC", r.Name)
		case "persistentvolume":
			set("PV", r.Name)
		case "service":
			set("SERVICE", r.Name)
		case "secret":
			set("SECRET", r.Name)
		case "configmap":
			set("CONFIGMAP", r.Name)
		}
	}
	if o.Name != "" {
		names["NAME"] = o.Name
	}
	return names
}

// kindWord matches the kind that a command is about.
var kindWord = regexp.MustCompile(`kubectl (?:get|describe|rollout status|rollout history|logs|edit|delete|scale) ([a-z.]+)[ /]NAME`)

// fillPlaceholders puts names into a command, and reports whether none is missing. Values
// mean nothing to a shell: see shellSafe.
func fillPlaceholders(run string, names map[string]string, kind string) (string, bool) {
	if m := kindWord.FindStringSubmatch(run); m != nil && kind != "" && !strings.HasPrefix(m[1], kind) && kind != strings.TrimSuffix(m[1], "s") {
		names = withoutName(names)
	}
	complete := true
	filled := placeholder.ReplaceAllStringFunc(run, func(word string) string {
		if v := names[word]; v != "" {
			return v
		}
		if word != "NS" && word != "CONTAINER" {
			complete = false
		}
		return word
	})
	if complete {
		filled = unknownPlace.ReplaceAllString(filled, "")
		complete = !placeholder.MatchString(filled)
	}
	return filled, complete
}

func withoutName(names map[string]string) map[string]string {
	out := make(map[string]string, len(names))
	for k, v := range names {
		if k != "NAME" {
			out[k] = v
		}
	}
	return out
}

// shellSafe reports whether a value can stand in a command: names, images and verbs, of
// characters that mean nothing to a shell.
func shellSafe(s string) bool {
	if s == "" || len(s) > 253 || s[0] == '-' {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-._:/@", r))
	}) < 0
}

// pasted reports whether a command is one of those in the paste: the same verb about the
// same object.
func pasted(commands []paste.Command, run string) bool {
	for _, c := range commands {
		if strings.TrimSpace(c.Text) == run {
			return true
		}
		ours := strings.Fields(run)
		if c.Program == "kubectl" && len(ours) > 2 && ours[0] == "kubectl" && ours[1] == c.Verb && c.Object.Name != "" && slices.Contains(ours, c.Object.Name) && strings.HasPrefix(c.Object.Kind, strings.TrimSuffix(ours[2], "s")) && (c.Verb == "describe" || c.Verb == "get" && c.Output == "") {
			return true
		}
	}
	return false
}
