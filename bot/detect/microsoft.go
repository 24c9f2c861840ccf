package detect

import "slices"

// Exchange, Microsoft 365 and Outlook.com: the non-delivery report with its
// "Diagnostic information for administrators", and older Exchange's reports.
// https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/
var microsoftForms = slices.Concat(
	phrases(says, 9, "remote server returned", "primary target ip address responded with:"),
	phrases(says, 7, "remote server at*"),
	phrases(says, 4, "returned '", "#<"),
	phrases(logs, 8, "#smtp#", "msexch:*"),
	phrases(says, 3, "#550", "#554"),
	phrases(speaks, 7, "resolver.adr.*", "resolver.rst.*"),
	phrases(speaks, 6, "storedrv.*", "queue.expired*"),
	phrases(speaks, 5, "routing.norouteto*"),
	phrases(speaks, 4, "smtpsend.*", "mapiexception*"),
	phrases(bounce, 9, "diagnostic information for administrators", "delivery has failed to these recipients or groups",
		"delivery has failed to these recipients or distribution lists"),
	phrases(bounce, 8, "did not reach the following recipient*", "did not reach some or all of the intended recipients",
		"the following recipient(s) could not be reached", "the following recipient(s) cannot be reached",
		"this is an automatically generated delivery status notification", "delivery to the following recipient failed", "delivery to the following recipients failed",
		"delivery to the following recipient has been delayed",
		"delivery to the following recipients has been delayed", "delivery to the following recipients have been delayed"),
	phrases(bounce, 7, "your message to * couldn't be delivered"),
	phrases(bounce, 4, "couldn't be delivered"),
	// The same in German, French, Spanish, Italian, Portuguese, Dutch.
	phrases(bounce, 9, "fehler bei der nachrichtenzustellung an folgende*", "la remise à ces destinataires ou groupes",
		"entregar el mensaje a estos destinatarios o grupos", "recapito non riuscito per i seguenti destinatari",
		"recapito a questi destinatari o gruppi non riuscito", "falha na entrega para estes destinatários",
		"de levering is mislukt voor deze geadresseerden"),
	phrases(bounce, 9, "échec de la remise à ces destinataires ou groupes", "error al entregar el mensaje a estos destinatarios*",
		"次の受信者またはグループへの配信に失敗しました", "delivery is delayed to these recipients or groups"),
	phrases(bounce, 8, "ihre nachricht an * konnte nicht zugestellt werden", "votre message à * n'a pas pu être remis",
		"el mensaje para * no se pudo entregar", "el mensaje a * no se pudo entregar", "sua mensagem para * não pôde ser entregue"),
	phrases(bounce, 6, "diagnoseinformationen für administratoren",
		"informations de diagnostic pour les administrateurs", "información de diagnóstico para administradores",
		"informazioni di diagnostica per gli amministratori", "informações de diagnóstico para administradores",
		"diagnostische gegevens voor beheerders"),
	phrases(bounce, 6, "generating server:"),
	phrases(passing, 0, "delivery will continue to be attempted", "has been delayed", "have been delayed", "this is a warning message only",
		"you do not need to resend", "will be retried", "temporary failure", "temporary failure report", "is delayed"),
	phrases(returned, 0, "original message headers"),
)
