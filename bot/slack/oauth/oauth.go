// Package oauth installs the Slack app in workspaces: it serves the install link, and the
// redirect URL that receives Slack's code
// (https://docs.slack.dev/authentication/installing-with-oauth).
//
// A link works once, for ten minutes, and only in the browser that followed it, because its
// state is tied to a cookie. The state and the cookie are random, and the store contains only
// their hashes. So any replica can handle the redirect, but nobody can forge a redirect by
// reading the store.
package oauth

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack/workspace"
)

const (
	// stateTTL is how long a link works. Slack's codes are valid for the same length of time
	// (https://docs.slack.dev/authentication/installing-with-oauth#exchanging).
	stateTTL = 10 * time.Minute
	// cookieName has a prefix that makes browsers accept the cookie only from the host itself,
	// over TLS
	// (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes).
	cookieName = "__Host-k8sbot-install"
	// perSecond and burst limit the rate of requests, because each request stores a row, and
	// anybody can send requests.
	perSecond, burst = 2, 20
	// timeout limits how long one request may take, including calls to Slack and the store.
	timeout = 15 * time.Second
	// callTimeout limits how long one call to Slack may take.
	callTimeout = 10 * time.Second
	// maxParam is the maximum length of a code or a state in bytes.
	maxParam = 512
)

// platformName is the platform in metrics.
const platformName bot.Platform = "slack"

// Options configure an [App].
type Options struct {
	ClientID     string
	ClientSecret platform.Secret
	// RedirectURL is the public URL of RedirectPath. It must be one of the app's redirect
	// URLs.
	RedirectURL string
	APIURL      string   // the base URL of the Web API, with a trailing slash
	Scopes      []string // the scopes that the app asks for
	States      platform.KeyStore
	Metrics     *platform.Metrics
	Log         *slog.Logger
}

// An App handles the installation of the Slack app.
type App struct {
	o       Options
	client  *http.Client
	limiter *rate.Limiter
}

// New returns an App. It does not call Slack.
func New(o Options) *App {
	return &App{o: o, client: platform.NewClient(callTimeout, nil), limiter: rate.NewLimiter(perSecond, burst)}
}

// CheckRedirectURL returns an error if a URL cannot be the public URL of RedirectPath. Slack
// accepts only https.
func CheckRedirectURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.Path != RedirectPath || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fmt.Errorf("invalid URL %q: write https://k8sbot.example.com%s", address, RedirectPath)
	}
	return nil
}

// InstallURL returns the public URL of InstallPath.
func (a *App) InstallURL() string {
	return strings.TrimSuffix(a.o.RedirectURL, RedirectPath) + InstallPath
}

// Handler returns the handler for InstallPath and RedirectPath. It calls install to store what
// Slack granted.
func (a *App) Handler(install func(context.Context, workspace.Grant) (bot.Tenant, error)) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+InstallPath, a.limited(a.begin))
	mux.HandleFunc("GET "+RedirectPath, a.limited(func(w http.ResponseWriter, r *http.Request) {
		a.finish(w, r, install)
	}))
	return mux
}

// limited limits the rate and the duration of requests, and sets the headers that all responses
// have.
func (a *App) limited(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer") // the URL has the code
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		if !a.limiter.Allow() {
			a.o.Metrics.Refused(platformName, "busy")
			h.Set("Retry-After", "60")
			show(w, r, http.StatusTooManyRequests, busyPage)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), timeout)
		defer cancel()
		next(w, r.WithContext(ctx))
	}
}

// hash returns the hash of a secret. The store contains only hashes.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// issuedKey and usedKey return keys for the store. The value for issuedKey is the hash of the
// state's cookie. There is a value for usedKey once the state has been used.
func issuedKey(state string) string { return "slack:install:" + hash(state) }
func usedKey(state string) string   { return "slack:installed:" + hash(state) }

// begin sends the browser to Slack's page, where the person chooses a workspace and agrees.
func (a *App) begin(w http.ResponseWriter, r *http.Request) {
	state, secret := rand.Text(), rand.Text() // 128 bits each
	if _, err := a.o.States.Remember(r.Context(), issuedKey(state), hash(secret), stateTTL); err != nil {
		a.o.Log.Error("cannot store install state", "error", err)
		show(w, r, http.StatusServiceUnavailable, brokenPage)
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: secret, Path: "/", MaxAge: int(stateTTL.Seconds()), Secure: true, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, // Slack's redirect is a navigation from another site
	})
	http.Redirect(w, r, a.authorizeURL()+"?"+url.Values{
		"client_id": {a.o.ClientID}, "scope": {strings.Join(a.o.Scopes, ",")}, "redirect_uri": {a.o.RedirectURL}, "state": {state},
	}.Encode(), http.StatusFound)
}

// authorizeURL returns the address of Slack's page, which has the same host as its Web API.
func (a *App) authorizeURL() string {
	return strings.TrimSuffix(strings.TrimSuffix(a.o.APIURL, "/"), "/api") + "/oauth/v2/authorize"
}

// A refusal is the reason why a redirect is refused. Its text is for the log and contains no
// secrets.
type refusal struct {
	reason string
	page   page
	status int
}

var (
	refusedCookie = &refusal{"the browser has no cookie for this link, or a different one", expiredPage, http.StatusBadRequest}
	refusedState  = &refusal{"the state is unknown or has expired", expiredPage, http.StatusBadRequest}
	refusedUsed   = &refusal{"the state has already been used", expiredPage, http.StatusBadRequest}
	refusedParams = &refusal{"code or state is missing or too long", expiredPage, http.StatusBadRequest}
	storeFailed   = &refusal{"the store is not responding", brokenPage, http.StatusServiceUnavailable}
)

// finish exchanges the code in Slack's redirect and stores what Slack grants.
func (a *App) finish(w http.ResponseWriter, r *http.Request, install func(context.Context, workspace.Grant) (bot.Tenant, error)) {
	ctx, query := r.Context(), r.URL.Query()
	if refused := a.checkState(r, query.Get("state")); refused != nil {
		a.refuse(w, r, refused, nil)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	if query.Get("error") != "" { // such as access_denied
		a.o.Log.Info("slack install canceled", "error", fmt.Sprintf("%.40s", query.Get("error")))
		show(w, r, http.StatusOK, cancelledPage)
		return
	}
	code := query.Get("code")
	if code == "" || len(code) > maxParam {
		a.refuse(w, r, refusedParams, nil)
		return
	}
	resp, err := slack.GetOAuthV2ResponseContext(ctx, a.client, a.o.ClientID, a.o.ClientSecret.Reveal(), code, a.o.RedirectURL, slack.OAuthOptionAPIURL(a.o.APIURL))
	if err != nil {
		a.refuse(w, r, a.exchangeRefusal(err), plain(err))
		return
	}
	g, err := grantOf(resp)
	if err != nil {
		a.refuse(w, r, &refusal{"slack's response is incomplete", brokenPage, http.StatusBadGateway}, err)
		return
	}
	installed, err := install(ctx, g)
	if err != nil {
		a.o.Log.Error("cannot install slack app", "tenant", installed.ID, "error", err)
		show(w, r, http.StatusServiceUnavailable, brokenPage)
		return
	}
	a.o.Log.Info("slack app installed", "tenant", installed.ID, "enterprise", g.Enterprise, "organization", g.OrgWide, "scopes", g.Scopes)
	show(w, r, http.StatusOK, installedPage)
}

// checkState checks that this browser followed an installation link in the last ten minutes, and
// marks that link as used. It returns nil if it could do both.
func (a *App) checkState(r *http.Request, state string) *refusal {
	if state == "" || len(state) > maxParam {
		return refusedParams
	}
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return refusedCookie
	}
	want, ok, err := a.o.States.Recall(r.Context(), issuedKey(state))
	switch {
	case err != nil:
		return storeFailed
	case !ok:
		return refusedState
	case subtle.ConstantTimeCompare([]byte(hash(cookie.Value)), []byte(want)) != 1:
		return refusedCookie
	}
	switch first, err := a.o.States.Remember(r.Context(), usedKey(state), "", stateTTL); {
	case err != nil:
		return storeFailed
	case !first:
		return refusedUsed
	}
	return nil
}

// refuse responds to a refused redirect with a page, and logs the reason.
func (a *App) refuse(w http.ResponseWriter, r *http.Request, refused *refusal, err error) {
	a.o.Metrics.Refused(platformName, "install")
	attrs := []any{"reason", refused.reason}
	if err != nil {
		attrs = append(attrs, "error", err)
	}
	a.o.Log.Warn("slack install refused", attrs...)
	show(w, r, refused.status, refused.page)
}

// expiredCodes are the error codes for a code that no longer works
// (https://docs.slack.dev/reference/methods/oauth.v2.access#errors).
var expiredCodes = map[string]bool{"invalid_code": true, "code_already_used": true}

// exchangeRefusal returns why a code could not be exchanged.
func (a *App) exchangeRefusal(err error) *refusal {
	code := slackCode(err)
	a.o.Metrics.APIError(platformName, "oauth.v2.access", cmp.Or(code, "unreachable"))
	switch {
	case expiredCodes[code]:
		return &refusal{"the code has expired or has already been used", expiredPage, http.StatusBadRequest}
	case code != "":
		return &refusal{"slack rejected the exchange: check SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and the app's redirect URLs", brokenPage, http.StatusBadGateway}
	}
	return &refusal{"cannot reach slack", brokenPage, http.StatusBadGateway}
}

// slackCode returns Slack's error code, or "" if the error is not from Slack's API.
func slackCode(err error) string {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	return ""
}

// plain removes the URL from an error.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// grantOf returns what Slack granted.
func grantOf(resp *slack.OAuthV2Response) (workspace.Grant, error) {
	g := workspace.Grant{
		Team: resp.Team.ID, Enterprise: resp.Enterprise.ID, OrgWide: resp.IsEnterpriseInstall, BotUser: resp.BotUserID, Scopes: resp.Scope,
		Token: platform.Secret(resp.AccessToken), Refresh: platform.Secret(resp.RefreshToken), ExpiresIn: time.Duration(resp.ExpiresIn) * time.Second,
	}
	switch {
	case g.OrgWide && g.Enterprise == "":
		return g, errors.New("slack's response is for an organization, but has no organization ID")
	case !g.OrgWide && g.Team == "":
		return g, errors.New("slack's response has no workspace ID")
	}
	return g, checkTokens(resp)
}

// checkTokens returns an error if a response has no bot token
// (https://docs.slack.dev/authentication/tokens).
func checkTokens(resp *slack.OAuthV2Response) error {
	if bare := strings.TrimPrefix(resp.AccessToken, "xoxe."); resp.TokenType != "bot" || !strings.HasPrefix(bare, "xoxb-") {
		return fmt.Errorf("slack's response has a token of type %.20q instead of a bot token: the app needs bot scopes", resp.TokenType)
	}
	return nil
}

// Refresh exchanges a refresh token, as Slack's token rotation requires
// (https://docs.slack.dev/authentication/using-token-rotation). The bot does not ask for rotation,
// but rotation may be enabled for the app.
func (a *App) Refresh(ctx context.Context, refresh platform.Secret) (workspace.Grant, error) {
	resp, err := slack.RefreshOAuthV2TokenContext(ctx, a.client, a.o.ClientID, a.o.ClientSecret.Reveal(), refresh.Reveal(), slack.OAuthOptionAPIURL(a.o.APIURL))
	if err != nil {
		code := slackCode(err)
		a.o.Metrics.APIError(platformName, "oauth.v2.access", cmp.Or(code, "unreachable"))
		if deadCodes[code] {
			return workspace.Grant{}, &workspace.RefreshError{Code: code}
		}
		return workspace.Grant{}, plain(err)
	}
	if err := checkTokens(resp); err != nil {
		return workspace.Grant{}, err
	}
	return grantOf(resp)
}

// deadCodes are the error codes for a refresh token that will never work again
// (https://docs.slack.dev/reference/methods/oauth.v2.access#errors).
var deadCodes = map[string]bool{"invalid_refresh_token": true, "token_revoked": true, "invalid_grant": true}
