#!/usr/bin/env python3
"""Writes the notes that all systems read, and the windows that scrubjay cuts them into, so that the others can be given the same.

    notes.py CHECKPOINT OUT.json [--notes 20]

OUT.jsonl beside it has the notes alone, for `scrubjay bench`, which puts the lengths together in the same way.

The text is that of the development half of tests/fixtures/dev: its notes one after the other, over and over, cut after 50, 250, 2,000
and 20,000 words, and the notes themselves for throughput. A window is at most 130 words (pre-tokens) and shares 30 with the one before:
`windows` is src/tokenizer/windows.rs once more, and the benchmark stops if scrubjay counts other windows or other tokens.
"""
import argparse, itertools, json, pathlib, re
import xml.etree.ElementTree as xml

DEV = pathlib.Path(__file__).resolve().parents[1] / "tests/fixtures/dev"
LENGTHS = [50, 250, 2000, 20000]
MAX_WORDS, OVERLAP, MAX_TOKENS = 130, 30, 510


def development_notes():
    """The texts of the notes that may be looked at, in the list's order."""
    names = (DEV / "development.txt").read_text().split()
    return [xml.parse(DEV / f"{name}.xml").findtext("TEXT") for name in names]


def first_words(texts, n):
    """So much of the notes, over and over, as holds `n` words between white space."""
    text = ""
    for note in itertools.cycle(texts):
        text += note + "\n"
        ends = [m.end() for m in re.finditer(r"\S+", text)]
        if len(ends) >= n:
            return text[: ends[n - 1]]


def windows(text, spans, words):
    """Token ranges, of tokens' character spans and word numbers."""
    n, start, found = len(spans), 0, []
    while start < n:
        end = window_end(text, spans, words, start)
        found.append([start, end])
        if end == n:
            break
        start = back_by_words(words, start + (end - start + 1) // 2, end)
    return found


def window_end(text, spans, words, start):
    end, count = min(start + MAX_TOKENS, len(spans)), 1
    for i in range(start + 1, end):
        count += words[i] != words[i - 1]
        if count > MAX_WORDS:
            end = i
            break
    if end == len(spans):
        return end
    candidates = range(end, max(start + (end - start) * 3 // 4, start + 1) - 1, -1)
    gap = lambda i: text[spans[i - 1][1] : spans[i][0]]
    ends_sentence = lambda i: gap(i) and text[slice(*spans[i - 1])].endswith((".", "!", "?", ";", ":"))
    for good in (lambda i: "\n" in gap(i), ends_sentence, gap, lambda i: words[i] != words[i - 1]):
        for i in candidates:
            if good(i):
                return i
    return end


def back_by_words(words, floor, end):
    at, count = end, 0
    while at > floor:
        if words[at] != words[at - 1]:
            if count == OVERLAP:
                break
            count += 1
        at -= 1
    return max(at, floor)


def entry(tokenizer, text):
    encoding = tokenizer.encode(text, add_special_tokens=False)
    ids = encoding.ids
    cut = windows(text, encoding.offsets, encoding.word_ids)
    # With [CLS] and [SEP] around each window: what the encoder reads.
    fed = sum(end - start + 2 for start, end in cut)
    return dict(text=text, words=len(text.split()), tokens=len(ids), fed=fed, ids=ids, windows=cut)


def main():
    from tokenizers import Tokenizer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--notes", type=int, default=20)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.checkpoint / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = development_notes()
    lengths = {str(n): entry(tokenizer, first_words(texts, n)) for n in LENGTHS}
    notes = [entry(tokenizer, text) for text in itertools.islice(itertools.cycle(texts), args.notes)]
    args.out.write_text(json.dumps(dict(lengths=lengths, notes=notes)))
    args.out.with_suffix(".jsonl").write_text("".join(json.dumps(dict(id=f"{i:03}", text=text)) + "\n" for i, text in enumerate(texts)))
    for name, e in [*lengths.items(), (f"{len(notes)} notes", None)]:
        rows = notes if e is None else [e]
        total = lambda key: sum(r[key] for r in rows)
        print(f"{name}: {total('words')} words, {total('tokens')} tokens, {sum(len(r['windows']) for r in rows)} windows, {total('fed')} tokens read")


if __name__ == "__main__":
    main()
