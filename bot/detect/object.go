package detect

import (
	"strings"

	"smtpbot/catalog"
)

// readEnhancedObject reads an enhanced code that stands behind a reply code as
// KumoMTA's log has it, each number by itself:
//
//	"code":550,"enhanced_code":{"class":5,"subject":1,"detail":1}
//
// https://docs.kumomta.com/reference/log_record/
func readEnhancedObject(text string, i int) (code catalog.EnhancedCode, end int, ok bool) {
	const blank = " \t\n"
	i = skip(text, i, blank+",")
	if !strings.HasPrefix(text[i:], `"enhanced_code"`) {
		return code, 0, false
	}
	i = skip(text, i+len(`"enhanced_code"`), blank+":{")
	for _, f := range [...]struct {
		name  string
		value *uint16
	}{{`"class"`, &code.Digit}, {`"subject"`, &code.Subject}, {`"detail"`, &code.Detail}} {
		if !strings.HasPrefix(text[i:], f.name) {
			return code, 0, false
		}
		i = skip(text, i+len(f.name), blank+":")
		if *f.value, i, ok = number(text, i); !ok {
			return code, 0, false
		}
		i = skip(text, i, blank+",}")
	}
	return code, i, code.Digit == 4 || code.Digit == 5
}
