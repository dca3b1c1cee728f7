# ./dev pg: a scratch PostgreSQL for as long as somebody wants it.
. scripts/tools.sh
. scripts/postgres.sh

# The same signal may have ended it already.
end_sleeper() { [ -z "$sleeper" ] || kill "$sleeper" 2>/dev/null; }

main() {
  require_postgres
  sleeper=''
  stop_postgres_at_exit end_sleeper
  start_postgres
  trap restart_postgres USR1
  printf 'postgres://phusa@127.0.0.1:%s/postgres\n' "$pg_port"
  say "log: $pg_folder/server.log · Ctrl-C stops it and removes its data · kill -USR1 $$ restarts it"
  while :; do
    # A signal ends `wait`, not `sleep`: so the trap runs at once.
    sleep 3600 &
    sleeper=$!
    wait "$sleeper" || true
    kill "$sleeper" 2>/dev/null || true
  done
}
