// Writes openapi.json: the parts of Discord's published OpenAPI document
// (https://github.com/discord/discord-api-spec, MIT) that the bodies of this
// bot use, as JSON Schema 2020-12. The document comes from the npm package
// discord-api-spec (https://github.com/RiskyMH/discord-api-spec-ts, MIT),
// which is generated from it. Licence of both: openapi.LICENSE.
//
// To make it again, from an empty directory outside the repository:
//
//	npm install --ignore-scripts discord-api-spec@10.0.266135 zod@4.6.7
//	cp …/bot/discord/testdata/openapi.mjs .
//	node openapi.mjs > …/bot/discord/testdata/openapi.json
//
// A newer version of the package is a newer document: change the command
// above and read the diff of openapi.json.
//
// What the package loses of the document, being zod: uniqueItems,
// maxProperties, the difference of integer and number where no width is
// stated, and that the data of an autocomplete callback is required. The last
// two are mended below. A oneOf is an anyOf here; the document's own README
// asks to take its unions so, since a body may fit two of the branches.
import { readFileSync } from "node:fs";
import * as document from "discord-api-spec/zod";
import * as z from "zod";

const version = JSON.parse(readFileSync("node_modules/discord-api-spec/package.json")).version;

// roots are the schemas that tests name, by the operation that takes them.
const roots = [
  "MessageCreateRequest", // POST /channels/{id}/messages
  "MessageEditRequestPartial", // PATCH /channels/{id}/messages/{id}
  "IncomingWebhookRequestPartial", // POST /webhooks/{id}/{token}
  "IncomingWebhookUpdateRequestPartial", // PATCH /webhooks/{id}/{token}/messages/{id or @original}
  "GatewayBotResponse", // what GET /gateway/bot answers
  "InteractionCallbackRequest",
  "ApplicationCommandsRequest",
];

// bodies are what the document writes at an operation without naming it.
const bodies = {
  // POST /interactions/{id}/{token}/callback, without the kinds of answer that
  // this bot does not give: modals, activities, purchases.
  InteractionCallbackRequest: {
    anyOf: [
      "PongInteractionCallbackRequest",
      "CreateMessageInteractionCallbackRequest",
      "UpdateMessageInteractionCallbackRequest",
      "ApplicationCommandAutocompleteCallbackRequest",
    ].map(ref),
  },
  // PUT /applications/{id}/commands and /applications/{id}/guilds/{id}/commands
  ApplicationCommandsRequest: {
    type: "array",
    maxItems: 130,
    items: ref("ApplicationCommandUpdateRequest"),
  },
};

// unused are schemas that this bot sends nothing of. A property whose value
// needs one is left out, so a body with it is refused: to use one, strike it
// from this list.
const unused = [
  "ApplicationCommandAttachmentOption",
  "ApplicationCommandChannelOption",
  "ApplicationCommandMentionableOption",
  "ApplicationCommandNumberOption",
  "ApplicationCommandRoleOption",
  "ApplicationCommandUserOption",
  "ChannelSelectComponentForMessageRequest",
  "ContainerComponentForMessageRequest",
  "CustomClientThemeShareRequest",
  "FileComponentForMessageRequest",
  "InteractionApplicationCommandAutocompleteCallbackIntegerData",
  "InteractionApplicationCommandAutocompleteCallbackNumberData",
  "MediaGalleryComponentForMessageRequest",
  "MentionableSelectComponentForMessageRequest",
  "PollCreateRequest",
  "RoleSelectComponentForMessageRequest",
  "SectionComponentForMessageRequest",
  "SeparatorComponentForMessageRequest",
  "TextDisplayComponentForMessageRequest",
  "UserSelectComponentForMessageRequest",
];

// messages are the schemas with the content and components of a message.
const messages = [
  "MessageCreateRequest",
  "MessageEditRequestPartial",
  "IncomingWebhookRequestPartial",
  "IncomingWebhookUpdateRequestPartial",
  "IncomingWebhookInteractionRequest",
  "IncomingWebhookUpdateForInteractionCallbackRequestPartial",
];

function ref(name) {
  return { $ref: "#/$defs/" + name };
}

// isUnused tells whether nothing is left of a schema without those unused.
function isUnused(schema) {
  if (schema.$ref) return unused.some((name) => schema.$ref === ref(name).$ref);
  if (schema.items) return isUnused(schema.items);
  if (schema.anyOf) return schema.anyOf.every((s) => s.type === "null" || isUnused(s));
  return false;
}

// cut returns the schema without the parts unused, with integers where the
// document has them (no number that this bot sends is another), and in the
// document's short form: {type: [T, "null"]}, not {anyOf: [{type: T}, {type: "null"}]}.
function cut(schema) {
  if (Array.isArray(schema)) return schema.map(cut);
  if (schema === null || typeof schema !== "object") return schema;
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "$schema" || key === "$id") continue;
    if (key === "properties") {
      const used = Object.entries(value).filter(([, s]) => !isUnused(s));
      out[key] = Object.fromEntries(used.map(([name, s]) => [name, cut(s)]));
    } else if (key === "anyOf") {
      // {} is what is left of zod's undefined, and would let everything pass.
      out[key] = value.filter((s) => !isUnused(s) && Object.keys(s).length > 0).map(cut);
    } else {
      out[key] = cut(value);
    }
  }
  // The format says it; zod's pattern for it knows no offset but Z.
  if (out.format === "date-time") delete out.pattern;
  if (out.type === "number") out.type = "integer";
  if (Array.isArray(out.type)) out.type = out.type.map((t) => (t === "number" ? "integer" : t));
  if (!out.anyOf) return out;
  const [value, ...others] = out.anyOf;
  if (others.length === 0) return value;
  if (others.length === 1 && others[0].type === "null" && value.type) return { ...value, type: [value.type, "null"] };
  return out;
}

// tighten adds to the document what it leaves open and this bot must keep.
function tighten(defs) {
  for (const [name, schema] of Object.entries(defs)) {
    // The document lets unknown fields pass; a misspelt one shall not, unless
    // it says nothing: discordgo v0.29.0 writes "options": null into an option
    // of text and "tts": false, "content": "" into autocomplete, for its
    // structs serve several schemas each.
    if (schema.properties && !name.endsWith("Response")) schema.additionalProperties = { enum: [null, false, ""] };
    for (const [field, value] of Object.entries(schema.properties ?? {})) {
      // The document takes any key for a locale.
      if (field.endsWith("_localizations")) value.propertyNames = ref("AvailableLocalesEnum");
      // Where it is null, Discord's default stands: every mention is live.
      // https://docs.discord.com/developers/resources/message#allowed-mentions-object
      if (field === "allowed_mentions") schema.properties[field] = ref("MessageAllowedMentionsRequest");
    }
  }
  const mentions = defs.MessageAllowedMentionsRequest;
  mentions.required = ["parse"];
  mentions.properties.parse.type = "array";
  // The document takes choices that are missing; an answer without
  // suggestions is an empty list.
  // https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete
  const choices = defs.InteractionApplicationCommandAutocompleteCallbackStringData;
  choices.required = ["choices"];
  choices.properties.choices.type = "array";
  // The document takes 4,000 and 40, the sums of messages in components v2.
  // https://docs.discord.com/developers/resources/message#create-message
  // https://docs.discord.com/developers/components/reference#legacy-message-component-behavior
  for (const name of messages) {
    defs[name].properties.content.maxLength = 2000;
    defs[name].properties.components.maxItems = 5;
  }
}

// reach adds to names all the schemas that the one named needs.
function reach(defs, name, names) {
  if (names.has(name)) return;
  names.add(name);
  if (!defs[name]) throw new Error(`no schema ${name} in the document`);
  for (const [, next] of JSON.stringify(defs[name]).matchAll(/"#\/\$defs\/(\w+)"/g)) reach(defs, next, names);
}

const registry = z.registry();
for (const [name, schema] of Object.entries(document)) {
  if (name.endsWith("Schema")) registry.add(schema, { id: name.slice(0, -"Schema".length) });
}
const { schemas } = z.toJSONSchema(registry, { io: "input", unrepresentable: "any", uri: (id) => ref(id).$ref });
const defs = { ...bodies };
for (const [name, schema] of Object.entries(schemas)) defs[name] = cut(schema);
tighten(defs);
const names = new Set();
for (const root of roots) reach(defs, root, names);

const out = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $comment: `Made by openapi.mjs from discord-api-spec ${version}, do not edit. Copyright 2023 Discord, 2026 RiskyMH; MIT, see openapi.LICENSE.`,
  $defs: Object.fromEntries([...names].sort().map((name) => [name, defs[name]])),
};
console.log(JSON.stringify(out, null, 1));
