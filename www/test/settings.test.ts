import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MOST, parseJson, readJson } from "../page/json-file.js";
import { byType, counted, firstRefused, fromFile, NONE, type Ask } from "../page/lists/lists.js";
import { operatorsFor, titleOf } from "../page/policy/operators.js";
import { BUILT_IN, POLICIES, usesKey } from "../page/policy/policies.js";
import { restore } from "../page/restore/restore.js";
import type { ScrubjayError } from "../src/errors.js";

const code = (expected: string) => (error: unknown) => (error as { code?: string }).code === expected;

describe("a JSON file that a person opens", () => {
  it("is read as it is", () => {
    const text = '\r\n{"a": {"b": "\\"c\\": {", "d:": [1, {"b": "}"}]}, "": ":"}';
    assert.deepEqual(parseJson(text), { a: { b: '"c": {', "d:": [1, { b: "}" }] }, "": ":" });
    assert.equal(parseJson('"x"'), "x");
  });

  for (const [why, text] of [
    ["is none", "{"],
    ["is empty", ""],
    ["has a key twice", '{"DATE": "remove", "DATE": "keep"}'],
    ["has a key twice further in, written otherwise", '{"types": [{"DATE": 1, "D\\u0041TE" :2}]}'],
    ["has a comment", '{} // Anna'],
  ] as const) {
    it(`is refused where it ${why}, and not quoted`, () => {
      assert.throws(() => parseJson(text), (error: Error) => code("FILE_NOT_JSON")(error) && !/Anna|DATE/.test(error.message));
    });
  }

  it("may begin with a byte order mark, and may be neither Latin-1 nor huge", async () => {
    assert.deepEqual(await readJson(new Blob(["\ufeff{}"])), {});
    await assert.rejects(readJson(new Blob([new Uint8Array([0x22, 0xe9, 0x22])])), code("FILE_NOT_JSON"));
    await assert.rejects(readJson(new Blob([new Uint8Array(MOST + 1)])), code("TOO_LARGE"));
  });
});

describe("policies", () => {
  it("are each written out, and those with a key are known", () => {
    assert.deepEqual(Object.keys(BUILT_IN).sort(), POLICIES.map(([name]) => name).sort());
    assert.deepEqual(POLICIES.map(([name]) => name).filter((name) => usesKey(BUILT_IN[name])), ["surrogate"]);
    assert.ok(usesKey({ default: "keep", types: { DATE: { "date-shift": { max_days: 30 } } } }));
    assert.ok(usesKey({ types: { CITY: { hash: {} } } }) && !usesKey({}));
  });

  it("offer for a type what makes a difference to it", () => {
    const names = (type?: "DATE" | "CITY") => operatorsFor(type).map(([name]) => name);
    assert.ok(names("DATE").includes("date-shift") && !names("DATE").includes("surrogate"));
    assert.ok(names("CITY").includes("surrogate") && !names("CITY").includes("generalise"));
    assert.equal(names().length, 9);
  });

  it("name an operator of a file with its settings", () => {
    assert.equal(titleOf({ mask: { char: "*", length: 4 } }), "Blocks (char *, length 4)");
    assert.equal(titleOf({ "date-shift": { max_days: 30 } }), "Shifted by days (max days 30)");
    assert.equal(titleOf("generalize"), "generalize");
  });
});

describe("lists", () => {
  const refused = { code: "OPTION_INVALID", message: "option patterns: pattern 0: unclosed group" } as ScrubjayError;
  /** Takes entries unless one of them is or holds "bad", or they are more than nine. */
  const ask: Ask = async (settings) => {
    const entries = Object.values(settings).flat() as unknown[];
    return entries.length > 9 || entries.some((entry) => JSON.stringify(entry).includes("bad")) ? refused : undefined;
  };

  it("are counted without being named", () => {
    assert.equal(counted(NONE), "");
    const deny = [{ text: "Anna", type: "PATIENT" }] as const;
    assert.equal(counted({ allow: ["Foley", "Hickman", "Port"], deny, patterns: [] }), "3 words left alone, 1 word always taken out");
    assert.equal(counted({ ...NONE, patterns: [{ pattern: "x", type: "AGE" }] }), "1 pattern");
  });

  it("tell where the first entry stands that is not taken", async () => {
    for (const at of [0, 1, 4, 8]) {
      const entries = Array.from({ length: 9 }, (_, i) => (i === at || i === 8 ? "bad" : "good"));
      assert.equal((await firstRefused(entries, (allow) => ask({ allow })))?.index, at);
    }
    assert.equal(await firstRefused(["good"], (allow) => ask({ allow })), undefined);
    const many = await firstRefused(Array.from({ length: 10 }, () => "good"), (allow) => ask({ allow }));
    assert.deepEqual([many?.index, many?.error], [undefined, refused], "together too many, each well by itself");
  });

  it("come from a file as the command line reads it", async () => {
    const lists = await fromFile({ allow: ["Foley"], deny: ["blue 7", { text: "Old\nMill", type: "HOSPITAL" }], patterns: [{ pattern: "X-\\d+ ", type: "IDNUM" }] }, ask);
    assert.deepEqual(lists.deny, [{ text: "blue 7", type: "IDNUM" }, { text: "Old\nMill", type: "HOSPITAL" }]);
    assert.deepEqual(await fromFile({}, ask), NONE);
    assert.deepEqual([...byType(lists.deny).keys()], ["IDNUM", "HOSPITAL"]);
  });

  for (const [why, value, words] of [
    ["a list", [], /no JSON object/],
    ["nothing", null, /no JSON object/],
    ["a field that is none", { Okafor: 1 }, /a field other than/],
    ["a policy", { policy: "mask" }, /a field other than/],
    ["a text for a list", { allow: "Okafor" }, /“allow” is not a list/],
    ["null for a list", { deny: null }, /“deny” is not a list/],
    ["an entry that the engine refuses", { deny: ["Okafor", { text: "Okafor", type: "bad" }] }, /entry 2 of “deny” cannot be used: unclosed group/],
    ["a pattern of two lines", { patterns: [{ pattern: "(?x) a # Okafor\n b", type: "AGE" }] }, /entry 1 of “patterns”/],
    ["a blank pattern", { patterns: [{ pattern: " ", type: "AGE" }] }, /entry 1 of “patterns”/],
  ] as const) {
    it(`refuse a file with ${why}, and do not quote it`, async () => {
      await assert.rejects(fromFile(value, ask), (error: Error) => code("OPTION_INVALID")(error) && words.test(error.message) && !error.message.includes("Okafor"));
    });
  }
});

describe("the way back", () => {
  /** Knows its text to the letter, and one of its three labels otherwise. */
  const knows = (own: string) => ({
    restore: async (text: string) => (text === own ? { text: "Anna\r\n", restored: 3, ambiguous: 0 } : { text: "[A]", restored: 1, ambiguous: 2 }),
  });
  const mapping = new ArrayBuffer(0);

  for (const [why, given, own] of [
    ["as it was", "[A]\n[B]\n", "[A]\n[B]\n"],
    ["from a field that makes one kind of line end of all", "[A]\n[B]\n", "[A]\r\n[B]\r\n"],
    ["from a file that another system wrote", "[A]\r\n[B]\r\n", "[A]\n[B]\n"],
    ["of one line", "[A]", "[A]"],
  ] as const) {
    it(`is found for a text ${why}`, async () => {
      assert.equal((await restore(knows(own), given, mapping, "")).restored, 3);
    });
  }

  it("goes as far as it can for one that was changed", async () => {
    assert.equal((await restore(knows("[A]\n"), "[A]\nand", mapping, "")).ambiguous, 2);
  });
});
