// Package textfile reads text files that are attached to messages. It downloads them only from
// the platform's fixed hosts and stores nothing.
package textfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

const (
	// MaxBytes is the maximum number of bytes that are read from all of a message's files together.
	MaxBytes = 1 << 20
	// timeout limits how long downloading all of a message's files may take.
	timeout = 3 * time.Second
	// sniffed is the number of bytes that are used to detect a file's type
	// (https://mimesniff.spec.whatwg.org/).
	sniffed = 512
)

// Download errors that are not network errors.
var (
	errHost    = errors.New("URL is not an https URL on one of the platform's hosts")
	errNotText = errors.New("file is not text")
	// errRefused means that the platform denied access: it responded with 401 or 403,
	// redirected to a sign-in page, or sent that page instead of the file.
	errRefused = errors.New("platform refused the download")
)

// A File is a file attached to a message, as described by the platform.
type File struct {
	Name string
	Type string // the media type, such as "text/plain; charset=utf-8"; "" if unknown
	URL  string
	// Preview is the beginning of the file, if the event includes it, or "". It is used if
	// the platform denies access to the file.
	Preview string
	// WholePreview is true if Preview is the whole file.
	WholePreview bool
}

// A Reader downloads files from the hosts of one platform.
type Reader struct {
	hosts  []string
	scope  string
	token  platform.Secret
	client *http.Client
	log    *slog.Logger
}

// Options configure a Reader.
type Options struct {
	// Hosts are the only hosts to download from.
	Hosts []string
	// Token is sent as a bearer token. It is "" if URLs are signed.
	Token platform.Secret
	// Scope is the permission that the app needs to download files. It is "" if the platform has
	// no such permission. If a download is refused, the result names the scope.
	Scope string
	Log   *slog.Logger
	// Transport replaces the default transport in tests.
	Transport http.RoundTripper
}

// NewReader returns a Reader with the given options.
func NewReader(o Options) *Reader {
	wrap := func(base http.RoundTripper) http.RoundTripper {
		if o.Transport != nil {
			return o.Transport
		}
		return base
	}
	return &Reader{hosts: o.Hosts, scope: o.Scope, token: o.Token, client: platform.NewClient(timeout, wrap), log: o.Log}
}

// WithToken returns a Reader that sends another token, over the same connections.
func (r *Reader) WithToken(token platform.Secret) *Reader {
	other := *r
	other.token = token
	return &other
}

// Read downloads the text files among files, one at a time. It returns a [bot.File] for each
// file, in the same order, with the file's text or with the reason why it could not be read. Read
// takes at most 3 s and reads at most [MaxBytes] in total.
func (r *Reader) Read(ctx context.Context, files []File) []bot.File {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	left := MaxBytes
	var read []bot.File
	for _, f := range files {
		b := r.read(ctx, f, left)
		left -= min(left, len(b.Text))
		read = append(read, b)
	}
	return read
}

// read downloads up to limit bytes of one file.
func (r *Reader) read(ctx context.Context, f File, limit int) bot.File {
	b := bot.File{Name: f.Name}
	if !mayBeText(f.Type) {
		b.Problem = bot.FileNotText
		return b
	}
	if limit == 0 {
		b.Problem = bot.FileTooLarge
		return b
	}
	data, cut, err := r.fetch(ctx, f, limit)
	switch {
	case err == nil:
		b.Text = data
		if cut {
			b.Problem = bot.FileTooLarge
		}
		return b
	case errors.Is(err, errHost):
		b.Problem = bot.FileForeign
	case errors.Is(err, errNotText):
		b.Problem = bot.FileNotText
	case errors.Is(err, errRefused) && r.scope != "":
		b.Problem, b.Scope, b.Text = bot.FileNeedsScope, r.scope, f.Preview
		if f.Preview != "" && f.WholePreview {
			b.Problem, b.Scope = "", ""
		}
	case errors.Is(err, context.DeadlineExceeded):
		b.Problem = bot.FileSlow
	default:
		b.Problem = bot.FileFailed
	}
	if b.Problem != "" && b.Problem != bot.FileNotText {
		r.log.Warn("cannot read file", "problem", b.Problem, "error", err)
	}
	return b
}

// fetch downloads up to limit bytes of a file and returns them as UTF-8. cut is true if
// the file is longer. The error does not contain the URL, which may be signed.
func (r *Reader) fetch(ctx context.Context, f File, limit int) (text string, cut bool, err error) {
	u, err := url.Parse(f.URL)
	if err != nil || u.Scheme != "https" || u.User != nil || !slices.Contains(r.hosts, u.Host) {
		return "", false, errHost
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return "", false, errHost
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token.Reveal())
	}
	resp, err := r.client.Do(req)
	if err != nil {
		return "", false, withoutURL(err)
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; {
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code >= 300 && code < 400:
		return "", false, fmt.Errorf("%w: %s", errRefused, resp.Status)
	case code != http.StatusOK:
		return "", false, fmt.Errorf("platform responded with %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, int64(limit)+1))
	if err != nil {
		return "", false, withoutURL(err)
	}
	if len(data) > limit {
		data, cut = wholeLines(data[:limit]), true
	}
	text, err = decode(data, f.Type)
	return text, cut, err
}

// decode converts text to UTF-8. want is the expected media type. It returns errNotText for data
// that is not text, and errRefused for HTML if want is not HTML.
func decode(data []byte, want string) (string, error) {
	found, params, _ := mime.ParseMediaType(http.DetectContentType(data[:min(len(data), sniffed)]))
	switch {
	case found == "text/html" && mediaType(want) != "text/html":
		return "", errRefused
	case !strings.HasPrefix(found, "text/"):
		return "", errNotText
	case params["charset"] == "utf-16le", params["charset"] == "utf-16be":
		// PowerShell redirects output to files as UTF-16 with a byte order mark.
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil {
			return "", errNotText
		}
		return string(decoded), nil
	case bytes.IndexByte(data, 0) >= 0:
		return "", errNotText
	}
	return string(data), nil
}

// wholeLines returns data without its incomplete last line, or all of data if data has no line end.
func wholeLines(data []byte) []byte {
	if i := bytes.LastIndexByte(data, '\n'); i >= 0 {
		return data[:i]
	}
	return data
}

// mayBeText reports whether a file with this media type may be text: text, structured
// text, or an unknown type.
func mayBeText(mediaTypeAndParams string) bool {
	t := mediaType(mediaTypeAndParams)
	major, minor, _ := strings.Cut(t, "/")
	switch {
	case t == "", major == "text", strings.HasSuffix(minor, "+json"), strings.HasSuffix(minor, "+xml"), strings.HasSuffix(minor, "+yaml"):
		return true
	}
	return slices.Contains([]string{
		"application/json", "application/x-ndjson", "application/yaml", "application/x-yaml", "application/xml",
		"application/x-sh", "application/octet-stream", "binary/octet-stream",
	}, t)
}

// mediaType returns a media type in lower case without parameters.
func mediaType(s string) string {
	t, _, _ := strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// withoutURL returns the cause of an [http.Client] error, without the URL.
func withoutURL(err error) error {
	var u *url.Error
	if !errors.As(err, &u) {
		return err
	}
	if u.Timeout() && !errors.Is(u.Err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", context.DeadlineExceeded, u.Err)
	}
	return u.Err
}
