package discordtest

import "slices"

// What a test lets happen at the gateway, and what it can see of it.

// Cut ends every connection without a word, as a broken line does.
func (s *Server) Cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		x.drop()
	}
	s.note()
}

// Freeze lets every connection stand, and nothing go through it: neither side
// hears of the other, as when a machine between the two went away.
func (s *Server) Freeze() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if x.conn != nil {
			x.conn.freeze()
			x.conn = nil
		}
	}
	s.note()
}

// Tear lets the next n events break off in the middle, and the connection with them.
func (s *Server) Tear(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.torn = n
}

// Close ends every connection with a code.
func (s *Server) Close(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if x.conn != nil {
			x.conn.close(code)
			x.conn = nil
		}
	}
	s.note()
}

// Reconnect asks every client to come back (op 7).
func (s *Server) Reconnect() { s.ask(map[string]any{"op": opReconnect, "d": nil}) }

// AskBeat asks every client for a heartbeat (op 1).
func (s *Server) AskBeat() { s.ask(map[string]any{"op": opHeartbeat, "d": nil}) }

func (s *Server) ask(v any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if x.conn != nil {
			x.conn.send(v)
		}
	}
}

// Refuse closes the next identifications with these codes.
func (s *Server) Refuse(codes ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals = append(s.refusals, codes...)
}

// Invalidate answers the next resumes with op 9, each with whether the session may
// be resumed later.
func (s *Server) Invalidate(again ...bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invalid = append(s.invalid, again...)
}

// Forget makes Discord forget all sessions: a resume gets op 9.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		x.over = true
	}
}

// Silent lets the next connections wait for HELLO in vain.
func (s *Server) Silent(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.silent = n
}

// Mute stops the answers to heartbeats, or starts them again.
func (s *Server) Mute(mute bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mute = mute
}

// Connected reports whether a session has a connection.
func (s *Server) Connected() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.live(), func(x *session) bool { return x.conn != nil })
}

// Serving lists the shards that have a connection, each with how many there are.
func (s *Server) Serving() (shards [][2]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.live() {
		if x.conn != nil {
			shards = append(shards, x.shard)
		}
	}
	return shards
}

// Sessions counts the sessions that were begun and those that were resumed.
func (s *Server) Sessions() (identified, resumed int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.identified, s.resumed
}

// Dispatched counts the events that the live sessions got.
func (s *Server) Dispatched() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.live() {
		n += len(x.events)
	}
	return n
}

// Intents are those of the live session.
func (s *Server) Intents() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if live := s.live(); len(live) > 0 {
		return live[0].intents
	}
	return 0
}
