# A minimal image of k8sbot: a static binary, CA certificates, and a directory for its state.
# .ci/image tests the final stage without Docker.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/k8sbot ./cmd/k8sbot && mkdir /out/state

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build --chown=65532:65532 /out/state /var/lib/k8sbot
COPY --from=build /out/k8sbot /k8sbot
ENV DATABASE_URL=/var/lib/k8sbot/k8sbot.db \
    HTTP_ADDR=:8080
USER 65532:65532
VOLUME /var/lib/k8sbot
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/k8sbot", "healthcheck"]
ENTRYPOINT ["/k8sbot"]
