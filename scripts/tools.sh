# What must be on the machine, checked before anything is built.

node_major=20

# Names everything that is missing at once, each with the way to get it.
require_tools() {
  missing=''
  if ! have cargo; then
    note_missing 'the Rust toolchain' 'install rustup from https://rustup.rs; rust-toolchain.toml then picks the version'
  elif ! rust_is_recent; then
    note_missing "Rust $(wanted_rust) or newer ($(rustc --version 2>&1 | head -n 1))" 'rustup toolchain install'
  fi
  have cc || note_missing 'a C compiler (the embedded database is C)' 'apt-get install gcc libc6-dev'
  if ! have node || [ "$(node -p 'parseInt(process.versions.node)')" -lt "$node_major" ]; then
    note_missing "Node.js $node_major or newer" 'https://nodejs.org, or your distribution'
  elif ! have npm; then
    note_missing 'npm' 'apt-get install npm'
  fi
  [ -z "$missing" ] || fail "missing on this machine:$missing"
}

note_missing() {
  missing="$missing
  - $1
    $2"
}

wanted_rust() { sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml; }

# With rustup the right version comes by itself; a distribution's own rustc must be new enough.
rust_is_recent() {
  found=$(rustc --version 2>/dev/null | cut -d ' ' -f 2)
  [ -n "$found" ] && [ "$(printf '%s\n%s\n' "$(wanted_rust)" "$found" | sort -V | head -n 1)" = "$(wanted_rust)" ]
}

# The shell is the same engine without a browser's own windows, which cost as much as the pages in them.
chromium_path() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || true; }

require_chromium() {
  [ -n "$(chromium_path)" ] || try_from_debian chromium-headless-shell || install_from_debian chromium
}

# The tests read papers as their readers do, through a program that is not the one that sets them.
require_pdftotext() {
  have pdftotext || install_from_debian poppler-utils
}

# The folder of initdb and postgres: Debian keeps it off PATH; the newest version wins.
postgres_bin() {
  if have initdb && have postgres; then
    dirname "$(command -v postgres)"
  else
    for folder in /usr/lib/postgresql/*/bin; do
      [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && printf '%s\n' "$folder"
    done | sort -V | tail -n 1
  fi
}

require_postgres() {
  [ -n "$(postgres_bin)" ] || install_from_debian postgresql
  [ -n "$(postgres_bin)" ] || fail 'PostgreSQL was installed, but initdb is not in /usr/lib/postgresql/*/bin'
}

# Root on Debian (a CI machine) installs what is missing; anybody else is told how.
install_from_debian() {
  am_root && have apt-get || fail "$1 is not installed: sudo apt-get install $1"
  try_from_debian "$1" || fail "$1 could not be installed"
}

# Installs a package where that can be done; says by its status whether it is there.
try_from_debian() {
  am_root && have apt-get || return 1
  say "installing $1 from Debian's packages"
  from_debian "$1" || { apt-get update -q >&2 && from_debian "$1"; }
}

from_debian() {
  # RUNLEVEL=1 keeps the package's own server from starting: tests start a private one.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1" >&2
}
