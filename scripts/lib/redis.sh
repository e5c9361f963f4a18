# shellcheck shell=bash
# Sourced: a private Redis that lives as long as the script.

redis_program() { command -v redis-server || command -v valkey-server; }

# Many databases: each test has one of its own. Nothing is kept.
redis_settings() {
	printf '%s\n' "bind 127.0.0.1" "port $1" "requirepass $2" "databases 512" \
		'save ""' "appendonly no" "dir $work/redis"
}

# start_redis PROGRAM: sets LOA_TEST_REDIS_URL.
start_redis() {
	local program=$1 password log=$work/redis.log try pid
	password=$(new_password)
	server_folder redis
	for try in 1 2 3 4 5; do
		pick_port
		(umask 077 && redis_settings "$port" "$password" >"$work/redis.conf")
		"${as_server[@]}" setsid "$program" - <"$work/redis.conf" >"$log" 2>&1 &
		pid=$!
		keep process TERM "$pid"
		if await_line "$log" 'Ready to accept connections' "$pid"; then
			export LOA_TEST_REDIS_URL="redis://default:$password@127.0.0.1:$port/0"
			say "Redis from $program on port $port"
			return
		fi
		grep -q 'Address already in use' "$log" || break
	done
	tail -n 20 "$log" >&2
	die "Redis did not start (tried $try times)"
}

# start_redis_container: likewise, from the official image.
start_redis_container() {
	local id i
	pick_port
	REDISCLI_AUTH=$(new_password)
	export REDISCLI_AUTH
	# shellcheck disable=SC2016 # the container's shell expands it
	id=$(docker run --detach --env REDISCLI_AUTH --publish "127.0.0.1:$port:6379" redis:7 \
		sh -c 'exec redis-server --requirepass "$REDISCLI_AUTH" --databases 512 --save "" --appendonly no') || return 1
	keep container "$id"
	for ((i = 0; i < 600; i++)); do
		if [[ $(docker exec "$id" redis-cli ping 2>/dev/null) == PONG ]]; then
			export LOA_TEST_REDIS_URL="redis://default:$REDISCLI_AUTH@127.0.0.1:$port/0"
			say "Redis in a container on port $port"
			return 0
		fi
		sleep 0.1
	done
	return 1
}
