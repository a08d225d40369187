package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// The bodies that the adapter sends are checked against Discord's published OpenAPI
// document. testdata/openapi.json has the parts that the adapter uses.
// testdata/openapi.mjs generates them; it says how, and where they are stricter than the
// document.
const (
	// schemaMessageCreate is the body of POST /channels/{id}/messages.
	schemaMessageCreate = "MessageCreateRequest"
	// schemaMessageEdit is the body of PATCH /channels/{id}/messages/{id}.
	schemaMessageEdit = "MessageEditRequestPartial"
	// schemaCallback is the body of POST /interactions/{id}/{token}/callback, and of the
	// response to an interaction over HTTP.
	schemaCallback = "InteractionCallbackRequest"
	// schemaFollowup is the body of POST /webhooks/{application}/{token}.
	schemaFollowup = "IncomingWebhookRequestPartial"
	// schemaFollowupEdit is the body of
	// PATCH /webhooks/{application}/{token}/messages/{id or @original}.
	schemaFollowupEdit = "IncomingWebhookUpdateRequestPartial"
	// schemaCommands is the body of PUT /applications/{id}/commands.
	schemaCommands = "ApplicationCommandsRequest"
	// schemaGatewayBot is the response to GET /gateway/bot, for fake servers.
	schemaGatewayBot = "GatewayBotResponse"
)

var schemaNames = []string{
	schemaMessageCreate, schemaMessageEdit, schemaCallback, schemaFollowup,
	schemaFollowupEdit, schemaCommands, schemaGatewayBot,
}

// schemas returns the compiled schemas by name, shared by all tests.
var schemas = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	file, err := os.ReadFile("testdata/openapi.json")
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	const url = "test:openapi.json"
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(url, document); err != nil {
		return nil, err
	}
	compiled := make(map[string]*jsonschema.Schema)
	for _, name := range schemaNames {
		if compiled[name], err = compiler.Compile(url + "#/$defs/" + name); err != nil {
			return nil, err
		}
	}
	return compiled, nil
})

// validate fails the test if body is not valid JSON for a schema, one of the constants
// above.
func validate(tb testing.TB, name string, body []byte) {
	tb.Helper()
	if err := checkSchema(name, body); err != nil {
		tb.Errorf("invalid %s: %v\nin %s", name, err, body)
	}
}

// checkSchema returns an error with one line for each violation of a schema, or nil if body
// is valid.
//
// JSON Schema counts lengths in code points. The schemas do not check the 6,000 characters
// in all embeds of a message, the 8,000 of a command, the characters of command names,
// that a button has either a custom_id or a URL, that custom_ids are unique, and that a
// message is not empty.
func checkSchema(name string, body []byte) error {
	compiled, err := schemas()
	if err != nil {
		return err
	}
	schema := compiled[name]
	if schema == nil {
		return fmt.Errorf("unknown schema %q: use one of %q", name, schemaNames)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("read the body: %w", err)
	}
	err = schema.Validate(value)
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return err
	}
	var all []error
	for _, fault := range faults(invalid) {
		all = append(all, fault)
	}
	return errors.Join(all...)
}

// faults returns the single violations in err. For a union, they are those of the
// branches that match the type of the value.
func faults(err *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(err.Causes) == 0 {
		return []*jsonschema.ValidationError{err}
	}
	causes := err.Causes
	if _, union := err.ErrorKind.(*kind.AnyOf); union {
		meant := slices.DeleteFunc(slices.Clone(causes), func(branch *jsonschema.ValidationError) bool {
			return isOfOtherType(branch, err.InstanceLocation)
		})
		if len(meant) > 0 {
			causes = meant
		}
	}
	var all []*jsonschema.ValidationError
	for _, cause := range causes {
		all = append(all, faults(cause)...)
	}
	return all
}

// isOfOtherType reports whether the branch of a union is for another JSON type, or for
// another "type" of object, than the value at the location at.
func isOfOtherType(branch *jsonschema.ValidationError, at []string) bool {
	return slices.ContainsFunc(faults(branch), func(fault *jsonschema.ValidationError) bool {
		switch fault.ErrorKind.(type) {
		case *kind.Type:
			return slices.Equal(fault.InstanceLocation, at)
		case *kind.Const, *kind.Enum:
			return slices.Equal(fault.InstanceLocation, append(slices.Clone(at), "type"))
		}
		return false
	})
}

// validBodies has a body that the adapter could send, for each schema.
var validBodies = map[string]string{
	schemaMessageCreate: `{
		"content": "Pod", "flags": 4, "tts": false, "sticker_ids": null,
		"embeds": [{
			"title": "Pod", "url": "https://kubernetes.io/docs/concepts/workloads/pods/", "description": "ポッド",
			"color": 3317989, "timestamp": "2026-11-24T01:02:03+09:00", "footer": {"text": "k8sbot"},
			"fields": [{"name": "Check", "value": "kubectl get pods", "inline": true}]
		}],
		"components": [{"type": 1, "components": [
			{"type": 2, "style": 2, "label": "Container", "custom_id": "1:term:container", "disabled": false},
			{"type": 2, "style": 5, "label": "Documentation", "url": "https://kubernetes.io/", "emoji": {"name": "📖"}}
		]}, {"type": 1, "components": [
			{"type": 3, "custom_id": "1:pick", "options": [{"label": "Pod", "value": "pod"}]}
		]}],
		"message_reference": {"message_id": "1311111111111111111", "channel_id": "1", "fail_if_not_exists": false},
		"allowed_mentions": {"parse": [], "replied_user": false},
		"nonce": "1311111111111111111", "enforce_nonce": true
	}`,
	schemaMessageEdit: `{
		"content": "", "embeds": [{"description": "Pod"}], "components": [], "allowed_mentions": {"parse": []}
	}`,
	schemaCallback: `{"type": 4, "data": {
		"content": "Pod", "flags": 64, "allowed_mentions": {"parse": []},
		"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Share", "custom_id": "1:share"}]}]
	}}`,
	schemaFollowup:     `{"content": "Pod", "flags": 64, "allowed_mentions": {"parse": []}}`,
	schemaFollowupEdit: `{"content": "Pod", "embeds": [], "allowed_mentions": {"parse": []}}`,
	schemaCommands: `[{
		"type": 1, "name": "k8s", "description": "Explains Kubernetes terms", "contexts": [0, 1, 2], "integration_types": [0, 1],
		"name_localizations": {"ja": "k8s"}, "description_localizations": {"ja": "Kubernetesの用語を説明"},
		"options": [{
			"type": 1, "name": "term", "description": "A term", "options": [
				{"type": 3, "name": "name", "description": "Which", "required": true, "autocomplete": true,
					"description_localizations": {"ja": "用語"}, "max_length": 100, "options": null, "channel_types": null},
				{"type": 5, "name": "public", "description": "Show to everyone"}
			]
		}]
	}, {"type": 3, "name": "Explain Kubernetes terms", "name_localizations": {"ja": "Kubernetes用語を説明"}, "options": null}]`,
	schemaGatewayBot: `{
		"url": "wss://gateway.discord.gg", "shards": 1,
		"session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": 1}
	}`,
}

func TestSchemasAccept(t *testing.T) {
	for _, name := range schemaNames {
		validate(t, name, []byte(validBodies[name]))
	}
	for what, body := range map[string]string{
		"pong":                   `{"type": 1}`,
		"deferred":               `{"type": 5}`,
		"deferred, ephemeral":    `{"type": 5, "data": {"flags": 64}}`,
		"deferred update":        `{"type": 6}`,
		"update":                 `{"type": 7, "data": {"content": "Pod", "embeds": null, "tts": false, "allowed_mentions": {"parse": []}}}`,
		"no choices":             `{"type": 8, "data": {"choices": []}}`,
		"choices":                `{"type": 8, "data": {"choices": [{"name": "Pod · ポッド", "value": "pod", "name_localizations": {"ja": "ポッド"}}]}}`,
		"choices from discordgo": `{"type": 8, "data": {"tts": false, "content": "", "components": null, "embeds": null, "choices": [{"name": "Pod", "value": "pod"}]}}`,
	} {
		t.Run(what, func(t *testing.T) { validate(t, schemaCallback, []byte(body)) })
	}
}

// TestSchemasRefuse makes one change to a valid body and verifies that the error names it.
func TestSchemasRefuse(t *testing.T) {
	long := func(n int) string { return strings.Repeat("あ", n) }
	many := func(n int, v any) []any { return slices.Repeat([]any{v}, n) }
	type object = map[string]any
	button := object{"type": 2, "style": 1, "label": "Share", "custom_id": "1:share"}
	row := object{"type": 1, "components": []any{button}}
	field := object{"name": "Check", "value": "kubectl get pods"}
	choice := object{"name": "Pod", "value": "pod"}
	option := object{"type": 3, "name": "name", "description": "Which"}

	for _, tt := range []struct {
		what   string
		schema string
		at     string // JSON pointer to the changed value
		value  any
		fault  string // location in the error, if it is not at
	}{
		{what: "content too long", schema: schemaMessageCreate, at: "/content", value: long(2001)},
		{what: "content as a number", schema: schemaMessageCreate, at: "/content", value: 1},
		{what: "11 embeds", schema: schemaMessageCreate, at: "/embeds", value: many(11, object{})},
		{what: "title too long", schema: schemaMessageCreate, at: "/embeds/0/title", value: long(257)},
		{what: "description too long", schema: schemaMessageCreate, at: "/embeds/0/description", value: long(4097)},
		{what: "colour of 25 bits", schema: schemaMessageCreate, at: "/embeds/0/color", value: 1 << 24},
		{what: "colour with a fraction", schema: schemaMessageCreate, at: "/embeds/0/color", value: 0.5},
		{what: "invalid URL", schema: schemaMessageCreate, at: "/embeds/0/url", value: "pods"},
		{what: "invalid timestamp", schema: schemaMessageCreate, at: "/embeds/0/timestamp", value: "yesterday"},
		{what: "footer too long", schema: schemaMessageCreate, at: "/embeds/0/footer/text", value: long(2049)},
		{what: "26 fields", schema: schemaMessageCreate, at: "/embeds/0/fields", value: many(26, field)},
		{what: "field name too long", schema: schemaMessageCreate, at: "/embeds/0/fields/0/name", value: long(257)},
		{what: "field value too long", schema: schemaMessageCreate, at: "/embeds/0/fields/0/value", value: long(1025)},
		{what: "field without a value", schema: schemaMessageCreate, at: "/embeds/0/fields/0", value: object{"name": "Check"}},
		{what: "misspelt field", schema: schemaMessageCreate, at: "/embeds/0/colour", value: 1},
		{what: "6 rows", schema: schemaMessageCreate, at: "/components", value: many(6, row)},
		{what: "empty row", schema: schemaMessageCreate, at: "/components/0/components", value: []any{}},
		{what: "6 buttons in a row", schema: schemaMessageCreate, at: "/components/0/components", value: many(6, button)},
		{what: "button outside a row", schema: schemaMessageCreate, at: "/components/0", value: button, fault: "/components/0/type"},
		{what: "unknown component", schema: schemaMessageCreate, at: "/components/0/components/0/type", value: 99},
		{what: "unknown button style", schema: schemaMessageCreate, at: "/components/0/components/0/style", value: 9},
		{what: "label too long", schema: schemaMessageCreate, at: "/components/0/components/0/label", value: long(81)},
		{what: "custom_id too long", schema: schemaMessageCreate, at: "/components/0/components/0/custom_id", value: long(101)},
		{what: "link too long", schema: schemaMessageCreate, at: "/components/0/components/1/url", value: "https://kubernetes.io/" + strings.Repeat("a", 491)},
		{what: "select without options", schema: schemaMessageCreate, at: "/components/1/components/0/options", value: []any{}},
		{what: "invalid snowflake", schema: schemaMessageCreate, at: "/message_reference/message_id", value: "C024BE91L"},
		{what: "snowflake as a number", schema: schemaMessageCreate, at: "/message_reference/message_id", value: 1},
		{what: "null mentions", schema: schemaMessageCreate, at: "/allowed_mentions", value: nil},
		{what: "null parse", schema: schemaMessageCreate, at: "/allowed_mentions/parse", value: nil},
		{what: "no parse", schema: schemaMessageCreate, at: "/allowed_mentions", value: object{"replied_user": false}},
		{what: "unknown mention", schema: schemaMessageCreate, at: "/allowed_mentions/parse", value: []any{"here"}, fault: "/allowed_mentions/parse/0"},
		{what: "nonce too long", schema: schemaMessageCreate, at: "/nonce", value: long(26)},
		{what: "enforce_nonce as text", schema: schemaMessageCreate, at: "/enforce_nonce", value: "yes"},

		{what: "edit too long", schema: schemaMessageEdit, at: "/content", value: long(2001)},
		{what: "edit with null parse", schema: schemaMessageEdit, at: "/allowed_mentions/parse", value: nil},
		{what: "edit with a nonce", schema: schemaMessageEdit, at: "/nonce", value: "1"},
		{what: "edit with discordgo's own ID", schema: schemaMessageEdit, at: "/ID", value: "1311111111111111111"},

		{what: "unknown callback", schema: schemaCallback, at: "/type", value: 99},
		{what: "callback of a modal", schema: schemaCallback, at: "/type", value: 9},
		{what: "type as text", schema: schemaCallback, at: "/type", value: "4"},
		{what: "answer too long", schema: schemaCallback, at: "/data/content", value: long(2001)},
		{what: "answer with null parse", schema: schemaCallback, at: "/data/allowed_mentions/parse", value: nil},
		{what: "answer with unknown style", schema: schemaCallback, at: "/data/components/0/components/0/style", value: 0},
		{what: "answer with 6 buttons", schema: schemaCallback, at: "/data/components/0/components", value: many(6, button)},
		{what: "answer with choices", schema: schemaCallback, at: "/data/choices", value: []any{choice}},
		{what: "26 choices", schema: schemaCallback, at: "", value: object{"type": 8, "data": object{"choices": many(26, choice)}}, fault: "/data/choices"},
		{what: "null choices", schema: schemaCallback, at: "", value: object{"type": 8, "data": object{"choices": nil}}, fault: "/data/choices"},
		{what: "missing choices", schema: schemaCallback, at: "", value: object{"type": 8, "data": object{}}, fault: "/data"},
		{what: "choice too long", schema: schemaCallback, at: "", value: object{"type": 8, "data": object{"choices": []any{object{"name": long(101), "value": "pod"}}}}, fault: "/data/choices/0/name"},
		{what: "choice without a name", schema: schemaCallback, at: "", value: object{"type": 8, "data": object{"choices": []any{object{"name": "", "value": "pod"}}}}, fault: "/data/choices/0/name"},

		{what: "followup too long", schema: schemaFollowup, at: "/content", value: long(2001)},
		{what: "followup with null parse", schema: schemaFollowup, at: "/allowed_mentions/parse", value: nil},
		{what: "flags as text", schema: schemaFollowup, at: "/flags", value: "64"},
		{what: "followup with a nonce", schema: schemaFollowup, at: "/nonce", value: "1"},
		{what: "followup edit too long", schema: schemaFollowupEdit, at: "/content", value: long(2001)},
		{what: "followup edit with null parse", schema: schemaFollowupEdit, at: "/allowed_mentions/parse", value: nil},
		{what: "followup edit with tts", schema: schemaFollowupEdit, at: "/tts", value: true},

		{what: "131 commands", schema: schemaCommands, at: "", value: many(131, object{"name": "k8s"})},
		{what: "command name too long", schema: schemaCommands, at: "/0/name", value: long(33)},
		{what: "command description too long", schema: schemaCommands, at: "/0/description", value: long(101)},
		{what: "unknown locale", schema: schemaCommands, at: "/0/name_localizations", value: object{"jp": "k8s"}, fault: "en-GB"},
		{what: "localised name too long", schema: schemaCommands, at: "/1/name_localizations/ja", value: long(33)},
		{what: "localised description too long", schema: schemaCommands, at: "/0/description_localizations/ja", value: long(101)},
		{what: "unknown context", schema: schemaCommands, at: "/0/contexts/0", value: 3},
		{what: "no context", schema: schemaCommands, at: "/0/contexts", value: []any{}},
		{what: "unknown integration", schema: schemaCommands, at: "/0/integration_types/1", value: 2},
		{what: "26 options", schema: schemaCommands, at: "/0/options/0/options", value: many(26, option)},
		{what: "option without a description", schema: schemaCommands, at: "/0/options/0/options/0/description", value: ""},
		{what: "unknown option", schema: schemaCommands, at: "/0/options/0/options/0/type", value: 99},
		{what: "option in an option", schema: schemaCommands, at: "/0/options/0/options/0/options", value: []any{option}},
		{what: "max_length too large", schema: schemaCommands, at: "/0/options/0/options/0/max_length", value: 6001},

		{what: "no number of shards", schema: schemaGatewayBot, at: "/shards", value: nil},
		{what: "no gateway URL", schema: schemaGatewayBot, at: "/url", value: "gateway"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			var body any
			if err := json.Unmarshal([]byte(validBodies[tt.schema]), &body); err != nil {
				t.Fatal(err)
			}
			changed, err := json.Marshal(withValue(t, body, tt.at, tt.value))
			if err != nil {
				t.Fatal(err)
			}
			location := tt.at
			if tt.fault != "" {
				location = tt.fault
			}
			err = checkSchema(tt.schema, changed)
			if err == nil {
				t.Fatalf("%s: got no error for %s", tt.schema, changed)
			}
			if !strings.Contains(err.Error(), "'"+location+"'") {
				t.Errorf("got error %v, want one at %q", err, location)
			}
		})
	}
}

// withValue returns the JSON value doc with value set at the JSON pointer at.
func withValue(tb testing.TB, doc any, at string, value any) any {
	tb.Helper()
	if at == "" {
		return value
	}
	key, rest, more := strings.Cut(at[1:], "/")
	if more {
		rest = "/" + rest
	}
	switch doc := doc.(type) {
	case map[string]any:
		doc[key] = withValue(tb, doc[key], rest, value)
	case []any:
		i, err := strconv.Atoi(key)
		if err != nil || i >= len(doc) {
			tb.Fatalf("no element %q in %v", key, doc)
		}
		doc[i] = withValue(tb, doc[i], rest, value)
	default:
		tb.Fatalf("no %q in %v", at, doc)
	}
	return doc
}

func TestCheckSchemaInput(t *testing.T) {
	for _, tt := range []struct{ schema, body, want string }{
		{"MessageDeleteRequest", `{}`, `unknown schema "MessageDeleteRequest"`},
		{schemaMessageCreate, `{`, "read the body"},
		{schemaMessageCreate, `{} {}`, "read the body"},
	} {
		if err := checkSchema(tt.schema, []byte(tt.body)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("checkSchema(%q, %q) = %v, want %q", tt.schema, tt.body, err, tt.want)
		}
	}
}

// BenchmarkCheckSchema measures checking the largest of validBodies.
func BenchmarkCheckSchema(b *testing.B) {
	body := []byte(validBodies[schemaMessageCreate])
	for b.Loop() {
		validate(b, schemaMessageCreate, body)
	}
}
