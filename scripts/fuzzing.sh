# Fuzz targets (fuzz/): one program with all of them, and how it is run.

# Longer than this over one input, in seconds, is for ever; more than this in MB is too much.
fuzz_patience=20
fuzz_memory=1500

fuzz_program() { printf '%s\n' "$(target_dir)/debug/fuzz"; }

fuzz_folder() { printf '%s\n' "$(target_dir)/fuzz"; }

build_fuzz() {
  have c++ || install_from_debian g++
  # Of the whole workspace, as everything else is built: alone it would choose other features of what it
  # depends on, and compile half of that again.
  RUSTC_WORKSPACE_WRAPPER=$root/scripts/fuzz/rustc.sh \
    cargo build --workspace --bin fuzz --features fuzz/libfuzzer ${CI:+--locked}
}

# fuzz_once TARGET OPTION…: the program, with what all runs have in common.
fuzz_once() {
  target=$1
  shift
  folder=$(fuzz_folder)/$target
  mkdir -p "$folder/found"
  PHUSA_FUZZ_TARGET=$target PHUSA_FUZZ_SEEDS=$folder "$(fuzz_program)" \
    -timeout=$fuzz_patience -rss_limit_mb=$fuzz_memory -dict="$folder/words.dict" \
    -artifact_prefix="$folder/found/" "$@" </dev/null
}

# longest TARGET: of its inputs, in bytes.
longest() { "$(fuzz_program)" 2>/dev/null | awk -v target="$1" '$1 == target { print $3 }'; }

# fuzz_bounded TARGET RUNS LONGEST: the same inputs whenever it is run, unless the machine is so slow that the
# time is up. What was found is kept, and said in a way that can be copied from a log.
fuzz_bounded() {
  folder=$(fuzz_folder)/$1
  # Nothing that another run found: that would make this one another.
  rm -rf -- "$folder/seeds" "$folder/found"
  fresh=$(mktemp -d)
  mkdir -p "$folder/found"
  status=0
  fuzz_once "$1" -seed=1 -runs="$2" -max_len="$3" -max_total_time=20 -print_final_stats=1 \
    "$fresh" "$folder/seeds" >"$folder/log" 2>&1 || status=$?
  rm -rf -- "$fresh"
  if [ "$status" -eq 0 ]; then
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log")
    seconds=$(sed -n 's/^Done .* in \([0-9]*\) second.*/\1/p' "$folder/log")
    covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$folder/log" | tail -n 1)
    printf '  ok      %s: %s inputs in %s s, %s branches\n' "$1" "$runs" "$seconds" "$covered"
  else
    printf '  FAILED  %s\n' "$1"
    sed -n '/panicked at/,/^stack backtrace/p; /^==.*ERROR/p' "$folder/log" | head -n 20
    for input in "$folder/found"/*; do
      [ -f "$input" ] || continue
      printf '  the input, in base64 (again: ./dev fuzz %s %s):\n' "$1" "$input"
      base64 <"$input"
    done
    tail -n 5 "$folder/log"
  fi
  return "$status"
}

# All targets, as many at once as there are processors; adds up in the words of cargo's tests.
run_fuzz() {
  build_fuzz || return
  results=$(mktemp -d)
  "$(fuzz_program)" >"$results/targets" 2>/dev/null
  lanes=$(getconf _NPROCESSORS_ONLN)
  lane=0
  while [ "$lane" -lt "$lanes" ]; do
    fuzz_lane "$lane" "$lanes" "$results" &
    lane=$((lane + 1))
  done
  wait
  passed_targets=$(cat "$results"/passed.* 2>/dev/null | grep -c .)
  all_targets=$(grep -c . "$results/targets")
  rm -rf -- "$results"
  printf 'test result: %d passed; %d failed\n' "$passed_targets" "$((all_targets - passed_targets))"
  [ "$passed_targets" -eq "$all_targets" ]
}

# fuzz_lane NUMBER OF FOLDER: every so manieth target, one after the other.
fuzz_lane() {
  awk -v lane="$1" -v lanes="$2" 'NR % lanes == lane' "$3/targets" | while read -r target runs most; do
    if fuzz_bounded "$target" "$runs" "$most"; then
      printf '%s\n' "$target" >>"$3/passed.$1"
    fi
  done
}
