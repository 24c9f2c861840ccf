package memory_test

import (
	"testing"

	"smtpbot/bot"
	"smtpbot/bot/store/memory"
	"smtpbot/bot/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) bot.Store { return memory.New() })
}
