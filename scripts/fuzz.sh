# ./dev fuzz: one target for as long as is wanted, or over one input again.
. scripts/tools.sh
. scripts/fuzzing.sh

main() {
  have cargo || fail 'cargo is missing: install rustup from https://rustup.rs'
  build_fuzz >&2
  if [ $# -eq 0 ]; then
    say './dev fuzz TARGET [SECONDS | FILE]; the targets are:'
    "$(fuzz_program)" 2>/dev/null | cut -d ' ' -f 1
    return
  fi
  most=$(longest "$1")
  [ -n "$most" ] || fail "there is no target '$1'; './dev fuzz' lists what there is"
  if [ -f "${2:-}" ]; then
    fuzz_once "$1" "$2"
    return
  fi
  case ${2:-60} in
    *[!0-9]*) fail "'$2' is neither a number of seconds nor a file" ;;
  esac
  # What this finds to be new is kept, and begun from next time.
  folder=$(fuzz_folder)/$1
  mkdir -p "$folder/corpus"
  fuzz_once "$1" -max_len="$most" -max_total_time="${2:-60}" "$folder/corpus" "$folder/seeds"
}
