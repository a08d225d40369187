package manifest

var (
	ParseYAML = parseYAML
	ReadYAML  = readYAML
	ReadJSON  = readJSON
)
