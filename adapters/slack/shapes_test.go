package slack

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"smtpbot/bot"
)

// shape is an event in the shape in which Slack sends it.
func shape(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "events", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const (
	shapeChannel = "C024BE91L"
	shapeTS      = "1763920800.123459"
	shapeRoot    = "1763920700.000109"
)

// What people see after the events that Slack sends, in order. A time behind a
// method is that of the message: of the thread for a new one.
func TestShapes(t *testing.T) {
	const post, answer = "chat.postMessage " + shapeTS, "1700009999.000001"
	for _, tt := range []struct {
		name   string
		level  bot.Level
		events []string
		want   []string
	}{
		{"a paste", "", []string{"message"}, []string{post}},
		{"delivered again", "", []string{"message", "message", "message"}, []string{post}},
		{"shown in the channel, too", "", []string{"message_thread_broadcast", "message_broadcast_shown"}, []string{"chat.postMessage " + shapeRoot}},
		{"a program's", "", []string{"message_bot", "message_bot_user"}, nil},
		{"a link gets its preview", "", []string{"message", "message_unfurled"}, []string{post}},
		{"edited", "", []string{"message", "message_edited"}, []string{post, "chat.update " + answer}},
		{"edited twice the same", "", []string{"message", "message_edited", "message_edited"}, []string{post, "chat.update " + answer}},
		{"edited away", "", []string{"message", "message_edited", "message_edited_away"}, []string{post, "chat.update " + answer, "chat.delete " + answer}},
		{"edited, of an old message that was not answered", "", []string{"message_edited"}, nil},
		{"deleted", "", []string{"message", "message_deleted"}, []string{post, "chat.delete " + answer}},
		{"deleted, with a thread", "", []string{"message", "message_tombstone"}, []string{post, "chat.delete " + answer}},
		{"deleted, told twice", "", []string{"message", "message_tombstone", "message_deleted"}, []string{post, "chat.delete " + answer}},
		{"deleted and delivered again", "", []string{"message", "message_deleted", "message"}, []string{post, "chat.delete " + answer}},
		{"nothing to follow", "", []string{"message_deleted", "message_tombstone", "message_edited_away"}, nil},
		{"both companies have the bot", "", []string{"message_shared_ours", "message_shared_theirs"}, []string{post}},
		{"the other company's first", "", []string{"message_shared_theirs", "message_shared_ours"}, []string{post}},

		{"off", bot.LevelOff, []string{"message", "message_edited", "message_deleted"}, nil},
		{"marked", bot.LevelReact, []string{"message"}, []string{"reactions.add " + shapeTS}},
		{"marked and clicked", bot.LevelReact, []string{"message", "reaction_added"}, []string{"reactions.add " + shapeTS, post}},
		{"clicked twice", bot.LevelReact, []string{"message", "reaction_added", "reaction_added"}, []string{"reactions.add " + shapeTS, post}},
		{"clicked by who wrote it", bot.LevelReact, []string{"message", "reaction_by_author", "reaction_other"}, []string{"reactions.add " + shapeTS}},
		{"clicked where nothing is marked", "", []string{"reaction_added", "message", "reaction_added"}, []string{post}},
		{"marked and edited away", bot.LevelReact, []string{"message", "message_edited_away"}, []string{"reactions.add " + shapeTS, "reactions.remove " + shapeTS}},
		{"marked and deleted", bot.LevelReact, []string{"message", "message_deleted"}, []string{"reactions.add " + shapeTS}},
		{"quiet", bot.LevelQuiet, []string{"message"}, []string{"chat.postEphemeral U0ALICE"}},
		{"quiet and edited", bot.LevelQuiet, []string{"message", "message_edited"}, []string{"chat.postEphemeral U0ALICE", "chat.postEphemeral U0ALICE"}},
		{"quiet and deleted", bot.LevelQuiet, []string{"message", "message_edited_away", "message_deleted"}, []string{"chat.postEphemeral U0ALICE"}},

		{"let in", "", []string{"member_joined_channel"}, []string{"chat.postMessage "}},
		{"let in again", "", []string{"member_joined_channel", "member_joined_other", "member_joined_channel"}, []string{"chat.postMessage "}},
		{"let in where it is off", bot.LevelOff, []string{"member_joined_channel"}, nil},
		{"let in before the paste", "", []string{"member_joined_channel", "message"}, []string{"chat.postMessage ", post}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			r.level(tt.level)
			for i, e := range tt.events {
				r.event(shape(t, e), "X-Slack-Retry-Num", fmt.Sprint(i), "X-Slack-Retry-Reason", "http_timeout")
				r.settle()
			}
			if diff := cmp.Diff(tt.want, r.api.saying()); diff != "" {
				t.Errorf("said (-want +got):\n%s\nlog %s", diff, r.logs)
			}
		})
	}
}

// level sets how loud the bot is in the channel of the shapes.
func (r *rig) level(l bot.Level) {
	r.t.Helper()
	if l == "" {
		return
	}
	place := bot.Place{Platform: Name, Team: "T061EG9R6", Channel: shapeChannel}
	if _, err := r.bot.ChangeSettings(context.Background(), place, bot.Settings{Level: l}); err != nil {
		r.t.Fatal(err)
	}
}

// The other shapes are answered or passed over in other ways.
func TestOtherShapes(t *testing.T) {
	r := newRig(t, options{})
	if w := r.post("/slack/events", "application/json", shape(t, "url_verification")); w.Code != 200 || !strings.Contains(w.Body.String(), "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P") {
		t.Errorf("status %d, body %s", w.Code, w.Body)
	}
	r.event(shape(t, "app_rate_limited"))
	if !strings.Contains(r.logs.String(), "30,000") {
		t.Errorf("logged %s", r.logs)
	}
}

// The subtypes that a person's message does not have are passed over.
// https://docs.slack.dev/reference/events/message#subtypes
func TestSubtypesThatArePassedOver(t *testing.T) {
	r := newRig(t, options{})
	for i, subtype := range []string{
		"assistant_app_thread", "bot_message", "bot_add", "bot_remove", "channel_archive", "channel_convert_to_private", "channel_convert_to_public", "channel_join",
		"channel_leave", "channel_name", "channel_posting_permissions", "channel_purpose", "channel_topic", "channel_unarchive", "document_mention", "ekm_access_denied",
		"file_comment", "file_mention", "group_archive", "group_join", "group_leave", "group_name", "group_purpose", "group_topic", "group_unarchive", "huddle_thread",
		"me_message", "message_replied", "pinned_item", "reminder_add", "reply_broadcast", "tombstone", "unpinned_item", "subtype_of_tomorrow",
	} {
		r.event(wrap("T1", fmt.Sprint("Ev", i), said(fmt.Sprintf("%d.000100", i+1), unknownUser, "subtype", subtype)))
	}
	r.settle()
	if said := r.api.saying(); len(said) > 0 {
		t.Errorf("said %q", said)
	}
}

// Somebody who deletes the answer by hand wants none.
func TestAnswerDeletedByHand(t *testing.T) {
	r := newRig(t, options{})
	r.event(shape(t, "message"))
	r.settle()
	r.event(wrap("T061EG9R6", "Ev1", fmt.Sprintf(`{"type":"message","subtype":"message_deleted","hidden":true,"channel":%q,"channel_type":"channel","ts":"1763920870.000100","deleted_ts":"1700009999.000001",`+
		`"previous_message":{"type":"message","user":%q,"bot_id":%q,"app_id":%q,"text":"x","ts":"1700009999.000001","thread_ts":%q}}`, shapeChannel, botUser, botID, appID, shapeTS)))
	r.event(shape(t, "message_edited"))
	r.settle()
	if diff := cmp.Diff([]string{"chat.postMessage " + shapeTS}, r.api.saying()); diff != "" {
		t.Error(diff)
	}
}

// The further errors that somebody pastes right behind the first go into its answer.
func TestBurst(t *testing.T) {
	r := newRig(t, options{})
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)))
	r.settle()
	r.event(wrap("T1", "Ev2", said("2.000100", mailboxFull)))
	r.settle()
	if diff := cmp.Diff([]string{"chat.postMessage 1.000100", "chat.update 1700009999.000001"}, r.api.saying()); diff != "" {
		t.Error(diff)
	}
	if text := r.api.said[1].form.Get("text"); !strings.Contains(text, "550 5.1.1") || !strings.Contains(text, "452 4.2.2") {
		t.Errorf("says %q", text)
	}
}

// The same cause within the cool-down gets a mark, and its answer when asked for.
func TestSameCauseIsMarked(t *testing.T) {
	r := newRig(t, options{cooldown: 10 * time.Minute})
	r.event(wrap("T1", "Ev1", said("1.000100", unknownUser)))
	r.event(wrap("T1", "Ev2", said("2.000100", unknownUser, "user", "U2")))
	r.settle()
	if diff := cmp.Diff([]string{"chat.postMessage 1.000100", "reactions.add 2.000100"}, r.api.saying()); diff != "" {
		t.Error(diff)
	}
}

// An edit of a young message that was never answered is judged as new.
func TestLateError(t *testing.T) {
	r := newRig(t, options{})
	ts := fmt.Sprintf("%d.000100", time.Now().Add(-9*time.Minute).Unix())
	r.event(wrap("T1", "Ev1", said(ts, "see below")))
	r.event(wrap("T1", "Ev2", changed(ts, "see below", unknownUser)))
	r.settle()
	if diff := cmp.Diff([]string{"chat.postMessage " + ts}, r.api.saying()); diff != "" {
		t.Error(diff)
	}
}

// What a quiet channel shows stands in a thread only where there is one.
func TestQuietInAThread(t *testing.T) {
	for _, tt := range []struct{ name, thread, want string }{{"top", "null", ""}, {"thread", "4.000100", "4.000100"}} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t, options{})
			place := bot.Place{Platform: Name, Team: "T1", Channel: "C1"}
			if _, err := r.bot.ChangeSettings(context.Background(), place, bot.Settings{Level: bot.LevelQuiet}); err != nil {
				t.Fatal(err)
			}
			r.event(wrap("T1", "Ev1", said("5.000100", unknownUser, "thread_ts", tt.thread)))
			r.settle()
			if len(r.api.said) != 1 || r.api.said[0].form.Get("thread_ts") != tt.want || r.api.said[0].form.Get("user") != "U1" {
				t.Fatalf("said %v", r.api.said)
			}
			if text := r.api.said[0].form.Get("text"); !strings.Contains(text, "Refus définitif") { // in the reader's language
				t.Errorf("says %q", text)
			}
		})
	}
}

// A mark that stands already, and an answer that is gone already, are no errors.
func TestDoneAlready(t *testing.T) {
	for _, tt := range []struct {
		method, code string
		level        bot.Level
		events       []string
	}{
		{"reactions.add", "already_reacted", bot.LevelReact, []string{"message", "reaction_added"}},
		{"reactions.remove", "no_reaction", bot.LevelReact, []string{"message", "message_edited_away"}},
		{"chat.delete", "message_not_found", "", []string{"message", "message_deleted"}},
	} {
		t.Run(tt.code, func(t *testing.T) {
			r := newRig(t, options{})
			r.level(tt.level)
			r.api.failing(func(method string, _ int, w http.ResponseWriter) bool {
				if method == tt.method {
					says(tt.code)(w)
				}
				return method == tt.method
			})
			for _, e := range tt.events {
				r.event(shape(t, e))
				r.settle()
			}
			if n := r.api.called(tt.method); n != 1 || strings.Contains(r.logs.String(), "WARN") {
				t.Errorf("%d calls; log %s", n, r.logs)
			}
		})
	}
}

func TestWelcome(t *testing.T) {
	r := newRig(t, options{})
	r.event(shape(t, "member_joined_channel"))
	r.settle()
	posts := r.api.posted()
	if len(posts) != 1 || posts[0].Get("thread_ts") != "" || strings.Count(posts[0].Get("blocks"), `"type":"section"`) != 1 || strings.Contains(posts[0].Get("blocks"), `\n`) ||
		!strings.Contains(posts[0].Get("blocks"), "/smtp quiet") {
		t.Errorf("posted %v", posts)
	}
}
