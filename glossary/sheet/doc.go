// Package sheet converts a spreadsheet of a team's own terms into files. [Read] compares a CSV
// file with the existing files. [Plan.Apply] writes the new and changed files: all of them, or
// none.
//
// The columns are those of the CSV that [glossary.Export] writes, in any order. Only a name and
// a summary are required. If a cell is empty or the same as in the export, its field does not
// change. Fields without a column are kept, and so are comments.
package sheet
