package slack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"smtpbot/adapters/delivery"
	"smtpbot/bot"
)

const (
	// maxFile is how much is read of the files of a message together, and maxFiles
	// how many: Slack takes ten at once.
	maxFile  = 10 << 20
	maxFiles = 10

	// readers is how many messages have files fetched at a time: each may hold
	// what maxFile allows, several times over.
	readers = 2

	// filesWithin bounds the fetching of all files of a message.
	filesWithin = 60 * time.Second

	// filesFirst is how long the acknowledgement waits for the files. What is
	// there by then is claimed before it is acknowledged, like a message; a large
	// file or a slow answer is read behind the acknowledgement.
	filesFirst = 1500 * time.Millisecond
)

// judge has a message judged together with the files that came with it.
func (a *Adapter) judge(ctx context.Context, m bot.Message, asked bool, files []fileObject, f func(context.Context, bot.Message) (bot.Outcome, error)) (reply, error) {
	wanted := len(readable(files)) > 0
	if wanted { // with the store away nothing is judged
		wanted, _ = a.bot.WantsFiles(ctx, m, asked)
	}
	if !wanted {
		o, err := f(ctx, m)
		if err != nil {
			return reply{}, err
		}
		return a.reply(o), nil
	}
	type result struct {
		bot.Outcome
		err error
	}
	early, late := make(chan result), make(chan struct{})
	a.begin(filesWithin, func(ctx context.Context) {
		r := result{err: errPanic}
		delivery.Guard(a.log, "files", func() {
			m = a.withFiles(ctx, m, asked, files)
			r.Outcome, r.err = f(ctx, m)
		})
		select {
		case early <- r:
		case <-late:
			if r.err != nil {
				a.log.Error("a message with files was not judged", "error", r.err, "channel", m.Channel, "message", m.ID)
			} else if then := a.reply(r.Outcome); then.after != nil {
				then.after()
			}
		}
	})
	wait, stop := context.WithTimeout(ctx, a.filesFirst)
	defer stop()
	select {
	case r := <-early:
		if r.err != nil {
			return reply{}, r.err
		}
		return a.reply(r.Outcome), nil
	case <-wait.Done():
		close(late)
		return reply{}, nil
	}
}

// withFiles gives a message with what its files say. What cannot be read is left
// out; nothing of it is kept.
func (a *Adapter) withFiles(ctx context.Context, m bot.Message, asked bool, files []fileObject) bot.Message {
	if !a.reading.Enter(ctx) {
		return m
	}
	defer a.reading.Leave()
	var texts []string
	left := int64(maxFile)
	for i, f := range files {
		if !isText(f) || i >= maxFiles {
			continue
		}
		text, err := a.fetch(ctx, m.Team, f, left)
		if err != nil {
			a.log.Warn("a file was not read", "error", err, "file", f.ID, "channel", m.Channel, "message", m.ID)
			continue
		}
		texts = append(texts, text)
		left -= int64(len(text))
	}
	m.Text, m.Logs = a.bot.WithFiles(ctx, m.Text, texts, asked)
	return m
}

// fetch reads a file up to a size. Its errors hold no address.
func (a *Adapter) fetch(ctx context.Context, team string, f fileObject, limit int64) (string, error) {
	api, err := a.client(ctx, team)
	if err != nil {
		return "", err
	}
	if f.Access == "check_file_info" || f.URL == "" {
		// In a channel that companies share the event tells no more than the id.
		// https://docs.slack.dev/reference/objects/file-object#slack_connect_files
		var info *slack.File
		err := a.try(ctx, func(ctx context.Context) (err error) {
			info, _, _, err = api.GetFileInfoContext(ctx, f.ID, 0, 0)
			return err
		})
		if err != nil {
			return "", fmt.Errorf("files.info: %s", reason(err))
		}
		f = fileObject{ID: info.ID, Name: info.Name, Type: info.Mimetype, Mode: info.Mode, External: info.IsExternal, Size: int64(info.Size), URL: info.URLPrivateDownload}
		if !isText(f) || f.URL == "" {
			return "", errors.New("the file is no text, or not Slack's")
		}
	}
	if f.Size > limit {
		return "", errTooLarge
	}
	var got limited
	err = a.try(ctx, func(ctx context.Context) error {
		got = limited{limit: limit}
		// slack-go sends the token to Slack's hosts and to that of SLACK_API_URL
		// alone, and the HTTP client follows no redirect.
		err := api.GetFileContext(ctx, f.URL, &got)
		if got.refused != nil {
			return nil // trying again does not help
		}
		return err
	})
	switch {
	case err != nil:
		return "", fmt.Errorf("download: %s", reason(err))
	case got.refused != nil:
		return "", got.refused
	}
	return bot.FileText(got.content.Bytes())
}

var (
	errTooLarge = errors.New("the file is too large")
	errPage     = errors.New("a page, perhaps to sign in at, and not the file: is the scope files:read granted?")
)

// limited takes a file up to its limit. The buffer is no embedded one: that
// would read by itself, past the limit.
type limited struct {
	limit   int64
	content bytes.Buffer
	refused error
}

func (l *limited) Write(p []byte) (int, error) {
	first := l.content.Len() == 0
	switch {
	case int64(l.content.Len()+len(p)) > l.limit:
		l.refused = errTooLarge
	case first && isPage(p):
		l.refused = errPage
	default:
		return l.content.Write(p)
	}
	return 0, l.refused
}

// isPage reports whether what came is HTML: Slack answers so, with status 200,
// where the token may not read files. None of the files that are read begins
// like that.
func isPage(start []byte) bool {
	start = bytes.ToLower(bytes.TrimLeft(start[:min(len(start), 256)], "\ufeff \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// readable gives the ids of the files that are worth reading.
func readable(files []fileObject) []string {
	var ids []string
	for _, f := range files {
		if isText(f) {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// isText reports whether a file may hold a bounce or a log; a snippet may. Of some files nothing is known yet but the id.
func isText(f fileObject) bool {
	switch {
	case f.ID == "" || f.External:
		return false
	case f.Mode == "snippet":
		return true
	case f.Access == "check_file_info":
		return true
	case f.Access != "" && f.Access != "visible", f.Mode != "" && f.Mode != "hosted":
		return false
	}
	return bot.ReadsFile(f.Name, f.Type)
}
