import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seam } from "../src/stream/seams.js";
import { redactStream } from "../src/stream/stream.js";
import type { Candidate, Entity, EntityType, GivenEntity, RedactResult, Redactor, RedactedPiece, StreamOptions, TextSource } from "../src/types.js";
import { FakeServer, fakes } from "./fake.js";
import { createRedactorWith } from "../src/redactor.js";

/** How far the fake engine looks to both sides. */
const REACH = 200;
const SIZES = { pieceLength: 1_024, overlap: 256 };

/**
 * An engine that looks at what stands around: a capitalised word is a patient after "Patient" and a doctor before "MD", both within
 * {@link REACH}; else it is doubtful. A row of digits is a number, however long and over whichever line ends.
 */
class ContextEngine implements Pick<Redactor, "redact" | "apply"> {
  longest = 0;
  readonly keys = new Set<unknown>();

  async redact(text: string, options: StreamOptions = {}): Promise<RedactResult> {
    assert.ok(!("pieceLength" in options));
    assert.ok(!/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(text), "half of a surrogate pair");
    this.longest = Math.max(this.longest, text.length);
    const found: (Candidate & { doubtful: boolean })[] = [];
    for (const match of text.matchAll(/\b\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*|\d+(?:\n\d+)*/gu)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const before = text.slice(Math.max(0, start - REACH), start);
      const after = text.slice(end, end + REACH);
      const digits = /^\d/.test(match[0]);
      const type: EntityType = digits ? "IDNUM" : /patient/.test(before) ? "PATIENT" : "DOCTOR";
      found.push({ start, end, type, score: 0.5, source: "model", doubtful: !digits && type === "DOCTOR" && !/MD/.test(after) });
    }
    const of = (doubtful: boolean) => found.filter((f) => f.doubtful === doubtful).map(({ doubtful: _, ...rest }) => rest);
    return { ...(await this.apply(text, of(false))), doubtful: of(true) };
  }

  async apply(text: string, entities: readonly GivenEntity[], options: StreamOptions = {}): Promise<RedactResult> {
    if (options.context !== undefined) this.keys.add(options.context.key);
    let out = "";
    let at = 0;
    const replaced = entities.map(({ start, end, type, score = 1, source = "user" }): Entity => {
      assert.ok(start >= at && end > start && end <= text.length);
      out += `${text.slice(at, start)}[${type}]`;
      at = end;
      return { start, end, type, score, source, replacement: `[${type}]` };
    });
    return { text: out + text.slice(at), entities: replaced, doubtful: [], report: { entities: entities.length }, device: "cpu", timings: {} };
  }
}

async function collect(redactor: Pick<Redactor, "redact" | "apply">, source: TextSource, options: StreamOptions = SIZES): Promise<RedactedPiece[]> {
  const pieces: RedactedPiece[] = [];
  for await (const piece of redactStream(redactor, source, options)) pieces.push(piece);
  return pieces;
}

/** A generator of numbers that can be had again. */
function random(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WORDS = ["patient", "MD", "Anna", "Berg Olsen", "seen", "the", "12", "4711", "\n", "\r\n", "\r\n\r\n", "\n\n", " \n \n", "👩🏽‍⚕️", "e\u0301", "שלום", "\u200b", "a".repeat(90)];

function note(seed: number, words: number, separator = " "): string {
  const below = random(seed);
  return Array.from({ length: words }, () => WORDS[below(WORDS.length)]).join(separator);
}

function* chunked(text: string, seed: number): Generator<string> {
  const below = random(seed);
  for (let at = 0; at < text.length; ) {
    const end = at + below(3 ** below(8));
    yield text.slice(at, end);
    at = end;
  }
}

describe("a stream", () => {
  it("comes to the whole, where the engine looks no further than the overlap", async () => {
    let many = 0;
    for (let seed = 0; seed < 60; seed++) {
      const text = note(seed, 20 + seed * 20, seed % 3 === 0 ? "" : " ");
      const engine = new ContextEngine();
      const whole = await engine.redact(text);
      engine.longest = 0;
      const pieces = await collect(engine, chunked(text, seed));
      many = Math.max(many, pieces.length);
      assert.equal(pieces.map((piece) => piece.text).join(""), whole.text, `seed ${seed}`);
      assert.deepEqual(pieces.flatMap(({ entities }) => entities), whole.entities);
      assert.deepEqual(pieces.flatMap(({ doubtful }) => doubtful), whole.doubtful);
      let at = 0;
      for (const { start, end } of pieces) {
        assert.equal(start, at);
        assert.ok(end > start && end - start <= SIZES.pieceLength);
        at = end;
      }
      assert.equal(at, text.length);
      assert.ok(engine.longest <= SIZES.pieceLength + 4 * SIZES.overlap, `${engine.longest} characters at once`);
    }
    assert.ok(many > 10);
  });

  it("ends pieces at blank lines where there are any", async () => {
    const text = `${"word word word\n".repeat(10)}\n`.repeat(40);
    const pieces = await collect(new ContextEngine(), [text]);
    for (const { end } of pieces) assert.ok(text.slice(0, end).endsWith("\n\n"));
  });

  it("cuts nothing that was found, however long", async () => {
    const digits = "1234567890".repeat(100);
    const text = `${"word ".repeat(150)}${digits} ${"word ".repeat(400)}`;
    const pieces = await collect(new ContextEngine(), [text]);
    assert.ok(pieces.length > 2);
    const entities = pieces.flatMap((piece) => piece.entities);
    assert.deepEqual(entities.map(({ start, end }) => text.slice(start, end)), [digits]);
  });

  it("covers all of what is longer than it can see", async () => {
    const pieces = await collect(new ContextEngine(), ["7".repeat(20_000)]);
    assert.ok(pieces.length > 2);
    assert.ok(!pieces.map(({ text }) => text).join("").includes("7"));
  });

  it("holds no more than a piece and what stands around it, of a source without end", async () => {
    async function* endless(): AsyncGenerator<string> {
      for (;;) yield "patient Anna was seen\n";
    }
    const engine = new ContextEngine();
    let length = 0;
    for await (const { end } of redactStream(engine, endless(), SIZES)) {
      length = end;
      if (end > 100_000) break;
    }
    assert.ok(length > 100_000 && engine.longest < 3_000);
  });

  it("takes strings, iterables and streams", async () => {
    const text = note(1, 500);
    const want = (await new ContextEngine().redact(text)).text;
    const stream = new ReadableStream<string>({
      start(controller) {
        for (const chunk of chunked(text, 5)) controller.enqueue(chunk);
        controller.close();
      },
    });
    const single = text as unknown as TextSource;
    for (const source of [single, [text], new Set([text]), chunked(text, 2), stream]) {
      assert.equal((await collect(new ContextEngine(), source)).map((piece) => piece.text).join(""), want);
    }
    assert.deepEqual(await collect(new ContextEngine(), []), []);
    assert.deepEqual(await collect(new ContextEngine(), ["", ""]), []);
  });

  it("uses one key for all pieces, the caller's or one of its own", async () => {
    const [own, given] = [new ContextEngine(), new ContextEngine()];
    await collect(own, [note(2, 2000)]);
    assert.equal(own.keys.size, 1);
    assert.equal(([...own.keys][0] as Uint8Array).length, 32);
    await collect(given, [note(2, 2000)], { ...SIZES, context: { key: "sixteen bytes ok" } });
    assert.deepEqual([...given.keys], ["sixteen bytes ok"]);
  });

  const WRONG: readonly [what: string, source: unknown, options: object][] = [
    ["numbers", ["x"], { policy: "numbered" }],
    ["numbers of a type", ["x"], { policy: { types: { PATIENT: "numbered-label" } } }],
    ["a short piece", ["x"], { pieceLength: 100 }],
    ["half a character", ["x"], { overlap: 300.5 }],
    ["no source", undefined, {}],
    ["a number as source", 7, {}],
    ["an object as source", {}, {}],
    ["a source of bytes", [new Uint8Array(3)], {}],
  ];
  for (const [what, source, options] of WRONG) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(collect(new ContextEngine(), source as TextSource, options), { name: "ScrubjayError", code: "OPTION_INVALID" });
    });
  }

  it("passes on what the source throws, after the pieces before it", async () => {
    async function* breaks(): AsyncGenerator<string> {
      yield note(3, 3000);
      throw new Error("disk");
    }
    const pieces: RedactedPiece[] = [];
    await assert.rejects(async () => {
      for await (const piece of redactStream(new ContextEngine(), breaks(), SIZES)) pieces.push(piece);
    }, /^Error: disk$/);
    assert.ok(pieces.length > 2);
  });

  it("is cancelled while it waits for text, and tells the source", async () => {
    const controller = new AbortController();
    let told = false;
    const source = new ReadableStream<string>({ cancel: () => void (told = true) });
    const collecting = collect(new ContextEngine(), source, { ...SIZES, signal: controller.signal });
    controller.abort();
    await assert.rejects(collecting, { code: "CANCELLED" });
    assert.ok(told);
    await assert.rejects(collect(new ContextEngine(), ["x"], { signal: controller.signal }), { code: "CANCELLED" });
  });

  it("tells the source when its reader leaves", async () => {
    let told = false;
    function* source(): Generator<string> {
      try {
        for (;;) yield "word\n";
      } finally {
        told = true;
      }
    }
    for await (const _ of redactStream(new ContextEngine(), source(), SIZES)) break;
    assert.ok(told);
  });

  it("is a method of a redactor", async () => {
    const server = await FakeServer.start();
    try {
      const redactor = await createRedactorWith(fakes().seams, { assets: server.assets });
      const text = "Mrs Smith came in 2019.\n".repeat(200);
      let out = "";
      for await (const piece of redactor.redactStream([text], SIZES)) out += piece.text;
      assert.equal(out, (await redactor.redact(text)).text);
      redactor.dispose();
      await assert.rejects(redactor.redactStream(["x"]).next(), { code: "DISPOSED" });
    } finally {
      await server.stop();
    }
  });
});

describe("a seam", () => {
  const CASES: readonly [text: string, before: string | undefined][] = [
    ["one two\nthree four", "one two\n"],
    ["one\n\ntwo\nthree", "one\n\n"],
    ["one\r\n \r\ntwo\r\nthree", "one\r\n \r\n"],
    ["one two", "one "],
    ["onetwo👩", "onetwo👩"],
    ["a\r", "a\r"],
  ];
  for (const [text, before] of CASES) {
    it(`of ${JSON.stringify(text)} comes after ${JSON.stringify(before)}`, () => {
      const at = seam(text, 0, text.length);
      assert.equal(at === undefined ? undefined : text.slice(0, at), before);
    });
  }

  it("splits neither a character nor a line end", () => {
    assert.equal(seam("aa👩", 0, 3), 2);
    assert.equal(seam("a \r\nb", 0, 3), 2);
    assert.equal(seam("👩", 0, 1), undefined);
    assert.equal(seam("one two", 0, 7, (at) => at > 5), 7);
  });
});
