package main

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed lists the packages of this module that each package may import, and why no
// others. All arrows point to the right:
//
//	cmd/k8sbot -> bot/slack, bot/discord, bot/mcp, bot/console -> bot/platform -> bot -> bot/answer, bot/breaker; bot -> glossary
//	cmd/k8sbot -> bot/daily -> bot, bot/schedule; bot/answer -> bot/wording -> bot/reply, bot/schedule
//	bot/review/reviewtest -> bot/review -> bot/review/fsrs; bot/review -> bot/schedule, glossary -> glossary/fold
//	cmd/k8sbot -> bot/web; cmd/k8sbot -> bot/store -> bot, bot/daily, bot/review
//	bot -> glossary/diagnose -> glossary/search -> glossary -> glossary/fold
//	glossary/diagnose -> glossary/paste -> its readers -> glossary/paste/parse -> glossary/paste/line -> glossary/paste/observe -> glossary/fold; cmd/k8sbot -> glossary/lint -> glossary
//	glossary/diagnose, glossary/search, glossary/lint -> glossary/template; glossary/lint -> glossary/paste/observe
var allowed = map[string]struct {
	imports []string
	why     string
}{
	"glossary/zipped":                {nil, "a leaf: how text is embedded does not depend on what it says"},
	"glossary/fold":                  {[]string{"glossary/zipped"}, "a leaf: letters, tokens and edits do not depend on terms"},
	"glossary/compact":               {nil, "a leaf: an encoding does not depend on what is encoded"},
	"glossary/lazyregexp":            {nil, "a leaf: when an expression is compiled does not depend on what it matches"},
	"glossary/mark":                  {nil, "a leaf: code marks do not depend on whose text it is"},
	"glossary/parallel":              {nil, "a leaf: how work is spread over cores does not depend on the work"},
	"glossary/stable":                {nil, "a leaf: how a list is sorted does not depend on what it contains"},
	"glossary/slip":                  {[]string{"glossary/lazyregexp"}, "almost a leaf: mistakes in YAML do not depend on what it says"},
	"glossary":                       {[]string{"glossary/compact", "glossary/lazyregexp", "glossary/parallel", "glossary/zipped", "glossary/fold", "glossary/mark", "glossary/slip"}, "the glossary does not depend on the chat or on SQL"},
	"glossary/page":                  {[]string{"glossary/stable", "glossary/zipped", "glossary", "glossary/fold"}, "the page is made of the glossary alone"},
	"glossary/paste/lex":             {[]string{"glossary/lazyregexp"}, "almost a leaf: words, numbers and quotes mean nothing yet"},
	"glossary/paste/observe":         {[]string{"glossary/zipped", "glossary/lazyregexp", "glossary/paste/lex", "glossary/fold"}, "the model does not depend on the form of the input"},
	"glossary/paste/line":            {[]string{"glossary/lazyregexp", "glossary/parallel", "glossary/paste/observe", "glossary/paste/lex"}, "a line does not depend on who reads it, and the halves of a long text are cleaned at the same time"},
	"glossary/paste/parse":           {[]string{"glossary/lazyregexp", "glossary/parallel", "glossary/paste/line", "glossary/paste/observe", "glossary/paste/lex", "glossary/fold"}, "what all readers share does not depend on any of them, except for tables and events; the halves of a long table are read at the same time"},
	"glossary/paste/resource":        {[]string{"glossary/paste/parse", "glossary/paste/observe", "glossary/paste/lex"}, "what an object says does not depend on whether a manifest or a description has it"},
	"glossary/paste/manifest":        {[]string{"glossary/paste/resource", "glossary/paste/parse", "glossary/paste/line", "glossary/paste/observe", "glossary/paste/lex"}, "a reader does not depend on another reader"},
	"glossary/paste/describe":        {[]string{"glossary/paste/resource", "glossary/paste/parse", "glossary/paste/line", "glossary/paste/observe", "glossary/paste/lex", "glossary/fold"}, "a reader does not depend on another reader"},
	"glossary/paste/logs":            {[]string{"glossary/lazyregexp", "glossary/paste/parse", "glossary/paste/line", "glossary/paste/observe", "glossary/paste/lex"}, "a reader does not depend on another reader"},
	"glossary/paste/tools/verdict":   {[]string{"glossary/lazyregexp", "glossary/paste/lex", "glossary/paste/observe"}, "what a value means does not depend on the form of the report"},
	"glossary/paste/tools":           {[]string{"glossary/paste/tools/verdict", "glossary/lazyregexp", "glossary/paste/logs", "glossary/paste/parse", "glossary/paste/line", "glossary/paste/observe", "glossary/paste/lex"}, "tools print lines of logs between their own"},
	"glossary/paste/parse/parsetest": {[]string{"glossary/paste/parse", "glossary/paste/line", "glossary/paste/observe"}, "the tests for all readers do not depend on any of them"},
	"glossary/paste":                 {[]string{"glossary/parallel", "glossary/paste/tools", "glossary/paste/logs", "glossary/paste/describe", "glossary/paste/manifest", "glossary/paste/parse", "glossary/paste/line", "glossary/paste/observe", "glossary/paste/lex"}, "it lists the readers, and halves long texts: reading a paste does not depend on terms"},
	"glossary/search":                {[]string{"glossary/compact", "glossary/lazyregexp", "glossary/mark", "glossary/parallel", "glossary/search/bm25", "glossary/search/command", "glossary/search/document", "glossary/search/guard", "glossary/search/inverted", "glossary/search/latent", "glossary/search/message", "glossary/search/near", "glossary/search/problem", "glossary/search/question", "glossary/search/rarity", "glossary/search/scan", "glossary/search/sorted", "glossary/search/sound", "glossary/search/task", "glossary/search/token", "glossary", "glossary/fold"}, "the search does not depend on the chat"},
	"glossary/search/command":        {[]string{"glossary/lazyregexp", "glossary/fold"}, "what is a command does not depend on the terms"},
	"glossary/search/document":       {[]string{"glossary/search/token", "glossary/mark", "glossary"}, "the tokens of a term do not depend on how they are ranked"},
	"glossary/search/guard":          {[]string{"glossary/zipped", "glossary/fold"}, "what is not a name of a term does not depend on the terms"},
	"glossary/search/inverted":       {[]string{"glossary/search/document", "glossary/search/sorted"}, "where a token occurs does not depend on how it is weighed"},
	"glossary/search/rarity":         {[]string{"glossary/search/scan", "glossary/mark", "glossary/parallel", "glossary"}, "how rare a term is does not depend on what it is weighed with"},
	"glossary/search/sound":          {[]string{"glossary/search/sorted", "glossary/fold"}, "how a name sounds does not depend on its term"},
	"glossary/search/sorted":         {nil, "a leaf: how strings are found does not depend on what they mean"},
	"glossary/search/latent":         {[]string{"glossary/compact", "glossary/search/sorted"}, "almost a leaf: a direction does not depend on how it is weighed"},
	"glossary/search/message":        {[]string{"glossary/search/sorted", "glossary/template", "glossary", "glossary/fold"}, "an index does not depend on the search that combines it with others"},
	"glossary/search/near":           {[]string{"glossary/fold"}, "an index of words does not depend on what they name"},
	"glossary/search/scan":           {[]string{"glossary", "glossary/fold"}, "an index does not depend on the search that combines it with others"},
	"glossary/search/token":          {[]string{"glossary/zipped", "glossary/fold"}, "a leaf: what a token is does not depend on how it is weighed"},
	"glossary/search/problem":        {[]string{"glossary/search/task"}, "whether a query is a complaint does not depend on how terms are ranked"},
	"glossary/search/question":       {[]string{"glossary/zipped", "glossary/lazyregexp", "glossary/search/phrase", "glossary/search/token", "glossary/fold"}, "the subject of a question does not depend on the terms"},
	"glossary/search/trie":           {nil, "a leaf: nodes of a trie without what they mean"},
	"glossary/search/bm25":           {[]string{"glossary/search/inverted", "glossary/search/sorted"}, "how documents are scored does not depend on what they are; their tokens are sorted strings"},
	"glossary/search/phrase":         {[]string{"glossary/search/trie", "glossary/fold"}, "how phrases are found does not depend on what they mean"},
	"glossary/search/task":           {[]string{"glossary/search/trie", "glossary/search/bm25", "glossary/compact", "glossary/search/document", "glossary/search/inverted", "glossary/search/latent", "glossary/search/token", "glossary/search/sorted", "glossary/lazyregexp", "glossary/search/phrase", "glossary/zipped", "glossary/template", "glossary/mark", "glossary", "glossary/fold"}, "what a request is for does not depend on how words are found"},
	"glossary/template":              {nil, "a leaf: the grammar of templates depends neither on terms nor on messages"},
	"glossary/diagnose/compare":      {[]string{"glossary/paste/lex", "glossary/paste/observe", "glossary/template"}, "how cells are compared does not depend on what a comparison means"},
	"glossary/diagnose/match":        {[]string{"glossary/stable", "glossary/paste/observe", "glossary/template"}, "how a message is matched does not depend on what a match means"},
	"glossary/diagnose/numbers":      {[]string{"glossary/paste/observe"}, "which objects are equal does not depend on what is wrong with them"},
	"glossary/diagnose": {[]string{"glossary/stable", "glossary/parallel", "glossary/diagnose/compare", "glossary/diagnose/match", "glossary/diagnose/numbers", "glossary/lazyregexp", "glossary/fold", "glossary/search", "glossary/paste", "glossary/paste/lex", "glossary/paste/observe", "glossary/template", "glossary"},
		"a finding is a term; the bot decides how to show it"},
	"glossary/longtest":   {[]string{"glossary"}, "which terms a test goes through depends on the terms alone"},
	"glossary/lint/gates": {[]string{"glossary/lazyregexp", "glossary/zipped"}, "a table of feature gates does not depend on the terms"},
	"glossary/lint":       {[]string{"glossary/zipped", "glossary/lazyregexp", "glossary/lint/gates", "glossary/mark", "glossary/paste/observe", "glossary/template", "glossary", "glossary/fold"}, "the rules for terms do not depend on how terms are used"},

	"glossary/sheet": {[]string{"glossary/lint", "glossary"}, "a spreadsheet becomes files that lint accepts, and does not depend on the command"},

	"bot/background":  {[]string{"bot/breaker"}, "how calls run does not depend on what they store"},
	"bot/breaker":     {nil, "a leaf that the conversation and the platforms share"},
	"bot/review/fsrs": {nil, "a leaf: the scheduler does not depend on what a card asks"},
	"bot/review": {[]string{"glossary/stable", "glossary/mark", "bot/review/fsrs", "bot/schedule", "glossary", "glossary/fold"},
		"who is asked what and when does not depend on the chat or on SQL: it declares the store that it needs"},
	"bot/review/reviewtest": {[]string{"bot/review", "bot/review/fsrs", "bot/schedule", "glossary"},
		"the tests for all stores do not depend on any of them"},

	"bot/followup":          {[]string{"glossary/fold"}, "what a question refers to does not depend on who answers it"},
	"bot/query":             {[]string{"glossary/lazyregexp", "glossary/fold", "glossary"}, "what people type does not depend on the terms that answer it"},
	"bot/schedule/zoneinfo": {nil, "a leaf: the data of time zones"},
	"bot/schedule":          {[]string{"bot/schedule/zoneinfo", "glossary/lazyregexp", "glossary", "glossary/fold"}, "the calendar does not depend on the chat or on a store"},
	"bot/reply": {[]string{"glossary/diagnose", "glossary/search", "glossary/paste/observe", "glossary"},
		"a reply carries what was found, and does not depend on what it looks like"},
	"bot/reply/replyjson": {[]string{"glossary/mark", "bot/reply", "glossary/diagnose", "glossary/search", "glossary/search/task", "glossary/paste/observe", "glossary"},
		"the form for other programs does not depend on who sends it"},
	"bot/wording": {[]string{"glossary/lazyregexp", "bot/reply", "bot/schedule", "glossary"}, "what the bot says does not depend on when it says it"},
	"bot/answer": {[]string{"glossary/stable", "glossary/fold", "glossary/mark", "bot/query", "bot/wording", "bot/reply", "glossary/diagnose", "glossary/diagnose/numbers", "glossary/search", "glossary/search/guard", "glossary/search/question", "glossary/search/task", "glossary/paste/observe", "glossary"},
		"an answer depends on the terms and the language, not on who is asking or what is stored"},
	"bot/team": {[]string{"glossary/lazyregexp", "glossary/lint", "glossary/sheet", "glossary", "glossary/fold"},
		"who may change which word does not depend on the chat or on SQL: it declares the store that it needs"},
	"bot/team/overlay":  {[]string{"bot/breaker", "bot/query", "bot/team", "glossary/diagnose", "glossary/fold", "glossary/search", "glossary/search/question", "glossary"}, "how a word is found does not depend on who asks"},
	"bot/team/teamtest": {[]string{"bot/team", "glossary"}, "the tests for all stores do not depend on any of them"},
	"bot/redact":        {[]string{"glossary/lazyregexp"}, "what is sensitive does not depend on who asks"},
	"bot/editor": {[]string{"bot/redact", "glossary/fold", "bot/reply", "bot/team", "bot/team/overlay", "bot/wording", "glossary"},
		"what is said about proposals does not depend on a platform or on SQL"},
	"bot/courier": {[]string{"bot", "bot/editor", "bot/reply", "bot/team"}, "who sends a message does not depend on what it says"},
	"bot/study": {[]string{"glossary/lazyregexp", "bot/team", "bot/answer", "bot/wording", "bot/reply", "bot/review", "bot/schedule", "glossary"},
		"what is said about reviews does not depend on a platform or on how a request is read; a card may be of a team's term"},
	"bot/excerpt": {[]string{"bot/reply", "bot/wording", "glossary/paste"}, "which part of the input is read does not depend on who sent it"},
	"bot/param":   {[]string{"bot/study", "bot/wording", "glossary"}, "a parameter does not depend on the command that takes it"},
	"bot/command": {[]string{"bot/param", "bot/query", "bot/reply", "bot/schedule", "bot/study", "glossary", "glossary/paste"}, "what people can type does not depend on what happens then"},
	"bot": {[]string{"bot/background", "bot/command", "bot/editor", "bot/redact", "bot/team", "bot/team/overlay", "bot/followup", "bot/excerpt", "bot/study", "bot/review", "bot/answer", "bot/query", "bot/wording", "bot/reply", "bot/schedule", "bot/breaker", "glossary/diagnose", "glossary/search", "glossary/paste", "glossary", "glossary/fold"},
		"the conversation does not depend on a platform or a store: it declares the interfaces that it needs"},
	"bot/daily": {[]string{"bot/team", "bot/review", "bot/schedule", "bot", "bot/reply", "glossary"},
		"the worker does not depend on a platform or on SQL: it declares the interfaces that it needs; a daily term may be a team's"},

	"bot/digest": {[]string{"bot", "bot/reply", "bot/review"}, "the worker does not depend on a platform or on SQL: it declares the interfaces that it needs"},

	"bot/seal":              {nil, "a leaf: how a secret is encrypted does not depend on whose it is"},
	"bot/tenant":            {[]string{"bot"}, "what is kept of a tenant does not depend on a platform or on SQL"},
	"bot/tenant/tenanttest": {[]string{"bot/tenant", "bot"}, "the tests for all stores do not depend on any of them"},

	"bot/platform":       {[]string{"bot/breaker", "bot", "bot/reply"}, "what all adapters share does not depend on any of them"},
	"bot/platform/retry": {nil, "a leaf that all adapters share"},
	"bot/platform/textfile": {[]string{"bot/platform", "bot"},
		"reading files does not depend on the platform whose hosts it is given"},
	"bot/platform/platformtest": {[]string{"glossary/mark", "glossary/longtest", "bot/daily", "bot/platform", "bot", "bot/reply", "glossary"},
		"the tests for all adapters do not depend on any of them"},
	"bot/console": {[]string{"glossary/mark", "bot/command", "bot/console/lineedit", "bot/followup", "bot", "bot/reply", "glossary/paste", "glossary"},
		"an adapter does not depend on another adapter or on a store"},
	"bot/console/lineedit": {nil, "the line editor does not depend on the bot"},
	"bot/slack/manifest":   {[]string{"glossary"}, "how to create the app does not depend on what it does"},
	"bot/slack": {[]string{"bot/slack/manifest", "bot/digest", "bot/study", "bot/slack/blockkit", "bot/slack/mrkdwn", "bot/slack/plain", "bot/slack/profile", "bot/slack/socket", "bot/slack/webapi", "bot/slack/workspace", "bot/platform", "bot/platform/textfile", "bot/platform/retry", "bot", "bot/reply", "glossary", "bot/slack/directory", "bot/slack/formview"},
		"an adapter does not depend on another adapter or on a store"},
	"bot/slack/formview":  {[]string{"bot/platform", "bot/reply", "bot/study", "bot/slack/blockkit"}, "how a form looks does not depend on who opens it"},
	"bot/slack/plain":     {[]string{"bot/platform", "bot/slack/blockkit", "bot/slack/mrkdwn", "bot/slack/webapi"}, "a plainer form of a message does not depend on what it says or where it is sent"},
	"bot/slack/directory": {[]string{"bot/team"}, "who is in a workspace does not depend on who asks"},
	"bot/slack/oauth":     {[]string{"bot/slack/workspace", "bot/platform", "bot", "glossary"}, "installing the app does not depend on what it does"},
	"bot/slack/profile":   {[]string{"bot/slack/webapi", "bot/breaker"}, "what a profile says does not depend on who asks"},
	"bot/slack/webapi":    {[]string{"bot/platform", "bot/platform/retry", "bot"}, "what a call's errors mean does not depend on who calls"},
	"bot/slack/workspace": {[]string{"bot/seal", "bot/tenant", "bot/platform", "bot/platform/retry", "bot"}, "whose token is used does not depend on what for, or on a store"},
	"bot/slack/blockkit":  {[]string{"glossary/mark", "bot/slack/mrkdwn", "bot/platform", "bot/reply", "glossary"}, "how a reply looks does not depend on how it is sent"},
	"bot/slack/mrkdwn":    {nil, "a leaf: Slack's markup does not depend on who writes it"},
	"bot/slack/socket":    {[]string{"bot/platform/retry"}, "the connection to Slack does not depend on the bot"},
	"bot/discord": {[]string{"bot/digest", "bot/study", "bot/discord/appcommand", "bot/discord/errcode", "bot/discord/plain", "bot/param", "glossary/mark", "bot/discord/form", "bot/discord/gateway", "bot/discord/server", "bot/tenant", "bot/discord/markdown", "bot/discord/publickey", "bot/discord/route", "bot/discord/snowflake", "bot/discord/upload", "bot/platform", "bot/platform/textfile", "bot/platform/retry", "bot", "bot/reply", "glossary", "bot/command", "bot/discord/directory", "bot/discord/manifest"},
		"an adapter does not depend on another adapter or on a store"},
	"bot/mcp": {[]string{"glossary/mark", "bot/query", "bot/platform", "bot", "bot/reply", "bot/reply/replyjson", "glossary/diagnose", "glossary/search", "glossary"},
		"an adapter does not depend on another adapter or on a store"},
	"bot/discord/appcommand":          {[]string{"glossary/stable", "bot/command", "bot/discord/form", "bot/param", "bot/platform"}, "which commands there are does not depend on how they are registered"},
	"bot/discord/form":                {[]string{"bot/platform", "bot/reply", "bot/study", "glossary"}, "a form does not depend on the bot that reads it"},
	"bot/discord/gateway":             {[]string{"bot/platform/retry"}, "the gateway does not depend on the bot that answers its events"},
	"bot/discord/manifest":            {[]string{"bot/discord/route", "glossary"}, "how to set up the application does not depend on what it does"},
	"bot/discord/directory":           {[]string{"bot/team"}, "who may do what in a server does not depend on who asks"},
	"bot/discord/markdown":            {[]string{"glossary/mark"}, "Discord's Markdown does not depend on who writes it"},
	"bot/discord/server":              {[]string{"bot/tenant", "bot/platform/retry", "bot", "glossary"}, "which servers there are does not depend on what they ask"},
	"bot/discord/snowflake":           {nil, "a leaf: an ID does not depend on what has it"},
	"bot/discord/chart":               {nil, "a leaf: a picture does not depend on what it shows"},
	"bot/discord/errcode":             {[]string{"bot"}, "what an error code means does not depend on the call"},
	"bot/discord/plain":               {[]string{"bot/discord/markdown", "bot/platform"}, "a plainer form of a message does not depend on what it says or where it is sent"},
	"bot/discord/publickey":           {nil, "a leaf: a key does not depend on what it proves"},
	"bot/discord/upload":              {[]string{"bot/discord/chart", "bot/reply"}, "how files are encoded does not depend on who sends them"},
	"bot/discord/route":               {nil, "a route does not depend on who calls it"},
	"bot/discord/gateway/gatewaytest": {nil, "a fake Discord does not depend on its clients"},

	"bot/store": {[]string{"glossary/stable", "bot/store/database", "bot/store/deadpeer", "bot/store/location", "bot/followup", "bot/store/limits", "bot/platform/retry", "bot/daily", "bot/review", "bot/schedule", "bot", "glossary"},
		"the store does not depend on an adapter"},
	"bot/store/database": {nil, "a leaf: what tables need of a database does not depend on which tables there are"},
	"bot/store/deadpeer": {nil, "a leaf: whether a server responds does not depend on what is asked"},
	"bot/store/tenants":  {[]string{"glossary/stable", "bot/store/database", "bot/store/limits", "bot/tenant", "bot"}, "the tables of tenants do not depend on how the database is opened"},
	"bot/store/teams":    {[]string{"bot/store/database", "bot/store/limits", "bot/team"}, "the tables of one subject do not depend on the others"},
	"bot/store/location": {nil, "a leaf: where a file is does not depend on what is in it"},
	"bot/store/limits":   {[]string{"bot/followup", "bot/review", "bot"}, "the limits of all stores do not depend on any of them"},
	"bot/store/storetest": {[]string{"bot/followup", "bot/store/limits", "bot/daily", "bot/review", "bot/review/reviewtest", "bot/schedule", "bot", "glossary"},
		"a store for tests does not depend on the real store or on an adapter"},
	"bot/web": {nil, "the listener does not depend on an adapter: cmd/k8sbot gives it their handlers"},

	"cmd/k8sbot/discordapp": {[]string{"cmd/k8sbot/envvar", "bot/discord", "bot/discord/publickey", "bot/discord/route", "bot/platform"}, "the settings of Discord do not depend on other settings"},
	"cmd/k8sbot/slackapp":   {[]string{"cmd/k8sbot/envvar", "bot/mcp", "bot/seal", "bot/slack", "bot/slack/manifest", "bot/slack/oauth", "bot/slack/workspace", "bot/tenant", "bot/platform", "bot"}, "it wires the packages of Slack together"},
	"cmd/k8sbot/tenantcmd":  {[]string{"bot/seal", "bot/store/tenants", "bot/tenant", "bot"}, "a list of tenants does not depend on who prints it"},
	"cmd/k8sbot/checkout":   {nil, "a leaf: where files are does not depend on what they say"},
	"cmd/k8sbot/cluster":    {nil, "a leaf: what runs the bot in a cluster does not depend on what the bot does"},
	"cmd/k8sbot/about":      {nil, "a leaf: what the program says about itself does not depend on what it does"},
	"cmd/k8sbot/plaintext":  {nil, "a leaf: an encoding does not depend on what the text says"},
	"cmd/k8sbot/envvar":     {nil, "a leaf: reading a variable does not depend on which there are"},
	"cmd/k8sbot/system":     {[]string{"bot/schedule/zoneinfo"}, "what the operating system does is not about any command"},
	"cmd/k8sbot/plugin":     {nil, "a leaf: how the program is called does not depend on what it does"},
	"cmd/k8sbot/option":     {nil, "a leaf: a flag does not depend on the command that has it"},
	"cmd/k8sbot/completion": {[]string{"cmd/k8sbot/option"}, "how a shell completes does not depend on what it completes"},
	"cmd/k8sbot/listing":    {[]string{"glossary"}, "a list does not depend on how its terms are chosen"},
	"cmd/k8sbot/namelist":   {nil, "a leaf: a list does not depend on the glossary"},
	"cmd/k8sbot/task":       {nil, "a leaf: how tasks end does not depend on what they do"},
	"cmd/k8sbot/transfer":   {[]string{"bot/team", "glossary", "glossary/sheet"}, "moving terms does not depend on the database that has them"},
	"cmd/k8sbot": {[]string{"cmd/k8sbot/about", "cmd/k8sbot/checkout", "cmd/k8sbot/cluster", "cmd/k8sbot/completion", "cmd/k8sbot/option", "cmd/k8sbot/plugin", "cmd/k8sbot/discordapp", "cmd/k8sbot/envvar", "cmd/k8sbot/slackapp", "cmd/k8sbot/tenantcmd", "bot/slack/workspace", "bot/store/tenants", "cmd/k8sbot/listing", "cmd/k8sbot/namelist", "cmd/k8sbot/plaintext", "cmd/k8sbot/system", "bot/slack", "bot/slack/manifest", "bot/discord", "bot/mcp", "bot/console", "bot/console/lineedit", "bot/platform", "bot/web", "bot/store", "bot/store/location", "bot/review", "bot/study", "bot/daily", "bot/digest", "bot/followup", "bot", "bot/reply", "bot/reply/replyjson", "cmd/k8sbot/task", "cmd/k8sbot/transfer", "bot/team", "bot/discord/manifest", "bot/store/teams", "bot/courier", "bot/editor", "bot/team/overlay",
		"glossary/lint", "glossary/page", "glossary/search", "glossary/sheet", "glossary"},
		"it wires all others together"},
	"cmd/k8sbot/kubetest": {nil, "a separate module of tests only: nothing else needs the libraries of Kubernetes"},
}

// forbidden lists the packages of other modules that only some packages may import, and why.
var forbidden = []struct {
	module string
	only   []string
	why    string
}{
	{"github.com/slack-go/slack", []string{"bot/slack", "bot/slack/blockkit", "bot/slack/oauth", "bot/slack/profile", "bot/slack/socket", "bot/slack/webapi", "bot/slack/directory", "bot/slack/formview", "bot/slack/plain"}, "only the Slack adapter uses Slack's API"},
	{"github.com/bwmarrin/discordgo", []string{"bot/discord", "bot/discord/appcommand", "bot/discord/form", "bot/discord/gateway", "bot/discord/directory", "bot/discord/manifest"}, "only the Discord adapter uses Discord's API"},
	{"github.com/modelcontextprotocol/go-sdk", []string{"bot/mcp"}, "only the adapter for agents uses their protocol"},
	{"database/sql", []string{"bot/store", "bot/store/database", "bot/store/tenants", "bot/store/storetest", "bot/store/teams"}, "only the store uses SQL"},
	{"go.yaml.in/yaml", []string{"glossary", "glossary/sheet", "glossary/paste/manifest"}, "only the glossary reads terms, only a spreadsheet becomes some, and only the reader of pastes reads manifests"},
	{"github.com/sahilm/fuzzy", []string{"glossary/search"}, "only the search matches names"},
	{"k8s.io", nil, "kubectl's command tree is for tests: it is too heavy for the binary"},
	{"github.com/google/go-cmp", []string{"bot/platform/platformtest", "bot/team/teamtest"}, "a library for tests"},
}

// TestImports checks the code against both lists, and that each entry is still needed.
func TestImports(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	const module = "k8sbot/"
	used := make(map[string]bool) // packages, and "package imports package"
	for file, imports := range importsOf(t, "../..") {
		pkg := path.Dir(file)
		rule, known := allowed[pkg]
		if !known {
			t.Errorf("%s: package %s is not in the layout: add it to allowed in cmd/k8sbot/imports_test.go", file, pkg)
			continue
		}
		used[pkg] = true
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, imp := range imports {
			if own, ok := strings.CutPrefix(imp, module); ok {
				used[pkg+" imports "+own] = true
				if own != pkg && !slices.Contains(rule.imports, own) {
					t.Errorf("%s imports %s: %s", file, own, rule.why)
				}
				continue
			}
			for _, f := range forbidden {
				if imp != f.module && !strings.HasPrefix(imp, f.module+"/") {
					continue
				}
				used[pkg+" imports "+f.module] = true
				if !slices.Contains(f.only, pkg) {
					t.Errorf("%s imports %s: %s", file, imp, f.why)
				}
			}
		}
	}
	if !used["cmd/k8sbot"] || !used["glossary"] {
		t.Fatal("found no files")
	}
	for pkg, rule := range allowed {
		if !used[pkg] {
			t.Errorf("allowed lists package %s, which does not exist: delete it there", pkg)
			continue
		}
		for _, imp := range rule.imports {
			if !used[pkg+" imports "+imp] {
				t.Errorf("allowed lists %s importing %s, which it does not: delete it there", pkg, imp)
			}
		}
	}
	for _, f := range forbidden {
		for _, pkg := range f.only {
			if !used[pkg+" imports "+f.module] {
				t.Errorf("forbidden lists %s importing %s, which it does not: delete it there", pkg, f.module)
			}
		}
	}
}

// importsOf returns the imports of each Go file below root.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	imports := make(map[string][]string)
	for _, file := range goFiles(t, root) {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		imports[file] = nil
		for _, spec := range parsed.Imports {
			imp, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			imports[file] = append(imports[file], imp)
		}
	}
	return imports
}

// TestTopLevel checks that the top level of the repository has no other files.
func TestTopLevel(t *testing.T) {
	fixed := []string{"Dockerfile", "LICENSE", "README.md", "bot", "cmd", "glossary", "go.mod", "go.sum"}
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(fixed, e.Name()) {
			t.Errorf("%s is not allowed at the top level, which has only %s", e.Name(), strings.Join(fixed, ", "))
		}
	}
}

// TestModule limits the number of indirect requirements of the module, and checks that none is
// from Kubernetes.
func TestModule(t *testing.T) {
	const maxIndirect = 32
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(mod), "// indirect"); n > maxIndirect {
		t.Errorf("go.mod has %d indirect requirements, want at most %d: drop some, or raise the limit and give the reason in the commit", n, maxIndirect)
	}
	if strings.Contains(string(mod), "k8s.io/") {
		t.Error("go.mod requires k8s.io: move the code that needs it to the module cmd/k8sbot/kubetest")
	}
}
