# shellcheck shell=bash
# Sourced: the pinned tools that no package of Loa imports, each built once for this
# machine and kept in the user's cache.

cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/loa

# use_tool NAME: builds it when this version is not there yet, and sets $tool to its path.
use_tool() {
	local package version new
	case $1 in
	gotestsum) package=gotest.tools/gotestsum version=v1.13.0 ;;
	gofumpt) package=mvdan.cc/gofumpt version=v0.12.0 ;;
	golangci-lint) package=github.com/golangci/golangci-lint/v2/cmd/golangci-lint version=v2.15.0 ;;
	esac
	tool=$cache/tools/$1-$version-$(go env GOVERSION)
	[[ ! -x $tool ]] || return 0

	printf 'building %s %s\n' "$1" "$version" >&2
	new=$cache/tools/new.$$
	mkdir -p "$new"
	(
		# With the project's Go, but outside its module: the tools' needs are not Loa's.
		GOTOOLCHAIN=$(go env GOVERSION)
		export GOTOOLCHAIN GOBIN=$new GOFLAGS=
		cd / && go install "$package@$version"
	)
	mv "$new/$1" "$tool"
	rmdir "$new"
}
