package wording

import (
	"fmt"
	"strings"
)

var englishTeam = Team{
	DefineIt: "Define it", Suggest: "Suggest better wording", Unclear: "Wrong or unclear", Approve: "Approve", EditAndApprove: "Edit and approve",
	Decline: "Decline with a reason", Fix: "Fix it", Edit: "Edit", StillRight: "Still right", Restore: "Restore", History: "History", Delete: "Delete", ReportUpstream: "Report it to the project", MoreOptions: "More",

	FormTitle: "Team term", Name: "Name", Other: "Name in Japanese", Text: "What it is, in one sentence",
	TextHint: "In English or Japanese. If you write both, put each on its own line.", Aliases: "Other spellings", AliasesHint: "Separate them with commas.",
	Link: "Link", FormNote: "Only you can see this term until a reviewer approves it.", Propose: "Propose",
	DeclineTitle: "Decline", Reason: "Reason", ReasonHint: "The person who proposed the term will see this.",
	ReviewersTitle: "Reviewers", People: "Reviewers", PeopleHint: "If you don't choose anyone, admins will review proposals.", Group: "User group", GroupHint: "For example @platform-team.",
	Channel: "Review channel", SelfApproval: "Can reviewers approve their own proposals?", Yes: "Yes", No: "No", ReviewersNote: "In this channel, reviewers decide which terms everyone can see.", Save: "Save",

	Proposed: func(name string) string {
		return fmt.Sprintf("Thanks! “%s” is now a draft. Only you can see it until a reviewer approves it.", name)
	},
	ProposedHere: "I've asked the reviewers.",
	NoChannel:    "Nobody has chosen a review channel yet. Ask an admin to type `reviewers`.",
	NotPosted:    "I couldn't post in the review channel. Ask an admin to check `reviewers`.",
	Proposal:     func(who string) string { return by("New team term", who) },
	Namesake:     func(who string) string { return by("Your team's own text for a built-in term", who) },
	Change:       func(who string) string { return by("Change to a team term", who) },
	Deletion:     func(who string) string { return by("Deletion of a team term", who) },
	Now:          "Now",
	Then:         "Proposed",
	ApprovedBy:   func(who string) string { return "Approved" + byWhom(who) + ". Everyone here can see it now." },
	DeletedBy:    func(who string) string { return "Deleted" + byWhom(who) + "." },
	DeclinedBy:   func(who string) string { return "Declined" + byWhom(who) + "." },
	Superseded:   "The author has since replaced this proposal.",
	TellApproved: func(name string) string {
		return fmt.Sprintf("“%s” was approved. Everyone on your team can see it now.", name)
	},
	TellDeclined: func(name, reason string) string { return fmt.Sprintf("“%s” was declined: %s", name, reason) },
	NotReviewer:  "You're not a reviewer of team terms. An admin can change that with `reviewers`.",
	OwnProposal:  "You proposed this yourself, so another reviewer has to approve it.",
	OtherText:    "The term has changed since this proposal was made. Press “Edit and approve” to check the text.",
	Full: func(limit int) string {
		return fmt.Sprintf("Your team has %d terms, which is the limit. Delete one first.", limit)
	},
	TooMany: func(limit int) string {
		return fmt.Sprintf("%d of your proposals are still waiting for review. Let the reviewers catch up first.", limit)
	},
	NoTenant:      "Direct messages don't belong to a team. Please do this in a server.",
	NotAdmin:      "Only admins can choose the reviewers.",
	FormFailed:    "I couldn't open the form. Please try again.",
	NoForms:       "Team terms are available only on Slack and Discord.",
	CheckFields:   "Your changes aren't saved yet. Please check:",
	ReviewersSet:  "Saved.",
	ReviewsHere:   "Proposed team terms will be posted here for review.",
	UnknownPerson: "Choose people from this workspace. Bots, guests and people from other workspaces can't be reviewers.",
	UnknownGroup:  "I couldn't find that group.",
	GroupScope:    "To use groups, the app needs the usergroups:read scope. Ask whoever manages the app to add it, or choose people.",
	CannotPost:    "I can't post in that channel. Invite me to it first, then try again.",
	NoReason:      "Enter a reason.",
	ReviewersAre: func(people int, hasGroup bool) string {
		switch {
		case people == 0 && !hasGroup:
			return "Admins review proposals."
		case people == 0:
			return "Members of the group review proposals."
		case hasGroup:
			return count(people, "person", "people") + " and the members of the group review proposals."
		case people == 1:
			return "1 person reviews proposals."
		}
		return fmt.Sprintf("%d people review proposals.", people)
	},
	Deleted: "Deleted",
	WrittenBy: func(author, approver string) string {
		switch {
		case author == "" && approver == "":
			return ""
		case approver == "":
			return "by " + author
		case author == "":
			return "approved by " + approver
		}
		return "by " + author + ", approved by " + approver
	},
	DeletionProposed: func(name string) string {
		return fmt.Sprintf("A reviewer has to approve the deletion of “%s”. Until then, everyone can still see the term.", name)
	},
	Confirmed: "Thanks! I'll ask you again in half a year.",
	AskStillRight: func(name string) string {
		return fmt.Sprintf("You wrote this about “%s” at least half a year ago. Is it still right?", name)
	},
	Noted:         "Thanks. I've noted, without your name, that this term is wrong or unclear.",
	AskedNotFound: "Asked about but not found", OftenForgotten: "Often forgotten",
	NoGaps:     "No gaps in the last 90 days.",
	GapsNote:   "Counts for the last 90 days. I don't store any names.",
	IssueTitle: "Missing or unclear terms",
	ImportPlan: func(added, changed, same, conflicts int) string {
		return fmt.Sprintf("Your team's terms in this file: %d new, %d changed, %d unchanged, %d in conflict.", added, changed, same, conflicts)
	},
	Added: "New", Changed: "Changed", Conflicts: "In conflict", Import: "Import",
	ImportNext: "Nothing will change until you press Import.", ImportChanged: "The terms have changed in the meantime. Please check the rows again.",
	NoCells:    "Nothing was imported. Correct the file and send it again.",
	ImportMenu: "To import your team's terms from this file, open the message's menu and choose Apps > Explain Kubernetes terms.",
	Imported:   func(n int) string { return "Imported " + countTerms(n) + ". Everyone can see the changes." },
	More:       func(n int) string { return fmt.Sprintf("… and %d more", n) },
	Problem:    func(message string) string { return strings.ToUpper(message[:1]) + message[1:] + "." },
}

func countTerms(n int) string {
	if n == 1 {
		return "1 term"
	}
	return fmt.Sprintf("%d terms", n)
}

// by returns a headline that names a person, or no one if who is "".
func by(what, who string) string {
	if who == "" {
		return what
	}
	return what + ", from " + who
}

func byWhom(who string) string {
	if who == "" {
		return ""
	}
	return " by " + who
}
