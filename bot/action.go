package bot

import (
	"fmt"
	"strings"
)

// An action is what a [Button] does. Its ID is "1:verb:argument…": the version
// of this form, which old buttons keep for ever, and term IDs, never what
// somebody typed. The longest has less than the 100 characters that Discord
// allows (https://docs.discord.com/developers/components/reference).
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
	actList    = "list"    // listReply a category, or the categories
	actRandom  = "random"  // any term
	actHelp    = "help"
	actLang    = "lang" // choose a language: ja, en or auto

	actDailyNow = "daily-now" // preview the channel's daily term
	actDailyOff = "daily-off" // stop it
	actKnew     = "knew"      // say that a daily term was known: ID, local day
	actForgot   = "forgot"    // say that it was not
	actDiscuss  = "discuss"   // talk about a daily term: ID
	actForgetMe = "forget-me" // delete what is kept of the person
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

// arg returns the n-th argument, "" where there is none.
func (a action) arg(n int) string {
	if n < len(a.args) {
		return a.args[n]
	}
	return ""
}
