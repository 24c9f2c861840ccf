// Package catalog knows SMTP: what reply codes, enhanced status codes, causes
// and providers' texts mean, whose move they call for, and where each fact
// comes from. It is data (data/, text/) with a strict loader, and it imports
// nothing else of the project.
//
// A [Catalog] is loaded once and is safe for concurrent use. Its facts are the
// same in every language; an [Edition] is the catalogue in one language.
package catalog
