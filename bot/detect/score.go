package detect

// kind says what a phrase is evidence of.
type kind uint8

const (
	subject      kind = iota // what mail is about: mailbox, sender, relay
	failure                  // that something went wrong: denied, unknown, too many
	says                     // what follows is a server's reply
	logs                     // the whole line is a mail program's log or report
	bounce                   // the document is a bounce
	talk                     // the document is an SMTP dialogue
	foreign                  // the line belongs to another protocol
	foreignTalk              // the document is a dialogue in another protocol
	asks                     // somebody asks about a code, or teaches
	lesson                   // somebody shows or programs a reply
	lessonBehind             // likewise, behind the code on the same line
	prose                    // directly behind a number: the number is a word of a sentence
	unit                     // directly behind a number: the number counts something
	version                  // directly before x.y.z: a version, a section
	article                  // directly before a number: "a 550"
	report                   // directly before a code: somebody tells what a server answered
	owns                     // likewise: and that he got the answer himself
	client                   // the text comes from a library that sends mail; with points, it speaks, too
	speaks                   // words that are unmistakably a mail error, without any code
	passing                  // the sending server goes on trying
	returned                 // here begins the message that came back
	fields                   // a delivery status notification
	waited                   // the other server could not be reached
	atConnect                // the server refused when it was connected to
	atEnvelope               // at the sender or a recipient
	atText                   // at the text of the message
	saysData                 // the client's DATA in a transcript

	pointsToFind = 10
	strongFrame  = 8 // a frame that only mail programs print
	weakFrame    = 6 // one that other programs may print too
)

// The evidence and what it counts. A finding needs pointsToFind of them. A
// phrase brings its own points, which stand beside it in the tables of forms;
// the rest stands here.
//
// The measure: of 258,594 lines of chat 7,383 hold a number that could be a
// reply code, and one of them a code with an agreeing enhanced code beside it.
// So the pair weighs most, and no other sign suffices without a second one.
const (
	pointsPair      = 8 // "550 5.1.1", classes agree
	pointsUnlike    = 5 // "550 4.4.7", classes differ
	pointsEnhanced  = 2 // an enhanced code without a reply code
	pointsHash      = 6 // "#5.1.1", qmail's and Exchange's way to write it
	pointsLine      = 4 // at the start of a line
	pointsPrompt    = 6 // behind the prompt of a transcript that stands for the server
	pointsBehind    = 3 // behind a colon, a quote or a bracket
	pointsHost      = 7 // behind "host.example [192.0.2.1]:"
	pointsMore      = 1 // "550-", more lines follow
	pointsRepeated  = 5 // and they do, with the same code
	pointsWhole     = 3 // the text is one short reply and nothing else
	pointsOpening   = 3 // the words begin with the server's own name
	pointsSubject   = 3 // the words name a thing of mail
	pointsSecond    = 1 // and another one
	pointsFailure   = 3 // the words say that something went wrong
	pointsWording   = 4 // the catalogue knows the words
	pointsAddress   = 4 // the words begin with an address in brackets
	pointsBounce    = 6 // the text is a bounce
	pointsTalk      = 6 // the text is an SMTP dialogue
	pointsStranger  = -1
	pointsHTTP      = -5  // a code of HTTP's that no mail server needs
	pointsAsked     = -9  // a question about the code, or a lesson
	pointsLesson    = -24 // a reply in a program, a test, a manual: an exception that prints its own name does not outweigh it
	pointsTable     = -16 // a cell of a table, the left side of a definition
	pointsSentence  = -9  // the number is a word of a sentence
	pointsCounted   = -12 // the number counts something
	pointsVersion   = -12
	pointsArticle   = -5
	pointsForeign   = -14
	pointsReturned  = -14 // in the message that came back
	pointsWordsOnly = 6   // wording that speaks for itself
	pointsClient    = 6   // an error of the network or of TLS, met by a library that sends mail
	pointsItem      = 4   // words that stand where a bounce gives its reason
)

// http reports whether a code is one that web servers send all day. RFC 9110,
// section 15.5; RFC 6585, section 4.
func http(code uint16) bool {
	return code >= 401 && code <= 415 || code == 422 || code == 429
}

// ordinary reports whether mail servers send a reply code often enough for the
// code to weigh nothing against a finding. RFC 5321, section 4.2.3; RFC 4954,
// section 6; RFC 7504; and what providers add.
func ordinary(code uint16) bool {
	switch {
	case code >= 450 && code <= 459, code >= 500 && code <= 504, code >= 550 && code <= 559:
		return true
	}
	switch code {
	case 421, 432, 471, 521, 523, 525, 530, 531, 532, 533, 534, 535, 538, 541, 570, 571, 572, 573, 576, 577, 582, 592:
		return true
	}
	return false
}
