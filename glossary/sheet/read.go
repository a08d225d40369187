package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxRows is the maximum number of terms in a file.
const MaxRows = 5000

// maxSize is the maximum size of a file in bytes.
const maxSize = 32 << 20

// A row contains the non-empty cells of a line, keyed by column.
type row struct {
	line  int
	cells map[string]string
}

// readRows reads a CSV file. Its errors say how to fix the file.
func readRows(r io.Reader) ([]row, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxSize:
		return nil, fmt.Errorf("the file is larger than %d MB: split it", maxSize>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, errors.New("the file is not UTF-8: save it as \"CSV UTF-8\"")
	}
	in := csv.NewReader(bufio.NewReader(bytes.NewReader(data)))
	in.FieldsPerRecord = -1
	in.Comma = delimiter(data)
	header, err := in.Read()
	if err == io.EOF {
		return nil, errors.New("the file is empty: write a line with the column names, such as name_en,summary_en")
	}
	if err != nil {
		return nil, csvError(err)
	}
	for i, name := range header {
		header[i] = strings.ToLower(strings.TrimSpace(name))
		if _, ok := columns[header[i]]; !ok && header[i] != "" {
			return nil, fmt.Errorf("unknown column %q: use %s", name, strings.Join(slices.Sorted(maps.Keys(columns)), ", "))
		}
		if header[i] != "" && slices.Contains(header[:i], header[i]) {
			return nil, fmt.Errorf("two columns are called %q: delete one of the two", header[i])
		}
	}
	var rows []row
	for {
		record, err := in.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := in.FieldPos(0)
		cells := make(map[string]string)
		for i, cell := range record {
			cell = strings.TrimSpace(strings.ReplaceAll(cell, "\r\n", "\n"))
			switch {
			case cell == "":
			case i >= len(header) || header[i] == "":
				return nil, fmt.Errorf("line %d: the cell %q has no column: quote cells that contain %q", line, cell, string(in.Comma))
			default:
				cells[header[i]] = active(cell)
			}
		}
		if len(cells) == 0 {
			continue
		}
		if len(rows) == MaxRows {
			return nil, fmt.Errorf("line %d: the file has more than %d terms: delete some", line, MaxRows)
		}
		rows = append(rows, row{line, cells})
	}
}

// delimiter returns the separator between cells. Spreadsheets also use tabs and semicolons.
func delimiter(data []byte) rune {
	header, _, _ := bytes.Cut(data, []byte("\n"))
	for _, c := range "\t;" {
		if bytes.ContainsRune(header, c) && !bytes.ContainsRune(header, ',') {
			return c
		}
	}
	return ','
}

// active undoes the escaping that the export adds to keep spreadsheets from treating a cell as a
// formula.
func active(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && rest != "" && strings.ContainsAny(rest[:1], "=+-@") {
		return rest
	}
	return cell
}

func csvError(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("line %d: %w: put cells that contain a quote between quotes, and double each quote in them", parse.Line, parse.Err)
	}
	return err
}
