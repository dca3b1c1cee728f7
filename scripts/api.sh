# The API against its own description (e2e/api): Schemathesis, in a Python environment of its own.

api_environment() { printf '%s\n' "$(target_dir)/schemathesis"; }

require_python() {
  python_is_ready || try_from_debian python3-venv
  python_is_ready || fail 'Python 3.10 or newer with venv is missing: apt-get install python3-venv'
}

python_is_ready() {
  have python3 && python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null
}

# Anew only when the list, or the place, is not that of what was installed. The list names a digest of every
# file that may be installed.
install_schemathesis() {
  environment=$(api_environment)
  lock="$(cksum <e2e/api/requirements.txt) $environment"
  [ -f "$environment/.phusa-lock" ] && [ "$(cat "$environment/.phusa-lock")" = "$lock" ] && return
  say 'installing Schemathesis'
  rm -rf -- "$environment"
  python3 -m venv "$environment" >&2 &&
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
      --only-binary :all: --requirement e2e/api/requirements.txt >&2 &&
    printf '%s\n' "$lock" >"$environment/.phusa-lock"
}

run_api_tests() {
  install_schemathesis &&
    PHUSA_BIN="$(target_dir)/debug/phusa" SCHEMATHESIS="$(api_environment)/bin/schemathesis" \
      npm --prefix e2e run --silent test:api
}
