package memo_test

import (
	"testing"

	"smtpbot/bot/memo"
)

func TestMemo(t *testing.T) {
	m, made := memo.New[string, int](3), 0
	of := func(key string) int { return m.Of(key, func() int { made++; return len(key) }) }
	for _, key := range []string{"a", "bb", "a", "ccc", "bb", "a"} {
		if of(key) != len(key) {
			t.Errorf("%q is %d", key, of(key))
		}
	}
	if made != 3 {
		t.Errorf("%d values were made of 3 keys", made)
	}
	of("dddd") // there is no room: it begins anew
	if of("a"); made != 5 {
		t.Errorf("%d values were made, and three are kept at the most", made)
	}
}
