package detect

import "testing"

func TestMatch(t *testing.T) {
	for _, row := range []struct {
		phrase, text string
		want         bool
	}{
		{"user unknown", "User  unknown", true},
		{"user unknown", "user\n    unknown.", true},
		{"no such user", "No\tsuch  user", true}, // other blanks within the first eight bytes
		{"no such user", "no\nsuch user", true},
		{"no such user", "no  such user", true},
		{"no such user", "no suck user", false},
		{"** * unknown user", "** jo@dest.example unknown user", true},
		{"user unknown", "user unknowns", false},
		{"user unknown", "superuser unknown", false},
		{"reject*", "rejected", true},
		{"spf", "SPF", true},
		{"spf", "spf=fail", true},
		{"s", "5 s", true},
		{"mb", "mb", true},
		{"a", "a 550", true},
		{"said:", "host said: 550", true},
		{"said:", "host said 550", false},
		{"<<<", "<<< 550", true},
		{"(reason:", "   (reason: 550)", true},
		{"mail for * loops back", "mail for dest.example loops back to myself", true},
		{"mail for * loops back", "mail for two hosts loops back", false},
		{"** address not found **", "** Address not found **", true},
		{"** address not found **", "the address not found in the map", false},
		{"%s", `"550 %s"`, true},
		{"-> *", "a -> b", true},
		{"не", "адрес не найден", true},
		{"следующ*", "следующим адресам", true},
		{"次のあて先", "、次のあて先へ", true},
		{"http 5*", "HTTP 503", true},
		{"331 *", "331 Password", true},
		{"#<", "#< #5.1.1", true},
	} {
		x := newLexicon(phrases(says, 1, row.phrase))
		if got := x.in(row.text); got != row.want {
			t.Errorf("%q in %q: %v", row.phrase, row.text, got)
		}
		if got := len(x.find(row.text, nil)) > 0; got != row.want {
			t.Errorf("find %q in %q: %v", row.phrase, row.text, got)
		}
	}
}
