#!/bin/sh
# Cargo calls this in place of the compiler for the house's own crates while fuzz targets are built
# (RUSTC_WORKSPACE_WRAPPER): they note which of their branches are taken, by which libFuzzer goes. What the
# house depends on is not built anew for it. These options are stable; a sanitizer would need a nightly compiler.
for word in "$@"; do
  case $word in
    build_script_* | proc-macro) exec "$@" ;;
  esac
done
exec "$@" -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
  -Cllvm-args=-sanitizer-coverage-trace-compares
