# shellcheck shell=bash
# Sourced: Go and the C compiler that its race detector needs.

# Ends the script when Go is missing or older than go.mod asks for.
need_go() {
	local need have
	need=$(awk '$1 == "go" { print $2 }' go.mod)
	command -v go >/dev/null ||
		die "Go $need or newer is needed and there is no 'go' in PATH: https://go.dev/dl/"
	have=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || true)
	at_least "${have#go}" "$need" && return 0
	# An older Go fetches the right one by itself where it may.
	have=$(go env GOVERSION 2>/dev/null || true)
	at_least "${have#go}" "$need" ||
		die "Go $need or newer is needed, this is $(cd / && go version): https://go.dev/dl/"
}

at_least() {
	[[ -n $1 && $(printf '%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]
}

# A compiler without the C library's headers is none.
compiler_works() {
	local cc
	cc=$(go env CC)
	# shellcheck disable=SC2086 # CC may hold arguments
	echo '#include <stdlib.h>' | ${cc:-gcc} -x c -fsyntax-only - 2>/dev/null
}

# Go fetches modules over TLS.
roots_exist() {
	[[ -n ${SSL_CERT_FILE-}${SSL_CERT_DIR-} || $(uname) != Linux ||
		-s /etc/ssl/certs/ca-certificates.crt || -s /etc/pki/tls/certs/ca-bundle.crt || -s /etc/ssl/ca-bundle.pem ]]
}
