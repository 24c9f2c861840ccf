package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// healthz says that the process is alive.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, "ok")
}

// Notice is the state of a part that works, but for something that an operator
// should know.
type Notice string

func (n Notice) Error() string { return string(n) }

// readyz says whether every part can work, a line a part.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	state := s.ready(ctx)
	status := http.StatusOK
	var b strings.Builder
	for _, part := range slices.Sorted(maps.Keys(state)) {
		if notice := Notice(""); errors.As(state[part], &notice) {
			fmt.Fprintf(&b, "%s: ok, but %s\n", part, string(notice))
		} else if err := state[part]; err != nil {
			status = http.StatusServiceUnavailable
			fmt.Fprintf(&b, "%s: %v\n", part, err)
		} else {
			fmt.Fprintf(&b, "%s: ok\n", part)
		}
	}
	if status == http.StatusOK {
		b.WriteString("ready\n")
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprint(w, b.String())
}

// Metrics counts what the bot does, for Prometheus. It implements [bot.Meter].
type Metrics struct {
	registry                 *prometheus.Registry
	commands, observed, sent *prometheus.CounterVec
}

// NewMetrics makes a registry of its own.
func NewMetrics() *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "smtpbot", Name: name, Help: help}, labels)
	}
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		commands: counter("commands_total", "Questions that were answered.", "platform"),
		observed: counter("observed_total", "Messages that were judged, by outcome: silent, answered, repeated, cooling, failed.", "platform", "outcome"),
		sent:     counter("sent_total", "Answers to pasted errors, by outcome: sent, refused, failed.", "platform", "outcome"),
	}
	m.registry.MustRegister(m.commands, m.observed, m.sent, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Command counts a question.
func (m *Metrics) Command(platform string) { m.commands.WithLabelValues(platform).Inc() }

// Observed counts a message that was judged.
func (m *Metrics) Observed(platform, outcome string) {
	m.observed.WithLabelValues(platform, outcome).Inc()
}

// Sent counts an answer.
func (m *Metrics) Sent(platform, outcome string) { m.sent.WithLabelValues(platform, outcome).Inc() }
