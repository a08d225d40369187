# A minimal image of k8sbot: a static binary, CA certificates, the licences of what is in it,
# and a directory for its state. It cross-compiles: docker buildx build --platform
# linux/amd64,linux/arm64 needs no emulation. .ci/image tests the final stage without Docker.
FROM --platform=$BUILDPLATFORM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS
ARG TARGETARCH
ARG VERSION=
ARG REVISION=
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/cache/go-build \
    GOCACHE=/cache/go-build CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath \
      -ldflags "-s -w -X main.version=${VERSION} -X main.revision=${REVISION}" -o /out/k8sbot ./cmd/k8sbot && \
    .ci/licenses /out/licenses && mkdir /out/state

FROM scratch
ARG VERSION=
ARG REVISION=
LABEL org.opencontainers.image.title="k8sbot" \
      org.opencontainers.image.description="Explains Kubernetes terms on Slack and Discord, in English and Japanese" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build --chown=65532:65532 /out/state /var/lib/k8sbot
COPY --from=build /out/licenses /usr/share/licenses/k8sbot
COPY --from=build /out/k8sbot /k8sbot
ENV DATABASE_URL=/var/lib/k8sbot/k8sbot.db \
    HTTP_ADDR=:8080
USER 65532:65532
VOLUME /var/lib/k8sbot
EXPOSE 8080
# Kubernetes and images in OCI's format ignore this: k8sbot manifest kubernetes has probes.
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["/k8sbot", "healthcheck"]
ENTRYPOINT ["/k8sbot"]
CMD ["serve"]
