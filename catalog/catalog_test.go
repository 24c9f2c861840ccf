package catalog_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"smtpbot/catalog"
)

func load(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Load(catalog.Files())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLint holds the data to what the linter knows.
func TestLint(t *testing.T) {
	for _, fault := range load(t).Lint() {
		t.Error(fault)
	}
}

// TestTranslationsAreComplete fails where a language lacks something, or where
// an English text was changed and nobody looked at its translation since.
func TestTranslationsAreComplete(t *testing.T) {
	c := load(t)
	for _, lang := range c.Languages()[1:] {
		missing, stale, err := c.Todo(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range missing {
			t.Errorf("%s lacks %s", lang, name)
		}
		for _, name := range stale {
			t.Errorf("the English of %s has changed: look at the translation in text/%s, then run smtpbot catalog accept %s", name, lang, lang)
		}
	}
}

// TestTodoNoticesAChange changes an English text under a translation.
func TestTodoNoticesAChange(t *testing.T) {
	files := fstest.MapFS{
		"text/en/labels.toml": {Data: []byte("x = \"one\"\ny = \"two\"\nz = \"three\"\n")},
		"text/fr/labels.toml": {Data: []byte("x = \"un\"\ny = \"deux\"\n")},
	}
	c, err := catalog.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	sources, err := c.Sources("fr")
	if err != nil {
		t.Fatal(err)
	}
	files["text/fr/sources.toml"] = &fstest.MapFile{Data: sources}
	files["text/en/labels.toml"] = &fstest.MapFile{Data: []byte("x = \"one\"\ny = \"twain\"\nz = \"three\"\n")}
	if c, err = catalog.Load(files); err != nil {
		t.Fatal(err)
	}
	missing, stale, err := c.Todo("fr")
	if err != nil || !slices.Equal(missing, []string{"label/z"}) || !slices.Equal(stale, []string{"label/y"}) {
		t.Errorf("missing %q, stale %q, %v; want label/z and label/y", missing, stale, err)
	}
	if _, _, err := c.Todo("xx"); err == nil {
		t.Error("a language that is not there has nothing to do")
	}
}

// TestLintNamesFileAndLine breaks entries in ways that lint has to see.
func TestLintNamesFileAndLine(t *testing.T) {
	const good = "who = \"sender\"\nretry = \"retry\"\ncause = \"spam\"\nstage = [\"rcpt\"]\nreferences = [\"RFC 5321, section 4.2\"]\n\n[text]\ntitle = \"A title\"\nmeaning = \"It means this.\"\nwhen = \"Then.\"\nfix = [\"Do that.\"]\n"
	for name, row := range map[string]struct{ old, new, want string }{
		"who":         {"\"sender\"", "\"somebody\"", "550.toml:1: who is \"somebody\""},
		"reference":   {"RFC 5321, section 4.2", "the RFC", "550.toml:5: reference"},
		"filler":      {"It means this.", "Please note that it means this.", "550.toml:9: \"Please\" is filler"},
		"title":       {"A title", "A title.", "the title ends with a full stop"},
		"placeholder": {"Do that.", "Do `x {nobody}`.", "550.toml:11: nothing fills {nobody}"},
		"mark":        {"Do that.", "Do `that.", "a mark without its partner"},
		"no act":      {"Do that.", "The server does that.", "550.toml:11: the first step \"The server"},
		"no fix":      {"fix = [\"Do that.\"]", "fix = []", "when and fix are needed"},
	} {
		c, err := catalog.Load(fstest.MapFS{
			"data/reply/550.toml": {Data: []byte(strings.Replace(good, row.old, row.new, 1))},
			"text/en/labels.toml": {Data: []byte("x = \"y\"\n")},
		})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, fault := range c.Lint() {
			found = found || strings.Contains(fault.Error(), row.want)
		}
		if !found {
			t.Errorf("%s: no fault says %q: %v", name, row.want, c.Lint()[:3])
		}
	}
}

// TestStandardCodesHaveEntries lists the reply codes that RFC 5321, 3207, 4954
// and 7504 define. Each has an entry of its own in every language.
func TestStandardCodesHaveEntries(t *testing.T) {
	c := load(t)
	for _, code := range strings.Fields("211 214 220 221 235 250 251 252 334 354 421 432 450 451 452 454 455 500 501 502 503 504 521 530 534 535 538 550 551 552 553 554 555 556") {
		english, _ := c.Edition("en").Entry(code)
		french, _ := c.Edition("fr").Entry(code)
		if english.Kind != catalog.KindReply || len(english.Stages) == 0 || english.Who == "" || english.Retry == "" || len(english.References) == 0 || len(english.Related) == 0 {
			t.Errorf("%s has gaps: %+v", code, english)
		}
		if french.Title == english.Title || french.Meaning == english.Meaning || french.When == english.When {
			t.Errorf("%s is not in French", code)
		}
	}
}

func TestReplyCode(t *testing.T) {
	for _, row := range []struct {
		text       string
		class      catalog.Class
		wellFormed bool
	}{
		{"220", catalog.Success, true}, {"354", catalog.Intermediate, true}, {"459", catalog.Transient, true}, {"556", catalog.Permanent, true},
		{"471", catalog.Transient, false}, {"999", "", false}, {"101", "", false}, {"000", "", false}, {"599", catalog.Permanent, false},
	} {
		code, err := catalog.ParseReply(row.text)
		if err != nil || code.Class() != row.class || code.WellFormed() != row.wellFormed {
			t.Errorf("%s: class %q, well-formed %v, %v; want %q, %v", row.text, code.Class(), code.WellFormed(), err, row.class, row.wellFormed)
		}
	}
	for _, text := range []string{"", "55", "5500", "5a0", "५५०", "-55", "5.5"} {
		if _, err := catalog.ParseReply(text); err == nil {
			t.Errorf("%q passes as a reply code", text)
		}
	}
}

func TestEnhancedCode(t *testing.T) {
	code, err := catalog.ParseEnhanced("4.7.28")
	if err != nil || code.String() != "4.7.28" || code.Row() != "7.28" || code.Class() != catalog.Transient {
		t.Errorf("4.7.28 is read as %v, row %s, class %s, %v", code, code.Row(), code.Class(), err)
	}
	for _, text := range []string{"", "5.1", "5.1.1.1", "3.1.1", "6.0.0", "5.1.1000", "5.01.1", "5..1", "5.1.x", "5.1.1 ", "192.0.2"} {
		if _, err := catalog.ParseEnhanced(text); err == nil {
			t.Errorf("%q passes as an enhanced status code", text)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"550", "5.7.26", "4.4.1", "", "5.1.1.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if code, err := catalog.ParseReply(s); err == nil && s != "000" && code.String() != s {
			t.Errorf("%q is written back as %q", s, code)
		}
		if code, err := catalog.ParseEnhanced(s); err == nil && code.String() != s {
			t.Errorf("%q is written back as %q", s, code)
		}
	})
}

// TestEveryCodeIsExplained asks for all numbers of three digits, in every
// language: none stays without title, meaning and a first step.
func TestEveryCodeIsExplained(t *testing.T) {
	c := load(t)
	for _, lang := range c.Languages() {
		e := c.Edition(lang)
		for n := range 1000 {
			entry := e.Reply(catalog.ReplyCode(n))
			if n == 0 {
				continue
			}
			if entry.Title == "" || entry.Meaning == "" || len(entry.Fix) == 0 || entry.Fix[0] == "" || strings.Contains(entry.Meaning, "digits.") {
				t.Fatalf("%s: %03d has gaps: %+v", lang, n, entry.Text)
			}
		}
	}
}

func TestUnknownEnhancedCodeFallsBack(t *testing.T) {
	e := load(t).Edition("en")
	detail, _ := e.Entry("5.1.99")
	subject, _ := e.Entry("5.1.0")
	if detail.Title != subject.Title || !strings.Contains(detail.Meaning, "5.1.99") {
		t.Errorf("5.1.99 is explained as %q: %q", detail.Title, detail.Meaning)
	}
	class, _ := e.Entry("4.99.1")
	if want, _ := e.Entry("4xx"); class.Title != want.Title {
		t.Errorf("4.99.1 is explained as %q", class.Title)
	}
}

// TestProvidersOwnCodes tells a code that a provider made up from the registry's.
func TestProvidersOwnCodes(t *testing.T) {
	e := load(t).Edition("en")
	own, _ := e.Entry("5.7.515")
	if own.Kind != catalog.KindEnhanced || own.Code != "5.7.515" || !strings.Contains(own.Meaning, "registry has no 5.7.515") || len(own.Fix) == 0 {
		t.Errorf("5.7.515 is explained as %+v", own)
	}
	if registered, _ := e.Entry("5.7.26"); strings.Contains(registered.Meaning, "registry has no") {
		t.Errorf("5.7.26 is taken for a provider's own: %s", registered.Meaning)
	}
}

func TestClassDecidesThePair(t *testing.T) {
	e := load(t).Edition("en")
	final, _ := e.EntryIn("4.2.2", catalog.Permanent)
	passing, _ := e.EntryIn("4.2.2", "")
	if final.Class != catalog.Permanent || passing.Class != catalog.Transient || final.Retry == passing.Retry {
		t.Errorf("550 4.2.2 reads as %s, %s; 4.2.2 alone as %s, %s", final.Class, final.Retry, passing.Class, passing.Retry)
	}
}

func TestMatchLanguage(t *testing.T) {
	c := load(t)
	for wish, want := range map[string]string{
		"": "en", "fr": "fr", "fr-CA": "fr", "fr_FR.UTF-8": "fr", "en-GB": "en", "ja": "en", "C.UTF-8": "en", "nonsense!!": "en",
		"de, fr;q=0.8, en;q=0.5": "fr", "POSIX": "en",
	} {
		if got := c.MatchLanguage(wish); got != want {
			t.Errorf("%q is matched to %q; want %q", wish, got, want)
		}
	}
}

func TestFill(t *testing.T) {
	e := load(t).Edition("en")
	for _, row := range []struct{ text, domain, want string }{
		{"That address does not exist[ at {domain}]", "dest.example", "That address does not exist at dest.example"},
		{"That address does not exist[ at {domain}]", "", "That address does not exist"},
		{"`dig +short MX {domain}`", "", "`dig +short MX their-domain.example`"},
		{"host [192.0.2.7] and {Upper} and {", "", "host [192.0.2.7] and {Upper} and {"},
		{"[open {domain}", "x", "[open x"},
	} {
		if got := e.Fill(row.text, map[string]string{"domain": row.domain}); got != row.want {
			t.Errorf("%q with %q gives %q; want %q", row.text, row.domain, got, row.want)
		}
	}
}

// TestLoadNamesTheFault breaks files in the ways that contributors do.
func TestLoadNamesTheFault(t *testing.T) {
	labels := &fstest.MapFile{Data: []byte("x = \"y\"\n")}
	for name, row := range map[string]struct{ file, data, want string }{
		"unknown field":    {"data/reply/550.toml", "whom = \"sender\"\n", "whom"},
		"syntax":           {"data/reply/550.toml", "who = \n", "line 1"},
		"no code":          {"data/reply/five.toml", "who = \"sender\"\n", "five"},
		"no row":           {"data/status/x.toml", "cause = \"spam\"\n", "x"},
		"no such cause":    {"data/cause/gremlins.toml", "who = \"sender\"\n", "gremlins"},
		"a list for a key": {"data/provider/x.toml", "name = [\"x\"]\n", "x.toml"},
	} {
		_, err := catalog.Load(fstest.MapFS{row.file: {Data: []byte(row.data)}, "text/en/labels.toml": labels})
		if err == nil || !strings.Contains(err.Error(), row.file) || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: the error does not name the file and %q: %v", name, row.want, err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := catalog.Load(catalog.Files()); err != nil {
			b.Fatal(err)
		}
	}
}
