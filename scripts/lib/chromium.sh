# shellcheck shell=bash
# Sourced: a Chromium that tests can drive.

# Prints the path of a browser that really runs: on Ubuntu, chromium-browser may be
# a note that it is to be had elsewhere.
chromium_program() {
	local name path
	for name in chromium chromium-browser google-chrome google-chrome-stable chrome headless-shell chrome-headless-shell; do
		path=$(command -v "$name") || continue
		"$path" --version --no-sandbox >/dev/null 2>&1 && printf '%s\n' "$path" && return 0
	done
	return 1
}

use_chromium() {
	export LOA_TEST_CHROMIUM=$1
	say "Chromium from $1"
}

# A program in $work that runs the browser in a container, on the host's network and
# with the host's temporary folder, so that it behaves like an installed one. What
# drives it speaks through file descriptors 3 and 4, which only standard input and
# output carry into a container.
wrap_chromium_container() {
	local image=chromedp/headless-shell:stable folder=${TMPDIR:-/tmp}
	docker pull --quiet "$image" >/dev/null || return 1
	cat >"$work/chromium" <<-END
		#!/bin/sh
		exec docker run --rm --init --interactive --network host --volume "$folder:$folder" \\
			--entrypoint sh $image -c 'exec /headless-shell/headless-shell --no-sandbox "\$@" 3<&0 4>&1 >&2' sh "\$@" <&3 >&4
	END
	chmod 755 "$work/chromium"
	use_chromium "$work/chromium"
}
