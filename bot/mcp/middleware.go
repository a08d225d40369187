package mcp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// recoverPanics turns a panic in a request into an error, so that the panic does not end the
// process.
func recoverPanics(log *slog.Logger) mcp.Middleware {
	return func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, req mcp.Request) (result mcp.Result, err error) {
			defer func() {
				if p := recover(); p != nil {
					log.Error("request panicked", "method", method, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
					result, err = nil, errors.New("internal error: try again, or report it to whoever runs k8sbot")
				}
			}()
			return next(ctx, method, req)
		}
	}
}

// adviseOnArguments adds advice to the SDK's errors about arguments: it says what to do next.
func adviseOnArguments(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		result, err := next(ctx, method, req)
		r, ok := result.(*mcp.CallToolResult)
		if !ok || err != nil || !r.IsError || len(r.Content) == 0 {
			return result, err
		}
		text, _ := r.Content[0].(*mcp.TextContent)
		if what, ok := strings.CutPrefix(text.Text, `validating "arguments": `); ok {
			what = strings.TrimPrefix(what, "validating root: ")
			text.Text = "invalid arguments: " + what + ": pass arguments that match the tool's input schema"
		}
		return r, nil
	}
}
