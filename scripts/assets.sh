# ./dev assets: scripts, styles and fonts of the pages, built into web-assets/dist, which the binary embeds.
. scripts/tools.sh

main() {
  require_tools
  build_assets
}

build_assets() {
  install_packages web-assets
  if assets_are_current; then return; fi
  say 'building web-assets'
  npm --prefix web-assets run --silent build >&2
  touch web-assets/node_modules/.phusa-built
}

# Directories are looked at too: their time changes when a file in them is removed.
assets_are_current() {
  [ -d web-assets/dist ] && [ -d web-assets/fonts ] && [ -f web-assets/node_modules/.phusa-built ] &&
    [ -z "$(find web-assets -mindepth 1 \( -path web-assets/node_modules -o -path web-assets/dist -o -path web-assets/fonts \) -prune \
      -o -newer web-assets/node_modules/.phusa-built -print | head -n 1)" ]
}

# install_packages FOLDER: `npm ci`, only when the lock is not the one that was installed.
install_packages() {
  stamp=$1/node_modules/.phusa-lock
  lock=$(cksum <"$1/package-lock.json")
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ] && return
  say "installing the packages of $1"
  npm --prefix "$1" ci --no-audit --no-fund --loglevel=error >&2
  printf '%s\n' "$lock" >"$stamp"
}
