# The peer of `./dev bench systems`: Directus 11 and the Node.js that it needs, as `scripts/directus`
# pins them, in its node_modules: about 1 GB, minutes to install, and for nothing but this figure.

directus_folder=scripts/directus

# Prints the words with which the bench finds Directus; none, with the reason told, where it is not to
# be had.
directus_option() {
  if ! have npm; then
    say 'Directus is not measured: npm is missing'
  elif install_directus >&2; then
    printf '%s %s\n' --directus "$directus_folder"
  else
    say 'Directus is not measured: it could not be installed; what npm said stands above'
  fi
}

install_directus() (
  stamp=$directus_folder/node_modules/.phusa-lock
  lock=$(cksum <"$directus_folder/package-lock.json")
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ]; then exit 0; fi
  say 'installing Directus, which takes minutes'
  # SQLite, compiled where no built one can be had, must be for the Node.js that Directus gets, not for the
  # one that npm runs on.
  npm --prefix "$directus_folder" ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 1
  node_home=$(find "$root/$directus_folder/node_modules" -maxdepth 1 -name 'node-linux-*' | head -n 1)
  if [ -z "$node_home" ]; then
    say 'there is no Node.js 22 for this machine among its packages'
    exit 1
  fi
  PATH="$node_home/bin:$PATH" npm_config_nodedir=$node_home \
    npm --prefix "$directus_folder" rebuild sqlite3 --no-audit --no-fund --loglevel=error || exit 1
  printf '%s\n' "$lock" >"$stamp"
)
