# ./dev test: what CI runs, and a quick form of it for the desk.
. scripts/assets.sh
. scripts/postgres.sh
. scripts/fuzzing.sh
. scripts/api.sh
. scripts/steps.sh

main() {
  case ${1:-} in
    --quick) shift; check_quickly "$@" ;;
    differential) shift; run_differential "$@" ;;
    browser) shift; check_in_browser "$@" ;;
    api) shift; check_api "$@" ;;
    fuzz) shift; check_readers "$@" ;;
    '') check_everything ;;
    -*) fail "./dev test does not know '$1'; './dev help' lists what there is" ;;
    *) check_matching "$@" ;;
  esac
}

check_everything() {
  prepare
  require_postgres
  require_chromium
  require_pdftotext
  require_python
  check_style
  step 'documentation' env RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps ${CI:+--locked}
  step 'page assets' test_assets
  step_optional 'dependencies' cargo-deny cargo deny --log-level error check
  step_optional 'unused dependencies' cargo-machete cargo machete
  step_optional 'spelling' typos typos
  step 'a server that ends with its script' node --test scripts/pg.test.mjs
  start_test_postgres
  step 'unit and integration tests' run_tests
  step 'documentation examples' cargo test --doc --workspace --quiet ${CI:+--locked}
  step 'fuzz targets' run_fuzz
  # The tests of phusa run the program that the browser tests use: it is built. Building it
  # alone would choose other features and compile half of the dependencies again.
  step 'the API and its description' run_api_tests
  step 'browser tests' run_browser_tests
  report
}

check_api() {
  [ $# -eq 0 ] || fail './dev test api takes no filter: e2e/api/schemathesis.toml says what is asked'
  prepare
  require_python
  step 'server for the API' cargo build --package phusa ${CI:+--locked}
  step 'the API and its description' run_api_tests
  report
}

check_readers() {
  [ $# -eq 0 ] || fail './dev test fuzz takes no filter; ./dev fuzz TARGET runs one'
  prepare
  step 'fuzz targets' run_fuzz
  report
}

check_in_browser() {
  # Nobody looks at pictures of every run: only at those that they ask for.
  if [ "${1:-}" = --pictures ]; then
    PHUSA_PICTURES=1
    export PHUSA_PICTURES
    shift
  fi
  [ $# -eq 0 ] || fail './dev test browser takes no filter: each suite builds on the one before'
  prepare
  require_chromium
  step 'server for the browser tests' cargo build --package phusa ${CI:+--locked}
  step 'browser tests' run_browser_tests
  report
}

check_quickly() {
  [ $# -eq 0 ] || fail './dev test --quick takes no filter; ./dev test FILTER runs on both engines'
  prepare
  unset PHUSA_TEST_PG_URL
  check_style
  step 'unit tests on SQLite' run_tests --without-slow
  report
}

check_matching() {
  prepare
  require_postgres
  start_test_postgres
  step 'tests that match' run_tests "$@"
  report
}

run_differential() {
  while [ $# -gt 0 ]; do
    case $1 in
      --cases) PHUSA_DIFFERENTIAL_CASES=${2:?--cases needs a number} ;;
      --seed) PHUSA_DIFFERENTIAL_SEED=${2:?--seed needs a number} ;;
      *) fail "./dev test differential does not know '$1': --cases N, --seed S" ;;
    esac
    shift 2
  done
  [ -z "${PHUSA_DIFFERENTIAL_CASES:-}" ] || export PHUSA_DIFFERENTIAL_CASES
  [ -z "${PHUSA_DIFFERENTIAL_SEED:-}" ] || export PHUSA_DIFFERENTIAL_SEED
  prepare
  require_postgres
  start_test_postgres
  # Through cargo, not nextest: it prints the seed while the cases run.
  step 'differential' cargo test -p store ${CI:+--locked} -- --nocapture differential
  report
}

prepare() {
  build_once_where_nothing_is_kept
  require_tools
  stop_postgres_at_exit
  # The pages embed the assets, so every later step needs them.
  build_assets
  keep_scratch_in_memory
  begin_steps
}

# CI builds everything once and throws it away: what later builds and debuggers would need is not made.
build_once_where_nothing_is_kept() {
  [ -n "${CI:-}" ] || return 0
  CARGO_INCREMENTAL=0
  CARGO_PROFILE_DEV_DEBUG=0
  export CARGO_INCREMENTAL CARGO_PROFILE_DEV_DEBUG
}

check_style() {
  step 'formatting' cargo fmt --all --check
  step 'lints' cargo clippy --workspace --all-targets ${CI:+--locked} -- -D warnings
  step 'crate directions' node --test scripts/floors/floors.test.mjs
  step 'shipped data' node --test scripts/data/units.test.mjs
}

start_test_postgres() {
  start_postgres
  PHUSA_TEST_PG_URL=$(pg_settings)
  export PHUSA_TEST_PG_URL
}

# What tests write is thrown away and needs no disk: it goes into memory where there is plenty. Into a
# folder that is removed at the end (`begin_steps`), with what killed processes leave behind.
keep_scratch_in_memory() {
  [ -z "${TMPDIR:-}" ] || return 0
  room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
  memory=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo 2>/dev/null)
  if [ "${room:-0}" -ge $((8 << 20)) ] && [ "${memory:-0}" -ge $((16 << 20)) ]; then
    scratch_folder=$(mktemp -d /dev/shm/phusa-test.XXXXXX)
    # PostgreSQL's user passes through.
    chmod 711 "$scratch_folder"
    TMPDIR=$scratch_folder
    PHUSA_SCRATCH=${PHUSA_SCRATCH:-$TMPDIR}
    export TMPDIR PHUSA_SCRATCH
  fi
}

# run_tests [--without-slow | FILTER]: a module named `slow` holds what a quick run leaves out.
run_tests() {
  if have cargo-nextest; then
    case ${1:-} in
      --without-slow) set -- -E 'not test(/(^|::)slow::/)' ;;
    esac
    # Half of them wait, for a server or for each other.
    cargo nextest run --workspace ${CI:+--locked} --no-fail-fast --status-level fail \
      --test-threads "$((2 * $(getconf _NPROCESSORS_ONLN)))" "$@"
  else
    case ${1:-} in
      --without-slow) set -- --skip slow:: ;;
    esac
    cargo test --workspace --lib --bins --tests ${CI:+--locked} --no-fail-fast -- "$@"
  fi
}

run_browser_tests() {
  install_packages e2e &&
    PHUSA_BIN="$(target_dir)/debug/phusa" CHROMIUM="$(chromium_path)" npm --prefix e2e test
}

test_assets() {
  npm --prefix web-assets test
}
