package slack

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"smtpbot/adapters/adaptertest"
)

// plaza is a Slack that keeps what people and the bot said, as api keeps what
// was called.
type plaza struct {
	t *testing.T
	*httptest.Server

	mu       sync.Mutex
	n        int
	refusing bool
	people   []*spoken
	bots     []*spoken
	whispers map[string]string // by writer
	marked   map[string]bool
	view     string // what was opened last
	files    map[string]string
}

// spoken is one message.
type spoken struct {
	channel, ts, thread, user, text string
	bot, direct, gone               bool
	files                           []any
	blocks                          string // of the bot's
}

func (p *spoken) id() string { return p.channel + "/" + p.ts }

// root is the thread that a message belongs to or begins.
func (p *spoken) root() string {
	if p.thread != "" {
		return p.thread
	}
	return p.ts
}

// event tells of a person's message.
func (p *spoken) event() map[string]any {
	e := map[string]any{"type": "message", "channel": p.channel, "channel_type": "channel", "user": p.user, "text": p.text, "ts": p.ts, "event_ts": p.ts, "team": "T1"}
	if p.thread != "" {
		e["thread_ts"], e["parent_user_id"] = p.thread, "U0SOMEBODY"
	}
	if p.direct {
		e["channel_type"] = "im"
	}
	if p.bot {
		e["bot_id"], e["subtype"] = "B02OTHER", "bot_message"
	}
	if len(p.files) > 0 {
		e["subtype"], e["files"] = "file_share", p.files
	}
	return e
}

// button finds a button by its label.
func (p *spoken) button(label string) map[string]any {
	var blocks []struct {
		Elements []map[string]any
	}
	_ = json.Unmarshal([]byte(p.blocks), &blocks)
	for _, b := range blocks {
		for _, e := range b.Elements {
			if text, ok := e["text"].(map[string]any); ok && e["type"] == "button" && text["text"] == label {
				return e
			}
		}
	}
	return nil
}

func newPlaza(t *testing.T) *plaza {
	p := &plaza{t: t, whispers: map[string]string{}, marked: map[string]bool{}, files: map[string]string{}}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(p.serve)) // requests read the field: it is set before any can come
	p.Server.Start()
	t.Cleanup(p.Close)
	return p
}

// ts makes a new time, later than all before.
func (p *plaza) ts() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.next()
}

func (p *plaza) next() string {
	p.n++
	return fmt.Sprintf("%d.%06d", time.Now().Unix(), p.n)
}

// serve is the Web API, as far as an answer needs it.
func (p *plaza) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if body, ok := p.files[r.URL.Path]; ok {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, body)
		return
	}
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	_ = r.ParseForm()
	w.Header().Set("Content-Type", "application/json")
	if method == "auth.test" {
		fmt.Fprintf(w, `{"ok":true,"team_id":"T1","user_id":%q,"bot_id":%q}`, botUser, botID)
		return
	}
	if p.refusing {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	form := r.PostForm
	channel, ts := form.Get("channel"), form.Get("ts")
	fail := func(code string) { fmt.Fprintf(w, `{"ok":false,"error":%q}`, code) }
	switch method {
	case "users.info":
		fmt.Fprintf(w, `{"ok":true,"user":{"id":%q,"locale":"en-US"}}`, form.Get("user"))
	case "chat.postMessage":
		checkPost(p.t, form)
		said := &spoken{channel: channel, ts: p.next(), thread: form.Get("thread_ts"), text: form.Get("text"), blocks: form.Get("blocks")}
		p.bots = append(p.bots, said)
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":%q}`, channel, said.ts)
	case "chat.update", "chat.delete":
		said := find(p.bots, channel+"/"+ts)
		if said == nil || said.gone {
			fail("message_not_found")
			return
		}
		if said.gone = method == "chat.delete"; !said.gone {
			checkSaid(p.t, form)
			said.text, said.blocks = form.Get("text"), form.Get("blocks")
		}
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":%q}`, channel, ts)
	case "chat.postEphemeral":
		checkSaid(p.t, form)
		p.whispers[form.Get("user")] = form.Get("text")
		fmt.Fprintf(w, `{"ok":true,"message_ts":%q}`, p.next())
	case "reactions.add", "reactions.remove":
		at := channel + "/" + form.Get("timestamp")
		switch on := method == "reactions.add"; {
		case on && p.marked[at]:
			fail("already_reacted")
		case !on && !p.marked[at]:
			fail("no_reaction")
		default:
			p.marked[at] = on
			fmt.Fprint(w, `{"ok":true}`)
		}
	case "views.open", "views.update":
		p.view = form.Get("view")
		if p.view == "" {
			body, _ := io.ReadAll(r.Body)
			p.view = string(body)
		}
		fmt.Fprint(w, `{"ok":true,"view":{"id":"V1","hash":"1"}}`)
	case "conversations.info":
		fmt.Fprintf(w, `{"ok":true,"channel":{"id":%q,"is_member":true}}`, channel)
	default:
		fail("unknown_method")
	}
}

func find(list []*spoken, id string) *spoken {
	for _, p := range list {
		if p.id() == id {
			return p
		}
	}
	return nil
}

// Refuse makes all calls fail, but the one that asks who the bot is.
func (p *plaza) Refuse(refuse bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refusing = refuse
}

func (p *plaza) refuses() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refusing
}

// write puts a person's message into a channel.
func (p *plaza) write(m adaptertest.Message) *spoken {
	p.mu.Lock()
	defer p.mu.Unlock()
	said := &spoken{channel: "C0GENERAL", user: "U0ALICE", text: encoded(m.Text), bot: m.ByProgram, direct: m.Direct, ts: p.next()}
	if m.User != "" {
		said.user = "U0" + strings.ToUpper(m.User)
	}
	if m.Channel != "" {
		said.channel = "C0" + strings.ToUpper(strings.TrimSuffix(m.Channel, ".txt"))
	}
	if m.In != "" {
		root := find(p.people, m.In)
		said.channel, said.thread = root.channel, root.root()
	}
	if m.Direct {
		said.channel = "D0" + said.user
	}
	if m.Mention {
		said.text = "<@" + botUser + "> " + said.text
	}
	if m.File != nil {
		path := fmt.Sprintf("/files-pri/T1-F%d/download/%s", p.n, m.File.Name)
		p.files[path] = m.File.Body
		said.files = []any{map[string]any{"id": fmt.Sprint("F", p.n), "name": m.File.Name, "mimetype": "application/octet-stream", "mode": "hosted",
			"is_external": false, "size": len(m.File.Body), "file_access": "visible", "url_private_download": p.URL + path}}
	}
	p.people = append(p.people, said)
	return said
}

func (p *plaza) change(said *spoken, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	said.text = encoded(text)
}

func (p *plaza) written(id string) *spoken {
	p.mu.Lock()
	defer p.mu.Unlock()
	return find(p.people, id)
}

func (p *plaza) answer(id string) *spoken {
	p.mu.Lock()
	defer p.mu.Unlock()
	return find(p.bots, id)
}

func (p *plaza) shown() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return words([]byte(p.view))
}

// Answers are what the bot said in a message's thread, after it and before the
// next one there.
func (p *plaza) Answers(id string) (list []adaptertest.Answer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	to := find(p.people, id)
	for _, a := range p.bots {
		if a.gone || a.channel != to.channel || a.thread != to.root() {
			continue
		}
		var before *spoken
		for _, one := range p.people {
			if one.channel == a.channel && one.root() == a.thread && one.ts < a.ts {
				before = one
			}
		}
		if before == to {
			list = append(list, a.shown())
		}
	}
	return list
}

func (p *spoken) shown() adaptertest.Answer {
	a := adaptertest.Answer{ID: p.id(), Text: words([]byte(`{"text":` + quoted(p.text) + `,"blocks":` + p.blocks + `}`))}
	if strings.Contains(p.text+p.blocks, "<!") || strings.Contains(p.text+p.blocks, "<@") {
		a.Pings = append(a.Pings, "somebody")
	}
	var blocks []struct {
		Elements []struct {
			Type string
			Text any
		}
	}
	_ = json.Unmarshal([]byte(p.blocks), &blocks)
	for _, b := range blocks {
		for _, e := range b.Elements {
			if label, ok := e.Text.(map[string]any); ok && e.Type == "button" {
				a.Buttons = append(a.Buttons, fmt.Sprint(label["text"]))
			}
		}
	}
	return a
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func (p *plaza) Marked(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.marked[id]
}

// Whispered is what the bot showed the writer of a message alone.
func (p *plaza) Whispered(id string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.whispers[find(p.people, id).user]
}
