# ./dev bench: release figures beside their peers, on both engines, durable as in production.
. scripts/tools.sh
. scripts/postgres.sh

main() {
  require_tools
  require_postgres
  scratch=${PHUSA_SCRATCH:-/tmp}
  if [ "$(stat -f -c %T "$scratch" 2>/dev/null)" = tmpfs ]; then
    say "warning: $scratch is in memory, where fsync costs nothing; set PHUSA_SCRATCH to a folder on disk"
  fi
  cargo build --release -p bench
  stop_postgres_at_exit
  start_postgres fsync=on synchronous_commit=on shared_buffers=256MB
  PHUSA_BENCH_PG_URL=$(pg_settings) cargo run --release --quiet -p bench -- "$@"
}
