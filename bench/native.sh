#!/bin/sh
# Measures scrubjay and onnxruntime natively, by turns: native.sh ROUNDS REPETITIONS NOTES WORDS. One line of JSON a run, in work/native.jsonl.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
: > work/native.jsonl.new
for round in $(seq "$1"); do
  for threads in ${THREADS:-$(printf '1\n%s\n' "$(nproc)" | sort -nu)}; do
    for weights in float32 int8; do
      model=work/minilm
      if [ "$weights" = int8 ]; then model=work/minilm-8bit; fi
      echo "round $round: $threads threads, $weights" >&2
      keep() { # SYSTEM REPORT
        printf '{"system":"%s","weights":"%s","threads":%s,"report":%s}\n' "$1" "$weights" "$threads" "$2" >> work/native.jsonl.new
      }
      report=$(work/bin/scrubjay bench --json --model "$model" --input work/notes.jsonl --threads "$threads" --repetitions "$2" --notes "$3" --words "$4")
      keep scrubjay "$report"
      report=$("$python" native.py work/minilm work/notes.json --weights "$weights" --threads "$threads" --repetitions "$2" --words "$4")
      keep onnxruntime "$report"
    done
  done
done
mv work/native.jsonl.new work/native.jsonl
