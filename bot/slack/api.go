package slack

import "k8sbot/bot/slack/webapi"

// reportError logs and counts a failed Web API call, and requests a token check if the token
// caused the error. It does nothing if err is nil.
func (a *session) reportError(request, method string, err error) {
	if err == nil {
		return
	}
	a.noteError(method, err)
	a.logNotSent(request, err, "method", method)
}

// noteError counts a failed Web API call, and requests a token check if the token caused it.
func (a *session) noteError(method string, err error) {
	code := webapi.ErrorCode(err)
	if code != "" {
		a.o.Metrics.APIError(Platform, method, code)
	}
	switch {
	case !webapi.TokenErrors[code]:
	case a.installed != "":
		a.workspaces.Drop(a.installed) // it may have been installed again on another replica
	default:
		a.recheckToken()
	}
}

// logNotSent logs that a reply could not be sent. request is the ID of the request, or "" if there
// is none.
func (a *Adapter) logNotSent(request string, err error, attrs ...any) {
	if request != "" {
		attrs = append(attrs, "request", request)
	}
	a.o.Log.Error("cannot send reply", append(attrs, "error", err)...)
}
