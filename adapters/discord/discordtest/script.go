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
func (s *Server) Reconnect() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.sessions {
		if x.conn != nil {
			x.conn.send(map[string]any{"op": opReconnect, "d": nil})
		}
	}
}

// Refuse closes the next identifications with these codes.
func (s *Server) Refuse(codes ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals = append(s.refusals, codes...)
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

// Sessions counts the sessions that were begun and those that were resumed.
func (s *Server) Sessions() (identified, resumed int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.identified, s.resumed
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
