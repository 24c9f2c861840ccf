package detect

import "testing"

// A mail program that breaks a reply's lines anew leaves the codes of each
// line in the middle of the words.
func TestSayingHasNoCodes(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"one line", "550 5.7.1 no 550 here", " no 550 here"},
		{"lines", "550-5.7.1 this message\n550-5.7.1 was\n550 5.7.1 refused", " this message\n was\n refused"},
		{"lines broken anew", "550-5.7.1 Our system has found that 550-5.7.1 this\nmessage is 550 5.7.1 unwanted.", " Our system has found that  this\nmessage is  unwanted."},
		{"without the enhanced code", "550-this is\n550-no 1550 or 203.0.113.550 but\n550 the end", "this is\nno 1550 or 203.0.113.550 but\nthe end"},
		{"Python", `(550, b'5.7.1 this message\n5.7.1 was refused')`, " this message\n was refused')"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := page{detector: detector(), view: unwrap(row.text)}
			for l := (logicalLine{}); p.next(&l); {
				p.readLine(&l)
			}
			if len(p.sites) == 0 {
				t.Fatal("nothing found")
			}
			if got := p.saying(&p.sites[0]); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}
