# shellcheck shell=bash
# Sourced by scripts that start servers: what they start, they stop, also when
# interrupted, terminated or killed half-way.
#
#   begin FOLDER     makes the work folder $work in it and arranges that it ends with the script
#   keep KIND ARG…   records what has to be stopped or removed at the end
#   run CMD…         runs CMD without standard input and returns its exit code
#   die TEXT…        says what is wrong and ends the script

lifetime=${BASH_SOURCE[0]}
work= # set by begin
port= # set by pick_port

say() { printf '%s\n' "$*" >&2; }

die() {
	say "${0##*/}: $*"
	exit 1
}

begin() {
	work=$(mktemp -d "$1/loa-work.XXXXXX")
	chmod 711 "$work" # servers that run as another user must reach their own folders in it
	mkdir "$work/tmp"
	: >"$work/kept"
	trap 'stop_kept "$work"' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	# A script that is killed runs no trap: the guard outlives it and stops what it left.
	# shellcheck disable=SC2016 # the inner shell expands it
	setsid bash -c '. "$1"; guard "$2" "$3"' guard "$lifetime" "$$" "$work" \
		</dev/null >/dev/null 2>&1 &
}

guard() {
	local parent=$1 folder=$2
	trap '' HUP INT TERM
	while [[ -d $folder ]]; do
		kill -0 "$parent" 2>/dev/null || stop_kept "$folder"
		sleep 1
	done
}

# keep process SIGNAL PID · keep group SIGNAL PGID · keep container ID · keep file PATH
keep() { printf '%s\n' "$*" >>"$work/kept"; }

stop_kept() {
	local folder=$1 kind first second
	while read -r kind first second; do
		case $kind in
		process) stop "$first" "$second" ;;
		group) stop "$first" "-$second" ;;
		container) docker rm --force --volumes "$first" >/dev/null 2>&1 || true ;;
		file) rm -f -- "$first" 2>/dev/null || sudo -n rm -f -- "$first" || true ;;
		esac
	done < <(tac "$folder/kept" 2>/dev/null)
	rm -rf -- "$folder"
}

# stop SIGNAL PID, or stop SIGNAL -PGID for a whole group: asks with SIGNAL, and
# insists when it has ended or after ten seconds.
stop() {
	local signal=$1 target=$2 i
	kill -s "$signal" -- "$target" 2>/dev/null || return 0
	for ((i = 0; i < 100; i++)); do
		alive "$target" || break
		sleep 0.1
	done
	kill -s KILL -- "$target" 2>/dev/null || true
}

# A process that has ended and that nobody waits for counts as ended.
alive() {
	kill -0 -- "$1" 2>/dev/null && ! grep -qs '^State:.*Z' "/proc/${1#-}/status"
}

# A process group of its own, so that a signal to the script ends all of CMD, and a
# temporary folder of its own, so that nothing of it stays behind.
run() {
	local child status=0
	set -m
	TMPDIR=$work/tmp "$@" </dev/null &
	child=$!
	set +m
	keep group TERM "$child"
	wait "$child" || status=$?
	return "$status"
}

# await_line FILE PATTERN PID: waits until a server's log says that it is ready.
# Fails when the server ends first or says nothing for a minute.
await_line() {
	local file=$1 pattern=$2 pid=$3 i
	for ((i = 0; i < 600; i++)); do
		grep -q -- "$pattern" "$file" 2>/dev/null && return 0
		kill -0 "$pid" 2>/dev/null || return 1
		sleep 0.1
	done
	return 1
}

# Sets $port to a free TCP port of loopback, below the range that the kernel hands
# out by itself: a client's socket can never be sitting on it.
pick_port() {
	local ephemeral=32768 low=20000 i
	if [[ -r /proc/sys/net/ipv4/ip_local_port_range ]]; then
		read -r ephemeral _ </proc/sys/net/ipv4/ip_local_port_range
	fi
	((ephemeral > low + 1000)) || low=5000
	((ephemeral > low + 1000)) || ephemeral=32768
	for ((i = 0; i < 100; i++)); do
		port=$((low + (RANDOM * 32768 + RANDOM) % (ephemeral - low)))
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 0
	done
	die "no free port between $low and $ephemeral"
}

new_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
