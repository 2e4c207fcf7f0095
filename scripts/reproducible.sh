#!/bin/bash
# Builds the module as it is shipped twice, from nothing, in two folders, and compares the hashes. Takes twice as long as `make package`:
# hours on two cores. The compiler and wasm-bindgen are those of scripts/setup.sh; another compiler gives another module.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

scripts/setup.sh build
for build in first second; do
    # Paths of the sources stand in panic messages; the target folder's must not.
    CARGO_TARGET_DIR=$work/$build node www/scripts/build-wasm.mjs dist
    (cd www/src/wasm && sha256sum -- *) | tee "$work/$build.sha256"
    rm -rf "${work:?}/$build"
done
if diff "$work/first.sha256" "$work/second.sha256"; then
    echo "reproducible: both builds are the same"
else
    echo "reproducible: the builds differ" >&2
    exit 1
fi
