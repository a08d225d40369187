// Package manifest reads manifests in YAML and JSON, as kubectl get -o yaml and -o json
// print them: whole, a list, cut anywhere, or any part of one.
//
//	json.go      JSON that may be cut anywhere
//	yaml.go      YAML, by its parser or, if that fails, line by line
//	manifest.go  where a manifest begins and ends, and what it holds: objects, events, errors
package manifest
