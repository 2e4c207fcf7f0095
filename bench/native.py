#!/usr/bin/env python3
"""Measures onnxruntime natively on the same checkpoint, notes and windows as `scrubjay bench`, and prints JSON of the same form.

    native.py CHECKPOINT NOTES.json --weights float32|int8 [--threads 1] [--words 50,250,2000] [--repetitions 10] [--notes 20]

The whole way is tokenizing (Hugging Face's tokenizers, in Rust), the encoder window by window, and the best label of each token with its
probability; scrubjay's also has its rules and its resolving of overlaps. The windows are given: cutting them costs it nothing.
products_flops is numpy's matmul (OpenBLAS) on the matrix products of a window, large_flops on two square matrices of 1024, float32:
what this machine can do, measured by a library that is neither's own.
"""
import argparse, json, os, pathlib, resource, sys, time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("checkpoint", type=pathlib.Path)
parser.add_argument("notes", type=pathlib.Path)
parser.add_argument("--weights", choices=["float32", "int8"], required=True)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--words", default="50,250,2000")
parser.add_argument("--repetitions", type=int, default=10)
args = parser.parse_args()
# OpenBLAS reads this when numpy is first imported.
os.environ["OPENBLAS_NUM_THREADS"] = str(args.threads)

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

texts = json.loads(args.notes.read_text())
config = json.loads((args.checkpoint / "config.json").read_text())


def load():
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = args.threads, 1
    name = "model_quantized.onnx" if args.weights == "int8" else "model.onnx"
    tokenizer = Tokenizer.from_file(str(args.checkpoint / "tokenizer.json"))
    return tokenizer, onnxruntime.InferenceSession(str(args.checkpoint / "onnx" / name), options, providers=["CPUExecutionProvider"])


begun = time.perf_counter()
tokenizer, session = load()
load_ms = (time.perf_counter() - begun) * 1e3
CLS, SEP = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")


def logits(ids):
    window = np.array([ids], dtype=np.int64)
    return session.run(None, dict(input_ids=window, attention_mask=np.ones_like(window), token_type_ids=np.zeros_like(window)))[0][0]


def read(note):
    ids = tokenizer.encode(note["text"], add_special_tokens=False).ids
    found = 0
    for start, end in note["windows"]:
        scores = logits([CLS, *ids[start:end], SEP])[1:-1]
        best = scores.argmax(1)
        probability = 1 / np.exp(scores - scores.max(1, keepdims=True)).sum(1)
        found += int(((best > 0) & (probability > 0.5)).sum())
    return ids, found


def measure(notes, repetitions):
    cut = [[[CLS, *note["ids"][start:end], SEP] for start, end in note["windows"]] for note in notes]
    row = {key: sum(note[key] for note in notes) for key in ("words", "tokens")}
    row |= dict(notes=len(notes), windows=sum(map(len, cut)), read=sum(len(w) for windows in cut for w in windows), ms=[], cpu_ms=[], encoder_ms=[])
    for note in notes:
        assert read(note)[0] == note["ids"], "other tokens"
    for _ in range(repetitions):
        start, cpu = time.perf_counter(), time.process_time()
        for note in notes:
            read(note)
        row["ms"].append((time.perf_counter() - start) * 1e3)
        row["cpu_ms"].append((time.process_time() - cpu) * 1e3)
        start = time.perf_counter()
        for windows in cut:
            for window in windows:
                logits(window)
        row["encoder_ms"].append((time.perf_counter() - start) * 1e3)
    return row


def products(length):
    """As src/model/limit.rs: (how many, batch, rows, inner, columns)."""
    width, heads, inner = config["hidden_size"], config["num_attention_heads"], config["intermediate_size"]
    layers, size = config["num_hidden_layers"], config["hidden_size"] // config["num_attention_heads"]
    return [(4 * layers, 1, length, width, width), (layers, heads, length, size, length), (layers, heads, length, length, size),
            (layers, 1, length, width, inner), (layers, 1, length, inner, width), (1, 1, length, width, len(config["id2label"]))]


def rate(shapes, repetitions=10):
    seconds = operations = 0
    for count, batch, rows, inner, columns in shapes:
        left, right = (np.random.default_rng(1).random((batch, *shape), dtype=np.float32) for shape in ((rows, inner), (inner, columns)))
        times = []
        for _ in range(repetitions + 1):
            start = time.perf_counter()
            np.matmul(left, right)
            times.append(time.perf_counter() - start)
        seconds += count * min(times[1:])
        operations += 2 * count * batch * rows * inner * columns
    return operations / seconds


rows = [measure([texts["lengths"][n]], args.repetitions) for n in args.words.split(",")]
throughput = measure(texts["notes"], 1) if texts["notes"] else None
longest = max(rows, key=lambda row: row["read"])
window = longest["read"] // longest["windows"]
operations = sum(2 * c * b * r * i * n for c, b, r, i, n in products(window)) * longest["read"] / window
json.dump(dict(
    version=f"onnxruntime {onnxruntime.__version__}", threads=args.threads, load_ms=load_ms, texts=rows, throughput=throughput,
    encoder_flops=operations / min(longest["encoder_ms"]) * 1e3, products_flops=rate(products(window)), large_flops=rate([(1, 1, 1024, 1024, 1024)]),
    peak_memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
), sys.stdout)
