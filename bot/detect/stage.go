package detect

import (
	"slices"
	"strings"

	"smtpbot/catalog"
)

// stageForms are how mail programs say at which point of the dialogue a server
// refused.
var stageForms = slices.Concat(
	phrases(atConnect, 0, "after initial connection", "refused to talk to me", "in reply to initial greeting",
		"while receiving the initial server greeting", "connected to * but greeting failed", "greeting failed"),
	phrases(atEnvelope, 0, "in reply to rcpt to command", "in reply to mail from command", "after rcpt to:*", "after mail from:*",
		"after pipelined mail from:*", "after pipelined rcpt to:*", "does not like recipient"),
	phrases(atText, 0, "in reply to end of data*", "in reply to data*", "after end of data", "after sending data block",
		"after pipelined end of data", "after data:*", "after i sent the message", "smtp command data"),
	phrases(saysData, 0, ">>> data"),
)

// surveyStage keeps the stage of the whole text, where it names only one: a
// bounce gives it in its readable part, and not in its fields again.
func (p *page) surveyStage() {
	for _, m := range p.marks {
		if m.at >= p.returned {
			break
		}
		stage := stageOf(m.phrase.kind)
		if m.phrase.kind == saysData && p.refusedText(m.end) {
			stage = catalog.StageData
		}
		switch {
		case stage == "":
		case p.stage == "":
			p.stage = stage
		case p.stage != stage:
			p.stages = true
		}
	}
}

// stageAt gives the stage at which a site's reply came, "" where nothing tells.
func (p *page) stageAt(s *site) catalog.Stage {
	if !p.stages {
		return p.stage
	}
	var stage catalog.Stage
	for _, m := range p.between(max(s.line.start, s.start-reach), s.stop) {
		if here := stageOf(m.phrase.kind); here != "" {
			stage = here
		}
	}
	return stage
}

func stageOf(k kind) catalog.Stage {
	switch k {
	case atConnect:
		return catalog.StageConnect
	case atEnvelope:
		return catalog.StageRecipien
	case atText:
		return catalog.StageData
	}
	return ""
}

// refusedText reports whether Sendmail's transcript says that DATA itself was
// refused. Where it sent its commands together (RFC 2920), the refusal that it
// prints below ">>> DATA" answers an earlier one; then a "503 need RCPT"
// follows. After a true one it gives up with "554 5.0.0 Service unavailable".
func (p *page) refusedText(at int) bool {
	rest := p.view.text[at:min(len(p.view.text), at+600)]
	answer, ok := strings.CutPrefix(strings.TrimLeft(rest, " \n"), "<<< 5")
	return ok && strings.Contains(answer, "\n554 5.0.0 Service unavailable") && !strings.Contains(answer, "<<< 503")
}
