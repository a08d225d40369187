package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"k8sbot/cmd/k8sbot/plaintext"
)

// maxInput is the maximum size of explain's input, in bytes. The bot reads only the beginning and
// the end of a long input.
const maxInput = 64 << 20

// await calls read and returns its result. If ctx is done first, await returns the context's cause,
// and read keeps running, because a read from a terminal cannot be interrupted.
func await[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}

// textInput returns a reader for questions, which returns an error if the data is not text.
func textInput(in io.Reader) io.Reader { return textReader{in} }

type textReader struct{ io.Reader }

func (r textReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if bytes.IndexByte(p[:n], 0) >= 0 {
		return 0, errors.New("standard input is not text: type questions, or pass kubectl output or a log to k8sbot explain")
	}
	return n, err
}

// readText reads all of in, which must be UTF-8 or UTF-16 and at most maxInput bytes, and returns
// it as UTF-8. Errors refer to the input as name.
func readText(ctx context.Context, in io.Reader, name string) (string, error) {
	data, err := await(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(in, maxInput+1)) })
	switch {
	case err != nil:
		return "", err
	case len(data) > maxInput:
		return "", fmt.Errorf("%s is larger than %d MiB: pass only the last part, for example with tail -c 1M", name, maxInput>>20)
	}
	text, err := plaintext.Decode(data)
	switch {
	case errors.Is(err, plaintext.ErrBinary):
		return "", fmt.Errorf("%s is not text: pass kubectl output or a log", name)
	case errors.Is(err, plaintext.ErrEncoding):
		return "", fmt.Errorf("%s is not UTF-8: convert it, for example with iconv -f SHIFT_JIS -t UTF-8", name)
	}
	return text, err
}

// readInput returns the content of a file, or of standard input if file is "-".
func readInput(ctx context.Context, env *environment, file string) ([]byte, error) {
	if file == "-" {
		return await(ctx, func() ([]byte, error) { return io.ReadAll(env.stdin) })
	}
	return os.ReadFile(file)
}
