package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"smtpbot/bot"
)

const (
	// maxFile is how much of one file is read, and maxFiles how many of a
	// message: Discord takes ten.
	maxFile  = 10 << 20
	maxFiles = 10

	// readers is how many messages have files fetched at a time: each may hold
	// what maxFile allows, several times over.
	readers = 4

	// filesWithin bounds the fetching of all files of a message. The channel's
	// next messages wait for it.
	filesWithin = 20 * time.Second
)

// attachment is a file that came with a message. A paste that is too long for a
// message becomes one by itself: message.txt.
//
// https://discord.com/developers/docs/resources/message#attachment-object
type attachment struct {
	ID   string `json:"id"`
	Name string `json:"filename"`
	Type string `json:"content_type"`
	Size int64  `json:"size"`
	URL  string `json:"url"`
}

// files lists what came with a message, or with the one that is forwarded in
// it, and may hold a bounce or a log.
func (m *message) files() []attachment {
	list := slices.Clone(m.Attachments)
	for _, s := range m.Snapshots {
		if s.Message != nil {
			list = append(list, s.Message.Attachments...)
		}
	}
	list = slices.DeleteFunc(list, func(f attachment) bool { return !f.isText() })
	return list[:min(len(list), maxFiles)]
}

// isText goes by the name: Discord calls a file by its name's ending, and what
// it does not know "application/octet-stream".
func (f attachment) isText() bool {
	return bot.ReadsFile(f.Name, f.Type)
}

// withFiles gives a message with what its files say. What cannot be read is left
// out; nothing of it is kept. An error is the store's.
func (a *Adapter) withFiles(ctx context.Context, m bot.Message, asked bool, files []attachment) (bot.Message, error) {
	if wanted, err := a.bot.WantsFiles(ctx, m, asked); !wanted {
		return m, err
	}
	m.Text, m.Logs = a.bot.WithFiles(ctx, m.Text, a.fetched(ctx, m.Channel, files), asked)
	return m, nil
}

// fetched reads files.
func (a *Adapter) fetched(ctx context.Context, channel string, files []attachment) []string {
	ctx, cancel := context.WithTimeout(ctx, filesWithin)
	defer cancel()
	if !a.readers.Enter(ctx) {
		return nil
	}
	defer a.readers.Leave()
	var texts []string
	for _, f := range files {
		text, err := a.fetch(ctx, f)
		if err != nil {
			a.log.Warn("a file was not read", "channel", channel, "file", f.ID, "problem", described(err))
			continue
		}
		texts = append(texts, text)
	}
	return texts
}

var (
	errElsewhere = errors.New("the file is not at Discord")
	errTooLarge  = errors.New("the file is too large")
)

// fetch reads a file, from Discord's own hosts and nowhere else. Its errors
// hold no address, for that is what grants access.
func (a *Adapter) fetch(ctx context.Context, f attachment) (string, error) {
	if f.Size > maxFile {
		return "", errTooLarge
	}
	if !a.holdsFiles(f.URL) {
		return "", errElsewhere
	}
	request, err := http.NewRequestWithContext(ctx, "GET", f.URL, nil)
	if err != nil {
		return "", errElsewhere
	}
	request.Header.Set("User-Agent", a.agent())
	response, err := a.cdn.Do(request)
	if err != nil {
		if address := (*url.Error)(nil); errors.As(err, &address) {
			err = address.Err
		}
		return "", fmt.Errorf("download: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("download: status %d", response.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, maxFile+1))
	switch {
	case err != nil:
		return "", errors.New("download: the connection was lost")
	case len(content) > maxFile:
		return "", errTooLarge
	}
	return bot.FileText(content)
}

// holdsFiles reports whether an address is one at which Discord keeps files:
// its two hosts, or where the configuration says that Discord is.
func (a *Adapter) holdsFiles(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || !strings.HasPrefix(u.Path, "/attachments/") && !strings.HasPrefix(u.Path, "/ephemeral-attachments/") {
		return false
	}
	if api := a.config.API; api != nil && u.Scheme == api.Scheme && u.Host == api.Host {
		return true
	}
	return u.Scheme == "https" && (u.Host == "cdn.discordapp.com" || u.Host == "media.discordapp.net")
}

// newCDN makes the client that reads files. It has no token to lose, follows no
// redirect, and keeps no connection for long.
func newCDN() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.IdleConnTimeout = 30 * time.Second
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
