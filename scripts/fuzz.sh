#!/bin/bash
# Fuzzes every target of fuzz/ for SECONDS (60) each, or those that are named. Stops at the first that fails; its input lies in
# fuzz/artifacts, and the binary named in the last line runs it again. `weights` builds the encoder first.
# usage: scripts/fuzz.sh [SECONDS [TARGET…]]
set -euo pipefail
cd "$(dirname "$0")/../fuzz"

seconds=${1:-60}
shift || true
all=$(sed -n 's/^path = "fuzz_targets\/\(.*\)\.rs"$/\1/p' Cargo.toml)
targets=${*:-$all}

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/scrubjay/target-fuzz}
host=$(rustc -vV | sed -n 's/^host: //p')
# What cargo-fuzz sets, less the address sanitizer, which needs a nightly compiler and has nothing to find in safe code. With --target,
# build scripts are not instrumented.
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"

# seeds TARGET: what its corpus starts from.
seeds() {
    case $1 in
        i2b2 | jsonl) echo ../tests/fixtures/corpus ../tests/fixtures/evasion ;;
        csv | hl7 | fhir | docx) echo ../tests/fixtures/formats ;;
        policy) echo ../src/redact/policy.schema.json ../tests/fixtures/policies.json ;;
        weights) echo ../models/tiny-bert ;;
        rules | view | tokenizer | redact) echo ../tests/fixtures/rules ../tests/fixtures/evasion ;;
    esac
}

light=$(printf '%s\n' $targets | grep -v '^weights$' || true)
if [ -n "$light" ]; then
    # shellcheck disable=SC2046 # one argument a word
    cargo build --quiet --locked --release --target "$host" $(printf -- '--bin %s ' $light)
fi
for target in $targets; do
    if [ "$target" = weights ]; then
        cargo build --quiet --locked --release --target "$host" --bin weights --features encoder
    fi
    mkdir -p "corpus/$target" artifacts
    for seed in $(seeds "$target"); do find "$seed" -type f -exec cp {} "corpus/$target/" \; ; done
    echo "== $target"
    "$CARGO_TARGET_DIR/$host/release/$target" "corpus/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -max_len=4096 -artifact_prefix="artifacts/$target-" -print_final_stats=1 -verbosity=0
done
