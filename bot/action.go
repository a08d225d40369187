package bot

import (
	"fmt"
	"strings"
)

// An action is what a [Button] does. Its ID is "1:verb:argument…". The version comes
// first because buttons outlive releases. Arguments are term IDs and the like, never
// text that somebody typed. The longest ID is below Discord's limit of 100 characters
// (https://docs.discord.com/developers/components/reference).
type action struct {
	verb string
	args []string
}

const actionVersion = "1"

// The verbs of actions.
const (
	actTerm    = "term"    // show a term: ID
	actMore    = "more"    // show all of a term: ID
	actShare   = "share"   // show a term to the channel: ID, language
	actCompare = "compare" // compare two terms: ID, ID
	actList    = "list"    // list a category, or the categories
	actRandom  = "random"  // show a random term
	actHelp    = "help"
	actLang    = "lang" // choose a language: ja, en or auto

	actDailyNow = "daily-now" // preview the channel's daily term
	actDailyOff = "daily-off" // stop it
	actKnew     = "knew"      // answer "I knew it": ID, local day
	actForgot   = "forgot"    // answer "I'd forgotten": ID, local day
	actDiscuss  = "discuss"   // start a discussion of a daily term: ID
	actForgetMe = "forget-me" // delete everything stored about the person
)

func button(label, verb string, args ...string) Button {
	return Button{ID: strings.Join(append([]string{actionVersion, verb}, args...), ":"), Label: label}
}

func parseAction(id string) (action, error) {
	parts := strings.Split(id, ":")
	if len(parts) < 2 || parts[0] != actionVersion {
		return action{}, fmt.Errorf("unknown action %q", id)
	}
	return action{verb: parts[1], args: parts[2:]}, nil
}

// arg returns the n-th argument, or "" if there is none.
func (a action) arg(n int) string {
	if n < len(a.args) {
		return a.args[n]
	}
	return ""
}
