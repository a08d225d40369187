// Package template is the grammar in which terms say how they are recognized in output:
// templates of messages, comparisons of cells, and the placeholders of commands.
//
//	Failed to pull image "{image}": {error}      a template with two slots
//	READY < DESIRED and AGE > 5m                 two comparisons
//	kubectl describe pod POD -n NS               a command with two placeholders
//
// It knows neither terms nor messages. Package diagnose matches templates, and package lint
// checks them.
package template
