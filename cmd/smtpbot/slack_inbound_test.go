package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// What local Slack sends to the process, over HTTP and by Socket Mode.

// deliver passes on what local Slack sends over HTTP, and signs it anew.
func (x *slackProxy) deliver(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	x.mu.Lock()
	to := x.process
	x.mu.Unlock()
	if form, err := url.ParseQuery(string(body)); err == nil && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		for name := range form { // a command, or an interaction
			form.Set(name, string(x.here([]byte(form.Get(name)))))
		}
		if payload := form.Get("payload"); payload != "" {
			form.Set("payload", string(x.atHome([]byte(payload))))
		}
		body = []byte(form.Encode())
	} else {
		body = x.here(body)
	}
	out, err := http.NewRequestWithContext(r.Context(), http.MethodPost, to+r.URL.Path, bytes.NewReader(body))
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	out.Header = r.Header.Clone()
	mac := hmac.New(sha256.New, []byte("test-signing-secret"))
	io.WriteString(mac, "v0:"+r.Header.Get("X-Slack-Request-Timestamp")+":"+string(body))
	out.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(out)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	if resp.StatusCode == http.StatusOK && len(answer) > 0 {
		x.judge(slackCall{method: "acknowledgement", body: answer})
	}
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	w.WriteHeader(resp.StatusCode)
	_, _ = w.Write(answer)
}

// connect passes on the frames of a connection of Socket Mode.
func (x *slackProxy) connect(w http.ResponseWriter, r *http.Request) {
	x.mu.Lock()
	to := "ws://" + x.slack.Host + r.URL.RequestURI()
	x.mu.Unlock()
	slack, _, err := websocket.DefaultDialer.DialContext(r.Context(), to, nil)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer slack.Close()
	process, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer process.Close()
	x.mu.Lock()
	x.sockets = append(x.sockets, process)
	x.mu.Unlock()
	messages := map[string]string{} // by the envelope
	var mu sync.Mutex
	var writing sync.Mutex // of the process' side: frames and pongs
	slack.SetPingHandler(func(data string) error {
		writing.Lock()
		defer writing.Unlock()
		return process.WriteControl(websocket.PingMessage, []byte(data), time.Now().Add(patience))
	})
	go func() {
		defer process.Close()
		for {
			kind, frame, err := slack.ReadMessage()
			if err != nil {
				return
			}
			var e struct {
				ID      string `json:"envelope_id"`
				Type    string
				Payload struct {
					Event struct{ Type, Subtype, TS string }
				}
			}
			_ = json.Unmarshal(frame, &e)
			if e.ID != "" && !x.first(e.ID) {
				continue
			}
			if e.Payload.Event.Type == "message" && e.Payload.Event.Subtype == "" {
				mu.Lock()
				messages[e.ID] = e.Payload.Event.TS
				mu.Unlock()
				x.mu.Lock()
				if _, known := x.acked[e.Payload.Event.TS]; !known {
					x.acked[e.Payload.Event.TS] = false
				}
				x.mu.Unlock()
			}
			frame = x.here(frame)
			if e.Type == "interactive" {
				var whole map[string]json.RawMessage
				_ = json.Unmarshal(frame, &whole)
				whole["payload"] = x.atHome(whole["payload"])
				frame, _ = json.Marshal(whole)
			}
			writing.Lock()
			err = process.WriteMessage(kind, frame)
			writing.Unlock()
			if err != nil {
				return
			}
		}
	}()
	for {
		kind, frame, err := process.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		_ = json.Unmarshal(frame, &ack)
		mu.Lock()
		ts := messages[ack.ID]
		mu.Unlock()
		if ts != "" {
			x.mu.Lock()
			x.acked[ts] = true
			x.mu.Unlock()
		}
		if len(ack.Payload) > 0 {
			x.judge(slackCall{method: "acknowledgement", body: ack.Payload})
		}
		if slack.WriteMessage(kind, frame) != nil {
			return
		}
	}
}

// first reports whether an envelope was not sent to another connection: Slack
// picks one, local Slack takes all.
func (x *slackProxy) first(id string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	before := x.sent[id]
	x.sent[id] = true
	return !before
}

// cut cuts all connections of Socket Mode, and says how many there were.
func (x *slackProxy) cut() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, c := range x.sockets {
		c.NetConn().Close()
	}
	n := len(x.sockets)
	x.sockets = nil
	return n
}

// connected reports whether there is a connection since the last cut.
func (x *slackProxy) connected() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.sockets) > 0
}

// atHome adds to what somebody does in Home the view that they did it in, with
// what they picked there. Local Slack takes it for a message.
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
func (x *slackProxy) atHome(payload []byte) []byte {
	var p map[string]any
	if json.Unmarshal(payload, &p) != nil || p["type"] != "block_actions" || p["message"] != nil {
		return payload
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	p["container"] = map[string]any{"type": "view", "view_id": "V0HOME"}
	p["view"] = map[string]any{"id": "V0HOME", "root_view_id": "V0HOME", "type": "home", "state": map[string]any{"values": x.picked}}
	delete(p, "channel")
	delete(p, "response_url")
	payload, _ = json.Marshal(p)
	return payload
}
