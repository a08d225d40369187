// Package platform is what the adapters of chat platforms share.
package platform
