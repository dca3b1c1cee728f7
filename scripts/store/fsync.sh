#!/bin/sh
# Shows with strace that a commit and an upload are on disk before they are acknowledged.
# Installs Debian's strace when root; the check itself is a test of the store.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$root"
. scripts/lib.sh
. scripts/tools.sh

have strace || install_from_debian strace
exec cargo test -p store --test store -- syncing:: --nocapture
