/** Files of every form through the package as it is shipped, and the way back. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import type * as scrubjay from "scrubjay";
import { HARD_NOTE, expect, test, withApi } from "./harness.js";
import type { Site } from "./site.js";

const fixtures = resolve(import.meta.dirname, "../fixtures/formats");
const fixture = (name: string) => readFileSync(join(fixtures, name));

interface Given {
  readonly name: string;
  readonly base64: string;
  readonly options: scrubjay.FileOptions;
}

type Outcome = { code: string; message: string } | (Omit<scrubjay.RedactedFile, "bytes"> & { base64: string });

const given = (name: string, bytes: Buffer, options: scrubjay.FileOptions = {}): Given => ({ name, base64: bytes.toString("base64"), options });

/** Redacts files one after another in one redactor. */
function redactFiles(page: Page, site: Site, files: readonly Given[]): Promise<Outcome[]> {
  return withApi(page, site, files, async ({ api, arg }) => {
    const redactor = await api.createRedactor({ device: "cpu" });
    const outcomes: Outcome[] = [];
    for (const { name, base64, options } of arg) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      try {
        const { bytes: redacted, ...about } = await redactor.redactFile(new File([bytes], name), options);
        outcomes.push({ ...about, base64: btoa(Array.from(redacted, (byte) => String.fromCharCode(byte)).join("")) });
      } catch (error) {
        const { code, message } = error as scrubjay.ScrubjayError;
        outcomes.push({ code, message });
      }
    }
    redactor.dispose();
    return outcomes;
  });
}

/** A part of a zip archive, unpacked by another program than the one under test. */
function unpacked(archive: Buffer, part: string): string {
  const folder = mkdtempSync(join(tmpdir(), "scrubjay-"));
  try {
    writeFileSync(join(folder, "file.docx"), archive);
    execFileSync("python3", ["-m", "zipfile", "-t", join(folder, "file.docx")]);
    execFileSync("python3", ["-m", "zipfile", "-e", join(folder, "file.docx"), folder]);
    return readFileSync(join(folder, part), "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The names in the fixtures, as far as the options have them read. */
const NAMES = /Jane|Roe\b|ROE|JANE|555-?0188|219-09-9999/;

test("files of every form come back in it, without the names", async ({ page, site }) => {
  const files: readonly (readonly [string, string, scrubjay.FileOptions, scrubjay.FileFormat, number])[] = [
    ["note.txt", "note.txt", {}, "text", 1],
    ["note.txt", "note.md", {}, "text", 1],
    ["notes.csv", "notes.csv", {}, "csv", 3],
    ["notes.tsv", "notes.tsv", {}, "tsv", 2],
    ["notes.jsonl", "notes.jsonl", {}, "jsonl", 3],
    ["oru.hl7", "oru.hl7", {}, "hl7", 1],
    ["patient.json", "patient.json", {}, "fhir", 1],
    ["letter.docx", "letter.docx", {}, "docx", 1],
  ];
  const outcomes = await redactFiles(page, site, files.map(([file, name, options]) => given(name, fixture(file), { deny: ["Roe", "ROE", "Jane", "JANE"], ...options })));
  const texts = outcomes.map((outcome, i) => {
    const [file, name, , format, notes] = files[i]!;
    if ("code" in outcome) throw new Error(`${name}: ${outcome.code} ${outcome.message}`);
    expect([outcome.format, outcome.notes], name).toEqual([format, notes]);
    expect(outcome.report["policy"], name).toBe("i2b2");
    const bytes = Buffer.from(outcome.base64, "base64");
    const text = format === "docx" ? unpacked(bytes, "word/document.xml") : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    expect(text, name).not.toMatch(NAMES);
    expect(bytes.equals(fixture(file)), name).toBe(false);
    return text;
  });
  const [text, , csv, tsv, jsonl, hl7, fhir, docx] = texts as [string, string, string, string, string, string, string, string];
  expect(text).toMatch(/^# Discharge\r?\n\r?\n\[[A-Z]+\]/);
  expect(csv.split("\n")[0]).toBe(fixture("notes.csv").toString().split("\n")[0]);
  expect(tsv.split("\n")[1]?.split("\t")).toHaveLength(2);
  expect(jsonl.split("\n").filter(Boolean).map((line) => Object.keys(JSON.parse(line) as object))).toEqual(Array(3).fill(expect.arrayContaining(["id", "text"])));
  expect(hl7).toMatch(/^MSH\|\^~\\&\|/);
  expect(hl7.split(/[\r\n]+/).map((line) => line.slice(0, 3)).filter(Boolean)).toEqual(["MSH", "PID", "OBR", "OBX", "NTE"]);
  expect(JSON.parse(fhir)).toMatchObject({ resourceType: "Patient", id: "example" });
  expect(docx).toMatch(/^<\?xml[^]*<\/w:document>\s*$/);
});

test("only the chosen columns and fields are read", async ({ page, site }) => {
  const csv = "id,patient,note\n1,Jane Roe,Seen by Dr. Rajesh Patel.\n2,Ann Poe,\"Dr. Rajesh Patel, again\"\n";
  const jsonl = '{"author":"Rajesh Patel","note":"Seen by Dr. Rajesh Patel.","n":1.50}\n';
  const [columns, field, missing] = await redactFiles(page, site, [
    given("a.csv", Buffer.from(csv), { columns: ["note"] }),
    given("a.jsonl", Buffer.from(jsonl), { textField: "note" }),
    given("a.csv", Buffer.from(csv), { columns: ["nothing"] }),
  ]);
  const text = (outcome: Outcome | undefined) => (outcome !== undefined && "base64" in outcome ? Buffer.from(outcome.base64, "base64").toString() : "");
  expect(text(columns)).toMatch(/^id,patient,note\n1,Jane Roe,.*\[DOCTOR\].*\n2,Ann Poe,".*\[DOCTOR\].*"\n$/);
  expect(text(field)).toMatch(/^\{"author":"Rajesh Patel","note":".*\[DOCTOR\].*","n":1.50\}\n$/);
  expect(missing).toMatchObject({ code: "OPTION_INVALID" });
});

test("damaged, binary and wrongly encoded files are refused with a code, and the next one is read", async ({ page, site }) => {
  const docx = fixture("letter.docx");
  const body = docx.indexOf("word/document.xml") + 100;
  const latin = Buffer.from("Mrs Roe, caf\xe9, 1 March 2024", "latin1");
  const outcomes = await redactFiles(page, site, [
    given("a.docx", docx.subarray(0, docx.length - 200)),
    given("a.docx", Buffer.concat([docx.subarray(0, body), Buffer.alloc(40), docx.subarray(body + 40)])),
    given("a.docx", Buffer.from("Jane Roe")),
    given("a.txt", latin),
    given("a.txt", Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rRoe", "latin1")),
    given("a.zip", docx.subarray(0, 40)),
    given("a.csv", Buffer.from('a,b\n"Jane Roe')),
    given("a.pdf", Buffer.from("%PDF-1.7 Jane Roe")),
    given("a.txt", latin, { encoding: "windows-1252" }),
  ]);
  const last = outcomes.pop();
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ code: "FORMAT_INVALID" });
    expect(JSON.stringify(outcome)).not.toMatch(/Roe/);
  }
  expect(last).toMatchObject({ format: "text", notes: 1 });
  const bytes = Buffer.from((last as { base64: string }).base64, "base64").toString("latin1");
  expect(bytes).toContain("caf\xe9");
  expect(bytes).not.toContain("2024");
});

test("a sealed mapping leads back, and to nobody without the passphrase", async ({ page, site }) => {
  const { result, mapping, exported } = await withApi(page, site, HARD_NOTE, async ({ api, arg }) => {
    const redactor = await api.createRedactor({ device: "cpu" });
    const caught = (promise: Promise<unknown>) => promise.then(() => "resolved", (error: scrubjay.ScrubjayError) => error.code);
    const { entities } = await redactor.redact(arg, { policy: "numbered" });
    const sealed = await redactor.seal(arg, entities, { passphrase: "correct horse", policy: "numbered" });
    const flipped = sealed.mapping.slice();
    flipped[flipped.length - 1]! ^= 1;
    const result = {
      text: sealed.text,
      back: await redactor.restore(sealed.text, sealed.mapping, "correct horse"),
      edited: await redactor.restore(`Summary: ${sealed.text}`, sealed.mapping, "correct horse"),
      count: entities.length,
      codes: [
        await caught(redactor.restore(sealed.text, sealed.mapping, "wrong horse")),
        await caught(redactor.restore(sealed.text, flipped, "correct horse")),
        await caught(redactor.restore(sealed.text, new Uint8Array(3), "correct horse")),
        await caught(redactor.seal(arg, entities, { passphrase: "short" })),
        await caught(redactor.redactFile(new Blob([new Uint8Array(api.MAX_FILE_BYTES + 1)]))),
      ],
    };
    const forms = ["text", "json", "i2b2", "brat", "conll", "html"] as const;
    const plain = arg.replaceAll("\0", "");
    const found = (await redactor.redact(plain)).entities;
    const exported = await Promise.all(forms.map((format) => redactor.export(plain, found, { format })));
    redactor.dispose();
    return { result, mapping: Array.from(sealed.mapping, (byte) => String.fromCharCode(byte)).join(""), exported };
  });
  expect(result.text).not.toContain("Patel");
  expect(result.back).toEqual({ text: HARD_NOTE, restored: result.count, ambiguous: 0 });
  expect(result.edited.text).toContain("Patel");
  expect(mapping).not.toContain("Patel");
  expect(result.codes).toEqual(["PASSPHRASE_WRONG", "PASSPHRASE_WRONG", "MAPPING_INVALID", "OPTION_INVALID", "TOO_LARGE"]);
  expect(new Set(exported).size).toBe(exported.length);
  for (const form of exported) expect(form).not.toContain("Patel");
});
