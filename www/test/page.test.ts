import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { report, type Reported } from "../page/export/report.js";
import { categoryOf, GROUPS, nameOf } from "../page/names.js";
import { MOST, objection } from "../page/note-text.js";
import { changes } from "../page/review/changes.js";
import { NO_MARKS, type Marks } from "../page/review/marks.js";
import { Review } from "../page/review/review.js";
import type { EntityType } from "../src/types.js";

const NOTE = "Anna saw Bob in May.";
const FOUND: Marks = {
  entities: [
    { start: 0, end: 4, type: "PATIENT", score: 0.9, source: "model" },
    { start: 9, end: 12, type: "DOCTOR", score: 0.8, source: "model" },
  ],
  doubtful: [{ start: 16, end: 19, type: "DATE", score: 0.3, source: "model" }],
};
const MAY = { start: 16, end: 19 };

describe("a note's text", () => {
  const cases: readonly [string, string, string | undefined][] = [
    ["nothing", "", "NOTE_EMPTY"],
    ["white space", " \r\n\t\u00a0\u2003", "NOTE_EMPTY"],
    ["one word", "BP", undefined],
    ["another script", "שלום 東京 👩🏽‍⚕️", undefined],
    ["one stray NUL", "MRN: 00482917\u0000 end, and what a note goes on with.", undefined],
    ["page breaks", "one\ftwo\u000bthree", undefined],
    ["an archive", "PK\u0003\u0004\u0014\u0000\u0000\u0000\b\u0000", "NOTE_NOT_TEXT"],
    ["what a decoder left", "\ufffd\ufffd\ufffd\ufffdJFIF", "NOTE_NOT_TEXT"],
    ["as long as can be", "a".repeat(MOST), undefined],
    ["longer", "a".repeat(MOST + 1), "NOTE_TOO_LONG"],
  ];
  for (const [name, text, code] of cases) {
    it(`${name}: ${code ?? "is read"}`, () => assert.equal(objection(text)?.code, code));
  }

  it("is not quoted in what is said against it", () => {
    assert.ok(!objection(`Anna\u0000\u0001\u0002\u0003`)?.words.includes("Anna"));
  });
});

describe("the names of types", () => {
  it("are there for each, once, with a colour", () => {
    const types = GROUPS.flatMap((group) => group.types.map(([type]) => type));
    assert.equal(types.length, 28);
    assert.equal(new Set(types).size, types.length);
    const names = types.map(nameOf);
    assert.equal(new Set(names).size, names.length);
    assert.equal(categoryOf("ZIP"), "place");
    assert.equal(nameOf("NEW" as EntityType), "NEW");
  });
});

describe("a review", () => {
  it("says what an edit did, and where the person is after it", () => {
    const review = new Review(NOTE, FOUND);
    const told: string[] = [];
    review.listen((what) => told.push(what));
    review.choose(FOUND.entities[0]);
    assert.equal(review.remove(FOUND.entities[0]!, "one"), "Left standing: 1 passage");
    assert.equal(review.current?.type, "DOCTOR");
    assert.equal(review.accept(MAY, "one"), "Accepted: 1 passage");
    assert.deepEqual([review.current?.start, review.current?.source], [16, "user"]);
    assert.equal(review.remove(FOUND.entities[0]!, "one"), "", "it is not there any more");
    assert.equal(review.undo(), "Undone: Accepted: 1 passage");
    assert.equal(review.redo(), "Done again: Accepted: 1 passage");
    assert.equal(review.redo(), "");
    assert.deepEqual(told, ["place", "marks", "marks", "marks", "marks"]);
    for (const text of ["Anna", "Bob", "May"]) assert.ok(!told.join().includes(text));
  });

  it("goes through the marks, doubtful ones among them, and around", () => {
    const review = new Review(NOTE, FOUND);
    const at = (mark: { start: number } | undefined) => mark?.start;
    assert.equal(at(review.step(1)), 0);
    assert.equal(at(review.step(-1)), 16);
    review.choose(FOUND.entities[1]);
    assert.equal(at(review.step(1)), 16);
    assert.equal(at(review.step(1, (mark) => review.isDoubtful(mark))), 16);
    review.choose(MAY);
    assert.equal(at(review.step(1)), 0);
    assert.equal(at(review.step(-1)), 9);
    assert.equal(new Review(NOTE, NO_MARKS).step(1), undefined);
  });

  it("takes a selection in place of a mark, without white space", () => {
    const review = new Review(NOTE, FOUND);
    review.choose(FOUND.entities[0]);
    review.select({ start: 4, end: 9 });
    assert.deepEqual(review.selection, { start: 5, end: 8 });
    assert.equal(review.current, undefined);
    review.select({ start: 4, end: 5 });
    assert.equal(review.selection, undefined);
    const emoji = new Review("a 🎂 b", NO_MARKS);
    emoji.select({ start: 3, end: 4 });
    assert.deepEqual(emoji.selection, { start: 2, end: 4 });
    emoji.select({ start: 0, end: 3 });
    assert.deepEqual(emoji.selection, { start: 0, end: 4 });
  });

  it("knows what would be lost with it", () => {
    const review = new Review(NOTE, FOUND);
    assert.equal(review.unexported, 0);
    review.remove(MAY, "one");
    assert.equal(review.unexported, 1);
    review.exported();
    assert.equal(review.unexported, 0);
    review.undo();
    assert.equal(review.unexported, 0, "back at what was found there is nothing to lose");
    review.redo();
    assert.equal(review.unexported, 0);
    review.relabel(FOUND.entities[0]!, "DOCTOR", "one");
    assert.equal(review.unexported, 2);
    review.refind({ ...FOUND });
    assert.equal(review.unexported, 0);
    review.undo();
    assert.equal(review.marks.entities[0]?.type, "DOCTOR");
    assert.ok(review.unexported > 0);
  });

  it("counts the like of a passage, and those that no mark has yet", () => {
    const review = new Review("May, may, MAY and maybe", { entities: [], doubtful: [{ ...FOUND.doubtful[0]!, start: 0, end: 3 }] });
    assert.deepEqual(review.like({ start: 0, end: 3 }), { marked: 1, missing: 3 });
  });
});

describe("the report", () => {
  const info = { device: "cpu", reason: "", model: "small", sha256: "00", version: "0.1.0", threads: 1 } as const;
  const marks: Marks = { ...FOUND, entities: [...FOUND.entities, { start: 16, end: 19, type: "DATE", score: 1, source: "user" }], doubtful: [] };
  const given: Reported = {
    note: NOTE,
    result: {
      text: "[PATIENT] saw Bob in May.",
      entities: [
        { ...marks.entities[0]!, replacement: "[PATIENT]" },
        { ...marks.entities[1]!, replacement: "Bob" },
      ],
      doubtful: [],
      report: { policy_sha256: "0f", threshold: "balanced", allowed: 0 },
      device: "cpu",
      timings: {},
    },
    marks,
    off: new Set<EntityType>(["DATE"]),
    changes: changes(FOUND, marks),
    info,
    policy: "own",
    looked: { threshold: 0.5, thresholds: { DATE: 0.1 }, allow: ["Foley"], deny: [{ text: "Zundel", type: "PATIENT" }] },
    made: new Date(0),
  };

  it("counts by type what was replaced, kept and left standing", () => {
    const { types, replaced, kept, leftStanding, review, undecided, made } = report(given);
    assert.deepEqual(types, {
      PATIENT: { replaced: 1, kept: 0, leftStanding: 0 },
      DOCTOR: { replaced: 0, kept: 1, leftStanding: 0 },
      DATE: { replaced: 0, kept: 0, leftStanding: 1 },
    });
    assert.deepEqual([replaced, kept, leftStanding, undecided, made], [1, 1, 1, 0, "1970-01-01T00:00:00.000Z"]);
    assert.equal(review.accepted, 1);
  });

  it("says what the note was searched with, not what replaced it", () => {
    const { threshold, thresholds, lists, engine } = report(given);
    assert.deepEqual([threshold, thresholds, lists], [0.5, { DATE: 0.1 }, { allow: 1, deny: 1, patterns: 0 }]);
    assert.deepEqual(engine, { policy_sha256: "0f" });
  });

  it("holds no text of the note, and no entry of a list", () => {
    const text = JSON.stringify(report(given));
    for (const piece of ["Anna", "Bob", "May", "Foley", "Zundel", "start", "end\""]) assert.ok(!text.includes(piece), piece);
  });
});
