package detect

// Exchange, Microsoft 365 and Outlook.com: the non-delivery report with its
// "Diagnostic information for administrators", and older Exchange's reports.
// https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/
var microsoftForms = []phrase{
	{"remote server returned", says, 9}, {"remote server at*", says, 7}, {"returned '", says, 4}, {"#<", says, 4}, {"#smtp#", logs, 8}, {"#550", says, 3}, {"#554", says, 3}, {"smtp; 5*", says, 0}, {"msexch:*", logs, 8}, {"resolver.adr.*", speaks, 7}, {"resolver.rst.*", speaks, 7}, {"storedrv.*", speaks, 6}, {"routing.norouteto*", speaks, 5}, {"queue.expired*", speaks, 6}, {"smtpsend.*", speaks, 4}, {"mapiexception*", speaks, 4},
	{"diagnostic information for administrators", bounce, 9}, {"delivery has failed to these recipients or groups", bounce, 9}, {"delivery has failed to these recipients or distribution lists", bounce, 9}, {"did not reach the following recipient*", bounce, 8}, {"did not reach some or all of the intended recipients", bounce, 8}, {"the following recipient(s) could not be reached", bounce, 8}, {"the following recipient(s) cannot be reached", bounce, 8}, {"couldn't be delivered", bounce, 4}, {"generating server:", bounce, 6}, {"this is an automatically generated delivery status notification", bounce, 8}, {"delivery to the following recipient* failed", bounce, 8}, {"delivery to the following recipient* has been delayed", bounce, 8}, {"delivery to the following recipients have been delayed", bounce, 8}, {"your message to * couldn't be delivered", bounce, 8}, {"office 365 and", bounce, 0},
	{"has been delayed", passing, 0}, {"have been delayed", passing, 0}, {"this is a warning message only", passing, 0}, {"you do not need to resend", passing, 0}, {"will be retried", passing, 0}, {"temporary failure", passing, 0}, {"temporary failure report", passing, 0}, {"is delayed", passing, 0},
	{"original message headers", returned, 0},
}
