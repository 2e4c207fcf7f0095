#!/bin/sh
# The whole benchmark: run.sh [quick]. Takes about an hour on a quiet machine, quick a few minutes. See README.md.
set -eu
cd "$(dirname "$0")"
export PYTHON="${PYTHON:-python3}"
rounds=3 repetitions=5 notes=20 words=50,250,2000 long=20000
if [ "${1:-}" = quick ]; then rounds=1 repetitions=4 notes=5 words=50,250 long=; fi
notes=${NOTES:-$notes}
scrubjay=${SCRUBJAY:-$(command -v scrubjay || echo ../target/release/scrubjay)}

[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund
[ -f ../www/dist/lib/index.js ] || { echo "error: www/dist/lib is missing: run npm run build in www" >&2; exit 1; }
mkdir -p work/bin
[ "${SCRUBJAY:-}" = work/bin/scrubjay ] || cp "$scrubjay" work/bin/scrubjay
coarse='--step 0.2 --embedding-step 0.6' # as the shipped model
base=${BASE:+--base $BASE}
# shellcheck disable=SC2086 # none, or two words
[ -f work/minilm/onnx/model_quantized.onnx ] || "$PYTHON" checkpoint.py work/minilm $base
[ -f work/minilm-8bit/model.safetensors ] || work/bin/scrubjay quantize --model work/minilm --output work/minilm-8bit --id minilm $coarse
node browser/pack.mjs work/minilm-8bit
# shellcheck disable=SC2086
"$PYTHON" notes.py work/minilm work/notes.json --notes "$notes"

node browser/run.mjs --rounds "$rounds" --repetitions "$repetitions" --words "$words" --long "$long"
case "${WEBGPU:-}" in
  hardware) node browser/run.mjs --webgpu hardware --rounds "$rounds" --repetitions "$repetitions" --words "$words" --long "$long" --output work/browser-webgpu.json ;;
  software)
    [ -f work/tiny/onnx/model.onnx ] || "$PYTHON" checkpoint.py work/tiny --tiny --base work/minilm
    [ -f work/tiny-8bit/model.safetensors ] || work/bin/scrubjay quantize --model work/tiny --output work/tiny-8bit --id tiny $coarse
    node browser/pack.mjs work/tiny-8bit
    node browser/run.mjs --webgpu software --rounds 1 --repetitions 3 --words 50 --long "" --no-throughput --output work/browser-webgpu.json
    ;;
esac
./native.sh "$rounds" "$repetitions" "$notes" "$words"
"$PYTHON" report.py results
