// Package sheet converts a spreadsheet of a team's own terms to files: [Read] compares a CSV
// file with the existing files, and [Plan.Apply] writes what is new or changed, all of it or
// nothing.
//
// The columns are those of the CSV that [glossary.Export] writes, in any order. Only a name and
// a summary are required. If a cell is empty or the same as in the export, its field does not
// change. Fields without a column are kept, and so are comments.
package sheet
