# One static binary, without cgo, beside the certificates it needs for Twilio and
# Telegram; no shell, no package manager, not root.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '-s -w' -o /out/loa ./cmd/loa \
	&& mkdir /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/loa /usr/local/bin/loa
# Where SQLite's file, spools and backups go when no other place is named.
COPY --from=build --chown=65532:65532 /out/data /data
VOLUME /data
WORKDIR /data
ENV LOA_ADDR=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 CMD ["/usr/local/bin/loa", "health"]
ENTRYPOINT ["/usr/local/bin/loa"]
CMD ["serve"]
