package detect

import "strings"

// currencies are the signs and names of money, as they stand beside a number.
var currencies = [...]string{
	"€", "£", "¥", "₹", "$", "eur", "usd", "gbp", "chf", "sek", "nok", "dkk", "pln", "czk", "kr", "kr.", "zł", "fr.", "franken", "francs",
	"euro", "euros", "円", "ドル", "k€", "mio", "mio.", "m€", "t€",
}

// priced reports whether a number is an amount of money: "550 €", "CHF 550".
func priced(before, after string) bool {
	if strings.HasPrefix(after, ".-") || strings.HasPrefix(after, ".–") || strings.HasPrefix(after, ",-") {
		return true
	}
	word, _, _ := strings.Cut(strings.TrimLeft(after, " .-"), " ")
	word = strings.TrimRight(word, ",.;:)!?")
	head := strings.TrimRight(before, " ")
	head = head[strings.LastIndexAny(head, " (\t")+1:]
	for _, c := range currencies {
		if strings.EqualFold(word, c) || strings.EqualFold(head, c) {
			return true
		}
	}
	return false
}

// grouped reports whether two more groups of digits follow, as in a telephone
// number: "554 44 21".
func grouped(after string) bool {
	for range 2 {
		if after == "" || after[0] != ' ' {
			return false
		}
		n := digits(after[1:])
		if n < 2 || n > 3 {
			return false
		}
		after = after[1+n:]
	}
	return after == "" || after[0] != '.'
}
