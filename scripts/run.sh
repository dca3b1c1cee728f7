# ./dev run: from a fresh clone to a page in the browser.
. scripts/assets.sh

main() {
  require_tools
  build_assets
  # The dev profile: cold in minutes, later in seconds; what would be too slow in it is optimised (Cargo.toml).
  cargo build --package phusa ${CI:+--locked} >&2

  PHUSA_DATA=${PHUSA_DATA:-$root/data-dev}
  PHUSA_LISTEN=${PHUSA_LISTEN:-127.0.0.1:8080}
  export PHUSA_DATA PHUSA_LISTEN
  # In place of this shell, so that Ctrl-C and TERM reach the server itself.
  exec "$(target_dir)/debug/phusa" serve "$@"
}
