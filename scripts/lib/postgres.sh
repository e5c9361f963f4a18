# shellcheck shell=bash
# Sourced: a private PostgreSQL that lives as long as the script.

# Prints the folder of PostgreSQL's programs. Debian keeps them out of PATH.
postgres_bin() {
	local folder
	for folder in $(command -v postgres initdb 2>/dev/null | xargs -r -n 1 dirname) \
		$(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV); do
		[[ -x $folder/initdb && -x $folder/postgres ]] && printf '%s\n' "$folder" && return 0
	done
	return 1
}

# What a server that is thrown away may leave out. A benchmark keeps all of it on.
postgres_hasty=(fsync=off synchronous_commit=off full_page_writes=off)

# start_postgres PROGRAMS DURABLE: sets LOA_TEST_POSTGRES_URL.
start_postgres() {
	local bin=$1 durable=$2 password folder=$work/postgres log=$work/postgres.log try setting pid
	local -a settings=(-c max_connections=300 -c unix_socket_directories= -c listen_addresses=127.0.0.1
		# Far from UTC on purpose: a query that leans on the server's own zone shows itself.
		-c timezone=Asia/Ho_Chi_Minh)
	[[ -n $durable ]] || for setting in "${postgres_hasty[@]}"; do settings+=(-c "$setting"); done

	password=$(new_password)
	server_folder postgres
	(umask 077 && printf '%s\n' "$password" >"$folder/password")
	((EUID != 0)) || chown "$(server_user)" "$folder/password"
	if ! LC_ALL=C.UTF-8 "${as_server[@]}" "$bin/initdb" --pgdata="$folder/data" --username=loa \
		--encoding=UTF8 --auth=scram-sha-256 --pwfile="$folder/password" --no-sync >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		die "initdb failed"
	fi

	for try in 1 2 3 4 5; do
		pick_port
		LC_ALL=C.UTF-8 "${as_server[@]}" setsid "$bin/postgres" -D "$folder/data" -p "$port" \
			"${settings[@]}" </dev/null >"$log" 2>&1 &
		pid=$!
		keep process QUIT "$pid" # without a last checkpoint: nobody reads it again
		if await_line "$log" 'ready to accept connections' "$pid"; then
			export LOA_TEST_POSTGRES_URL="postgres://loa:$password@127.0.0.1:$port/postgres?sslmode=disable"
			say "PostgreSQL from $bin on port $port${durable:+, durable}"
			return
		fi
		grep -q 'Address already in use' "$log" || break
	done
	tail -n 20 "$log" >&2
	die "PostgreSQL did not start (tried $try times)"
}

# start_postgres_container DURABLE: likewise, from the official image.
start_postgres_container() {
	local durable=$1 id setting i
	local -a settings=(-c max_connections=300 -c timezone=Asia/Ho_Chi_Minh)
	[[ -n $durable ]] || for setting in "${postgres_hasty[@]}"; do settings+=(-c "$setting"); done
	pick_port
	POSTGRES_PASSWORD=$(new_password)
	export POSTGRES_PASSWORD POSTGRES_USER=loa POSTGRES_DB=postgres
	id=$(docker run --detach --env POSTGRES_PASSWORD --env POSTGRES_USER --env POSTGRES_DB \
		--publish "127.0.0.1:$port:5432" postgres:17 "${settings[@]}") || return 1
	keep container "$id"
	for ((i = 0; i < 600; i++)); do
		# Over TCP: the image's own preparations listen on a socket file only.
		if docker exec "$id" pg_isready --quiet --host 127.0.0.1 --username loa; then
			export LOA_TEST_POSTGRES_URL="postgres://loa:$POSTGRES_PASSWORD@127.0.0.1:$port/postgres?sslmode=disable"
			say "PostgreSQL in a container on port $port${durable:+, durable}"
			return 0
		fi
		sleep 0.1
	done
	return 1
}
