# shellcheck shell=bash
# Sourced: the pinned tools that no package of Loa imports, each built once for this
# machine and kept in the user's cache.

tools=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/loa/tools

# tool NAME VERSION PACKAGE ARGS…
tool() {
	local name=$1 version=$2 package=$3 program
	shift 3
	program=$tools/$name-$version-$(go env GOVERSION)
	if [[ ! -x $program ]]; then
		printf 'building %s %s\n' "$name" "$version" >&2
		mkdir -p "$tools/new.$$"
		# Outside the module: the tools' needs are not Loa's.
		(export GOTOOLCHAIN; GOTOOLCHAIN=$(go env GOVERSION) && cd / && GOBIN="$tools/new.$$" GOFLAGS='' go install "$package@$version")
		mv "$tools/new.$$/${package##*/}" "$program"
		rmdir "$tools/new.$$"
	fi
	"$program" "$@"
}

gotestsum() { tool gotestsum v1.13.0 gotest.tools/gotestsum "$@"; }
gofumpt() { tool gofumpt v0.12.0 mvdan.cc/gofumpt "$@"; }
golangci_lint() { tool golangci-lint v2.15.0 github.com/golangci/golangci-lint/v2/cmd/golangci-lint "$@"; }
