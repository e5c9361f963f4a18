# shellcheck shell=bash
# Sourced: what the machine has, and what the distribution can add to it.

# Says whether packages may be installed here without asking anyone.
may_install() {
	command -v apt-get >/dev/null || return 1
	((EUID == 0)) || sudo -n true 2>/dev/null
}

as_root() {
	if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# install_packages PACKAGE…: installs them all, or as many as the distribution has.
# A|B means the first of the two that there is. No service is started by it.
install_packages() {
	local log=$work/apt.log name
	local -a wanted=()
	hold_services
	refresh_lists "$log"
	for name in "$@"; do
		wanted+=("$(first_known "$name")")
	done
	say "installing ${wanted[*]}"
	if ! apt_get install "${wanted[@]}" >>"$log" 2>&1; then
		for name in "${wanted[@]}"; do
			apt_get install "$name" >>"$log" 2>&1 || say "could not install $name: $(grep '^E:' "$log" | tail -n 1)"
		done
	fi
	release_services
}

apt_get() {
	as_root env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get \
		-y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

refresh_lists() {
	say "asking the distribution for its package lists"
	apt_get update >>"$1" 2>&1 || say "apt-get update failed: $(tail -n 1 "$1")"
}

first_known() {
	local name
	for name in ${1//|/ }; do
		[[ -n $(apt-cache show "$name" 2>/dev/null) ]] && break
	done
	printf '%s\n' "$name"
}

# A database package makes a cluster and starts its service when installed. The tests
# need only the programs, so the distribution's own switches are set meanwhile: to
# start nothing, and to make no cluster.
service_switch=/usr/sbin/policy-rc.d
cluster_switch=/etc/postgresql-common/createcluster.d/loa-tests.conf
switches=()

hold_services() {
	[[ -e $service_switch ]] || set_switch "$service_switch" '#!/bin/sh' 'exit 101'
	[[ -e /etc/postgresql ]] || set_switch "$cluster_switch" 'create_main_cluster = false'
}

set_switch() {
	local file=$1
	keep file "$file"
	switches+=("$file")
	as_root mkdir -p "${file%/*}"
	printf '%s\n' "${@:2}" | as_root tee "$file" >/dev/null
	as_root chmod 755 "$file"
}

release_services() {
	((${#switches[@]} == 0)) || as_root rm -f "${switches[@]}"
	switches=()
}

docker_answers() { command -v docker >/dev/null && docker info >/dev/null 2>&1; }

# The user that servers run as: PostgreSQL refuses to be root.
server_user() {
	local name
	for name in postgres redis nobody; do
		id -u "$name" >/dev/null 2>&1 && break
	done
	printf '%s\n' "$name"
}

# server_folder NAME: a folder in $work that belongs to the servers' user. Sets
# $as_server, which put before a program runs it as that user.
server_folder() {
	local user
	as_server=()
	mkdir -m 700 "$work/$1"
	if ((EUID == 0)); then
		user=$(server_user)
		chown "$user" "$work/$1"
		as_server=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
	fi
}
