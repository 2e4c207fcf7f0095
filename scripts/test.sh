#!/bin/bash
# Runs every check and test, and says how long each took and how many tests passed. Stops at the first failure.
set -euo pipefail
cd "$(dirname "$0")/.."

cache=${XDG_CACHE_HOME:-$HOME/.cache}/scrubjay
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
export CARGO_TERM_COLOR=never FORCE_COLOR=0
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
started=$SECONDS
total=0
times=

# step NAME COMMAND…: runs it, shows and keeps its output.
step() {
    local name=$1 from=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    if ! "$@" 2>&1 | tee "$logs/last"; then
        printf '\n%s failed\n' "$name"
        printf '%d passed, 1 failed\n' "$total"
        exit 1
    fi
    times+=$(printf '%6ds  %s' $((SECONDS - from)) "$name")$'\n'
}

# tests NAME PATTERN COMMAND…: as step, and adds up the numbers in what PATTERN matches. A step that ran no test has failed.
tests() {
    local name=$1 pattern=$2 passed
    shift 2
    step "$name" "$@"
    passed=$(grep -oE "$pattern" "$logs/last" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }' || true)
    if [ "$passed" = 0 ]; then
        printf '\n%s ran no tests\n' "$name"
        printf '%d passed, 1 failed\n' "$total"
        exit 1
    fi
    total=$((total + passed))
}

wasm_tests() {
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=$cache/tools/bin/wasm-bindgen-test-runner
    export CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver)}
    export WASM_BINDGEN_TEST_TIMEOUT=600
    scripts/wasm-cargo.sh test --release --no-default-features --features wasm,webgpu,relaxed-simd --test wasm
}

in_folder() { (cd "$1" && shift && "$@"); }

step "setup" scripts/setup.sh test
step "rustfmt" cargo fmt --check
step "clippy" cargo clippy --release --all-targets --features cli -- -D warnings
tests "native tests" 'test result: ok\. [0-9]+ passed' cargo test --release --features cli
step "wasm build" in_folder www node scripts/build-wasm.mjs dev
tests "wasm tests" 'test result: ok\. [0-9]+ passed' wasm_tests
step "TypeScript" in_folder www npm run --silent check
tests "shim tests" '^[^ ]+ pass [0-9]+$' in_folder www npm run --silent test
step "package and page" in_folder www bash -c 'npm run --silent lib && npm run --silent notices && npm run --silent page'
step "TypeScript of the browser tests" in_folder tests/browser npm run --silent check
step "TypeScript of the package tests" in_folder tests/package npm run --silent check
tests "package tests" '^ +[0-9]+ passed' in_folder tests/package npm run --silent test
tests "browser tests" '^ +[0-9]+ passed' in_folder tests/browser npm run --silent test
tests "tests on a Spark cluster" 'Ran [0-9]+ tests' env SCRUBJAY="$CARGO_TARGET_DIR/release/scrubjay" SCRUBJAY_SPARK_NOTES=1000 \
    "$cache/spark/bin/python" tests/spark/test_spark.py
tests "tests in Firefox" '^[^ ]+ pass [0-9]+$' in_folder tests/firefox npm run --silent test

printf '\n%s%6ds  in all\n' "$times" $((SECONDS - started))
printf '%d passed, 0 failed\n' "$total"
