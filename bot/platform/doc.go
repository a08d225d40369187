// Package platform is what the adapters of chat platforms share: reading
// requests safely, answering each event once, a bounded number of workers,
// shortening texts to a platform's limits, metrics, and secrets.
//
// It knows no platform by name.
package platform
