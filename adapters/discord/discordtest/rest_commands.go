package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

func (s *Server) listCommands(w http.ResponseWriter, r *http.Request, app, guild string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if app != s.AppID {
		refuse(w, 403, 20012, "You are not authorized to perform this action on this application")
		return
	}
	list := []map[string]any{}
	for _, c := range s.commands[guild] {
		list = append(list, withoutTexts(c, r.URL.Query().Get("with_localizations") == "true"))
	}
	reply(w, 200, list)
}

// withoutTexts leaves out the texts in other languages, where nobody asks for them.
func withoutTexts(c map[string]any, localized bool) map[string]any {
	shown := map[string]any{}
	for k, v := range c {
		if strings.HasSuffix(k, "_localizations") && !localized {
			continue
		}
		if options, ok := v.([]any); ok && k == "options" {
			var list []any
			for _, o := range options {
				list = append(list, withoutTexts(o.(map[string]any), localized))
			}
			v = list
		}
		shown[k] = v
	}
	return shown
}

func (s *Server) putCommands(w http.ResponseWriter, app, guild string, body []byte) {
	problems := s.Validator.Commands(body)
	if len(problems) > 0 {
		s.refuseForm(w, "commands", problems, body)
		return
	}
	var list []map[string]any
	json.Unmarshal(body, &list)
	s.mu.Lock()
	defer s.mu.Unlock()
	if app != s.AppID {
		refuse(w, 403, 20012, "You are not authorized to perform this action on this application")
		return
	}
	// Discord adds what it knows, and says nothing where a field is empty.
	for _, c := range list {
		c["id"], c["application_id"], c["version"] = s.id(), s.AppID, s.id()
		if c["nsfw"] == nil {
			c["nsfw"] = false
		}
		if guild != "" {
			c["guild_id"] = guild
		}
		for _, key := range []string{"name_localizations", "description_localizations", "default_member_permissions"} {
			if c[key] == nil {
				c[key] = nil
			}
		}
		if c["description"] == nil {
			c["description"] = ""
		}
		if c["type"] == nil {
			c["type"] = 1
		}
	}
	s.commands[guild] = list
	s.writes++
	s.note()
	reply(w, 200, list)
}

// Commands gives the names of the registered commands, and how often they were written.
func (s *Server) Commands() (names []string, writes int) { return s.CommandsOf("") }

// CommandsOf gives those of a guild, "" for the global ones.
func (s *Server) CommandsOf(guild string) (names []string, writes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.commands[guild] {
		names = append(names, fmt.Sprint(c["name"]))
	}
	return names, s.writes
}

// known finds a registered command, a global one or one of any guild. The lock is held.
func (s *Server) known(name string, kind int) map[string]any {
	for _, list := range s.commands {
		for _, c := range list {
			if c["name"] == name && fmt.Sprint(c["type"]) == fmt.Sprint(kind) {
				return c
			}
		}
	}
	return nil
}
