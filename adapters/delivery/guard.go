package delivery

import (
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
)

// Guard keeps a fault in f from ending the process, logs where it came from,
// and reports whether there was none. What was said in panic may hold a
// message, so only the runtime's own words are kept.
func Guard(log *slog.Logger, where string, f func()) (ok bool) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		fault := fmt.Sprintf("%T", p)
		if own, ok := p.(runtime.Error); ok {
			fault = own.Error()
		}
		log.Error("recovered from a fault", "in", where, "fault", fault, "stack", string(debug.Stack()))
	}()
	f()
	return true
}
