package main

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// pictures makes the tests write what they see to deploy/pictures, for the README.
var pictures = flag.Bool("pictures", false, "write the pictures of the README anew")

// browser opens a page in a real browser, with a window of the given width.
// Whatever the page's script complains of fails the test.
func browser(t *testing.T, width, height int64) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()),
		chromedp.WSURLReadTimeout(patience))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(func(event any) {
		if e, ok := event.(*runtime.EventExceptionThrown); ok {
			t.Errorf("the page's script failed: %s", e.ExceptionDetails.Text)
		}
	}))
	t.Cleanup(cancel)
	do(t, ctx, chromedp.EmulateViewport(width, height))
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// js evaluates an expression on the page.
func js[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// text reads what the last answer on the page says.
func text(t *testing.T, ctx context.Context) string {
	t.Helper()
	return js[string](t, ctx, `[...document.querySelectorAll(".card")].at(-1)?.innerText ?? ""`)
}

func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if !*pictures {
		return
	}
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join("..", "..", "deploy", "pictures")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
		t.Fatal(err)
	}
}

const bounced = "host mx.dest.example[192.0.2.25] said: 550 5.1.1 <sales@dest.example>: Recipient address rejected: User unknown in virtual mailbox table (in reply to RCPT TO command)"

func TestPageIsAChat(t *testing.T) {
	p := startBinary(t)
	ctx := browser(t, 900, 1000)
	do(t, ctx, chromedp.Navigate(p.url+"/"), chromedp.WaitVisible("#q"))
	do(t, ctx, chromedp.SendKeys("#q", "/smtp 503"+kb.Enter))
	eventually(t, "the answer to /smtp 503", func() bool { return strings.Contains(text(t, ctx), "503 · ") })
	do(t, ctx, chromedp.SendKeys("#q", bounced), chromedp.Click(`#ask button`))
	eventually(t, "the answer to a pasted bounce", func() bool { return strings.Contains(text(t, ctx), "550 5.1.1 · ") })
	if n := js[int](t, ctx, `document.querySelectorAll(".exchange").length`); n != 2 {
		t.Errorf("%d exchanges stand on the page; want both", n)
	}
	if answer := text(t, ctx); strings.Contains(answer, "sales@") {
		t.Errorf("the answer repeats the address: %s", answer)
	}
	// The page still scrolls to the answer; a pointer might miss what moves.
	do(t, ctx, chromedp.Focus(`.exchange:last-of-type .actions button`), chromedp.KeyEvent(kb.Enter))
	eventually(t, "the whole entry behind Details", func() bool { return strings.Contains(text(t, ctx), "What to do") })
	p.stop()
}

func TestPageExamples(t *testing.T) {
	p := startBinary(t)
	ctx := browser(t, 900, 1000)
	do(t, ctx, chromedp.Navigate(p.url+"/"))
	examples := js[int](t, ctx, `document.querySelectorAll(".examples button").length`)
	if examples < 5 {
		t.Fatalf("%d examples", examples)
	}
	for i := range examples {
		js[chromedp.Void](t, ctx, fmt.Sprintf(`document.querySelectorAll(".examples button")[%d].click()`, i))
		eventually(t, "an answer to an example", func() bool {
			return js[int](t, ctx, `document.querySelectorAll(".exchange").length`) == i+1
		})
		if answer := text(t, ctx); strings.Contains(answer, "Nothing here fits") || strings.Contains(answer, "keep silent") {
			t.Errorf("example %d is not explained: %s", i, answer)
		}
	}
	do(t, ctx, chromedp.Navigate(p.url+"/"), chromedp.Click(`.examples button:nth-of-type(4)`))
	eventually(t, "the answer about Gmail", func() bool { return strings.Contains(text(t, ctx), "5.7.26") })
	js[chromedp.Void](t, ctx, `scrollTo({top: 0, behavior: "instant"})`)
	picture(t, ctx, "page.png")
}

func TestPageWithoutScript(t *testing.T) {
	p := startBinary(t)
	ctx := browser(t, 900, 1000)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(p.url+"/"), chromedp.SendKeys("#q", "221 vs 503"), chromedp.Click(`#ask button`), chromedp.WaitVisible(".card table"))
	html, err := chromedp.Run(ctx, chromedp.OuterHTML("main"))
	if err != nil || !strings.Contains(html, "<code>221</code>") {
		t.Errorf("without JavaScript the comparison is not shown: %v", err)
	}
}

// TestPageOnAPhone looks for what runs out of a narrow screen, in the dark.
func TestPageOnAPhone(t *testing.T) {
	p := startBinary(t)
	ctx := browser(t, 360, 740)
	dark := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, dark); err != nil {
		t.Fatal(err)
	}
	for _, question := range []string{"503", "221 vs 503", "421 450 451 452", bounced} {
		do(t, ctx, chromedp.Navigate(p.url+"/"), chromedp.SendKeys("#q", question+kb.Enter))
		eventually(t, "an answer", func() bool { return text(t, ctx) != "" })
		if over := js[float64](t, ctx, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("%q runs %v px out of a phone's screen", question, over)
		}
		if ground := js[string](t, ctx, `getComputedStyle(document.querySelector(".card")).backgroundColor`); ground != "rgb(28, 31, 36)" {
			t.Errorf("in dark mode an answer stands on %s", ground)
		}
	}
	picture(t, ctx, "page-phone.png")
}

func TestPageByKeyboard(t *testing.T) {
	p := startBinary(t)
	ctx := browser(t, 900, 1000)
	do(t, ctx, chromedp.Navigate(p.url+"/"))
	if focus := js[string](t, ctx, `document.activeElement.id`); focus != "q" {
		t.Errorf("the page opens with the focus on %q", focus)
	}
	// Shift and Enter make a new line, Enter asks.
	do(t, ctx, chromedp.KeyEvent("450 "), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierShift)),
		chromedp.KeyEvent("550"), chromedp.KeyEvent(kb.Enter))
	eventually(t, "a comparison", func() bool { return strings.Contains(text(t, ctx), "450 vs 550") })
	// Every button can be reached and pressed without a mouse.
	do(t, ctx, chromedp.Focus(`.actions button`), chromedp.KeyEvent(kb.Enter))
	eventually(t, "the entry of 450", func() bool { return strings.Contains(text(t, ctx), "450 · ") })
}

// TestStateOverHTTP runs with nothing configured: ready, and no database made.
func TestStateOverHTTP(t *testing.T) {
	p := startBinary(t)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/metrics": "smtpbot_commands_total"} {
		if path == "/metrics" {
			http.Get(p.url + "/?q=503")
		}
		if status, body := p.get(path); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.100s", path, status, body)
		}
	}
	start := time.Now()
	p.stop()
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("an idle process took %v to stop", took)
	}
}
