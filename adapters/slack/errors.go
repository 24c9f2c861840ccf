package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/slack-go/slack"
)

// retryAfter is how long Slack wants to be left alone.
// https://docs.slack.dev/apis/web-api/rate-limits
func retryAfter(err error) time.Duration {
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return max(limited.RetryAfter, time.Second)
	}
	return 0
}

// passes reports whether an error may be gone at the next attempt.
func passes(err error) bool {
	if errors.Is(err, errNotInstalled) {
		return false
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return limited.Retryable()
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return status.Retryable()
	}
	switch code := codeOf(err); code {
	case "internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "rate_limited", "team_added_to_org", "accesslimited":
		return true
	default:
		return code == "" // the network, or an answer that was none
	}
}

// refused reports whether this message will never be taken. What an operator
// can mend, as a token that was revoked, is not among them: the answer waits.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors and the same
// of chat.postEphemeral, chat.update, chat.delete, reactions.add
func refused(code string) bool {
	switch code {
	case "msg_too_long", "no_text", "cannot_reply_to_message", "thread_not_found", "message_not_found", "messages_tab_disabled",
		"access_denied", "team_access_not_granted", "ekm_access_denied", "user_not_found", "too_many_contents", "as_user_not_supported",
		"invalid_arguments", "invalid_thread_ts", "restricted_action_thread_locked",
		"user_not_in_channel",
		"cant_update_message", "edit_window_closed", "cant_delete_message", "compliance_exports_prevent_deletion",
		"too_many_emoji", "too_many_reactions", "not_reactable", "thread_locked", "no_item_specified", "bad_timestamp", "invalid_name":
		return true
	}
	return closed(code) || strings.HasPrefix(code, "slack_connect_") || badBlocks[code]
}

// closed reports whether a channel takes nothing from the bot: it was removed,
// the channel is archived, or an admin restricts who may write.
func closed(code string) bool {
	switch code {
	case "not_in_channel", "channel_not_found", "is_archived", "is_inactive", "invalid_channel":
		return true
	case "restricted_action_thread_locked": // one thread alone
		return false
	}
	return strings.HasPrefix(code, "restricted_action")
}

var badBlocks = map[string]bool{"invalid_blocks": true, "invalid_blocks_format": true, "msg_blocks_too_long": true, "block_mismatch": true}

// codeOf is the code by which Slack names an error, "" where it named none.
func codeOf(err error) string {
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return word(answer.Err)
	}
	return ""
}

// reason says why something failed, in words that are safe to log and to show:
// a code of Slack, a status, or what the network said. Addresses with tickets
// in them, tokens and texts stay out.
func reason(err error) string {
	if err == nil {
		return ""
	}
	if code := codeOf(err); code != "" {
		return code
	}
	if missing, ok := errors.AsType[accessError](err); ok {
		return missing.Error()
	}
	if said, ok := errors.AsType[socketError](err); ok {
		return said.Error()
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return fmt.Sprintf("ratelimited, again in %s", limited.RetryAfter)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return fmt.Sprintf("HTTP status %d", status.Code)
	}
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		return number.Error()
	}
	if name, ok := errors.AsType[*net.DNSError](err); ok {
		if name.IsNotFound {
			return "no such host"
		}
		return "DNS failed"
	}
	var timeout interface{ Timeout() bool }
	switch _, badJSON := errors.AsType[*json.SyntaxError](err); {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case badJSON:
		return "an answer that is no JSON"
	}
	if address, ok := errors.AsType[*url.Error](err); ok {
		err = address.Err
	}
	return fmt.Sprintf("connection lost (%T)", err)
}

// word keeps a code to the letters that codes have.
func word(code string) string {
	if len(code) > 80 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return "unknown_error"
	}
	return code
}
