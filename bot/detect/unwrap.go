package detect

import "strings"

// sign says that a text holds a byte with which a kind of wrapping begins.
type sign uint16

const (
	signAngle     sign = 1 << iota // <
	signAmpersand                  // &
	signBackslash                  // \
	signHash                       // #
	signEquals                     // =
	signOdd                        // beyond ASCII, a carriage return, an escape character
	signBracket                    // [
	signQuote                      // > or |, or a fence
	signEmphasis                   // * _ ~ ` or |
	signUnderline                  // _
)

var signs = [256]sign{
	'<': signAngle, '&': signAmpersand, '\\': signBackslash, '#': signHash, '=': signEquals, '\r': signOdd, 0x1b: signOdd, '[': signBracket,
	'>': signQuote, '|': signQuote | signEmphasis, '`': signQuote | signEmphasis, '~': signQuote | signEmphasis,
	'*': signEmphasis, '_': signUnderline | signEmphasis,
	// What characters knows begins with these. RFC 3629, section 4.
	0xc2: signOdd, 0xd8: signOdd, 0xe1: signOdd, 0xe2: signOdd, 0xe3: signOdd, 0xef: signOdd,
}

// signsOf gives all signs of a text.
func signsOf(text string) (all sign) {
	for i := 0; i < len(text); i++ {
		all |= signs[text[i]]
	}
	return all
}

// unwrap takes off what lies between a server's words and the person who
// pasted them. Each kind of wrapping is a layer; what a chat platform puts
// around a message comes off first, and the marks that the writer set last.
// Each layer passes over the text a fixed number of times, and only where the
// text has its sign.
func unwrap(text string) view {
	e := editor{text: text, signs: signsOf(text)}
	if e.signs&signUnderline != 0 {
		e.qmailBlanks()
		e.settle()
	}
	if e.signs&signAngle != 0 {
		e.chatLinks()
		e.settle()
	}
	if e.signs&signAmpersand != 0 {
		e.entities()
		e.settle()
	}
	if e.signs&(signBackslash|signHash) != 0 {
		e.escapes()
		e.settle()
	}
	if e.signs&signEquals != 0 {
		e.encodedWords()
		e.settle()
		e.quotedPrintable()
		e.settle()
	}
	if e.signs&signAngle != 0 {
		e.html()
		e.settle()
	}
	if e.signs&signOdd != 0 || e.signs&signBracket != 0 && holdsColour(e.text) {
		e.characters()
		e.settle()
	}
	if e.signs&signQuote != 0 && holdsQuote(e.text) {
		e.quotes()
		e.settle()
	}
	if e.signs&(signEmphasis|signBackslash) != 0 || e.signs&signBracket != 0 && strings.Contains(e.text, "](") {
		e.emphasis()
		e.settle()
	}
	e.view.text = e.text
	return e.view
}
