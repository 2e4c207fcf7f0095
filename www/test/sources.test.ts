import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Item } from "../page/sources/item.js";
import { outputNames } from "../page/sources/names.js";
import { decode, isPlain } from "../page/sources/text.js";

describe("names of redacted files", () => {
  const file = (number: number, name: string, format: "csv" | "text" = "csv", converted = false) => ({ number, name, format, converted });

  it("tell nothing of the files' own", () => {
    const files = [file(1, "Jane Roe.csv"), file(3, "Jane Roe.pdf", "text", true)];
    assert.deepEqual(outputNames(files, false), ["redacted-1.csv", "redacted-3.txt"]);
  });

  it("are the files' own if the person keeps them, and no two the same", () => {
    const files = [file(1, "a.csv"), file(2, "A.CSV"), file(3, "a.csv"), file(4, "a (2).csv"), file(5, "Zoe\u0308.csv"), file(6, "Zoë.csv")];
    assert.deepEqual(outputNames(files, true), ["a.csv", "A (2).CSV", "a (3).csv", "a (2) (2).csv", "Zoe\u0308.csv", "Zoë (2).csv"]);
  });

  it("lead out of no folder, and have their form's end", () => {
    const cases: [string, string][] = [
      ["../../etc/x.csv", "__.._etc_x.csv"],
      ["C:\\x.csv", "C__x.csv"],
      [".csv", "_csv"],
      ["..", "_"],
      ["", "_"],
      ["no end", "no end"],
      ["a\0b\n.csv", "a_b_.csv"],
    ];
    for (const [name, expected] of cases) assert.deepEqual(outputNames([file(1, name)], true), [expected], name);
    assert.deepEqual(outputNames([file(1, "letter.v2.pdf", "text", true), file(2, "letter", "text", true)], true), ["letter.v2.txt", "letter.txt"]);
  });
});

describe("text of files", () => {
  const text = "Zoë 👩🏽‍⚕️ e\u0301\r\nשלום";
  const utf8 = new TextEncoder().encode(text);
  const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));

  it("is read in the encoding that its mark or the person says, and else refused", () => {
    assert.equal(decode(utf8), text);
    assert.equal(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8])), text);
    assert.equal(decode(utf16), text);
    assert.equal(decode(utf16, "windows-1252"), text, "a mark overrules");
    assert.equal(decode(Buffer.from(utf16).swap16()), text);
    assert.equal(decode(utf16.subarray(0, utf16.length - 1)), undefined);
    assert.equal(decode(new Uint8Array([0x63, 0x61, 0x66, 0xe9])), undefined);
    assert.equal(decode(new Uint8Array([0x63, 0x61, 0x66, 0xe9]), "windows-1252"), "café");
    assert.equal(decode(new Uint8Array()), "");
  });

  it("is told by the end of the name", () => {
    for (const name of ["a.txt", "A.TXT", "a.b.md"]) assert.ok(isPlain(name));
    for (const name of ["a.csv", "txt", "a.txt.gz", ""]) assert.ok(!isPlain(name));
  });
});

describe("a file of the list", () => {
  const found = { format: "csv", fields: [{ name: "id", filled: 1 }, { name: "note", filled: 2 }] } as const;

  it("is read as the person chose, as far as its format knows the choice", () => {
    const item = new Item(1, new File([""], "a.csv"));
    assert.deepEqual(item.reading, { name: "a.csv" });
    item.found = found;
    item.choose({ columns: new Set(["note"]), header: true, textField: "x", encoding: "windows-1252", keepUnread: true });
    assert.deepEqual(item.reading, { name: "a.csv", columns: ["note"], header: true, encoding: "windows-1252", keepUnread: true });
    item.found = { format: "jsonl", fields: [] };
    item.choose({ encoding: undefined, keepUnread: false });
    assert.deepEqual(item.reading, { name: "a.csv", textField: "x" });
  });

  it("needs a column, and offers no result of another choice", () => {
    const item = new Item(1, new File([""], "a.csv"));
    item.found = found;
    item.state = "done";
    item.result = { bytes: new Uint8Array(), format: "csv", notes: 1, unread: [], report: {}, device: "cpu", timings: {} };
    item.choose({ columns: new Set() });
    assert.deepEqual([item.state, item.result, typeof item.objection], ["waiting", undefined, "string"]);
    item.choose({ columns: undefined });
    assert.equal(item.objection, undefined);
  });
});
