package catalog

import (
	"fmt"
	"strconv"
	"strings"
)

// Class is what the first digit of a code says about the command's fate.
// RFC 5321, section 4.2.1; RFC 3463, section 3.1.
type Class string

const (
	Success      Class = "success"      // 2yz, 2.y.z
	Intermediate Class = "intermediate" // 3yz; enhanced codes have no such class
	Transient    Class = "transient"    // 4yz, 4.y.z
	Permanent    Class = "permanent"    // 5yz, 5.y.z
)

// digitClass maps a first digit to its class, "" where SMTP defines none.
func digitClass(digit int) Class {
	switch digit {
	case 2:
		return Success
	case 3:
		return Intermediate
	case 4:
		return Transient
	case 5:
		return Permanent
	}
	return ""
}

// ReplyCode is the three-digit number that opens an SMTP reply. The zero
// value stands for "none". RFC 5321, section 4.2.
type ReplyCode uint16

// ParseReply reads exactly three digits.
func ParseReply(s string) (ReplyCode, error) {
	if len(s) != 3 || !allDigits(s) {
		return 0, fmt.Errorf("%q is not a reply code: it has to be three digits", s)
	}
	n, _ := strconv.Atoi(s)
	return ReplyCode(n), nil
}

func (c ReplyCode) String() string {
	if c == 0 {
		return ""
	}
	return string([]byte{'0' + byte(c/100), '0' + byte(c/10%10), '0' + byte(c%10)})
}

// Class follows from the first digit; it is "" for a first digit outside 2–5.
func (c ReplyCode) Class() Class { return digitClass(int(c) / 100) }

// WellFormed reports whether the grammar lets a server send the code:
// Reply-code = %x32-35 %x30-35 %x30-39. RFC 5321, section 4.2.
func (c ReplyCode) WellFormed() bool {
	first, second := c/100, c/10%10
	return first >= 2 && first <= 5 && second <= 5
}

// EnhancedCode is an enhanced mail system status code, class.subject.detail.
// The zero value stands for "none". RFC 3463, section 2.
type EnhancedCode struct {
	Digit, Subject, Detail uint16
}

// ParseEnhanced reads "5.1.1". The class is 2, 4 or 5; subject and detail have
// one to three digits without leading zeros. RFC 3463, section 2.
func ParseEnhanced(s string) (EnhancedCode, error) {
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return EnhancedCode{}, fmt.Errorf("%q is not an enhanced status code: it has to look like 5.1.1", s)
	}
	var n [3]uint16
	for i, p := range parts {
		if len(p) == 0 || len(p) > 3 || !allDigits(p) || (len(p) > 1 && p[0] == '0') {
			return EnhancedCode{}, fmt.Errorf("%q is not an enhanced status code: part %d has to be a number of one to three digits", s, i+1)
		}
		v, _ := strconv.Atoi(p)
		n[i] = uint16(v)
	}
	if n[0] != 2 && n[0] != 4 && n[0] != 5 {
		return EnhancedCode{}, fmt.Errorf("%q is not an enhanced status code: it has to begin with 2, 4 or 5", s)
	}
	return EnhancedCode{n[0], n[1], n[2]}, nil
}

// IsZero reports whether there is no code.
func (c EnhancedCode) IsZero() bool { return c == EnhancedCode{} }

func (c EnhancedCode) String() string {
	if c.IsZero() {
		return ""
	}
	var b [16]byte // all that three numbers need
	return string(c.appendRow(append(strconv.AppendUint(b[:0], uint64(c.Digit), 10), '.')))
}

// Row is the code's row in the IANA registry, "1.1" for 4.1.1 and 5.1.1 alike.
func (c EnhancedCode) Row() string {
	var b [16]byte
	return string(c.appendRow(b[:0]))
}

func (c EnhancedCode) appendRow(b []byte) []byte {
	return strconv.AppendUint(append(strconv.AppendUint(b, uint64(c.Subject), 10), '.'), uint64(c.Detail), 10)
}

// Class follows from the first number.
func (c EnhancedCode) Class() Class { return digitClass(int(c.Digit)) }

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
