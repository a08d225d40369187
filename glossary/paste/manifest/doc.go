// Package manifest reads YAML and JSON manifests, as kubectl get -o yaml and -o json print
// them: an object, a list of objects, or a fragment.
//
//	json.go      a JSON parser that accepts incomplete input
//	yaml.go      YAML, with a YAML parser or, if that fails, line by line
//	manifest.go  the extent of a manifest, and the objects, events and errors in it
package manifest
