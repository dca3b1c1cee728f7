# ./dev pg: a scratch PostgreSQL for as long as somebody wants it.
. scripts/tools.sh
. scripts/postgres.sh

# The same signal may have ended it already. By `$!` itself: a signal may come before a variable is
# given its value, and a sleeper that is left behind holds the output of whoever started this. By what no
# process can catch: between fork and exec it still has this shell's handlers, and would forget any other.
end_sleeper() { kill -KILL "$!" 2>/dev/null; }

main() {
  require_postgres
  # So that there is a `$!` from the beginning.
  : &
  wait "$!"
  stop_postgres_at_exit end_sleeper
  start_postgres
  trap restart_postgres USR1
  printf 'postgres://phusa@127.0.0.1:%s/postgres\n' "$pg_port"
  say "log: $pg_folder/server.log · Ctrl-C stops it and removes its data · kill -USR1 $$ restarts it"
  # The shell tells of a sleeper that a signal ended, maybe to somebody who reads no more: that must
  # not be its own end, before the server's.
  trap '' PIPE
  while :; do
    # A signal ends `wait`, not `sleep`: so the trap runs at once.
    sleep 3600 &
    wait "$!" || true
    end_sleeper || true
  done
}
