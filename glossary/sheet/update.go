package sheet

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Update sets fields in a term's file and returns the new content. cells contains their values,
// keyed by column. An empty cell deletes its field. Fields without a cell are kept, and so are
// comments. If file is empty, the result is a new term's file.
func Update(file []byte, cells map[string]string) ([]byte, error) {
	root := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if len(bytes.TrimSpace(file)) > 0 {
		var doc yaml.Node
		if err := yaml.Unmarshal(file, &doc); err != nil {
			return nil, err
		}
		if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
			return nil, fmt.Errorf("the file has no fields: write the name and the summary of a term")
		}
		root = doc.Content[0]
	}
	for _, name := range order {
		switch cell, ok := cells[name]; {
		case !ok:
		case cell == "":
			remove(root, columns[name].path)
		default:
			set(root, columns[name].path, columns[name].value(cell))
		}
	}
	var data bytes.Buffer
	enc := yaml.NewEncoder(&data)
	enc.SetIndent(2)
	err := enc.Encode(root)
	return data.Bytes(), err
}

// remove deletes a field. If the mapping that contained it is then empty, remove deletes the
// mapping, too.
func remove(mapping *yaml.Node, path []string) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value != path[0] {
			continue
		}
		inner := mapping.Content[i+1]
		if len(path) > 1 && inner.Kind == yaml.MappingNode {
			if remove(inner, path[1:]); len(inner.Content) > 0 {
				return
			}
		}
		mapping.Content = append(mapping.Content[:i], mapping.Content[i+2:]...)
		return
	}
}
