// Package manifest reads YAML and JSON manifests, as kubectl get -o yaml and -o json print
// them: complete, as a list, or any fragment.
//
//	json.go      a parser of incomplete JSON
//	yaml.go      YAML, with a YAML parser or, if that fails, line by line
//	manifest.go  the extent of a manifest, and the objects, events and errors in it
package manifest
