package blockkit

import "encoding/json"

// element checks what people press, pick and type in.
func (c *checker) element(e map[string]any, ids map[string]bool) {
	id, _ := e["action_id"].(string)
	if id == "" || size(id) > MaxActionID || ids[id] {
		c.wrong("action_id %.40q is missing, too long or there twice", id)
	}
	ids[id] = true
	if e["focus_on_load"] == true {
		c.focused++
	}
	if e["placeholder"] != nil {
		c.plain("placeholder", object(e["placeholder"]), MaxPlaceholder)
	}
	switch kind, _ := e["type"].(string); kind {
	case "button":
		c.plain("button", object(e["text"]), MaxButton)
		if value, _ := e["value"].(string); value == "" && e["url"] == nil || size(value) > MaxValue {
			c.wrong("button %.40q has a value of %d characters", id, size(value))
		}
		if style, ok := e["style"]; ok && style != "primary" && style != "danger" {
			c.wrong("style %v", style)
		}
	case "overflow":
		c.options(objects(e["options"]), MaxOverflow)
	case "static_select":
		options := objects(e["options"])
		c.options(options, MaxOptions)
		if initial := object(e["initial_option"]); initial != nil && !among(initial, options) {
			c.wrong("what %.40q begins with is none of its options", id)
		}
	case "plain_text_input":
		if n, _ := e["max_length"].(float64); n > MaxInput || n < 0 {
			c.wrong("an input of %v characters", n)
		}
	default:
		c.wrong("an element of type %q", kind)
	}
}

func (c *checker) options(list []map[string]any, most int) {
	if len(list) == 0 || len(list) > most {
		c.wrong("%d options, allowed are 1 to %d", len(list), most)
	}
	values := map[string]bool{}
	for _, o := range list {
		c.plain("option", object(o["text"]), MaxOptionText)
		value, _ := o["value"].(string)
		if value == "" || size(value) > MaxOptionValue || values[value] {
			c.wrong("option value %.60q is missing, too long or there twice", value)
		}
		values[value] = true
	}
}

// among compares as Slack does: the option has to be there as a whole.
func among(one map[string]any, list []map[string]any) bool {
	want, _ := json.Marshal(one)
	for _, o := range list {
		if got, _ := json.Marshal(o); string(got) == string(want) {
			return true
		}
	}
	return false
}
