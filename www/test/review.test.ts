import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { EntityType } from "../src/types.js";
import { changes, total } from "../page/review/changes.js";
import { accept, add, missing, relabel, remove, resize, sameMarks, type Scope } from "../page/review/edits.js";
import { begin, record, redo, undo, LONGEST } from "../page/review/history.js";
import { byHand, nearest, NO_MARKS, type Mark, type Marks, type Span } from "../page/review/marks.js";
import { occurrences } from "../page/review/same.js";
import { moved, nextWord, previousWord, wordAt } from "../page/review/words.js";

/** The first place of `text` in `note`, or the `n`th. */
function at(note: string, text: string, n = 0): Span {
  let start = note.indexOf(text);
  while (n-- > 0) start = note.indexOf(text, start + 1);
  assert.notEqual(start, -1, text);
  return { start, end: start + text.length };
}

function found(note: string, text: string, type: EntityType, n = 0): Mark {
  return { ...at(note, text, n), type, score: 0.9, source: "model" };
}

const texts = (note: string, list: readonly Span[]) => list.map(({ start, end }) => note.slice(start, end));

/** Sorted, disjoint, not empty, without white space at the ends, and inside the note. */
function sound(note: string, { entities, doubtful }: Marks): void {
  for (const list of [entities, doubtful, [...entities, ...doubtful].sort((a, b) => a.start - b.start)]) {
    let last = 0;
    for (const { start, end } of list) {
      assert.ok(start >= last && start < end && end <= note.length, `${start}..${end} after ${last}`);
      last = end;
    }
  }
}

const NOTE = "Mrs Anna Smith saw Dr Smith in May.\r\nANNA\n  SMITH may return; Smithson, Smith’s son, e\u0301 👩🏽‍⚕️ smith.";

describe("words", () => {
  it("finds the word at, after and before an offset", () => {
    const note = "Dr. O'Neil-Ross, 03/14/2019 (a.b@c.org) שלום ";
    assert.deepEqual(texts(note, [wordAt(note, 0)!, wordAt(note, 6)!, wordAt(note, 16)!, wordAt(note, note.length)!]),
      ["Dr", "O'Neil-Ross", "03/14/2019", "שלום"]);
    assert.deepEqual(texts(note, [nextWord(note, 5)!, previousWord(note, 26)!, previousWord(note, 27)!]), ["03/14/2019", "O'Neil-Ross", "03/14/2019"]);
    assert.equal(wordAt(" .. ", 1), undefined);
    assert.equal(nextWord(note, note.length), undefined);
    assert.equal(previousWord(note, 1), undefined);
  });

  it("looks far", () => {
    const note = `first${" ".repeat(30_000)}last`;
    assert.equal(nextWord(note, 1)?.start, 30_005);
    assert.deepEqual(previousWord(note, 30_004), { start: 0, end: 5 });
  });

  const steps: readonly [string, Parameters<typeof moved>[2], Parameters<typeof moved>[3], Parameters<typeof moved>[4], string][] = [
    ["Anna", "end", "word", "forward", "Anna Smith"],
    ["Anna", "start", "word", "back", "Mrs Anna"],
    ["Anna Smith", "end", "word", "back", "Anna"],
    ["Anna Smith", "start", "word", "forward", "Smith"],
    ["Anna", "end", "word", "back", "Anna"],
    ["Anna", "start", "word", "forward", "Anna"],
    ["nna", "start", "word", "back", "Anna"],
    ["Ann", "end", "word", "forward", "Anna"],
    ["Mrs", "start", "word", "back", "Mrs"],
    ["Mrs", "start", "character", "back", "Mrs"],
    ["Anna", "end", "character", "back", "Ann"],
    ["A", "end", "character", "back", "A"],
    ["e\u0301", "end", "character", "back", "e\u0301"],
    ["e\u0301 👩🏽‍⚕️", "end", "character", "back", "e\u0301 "],
    ["e\u0301 ", "end", "character", "forward", "e\u0301 👩🏽‍⚕️"],
    ["May.", "end", "character", "forward", "May.\r\n"],
  ];
  for (const [from, edge, unit, direction, to] of steps) {
    it(`moves the ${edge} of ${JSON.stringify(from)} ${direction} by a ${unit}`, () => {
      const next = moved(NOTE, at(NOTE, from), edge, unit, direction);
      assert.equal(NOTE.slice(next.start, next.end), to);
    });
  }
});

describe("all the same", () => {
  it("are whole words in whatever case, broken across lines or not", () => {
    assert.deepEqual(texts(NOTE, occurrences(NOTE, at(NOTE, "Smith"))), ["Smith", "Smith", "SMITH", "Smith", "smith"]);
    assert.deepEqual(texts(NOTE, occurrences(NOTE, at(NOTE, "Anna Smith"))), ["Anna Smith", "ANNA\n  SMITH"]);
  });

  const like: readonly [string, string, number][] = [
    ["Zoë, Zoe\u0308 and ZOË, Zoëlla", "Zoë", 3],
    ["Zoe\u0308, Zoë", "Zoe\u0308", 2],
    ["O'Neil, O’Neil, O'Neill", "O'Neil", 2],
    ["(555) 1 [555] 1555 555", "555", 3],
    ["a.b a+b a.b", "a.b", 2],
    ["$5 $5 $55", "$5", 2],
    ["דוד כהן, דוד  כהן", "דוד כהן", 2],
    ["👩🏽‍⚕️ and 👩🏽‍⚕️", "👩🏽‍⚕️", 2],
    ["Smithson son", "son", 2],
    ["]^\\-[ ]^\\-[", "]^\\-[", 2],
  ];
  for (const [note, text, count] of like) {
    it(`${JSON.stringify(text)} stands ${count} times in ${JSON.stringify(note)}`, () => {
      const spans = occurrences(note, at(note, text));
      assert.equal(spans.length, count);
      sound(note, { entities: spans.map((span) => byHand(span, "IDNUM")), doubtful: [] });
    });
  }

  it("is only itself where it is very long", () => {
    const note = "word ".repeat(200);
    assert.equal(occurrences(note, { start: 0, end: 999 }).length, 1);
  });
});

describe("edits", () => {
  const marks: Marks = {
    entities: [found(NOTE, "Anna Smith", "PATIENT"), found(NOTE, "Smith", "DOCTOR", 1), found(NOTE, "SMITH", "PATIENT")],
    doubtful: [found(NOTE, "May", "DATE"), found(NOTE, "may", "DATE")],
  };

  it("removes one, and all with the same text", () => {
    const one = remove(NOTE, marks, at(NOTE, "Smith", 1), "one");
    assert.deepEqual(texts(NOTE, one.entities), ["Anna Smith", "SMITH"]);
    const same = remove(NOTE, marks, at(NOTE, "Smith", 1), "same");
    assert.deepEqual(texts(NOTE, same.entities), ["Anna Smith"]);
    assert.equal(sameMarks(NOTE, marks, at(NOTE, "Smith", 1)), 2);
    assert.deepEqual(remove(NOTE, marks, at(NOTE, "May"), "same").doubtful, []);
  });

  it("relabels one, and all with the same text, as a person's word", () => {
    const same = relabel(NOTE, marks, at(NOTE, "SMITH"), "DOCTOR", "same");
    assert.deepEqual(same.entities.map(({ type }) => type), ["PATIENT", "DOCTOR", "DOCTOR"]);
    assert.deepEqual(same.entities[2], { ...at(NOTE, "SMITH"), type: "DOCTOR", score: 1, source: "user" });
    assert.deepEqual(same.entities[0], marks.entities[0]);
  });

  it("accepts what was doubtful, as it is or by giving it a type", () => {
    const one = accept(NOTE, marks, at(NOTE, "May"), "one");
    assert.deepEqual(texts(NOTE, one.entities), ["Anna Smith", "Smith", "May", "SMITH"]);
    assert.deepEqual(texts(NOTE, one.doubtful), ["may"]);
    const same = relabel(NOTE, marks, at(NOTE, "May"), "PATIENT", "same");
    assert.equal(same.doubtful.length, 0);
    assert.equal(same.entities.filter(({ type }) => type === "PATIENT").length, 4);
  });

  it("adds what was missed, and all the same outside other entities", () => {
    const one = add(NOTE, marks, at(NOTE, "Smith’s "), "PATIENT", "one");
    assert.deepEqual(texts(NOTE, one.entities), ["Anna Smith", "Smith", "SMITH", "Smith’s"]);
    const place = at(NOTE, "Smith", 3);
    assert.equal(missing(NOTE, marks, place).length, 2);
    const same = add(NOTE, marks, place, "PATIENT", "same");
    assert.deepEqual(texts(NOTE, same.entities), ["Anna Smith", "Smith", "SMITH", "Smith", "smith"]);
    assert.deepEqual(same.entities.slice(0, 3), marks.entities);
    assert.equal(add(NOTE, marks, { start: 3, end: 4 }, "CITY", "same"), marks);
  });

  it("keeps marked what an added passage does not cover", () => {
    const next = add(NOTE, marks, at(NOTE, "Mrs Anna"), "PROFESSION", "one");
    assert.deepEqual(next.entities.map(({ start, end, type }) => [NOTE.slice(start, end), type]).slice(0, 2), [
      ["Mrs Anna", "PROFESSION"],
      ["Smith", "PATIENT"],
    ]);
    const inside = add("Anna Maria Smith", { entities: [found("Anna Maria Smith", "Anna Maria Smith", "PATIENT")], doubtful: [] }, { start: 5, end: 10 }, "CITY", "one");
    assert.deepEqual(texts("Anna Maria Smith", inside.entities), ["Anna", "Maria", "Smith"]);
  });

  it("moves ends over neighbours, which give way", () => {
    const note = "Anna Smith Jones";
    const two: Marks = { entities: [found(note, "Anna", "PATIENT"), found(note, "Smith Jones", "DOCTOR")], doubtful: [] };
    const { marks: next, span } = resize(note, two, at(note, "Anna"), "end", "word", "forward");
    assert.deepEqual(next.entities.map(({ start, end, type }) => [note.slice(start, end), type]), [["Anna Smith", "PATIENT"], ["Jones", "DOCTOR"]]);
    assert.deepEqual(span, at(note, "Anna Smith"));
    const still = resize(note, two, at(note, "Anna"), "start", "word", "back");
    assert.equal(still.marks, two);
    assert.equal(resize(note, two, { start: 1, end: 2 }, "end", "word", "back").marks, two);
  });

  it("does not let a candidate take an entity's place", () => {
    const note = "Anna Smith Jones May";
    const given: Marks = { entities: [found(note, "Smith", "PATIENT")], doubtful: [found(note, "Anna", "PATIENT"), found(note, "May", "DATE")] };
    assert.equal(resize(note, given, at(note, "Anna"), "end", "word", "forward").marks, given);
    const { marks: next } = resize(note, given, at(note, "May"), "start", "word", "back");
    assert.deepEqual(texts(note, next.doubtful), ["Anna", "Jones May"]);
  });

  it("knows where to go on", () => {
    assert.equal(nearest(marks, 0), marks.entities[0]);
    assert.equal(nearest(marks, at(NOTE, "May").start), marks.doubtful[0]);
    assert.equal(nearest(marks, NOTE.length), marks.doubtful[1]);
    assert.equal(nearest(NO_MARKS, 0), undefined);
  });

  it("are counted", () => {
    let now = remove(NOTE, marks, at(NOTE, "Anna Smith"), "one");
    now = relabel(NOTE, now, at(NOTE, "Smith", 1), "PATIENT", "one");
    now = add(NOTE, now, at(NOTE, "Smithson"), "PATIENT", "one");
    now = accept(NOTE, now, at(NOTE, "May"), "one");
    now = remove(NOTE, now, at(NOTE, "may"), "one");
    const counts = changes(marks, now);
    assert.deepEqual(counts, { added: 1, accepted: 1, changed: 1, removed: 1, dismissed: 1 });
    assert.equal(total(counts), 5);
    assert.equal(total(changes(marks, marks)), 0);
  });
});

describe("the history", () => {
  it("keeps no more than it should, and nothing for an edit that changed nothing", () => {
    let history = begin(0, "start");
    assert.equal(record(history, 0, "nothing"), history);
    assert.equal(undo(history), history);
    assert.equal(redo(history), history);
    for (let i = 1; i <= LONGEST + 10; i++) history = record(history, i, "count");
    assert.equal(history.past.length, LONGEST);
    assert.equal(undo(history).present.state, LONGEST + 9);
    assert.deepEqual(redo(undo(history)).present, history.present);
    assert.deepEqual(record(undo(history), -1, "other").future, []);
  });
});

/** Numbers that are the same at every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("any sequence of edits", () => {
  const alphabet = ["Anna", "anna", "Smith", "O'Neil", "03/14/2019", "e\u0301", "👩🏽‍⚕️", "שלום", ",", "\r\n", " ", "  ", "\u200b", "(", "東京", "May"];
  const types: readonly EntityType[] = ["PATIENT", "DATE", "CITY"];

  it("keeps marks sorted and disjoint, and is undone to the first state", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const pick = random(seed);
      const note = Array.from({ length: 5 + pick(60) }, () => alphabet[pick(alphabet.length)] + (pick(2) ? " " : "")).join("");
      const anySpan = (): Span => {
        const start = pick(note.length);
        return { start, end: start + 1 + pick(12) };
      };
      let history = begin<Marks>(NO_MARKS, "start");
      const states = [history.present.state];
      for (let i = 0; i < 40; i++) {
        const now = history.present.state;
        const all = [...now.entities, ...now.doubtful];
        const span: Span = all.length > 0 && pick(3) > 0 ? all[pick(all.length)]! : anySpan();
        const scope: Scope = pick(2) ? "one" : "same";
        const type = types[pick(types.length)]!;
        const edge = pick(2) ? "start" : "end";
        const next = [
          () => remove(note, now, span, scope),
          () => relabel(note, now, span, type, scope),
          () => accept(note, now, span, scope),
          () => add(note, now, { start: span.start, end: Math.min(span.end, note.length) }, type, scope),
          () => resize(note, now, span, edge, pick(2) ? "word" : "character", pick(2) ? "back" : "forward").marks,
          () => ({ ...now, doubtful: now.doubtful.concat(now.entities.slice(-1)), entities: now.entities.slice(0, -1) }),
        ][pick(6)]!();
        const ordered = { ...next, doubtful: [...next.doubtful].sort((a, b) => a.start - b.start) };
        sound(note, ordered);
        if (ordered.entities === now.entities && ordered.doubtful.length === now.doubtful.length) continue;
        history = record(history, ordered, "edit");
        states.push(ordered);
        assert.deepEqual(undo(history).present.state, now);
        assert.deepEqual(redo(undo(history)), history);
      }
      for (const state of [...states].reverse()) {
        assert.deepEqual(history.present.state, state);
        history = undo(history);
      }
      assert.equal(history.past.length, 0);
    }
  });
});
