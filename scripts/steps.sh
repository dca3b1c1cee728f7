# Runs checks one after another, keeps going after a failure, and adds up at the end.

begin_steps() {
  step_folder=$(mktemp -d)
  trap 'stop_postgres; rm -rf -- "$step_folder" ${scratch_folder:+"$scratch_folder"}' EXIT
  : >"$step_folder/summary"
  passed=0
  failed=0
}

# step NAME COMMAND…: shows the output as it comes, counts what the runner counted, or one.
step() {
  name=$1
  shift
  say ''
  say "▸ $name"
  began=$(date +%s)
  { status=0; "$@" || status=$?; echo "$status" >"$step_folder/status"; } 2>&1 | tee "$step_folder/output"
  status=$(cat "$step_folder/status")
  seconds=$(($(date +%s) - began))

  count_results <"$step_folder/output" >"$step_folder/counts"
  read -r step_passed step_failed <"$step_folder/counts"
  if [ "$status" -ne 0 ] && [ "$step_failed" -eq 0 ]; then
    step_failed=1
  elif [ "$((step_passed + step_failed))" -eq 0 ]; then
    step_passed=1
  fi
  passed=$((passed + step_passed))
  failed=$((failed + step_failed))
  mark=ok
  [ "$step_failed" -eq 0 ] || mark=FAILED
  printf '  %-6s %5d s  %s (%d passed, %d failed)\n' \
    "$mark" "$seconds" "$name" "$step_passed" "$step_failed" >>"$step_folder/summary"
}

# step_optional NAME PROGRAM COMMAND…: compiled from source for minutes, so run only where somebody has it.
step_optional() {
  if have "$2"; then
    optional_name=$1
    shift 2
    step "$optional_name" "$@"
  else
    printf '  %-6s %5s    %s: %s is not installed\n' '-' '' "$1" "$2" >>"$step_folder/summary"
  fi
}

# Adds up the closing lines of cargo-nextest, cargo test and node's test runner.
count_results() {
  sed 's/\x1b\[[0-9;]*m//g' | awk '
    function before(word) {
      return match($0, "[0-9]+ " word) ? substr($0, RSTART, RLENGTH) + 0 : 0
    }
    / tests? run: / || /^test result: / {
      passed += before("passed")
      failed += before("failed") + before("timed out")
    }
    /^(#|ℹ) pass [0-9]+$/ { passed += $3 }
    /^(#|ℹ) (fail|cancelled) [0-9]+$/ { failed += $3 }
    END { print passed + 0, failed + 0 }'
}

# Prints the table and the closing line; the exit status says whether all is well.
report() {
  printf '\n'
  cat "$step_folder/summary"
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
