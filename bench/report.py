#!/usr/bin/env python3
"""Puts the measurements together: report.py OUT reads work/*.json and work/native.jsonl, writes OUT.json, OUT.md and OUT.svg.

Times are medians with quartiles over all rounds, by the clock and by processor time of all of a system's processes or threads. On one thread
and a quiet machine the two agree; on a busy one the clock measures the others, and processor time is the one to look at. With several
threads only the clock says what the user waits for. Ratios are of medians, scrubjay's over the other's: less is better.
"""
import json, pathlib, re, statistics, sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

WORK = pathlib.Path(__file__).resolve().parent / "work"
# No more than this much of the other's is wanted.
TARGETS = {"browser float32": 0.9, "browser int8": 1.0, "native": 1.0, "webgpu": 0.8, "cold start": 0.7, "bytes": 0.6, "memory": 0.6, "flat": 1.1}


def summary(values):
    low, _, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return dict(median=statistics.median(values), low=low, high=high, n=len(values))


def both(samples):
    return dict(clock=summary([s["ms"] for s in samples]), cpu=summary([s["cpu"] for s in samples])) if samples else {}


def browser_rows(path):
    """Systems by name, each with what was measured of it."""
    if not path.exists():
        return {}, None
    found = json.loads(path.read_text())
    rows = {}
    for s in found["systems"]:
        texts = {f"{n} words": both(samples) for n, samples in s["texts"].items()} | {"throughput": both(s["throughput"])}
        stages = {stage: summary([cold[stage] for cold in s["cold"]]) for stage in s["cold"][0]} if s["cold"] else {}
        weights = s["weights"]
        rows[s["name"]] = dict(texts=texts, cold=stages, bytes=sum(s["sent"].values()), memory=s.get("memory"), weights=weights)
    return rows, found


def native_rows(path):
    rows, flops = {}, {}
    for line in path.read_text().splitlines() if path.exists() else []:
        run = json.loads(line)
        report, name = run["report"], f"{run['system']} {run['threads']} thread{'s' * (run['threads'] > 1)} {run['weights']}"
        row = rows.setdefault(name, dict(samples={}, load=[], memory=[], counts={}, flops=[], weights=run["weights"], threads=run["threads"]))
        row["load"].append(report["load_ms"])
        row["memory"].append(report["peak_memory"])
        row["flops"].append([report[key] for key in ("encoder_flops", "products_flops", "large_flops")])
        texts = {f"{t['words']} words": t for t in report["texts"]} | ({"throughput": report["throughput"]} if report.get("throughput") else {})
        for name, text in texts.items():
            row["counts"][name] = [text[key] for key in ("words", "tokens", "windows", "read")]
            row["samples"].setdefault(name, []).extend(dict(ms=ms, cpu=cpu) for ms, cpu in zip(text["ms"], text["cpu_ms"]))
    for name, row in rows.items():
        row["texts"] = {text: both(samples) for text, samples in row.pop("samples").items()}
        first = next(iter(rows.values()))["counts"]
        wrong = {text for text in row["counts"].keys() & first.keys() if row["counts"][text] != first[text]}
        if wrong:
            raise SystemExit(f"{name} read other tokens: {wrong}")
    return rows


def ratios(browser, webgpu, native):
    """(kind, what, scrubjay, other, ratio by the clock, ratio by processor time or None)."""
    out = []

    def threads(name):
        return re.search(r"\d+ thread", name)[0]

    def times(kind, ours, name, theirs, other):
        for text in ours["texts"].keys() & theirs["texts"].keys():
            a, b = ours["texts"][text], theirs["texts"][text]
            if a and b:
                out.append((kind, text, name, other, *(a[by]["median"] / b[by]["median"] for by in ("clock", "cpu"))))

    def rest(ours, name, theirs, other):
        if ours["cold"] and theirs["cold"]:
            out.append(("cold start", "first result", name, other, ours["cold"]["first"]["median"] / theirs["cold"]["first"]["median"], None))
        if ours["weights"] == "int8" == theirs["weights"]:
            out.append(("bytes", "brotli", name, other, ours["bytes"] / theirs["bytes"], None))
        if ours["memory"] and theirs["memory"]:
            out.append(("memory", "renderer", name, other, ours["memory"]["renderer"] / theirs["memory"]["renderer"], None))

    for rows, kind in ((browser, None), (webgpu, "webgpu")):
        for name, ours in rows.items():
            for other, theirs in rows.items():
                if not name.startswith("scrubjay") or other.startswith("scrubjay"):
                    continue
                if kind or (ours["weights"], threads(name)) == (theirs["weights"], threads(other)):
                    times(kind or f"browser {ours['weights']}", ours, name, theirs, other)
                    rest(ours, name, theirs, other)
            texts = ours["texts"]
            long = [t for t in texts if re.fullmatch(r"\d{5,} words", t)]
            if long and "250 words" in texts:
                n = int(long[0].split()[0])
                each = lambda by: texts[long[0]][by]["median"] / n / (texts["250 words"][by]["median"] / 250)
                out.append(("flat", f"a word of {n} against one of 250", name, name, each("clock"), each("cpu")))
    for name, ours in native.items():
        for other, theirs in native.items():
            same = (ours["weights"], ours["threads"]) == (theirs["weights"], theirs["threads"])
            if same and name.startswith("scrubjay") and not other.startswith("scrubjay"):
                times("native", ours, name, theirs, other)
    return sorted(out, key=lambda r: (list(TARGETS).index(r[0]), r[2], r[3], len(r[1]), r[1]))


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines) + "\n"


def spread(s, unit=1.0, digits=0):
    return f"{s['median'] / unit:.{digits}f} ({s['low'] / unit:.{digits}f}-{s['high'] / unit:.{digits}f})" if s else ""


def times_table(rows):
    texts = list(dict.fromkeys(text for row in rows.values() for text in row["texts"]))
    out = ""
    for by, words in (("cpu", "Processor milliseconds"), ("clock", "Milliseconds by the clock")):
        body = [[name, *(spread(row["texts"].get(text, {}).get(by)) for text in texts)] for name, row in rows.items()]
        out += f"{words}, median (quartiles):\n\n" + table(["", *texts], body)
    return out


def busy(found):
    """Whether other programs ran when the measuring began."""
    return not found or found["environment"]["load"][0] > 1


def markdown(found, rows, software, webgpu, native, compared):
    out = "# Results\n\n"
    if found:
        e = found["environment"]
        out += f"{e['processor']}, {e['threads']} processors, Chromium {e['chromium']}, {e['date'][:10]}. Load average at the beginning and at the end: "
        out += f"{', '.join(f'{x:.1f}' for x in e['load'])}" + (": **busy, preliminary**.\n\n" if busy(found) else ".\n\n")
        notes = found["notes"]["lengths"] | {f"throughput ({found['notes']['count']} notes)": found["notes"]["throughput"]}
        out += table(["Text", "words", "tokens", "windows", "tokens read"], [[n, t["words"], t["tokens"], t["windows"], t["read"]] for n, t in notes.items()])
    out += "## Against the targets\n\n"
    body = []
    for kind, what, name, other, clock, cpu in compared:
        parts = [f"{clock:.2f}", "" if cpu is None else f"{cpu:.2f}"]
        judged = cpu if cpu is not None and " 2 threads" not in name else clock
        # On a busy machine the clock alone decides nothing.
        timed = cpu is None and kind == "cold start"
        reached = "not to be said" if timed and busy(found) else "yes" if judged <= TARGETS[kind] else "no"
        body.append([kind, what, name, other, *parts, TARGETS[kind], reached])
    out += table(["Kind", "what", "scrubjay", "other", "by the clock", "by processor time", "wanted", "reached"], body)
    for title, group in (("In the browser", rows), ("On WebGPU" + " in software (SwiftShader), a tiny encoder" * software, webgpu)):
        if not group:
            continue
        out += f"## {title}\n\n" + times_table(group)
        stages = list(dict.fromkeys(stage for row in group.values() for stage in row["cold"]))
        body = [[name, *(spread(row["cold"].get(s)) for s in stages)] for name, row in group.items()]
        out += "Cold start: milliseconds since the navigation at the end of each stage, server on the same machine:\n\n" + table(["", *stages], body)
        mb = lambda row, key: f"{row['memory'][key] / 1e6:.0f}" if row["memory"] and row["memory"].get(key) else ""
        body = [[name, f"{row['bytes'] / 1e6:.1f}", mb(row, "renderer"), mb(row, "gpu"), mb(row, "after")] for name, row in group.items()]
        out += "Megabytes:\n\n" + table(["", "fetched (brotli)", "renderer at most", "GPU process at most", "user agent's own figure afterwards"], body)
    if native:
        out += "## Natively\n\n" + times_table(native)
        body = []
        for name, row in native.items():
            encoder, products, large = (max(column) / 1e9 for column in zip(*row["flops"]))
            body.append([name, f"{encoder:.1f}", f"{products:.1f}", f"{large:.1f}", "" if busy(found) else f"{encoder / products:.0%}", f"{statistics.median(row['memory']) / 1e6:.0f}"])
        head = ["", "encoder, GFLOP/s", "its products alone", "1024x1024", "share reached", "MB at most"]
        out += "Matrix products, the best of all rounds. The limits are burn's matmul for scrubjay, numpy's (OpenBLAS, float32) for onnxruntime:\n\n" + table(head, body)
    return out


def plot(path, compared, busy):
    plt.rcParams |= {"svg.hashsalt": "scrubjay", "font.size": 8}
    figure, axes = plt.subplots(figsize=(9, 0.6 + 0.19 * len(compared)), layout="constrained")
    for y, (kind, what, name, other, clock, cpu) in enumerate(compared):
        axes.plot([TARGETS[kind]] * 2, [y - 0.4, y + 0.4], color="black", lw=2, label="wanted at most" if y == 0 else None)
        axes.plot(clock, y, "o", mfc="none", color="tab:gray", label="by the clock" if y == 0 else None)
        shown = clock if cpu is None else cpu
        if not (busy and kind == "cold start"):
            axes.plot(shown, y, "o", color="tab:green" if shown <= TARGETS[kind] else "tab:red")
    labels = [f"{kind}: {what}, {name.removeprefix('scrubjay ')} / {other}" if kind != "flat" else f"{what}, {name}" for kind, what, name, other, *_ in compared]
    axes.set(yticks=range(len(compared)), yticklabels=labels, xlabel="scrubjay / other (filled: by processor time where there is one)", xscale="log")
    axes.xaxis.set_major_formatter(plt.ScalarFormatter())
    axes.xaxis.set_minor_formatter(plt.NullFormatter())
    axes.set_xticks([0.25, 0.5, 1, 2, 4])
    axes.axvline(1, color="tab:gray", lw=0.5)
    axes.invert_yaxis()
    axes.legend(loc="lower right")
    figure.savefig(path, metadata={"Date": None})


def main():
    out = pathlib.Path(sys.argv[1])
    rows, found = browser_rows(WORK / "browser.json")
    webgpu, gpu_found = browser_rows(WORK / "browser-webgpu.json")
    software = bool(gpu_found) and any(s["model"].startswith("tiny") for s in gpu_found["systems"])
    native = native_rows(WORK / "native.jsonl")
    compared = ratios(rows, webgpu, native)
    if not compared:
        raise SystemExit("nothing to compare: run.sh measures first")
    keys = ("kind", "what", "scrubjay", "other", "clock", "cpu")
    notes, environment = (found or {}).get("notes"), (found or {}).get("environment")
    whole = dict(environment=environment, notes=notes, targets=TARGETS, ratios=[dict(zip(keys, r)) for r in compared], browser=rows, webgpu=webgpu, native=native)
    out.with_suffix(".json").write_text(json.dumps(whole, indent=1) + "\n")
    out.with_suffix(".md").write_text(markdown(found, rows, software, webgpu, native, compared))
    plot(out.with_suffix(".svg"), compared, busy(found))


main()
