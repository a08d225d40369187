package observe

import "time"

// ParseAge parses an age as kubectl prints it: 40m, 5d3h, 2y10d. It ignores anything after the age,
// and returns 0 if s does not begin with an age.
func ParseAge(s string) time.Duration {
	var age time.Duration
	n, digits := 0, false
	for i := range len(s) {
		c := s[i]
		if '0' <= c && c <= '9' && n < 1e6 {
			n, digits = 10*n+int(c-'0'), true
			continue
		}
		unit := ageUnits[c]
		if unit == 0 || !digits {
			return age
		}
		age += time.Duration(n) * unit
		n, digits = 0, false
	}
	return age
}

var ageUnits = [256]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour, 'y': 365 * 24 * time.Hour}

// IsAge reports whether s consists of an age alone.
func IsAge(s string) bool {
	if s == "" {
		return false
	}
	digits := false
	for i := range len(s) {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			digits = true
		case ageUnits[c] != 0 && digits:
			digits = false
		default:
			return false
		}
	}
	return !digits
}
