package tally

import "bytes"

// A log is told from a paste by its lines, not by its name: fewer than ten
// are better explained one by one.
const fewestLines = 10

// Peek is by how much of its beginning a log is known, in bytes.
const Peek = 64 << 10

// reach is how far into a line its time may begin. Names of files, hosts and
// daemons stand before it: grep -H, docker compose, Exchange's connectors.
const reach = 64

// IsLog reports whether the beginning of a text is that of a log: at least ten
// lines begin with a time, and those that do not are in the minority.
func IsLog(head []byte) bool {
	timed, others := 0, 0
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(line)
		switch {
		case len(line) == 0 || line[0] == '#': // Exchange's logs begin so
		case hasTime(line):
			timed++
		default:
			others++
		}
	}
	return timed >= fewestLines && timed > others
}

// hasTime reports whether a line begins with a time: 09:12:44 in any format of
// syslog, Exim, Exchange, PowerMTA and their kin, qmail's TAI64N label
// (https://cr.yp.to/libtai/tai64.html), or seconds since 1970.
func hasTime(line []byte) bool {
	if line[0] == '@' && len(line) > 25 && hex(line[1:25]) {
		return true
	}
	if len(line) > 10 && digits(line[:10]) && (line[10] == '.' || line[10] == ' ' || line[10] == ',') {
		return true
	}
	head := line[:min(len(line), reach)]
	for i := 2; i+6 <= len(head); i++ {
		if head[i] == ':' && head[i+3] == ':' && digits(head[i-2:i]) && digits(head[i+1:i+3]) && digits(head[i+4:i+6]) {
			return true
		}
	}
	return false
}

func digits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func hex(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
