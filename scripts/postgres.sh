# A private PostgreSQL that lives as long as the script: own folder, own loopback port, stopped by pid.
# Never the machine's server, never its data.

pg_folder=''
pg_port=''

# The key-value form: a test replaces `dbname=postgres` by a database of its own.
pg_settings() { printf 'host=127.0.0.1 port=%s user=phusa dbname=postgres\n' "$pg_port"; }

# start_postgres [NAME=VALUE…]: settings beyond the defaults. Sets pg_port.
start_postgres() {
  pg_bin=$(postgres_bin)
  # The socket's path must stay below 108 bytes, so the folder's name is short.
  pg_folder=$(mktemp -d "${PHUSA_SCRATCH:-/tmp}/phusa-pg.XXXXXX")
  pg_user=''
  if am_root; then
    pg_user=$(unprivileged_user)
    chown "$pg_user" "$pg_folder"
  fi
  as_pg_user "$pg_bin/initdb" --pgdata="$pg_folder/data" --username=phusa --auth=trust \
    --locale=C --encoding=UTF8 >"$pg_folder/initdb.log" 2>&1 ||
    { cat "$pg_folder/initdb.log" >&2; fail 'initdb failed'; }

  pg_options="-c max_connections=200 -c listen_addresses=127.0.0.1 -c unix_socket_directories=$pg_folder"
  for setting in "$@"; do
    pg_options="$pg_options -c $setting"
  done
  # A port found free may be taken before the server binds it.
  for attempt in 1 2 3; do
    pg_port=$(free_port)
    if pg_ctl_start; then return; fi
    say "PostgreSQL did not start on port $pg_port (attempt $attempt)"
  done
  cat "$pg_folder/server.log" >&2
  fail 'PostgreSQL could not be started'
}

pg_ctl_start() {
  as_pg_user "$pg_bin/pg_ctl" start --silent --wait --timeout=60 --pgdata="$pg_folder/data" \
    --log="$pg_folder/server.log" --options="$pg_options -p $pg_port" >/dev/null
}

restart_postgres() {
  halt_postgres
  pg_ctl_start || fail "PostgreSQL did not come back; see $pg_folder/server.log"
}

# Safe to call twice, and before anything was started.
stop_postgres() {
  [ -n "$pg_folder" ] || return 0
  halt_postgres
  rm -rf -- "$pg_folder"
  pg_folder=''
}

# SIGINT is PostgreSQL's fast shutdown: sessions are ended, data is flushed.
halt_postgres() {
  [ -f "$pg_folder/data/postmaster.pid" ] || return 0
  pg_pid=$(head -n 1 "$pg_folder/data/postmaster.pid")
  kill -INT "$pg_pid" 2>/dev/null || return 0
  waited=0
  while kill -0 "$pg_pid" 2>/dev/null; do
    waited=$((waited + 1))
    [ "$waited" -lt 150 ] || { kill -QUIT "$pg_pid" 2>/dev/null || true; return 0; }
    sleep 0.1
  done
}

# PostgreSQL refuses to run as root.
unprivileged_user() {
  for user in postgres nobody; do
    id "$user" >/dev/null 2>&1 && { printf '%s\n' "$user"; return; }
  done
  fail 'PostgreSQL does not run as root, and there is no user postgres or nobody to run it as'
}

# Works from / because the other user may not be allowed to read the checkout.
as_pg_user() (
  cd /
  if [ -z "$pg_user" ]; then
    "$@"
  elif have runuser; then
    runuser -u "$pg_user" -- "$@"
  else
    quoted=''
    for word in "$@"; do
      quoted="$quoted '$word'"
    done
    su -s /bin/sh "$pg_user" -c "$quoted"
  fi
)

# stop_postgres_at_exit [COMMAND]: the command is done first. `timeout` and a terminal signal the
# whole group, so a second signal must not cut the stopping short: not even between `exit` and the
# first word of what is done at exit.
stop_postgres_at_exit() {
  trap "trap '' INT TERM HUP; ${1:-:} || true; stop_postgres" EXIT
  trap "trap '' INT TERM HUP; exit 130" INT
  trap "trap '' INT TERM HUP; exit 143" TERM HUP
}
