# ./dev bench: each figure beside its peer in the same run, on both engines.
. scripts/tools.sh
. scripts/postgres.sh
. scripts/directus.sh

main() {
  bench_quick=''
  bench_report='--report docs/benchmarks.md'
  bench_data=${PHUSA_BENCH_DATA:-$(target_dir)/bench-data}
  bench_figures=''
  while [ $# -gt 0 ]; do
    case $1 in
      --quick) bench_quick=--quick bench_report='' ;;
      --forget) rm -rf -- "$bench_data" ;;
      -*) fail "./dev bench does not know '$1'; './dev help' lists what there is" ;;
      *) bench_figures="$bench_figures $1" ;;
    esac
    shift
  done
  require_rust_and_c
  require_postgres
  bench_directus=''
  case " $bench_figures " in
    '  ' | *' systems '*) bench_directus=$(directus_option) ;;
  esac
  cargo build --release -p bench -p phusa ${CI:+--locked}
  mkdir -p "$bench_data"
  # As in `stop_postgres_at_exit`: a second signal must not cut the stopping short.
  trap "trap '' INT TERM HUP; halt_bench_postgres" EXIT
  trap "trap '' INT TERM HUP; exit 130" INT
  trap "trap '' INT TERM HUP; exit 143" TERM HUP
  start_bench_postgres
  # Unquoted: each is a list of words.
  # shellcheck disable=SC2086
  "$(target_dir)/release/bench" --data "$bench_data" --postgres "$(pg_settings)" \
    --machine "$(machine)" --date "$(date -u +%F)" $bench_quick $bench_directus $bench_report $bench_figures
}

require_rust_and_c() {
  have cargo || fail 'cargo is missing: install rustup from https://rustup.rs'
  have cc || fail 'a C compiler is missing: apt-get install gcc libc6-dev'
}

# Unlike the tests' server this one keeps its data: loading a million records takes minutes.
start_bench_postgres() {
  pg_bin=$(postgres_bin)
  pg_folder=$bench_data/postgres
  pg_user=''
  mkdir -p "$pg_folder"
  if am_root; then
    pg_user=$(unprivileged_user)
    chown "$pg_user" "$pg_folder"
  fi
  as_pg_user test -w "$pg_folder" ||
    fail "$pg_user may not enter $pg_folder: set PHUSA_BENCH_DATA to a folder that it may enter"
  if [ ! -f "$pg_folder/data/PG_VERSION" ]; then
    as_pg_user "$pg_bin/initdb" --pgdata="$pg_folder/data" --username=phusa --auth=trust \
      --locale=C --encoding=UTF8 >"$pg_folder/initdb.log" 2>&1 || fail "initdb failed: see $pg_folder/initdb.log"
  fi
  pg_options="-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
  pg_options="$pg_options -c shared_buffers=512MB -c max_wal_size=4GB"
  for attempt in 1 2 3; do
    pg_port=$(free_port)
    if pg_ctl_start; then return; fi
    say "PostgreSQL did not start on port $pg_port (attempt $attempt)"
  done
  fail "PostgreSQL could not be started: see $pg_folder/server.log"
}

halt_bench_postgres() {
  [ -z "$pg_folder" ] || halt_postgres
}

machine() {
  cpu=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)
  memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo 2>/dev/null)
  printf '%s processors (%s), %s, %s %s, %s, PostgreSQL %s\n' "$(getconf _NPROCESSORS_ONLN)" \
    "${cpu:-unknown}" "${memory:-unknown memory}" "$(uname -s)" "$(uname -r)" "$(rustc --version)" \
    "$("$(postgres_bin)/postgres" --version | sed 's/[^0-9]*\([0-9.]*\).*/\1/')"
}
