// Generates openapi.json: the parts of Discord's published OpenAPI document
// (https://github.com/discord/discord-api-spec, MIT) that this bot uses, as
// JSON Schema 2020-12. The input is the npm package discord-api-spec
// (https://github.com/RiskyMH/discord-api-spec-ts, MIT), which is generated
// from that document. openapi.LICENSE has the licence of both.
//
// To regenerate it, from an empty directory outside the repository:
//
//	npm install --ignore-scripts discord-api-spec@10.0.266135 zod@4.6.7
//	cp …/bot/discord/testdata/openapi.mjs .
//	node openapi.mjs > …/bot/discord/testdata/openapi.json
//
// A newer version of the package has a newer document: change the command
// above and read the diff of openapi.json.
//
// Zod cannot express all of the document. The package loses uniqueItems,
// maxProperties, the difference between integer and number if no width is
// given, and that the data of an autocomplete callback is required. The last
// two are restored below. A oneOf becomes an anyOf; the document's README
// recommends that because a body may match two branches.
import { readFileSync } from "node:fs";
import * as document from "discord-api-spec/zod";
import * as z from "zod";

const version = JSON.parse(readFileSync("node_modules/discord-api-spec/package.json")).version;

// roots are the schemas that the tests use, with the operation that accepts them.
const roots = [
  "MessageCreateRequest", // POST /channels/{id}/messages
  "MessageEditRequestPartial", // PATCH /channels/{id}/messages/{id}
  "IncomingWebhookRequestPartial", // POST /webhooks/{id}/{token}
  "IncomingWebhookUpdateRequestPartial", // PATCH /webhooks/{id}/{token}/messages/{id or @original}
  "GatewayBotResponse", // response of GET /gateway/bot
  "InteractionCallbackRequest",
  "ApplicationCommandsRequest",
];

// bodies are schemas that the document has inline at an operation, without a name.
const bodies = {
  // POST /interactions/{id}/{token}/callback, without modals, activities and
  // purchases.
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

// unused are schemas that this bot does not use. Properties that need one are
// removed, so a body with such a property is invalid. To use a schema, delete
// it from this list.
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

// isUnused reports whether a schema is empty without the unused schemas.
function isUnused(schema) {
  if (schema.$ref) return unused.some((name) => schema.$ref === ref(name).$ref);
  if (schema.items) return isUnused(schema.items);
  if (schema.anyOf) return schema.anyOf.every((s) => s.type === "null" || isUnused(s));
  return false;
}

// cut returns a schema without its unused parts. Numbers become integers, as in
// the document: this bot sends no other numbers. Nullable types get the
// document's short form {type: [T, "null"]} instead of
// {anyOf: [{type: T}, {type: "null"}]}.
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
      // Zod's undefined becomes {}, which would accept everything.
      out[key] = value.filter((s) => !isUnused(s) && Object.keys(s).length > 0).map(cut);
    } else {
      out[key] = cut(value);
    }
  }
  // The format is enough; zod's pattern accepts only the offset Z.
  if (out.format === "date-time") delete out.pattern;
  if (out.type === "number") out.type = "integer";
  if (Array.isArray(out.type)) out.type = out.type.map((t) => (t === "number" ? "integer" : t));
  if (!out.anyOf) return out;
  const [value, ...others] = out.anyOf;
  if (others.length === 0) return value;
  if (others.length === 1 && others[0].type === "null" && value.type) return { ...value, type: [value.type, "null"] };
  return out;
}

// tighten adds rules that the document lacks and that this bot must follow.
function tighten(defs) {
  for (const [name, schema] of Object.entries(defs)) {
    // The document accepts unknown fields. Reject them to catch misspelt ones,
    // except with empty values: discordgo v0.29.0 uses one struct for several
    // schemas and writes "options": null into text options, and "tts": false
    // and "content": "" into autocomplete.
    if (schema.properties && !name.endsWith("Response")) schema.additionalProperties = { enum: [null, false, ""] };
    for (const [field, value] of Object.entries(schema.properties ?? {})) {
      // The document accepts any key as a locale.
      if (field.endsWith("_localizations")) value.propertyNames = ref("AvailableLocalesEnum");
      // If it is null, Discord's default applies: every mention pings.
      // https://docs.discord.com/developers/resources/message#allowed-mentions-object
      if (field === "allowed_mentions") schema.properties[field] = ref("MessageAllowedMentionsRequest");
    }
  }
  const mentions = defs.MessageAllowedMentionsRequest;
  mentions.required = ["parse"];
  mentions.properties.parse.type = "array";
  // The document accepts missing choices. A response without suggestions must
  // have an empty list.
  // https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete
  const choices = defs.InteractionApplicationCommandAutocompleteCallbackStringData;
  choices.required = ["choices"];
  choices.properties.choices.type = "array";
  // The document accepts 4,000 and 40, the limits of components v2.
  // https://docs.discord.com/developers/resources/message#create-message
  // https://docs.discord.com/developers/components/reference#legacy-message-component-behavior
  for (const name of messages) {
    defs[name].properties.content.maxLength = 2000;
    defs[name].properties.components.maxItems = 5;
  }
}

// reach adds a schema and all schemas that it needs to names.
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
