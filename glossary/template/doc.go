// Package template parses the rules by which a term is recognized in output: message
// templates and cell comparisons. It also defines the placeholders in commands.
//
//	Failed to pull image "{image}": {error}      a template with two slots
//	READY < DESIRED and AGE > 5m                 two comparisons
//	kubectl describe pod POD -n NS               a command with two placeholders
//
// The package only parses: package diagnose matches templates, and package lint checks
// them.
package template
