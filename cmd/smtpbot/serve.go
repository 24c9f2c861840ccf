package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"

	"smtpbot/adapters"
	"smtpbot/adapters/web"
	"smtpbot/bot"
	"smtpbot/bot/store/sqlstore"
)

// drain is how long a stopping process may take to finish what it took.
const drain = 8 * time.Second

// serve runs the local page and every adapter until the context ends.
func serve(ctx context.Context, a arguments, env map[string]string, s streams) (int, error) {
	if len(a.words) > 0 {
		return exitUnusable, fmt.Errorf("serve takes no words; to look a code up: smtpbot lookup %s", a.words[0])
	}
	c, problems := configure(env)
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: c.LogLevel}))
	known, err := loadCatalog()
	if err != nil {
		return exitUnusable, err
	}
	metrics := web.NewMetrics()
	options := bot.Options{Cooldown: c.Cooldown, Meter: metrics}
	var store bot.Store
	if len(problems) == 0 {
		rows, err := sqlstore.Open(c.DatabaseURL)
		if err != nil {
			return exitUnusable, fmt.Errorf("SMTPBOT_DATABASE_URL: %w", err)
		}
		defer rows.Close()
		store = rows
	}
	b := bot.New(known, store, options)
	list, faults := connect(env, b, log)
	if problems = append(problems, faults...); len(problems) > 0 {
		return exitUnusable, misconfigured(problems)
	}
	// The address is taken last: whoever sees it open finds everything behind it.
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return exitUnusable, listenProblem(c.Listen, err)
	}
	page := web.New(b, metrics, readiness(b, list), log)
	mux := page.Mux()
	for _, a := range list {
		if r, ok := a.(adapters.Router); ok {
			r.Routes(mux)
		}
	}
	fmt.Fprintf(s.out, "smtpbot is at %s\n", address(listener))
	return exitFound, serveAll(ctx, listener, page.Wrap(mux), b, list, log)
}

// serveAll runs until the context ends or an adapter finds what only an
// operator can mend.
func serveAll(ctx context.Context, listener net.Listener, handler http.Handler, b *bot.Bot, list []adapters.Adapter, log *slog.Logger) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 20 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	var running sync.WaitGroup
	for _, a := range list {
		running.Go(func() {
			if err := a.Run(ctx); err != nil {
				stop(failure{fmt.Errorf("%s: %w", a.Name(), err)})
			}
		})
	}
	if len(list) > 0 {
		running.Go(func() { forget(ctx, b, log) })
	}
	running.Go(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			stop(failure{fmt.Errorf("the HTTP server: %w", err)})
		}
	})
	<-ctx.Done()
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	err := server.Shutdown(end)
	done := make(chan struct{})
	go func() { running.Wait(); close(done) }()
	select {
	case <-done:
	case <-end.Done():
		err = errors.New("not everything could be finished in time; what was claimed is sent at the next start")
	}
	if f := (failure{}); errors.As(context.Cause(ctx), &f) {
		return f.error
	}
	if err != nil {
		log.Warn("stopped with work left", "problem", err.Error())
	}
	return nil
}

// failure ends the process with an error; every other end of the context is a
// wish to stop.
type failure struct{ error }

// forget drops old rows once a day.
func forget(ctx context.Context, b *bot.Bot, log *slog.Logger) {
	tick := time.NewTicker(24 * time.Hour)
	defer tick.Stop()
	for {
		if n, err := b.Forget(ctx); err != nil {
			log.Warn("old rows were not dropped", "problem", err.Error())
		} else if n > 0 {
			log.Info("old rows dropped", "rows", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// readiness asks the store, where a platform needs it, and every adapter.
func readiness(b *bot.Bot, list []adapters.Adapter) func(context.Context) map[string]error {
	return func(ctx context.Context) map[string]error {
		state := map[string]error{}
		if len(list) > 0 {
			state["store"] = b.StoreReady(ctx)
		}
		for _, a := range list {
			state[a.Name()] = a.Ready()
			if n, ok := a.(adapters.Noticer); ok && state[a.Name()] == nil && n.Notice() != "" {
				state[a.Name()] = web.Notice(n.Notice())
			}
		}
		return state
	}
}

// address is where a browser on this machine finds the page.
func address(l net.Listener) string {
	host, port, _ := net.SplitHostPort(l.Addr().String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

func listenProblem(address string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("SMTPBOT_LISTEN: %s is in use by another program; choose another port, or 127.0.0.1:0 for any free one", address)
	}
	return fmt.Errorf("SMTPBOT_LISTEN: cannot listen on %s: %w", address, err)
}
