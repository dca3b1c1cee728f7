# Shared by every subcommand of ./dev: words to the person at the terminal, and small questions.

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "dev: $*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

am_root() { [ "$(id -u)" -eq 0 ]; }

# A loopback TCP port that was free a moment ago.
free_port() {
  node -e 'const s = require("node:net").createServer();
    s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

target_dir() { printf '%s\n' "${CARGO_TARGET_DIR:-$root/target}"; }
