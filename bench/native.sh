#!/bin/sh
# Measures scrubjay and onnxruntime natively, by turns: native.sh ROUNDS REPETITIONS NOTES WORDS. One line of JSON a run, in work/native.jsonl.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
: > work/native.jsonl.new
line() { # SYSTEM WEIGHTS THREADS, and the report on standard input
  printf '{"system":"%s","weights":"%s","threads":%s,"report":' "$1" "$2" "$3"
  tr -d '\n'
  printf '}\n'
}
for round in $(seq "$1"); do
  for threads in ${THREADS:-1 $(nproc)}; do
    for weights in float32 int8; do
      model=work/minilm
      if [ "$weights" = int8 ]; then model=work/minilm-8bit; fi
      echo "round $round: $threads threads, $weights" >&2
      work/bin/scrubjay bench --json --model "$model" --input work/notes.jsonl --threads "$threads" --repetitions "$2" --notes "$3" --words "$4" \
        | line scrubjay "$weights" "$threads" >> work/native.jsonl.new
      "$python" native.py work/minilm work/notes.json --weights "$weights" --threads "$threads" --repetitions "$2" --words "$4" \
        | line onnxruntime "$weights" "$threads" >> work/native.jsonl.new
      if [ -x candle/target/release/bench-candle ] && [ "$weights" = float32 ]; then
        RAYON_NUM_THREADS=$threads candle/target/release/bench-candle work/minilm work/notes.json "$2" "$4" \
          | line candle "$weights" "$threads" >> work/native.jsonl.new
      fi
    done
  done
done
mv work/native.jsonl.new work/native.jsonl
