// Package sheet turns a spreadsheet of a team's own terms into files: [Read] compares a CSV file
// with the existing files, and [Plan.Apply] writes what is new or changed, all of it or
// nothing.
//
// The columns are those of the CSV that [glossary.Export] writes, in any order; all but a name and a
// summary may be missing. A cell that is empty, or as the export has it, leaves its field as it is,
// so that the fields of a file that have no column stay, and so do its comments.
package sheet
