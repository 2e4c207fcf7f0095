import type * as scrubjay from "scrubjay";
import { HARD_NOTE, expect, test, withApi } from "./harness.js";

for (const worker of [true, false]) {
  test(`offsets are slices of the input ${worker ? "in a worker" : "without one"}`, async ({ page, site }) => {
    const note = HARD_NOTE;
    const { result, info } = await withApi(page, site, { note, worker }, async ({ api, arg }) => {
      const redactor = await api.createRedactor({ device: "cpu", worker: arg.worker });
      const result = await redactor.redact(arg.note);
      redactor.dispose();
      return { result, info: redactor.info };
    });
    expect(info.device).toBe("cpu");
    expect(info.reason).not.toBe("");
    expect(result.entities.length).toBeGreaterThan(2);
    // Everything between the entities is left as it was, to the code unit.
    let rebuilt = "";
    let at = 0;
    for (const { start, end, replacement } of result.entities) {
      expect(start).toBeGreaterThanOrEqual(at);
      expect(end).toBeGreaterThan(start);
      const covered = note.slice(start, end);
      expect(() => encodeURIComponent(covered), "half of a surrogate pair").not.toThrow();
      rebuilt += note.slice(at, start) + replacement;
      at = end;
    }
    expect(rebuilt + note.slice(at)).toBe(result.text);
    const found = result.entities.map(({ start, end }) => note.slice(start, end));
    expect(found.some((text) => text.includes("Patel"))).toBe(true);
    expect(result.text).not.toContain("Patel");
  });
}

test("the one-call form works, and concurrent calls keep apart", async ({ page, site }) => {
  const texts = await withApi(page, site, null, async ({ api }) => {
    const notes = ["Seen by Dr. Rajesh Patel.", "Seen by Dr. Linnea Forsgren.", "BP 120/80, no fever."];
    return (await Promise.all(notes.map((note) => api.redact(note)))).map(({ text }) => text);
  });
  expect(texts[0]).not.toContain("Patel");
  expect(texts[1]).not.toContain("Forsgren");
  expect(texts[2]).toContain("120/80");
  expect(site.requests.filter((path) => path.endsWith(".safetensors.gz"))).toHaveLength(1);
});

test("named thresholds are the model's own, and high recall finds no less", async ({ page, site }) => {
  const covered = await withApi(page, site, HARD_NOTE, async ({ api, arg }) => {
    const redactor = await api.createRedactor({ device: "cpu" });
    const covered: number[] = [];
    for (const threshold of ["balanced", "high-recall"] as const) {
      const { entities } = await redactor.redact(arg, { threshold });
      covered.push(entities.reduce((sum, { start, end }) => sum + end - start, 0));
    }
    redactor.dispose();
    return covered;
  });
  expect(covered[0]).toBeGreaterThan(0);
  expect(covered[1]).toBeGreaterThanOrEqual(covered[0] ?? 0);
});

test("progress is told from the first byte to the last window", async ({ page, site }) => {
  const seen = await withApi(page, site, null, async ({ api }) => {
    const seen: scrubjay.Progress[] = [];
    const onProgress = (progress: scrubjay.Progress) => void seen.push(progress);
    const redactor = await api.createRedactor({ device: "cpu", onProgress });
    await redactor.redact("Seen by Dr. Rajesh Patel. ".repeat(200), { onProgress });
    redactor.dispose();
    return seen;
  });
  expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(["download", "compile", "device", "window"]);
  const bytes = seen.filter(({ stage }) => stage === "download");
  expect(bytes.length).toBeGreaterThan(3);
  expect(bytes.at(-1)?.loaded).toBe(bytes.at(-1)?.total);
  const windows = seen.filter(({ stage }) => stage === "window");
  expect(windows.length).toBeGreaterThan(1);
  expect(windows.at(-1)?.loaded).toBe(windows.at(-1)?.total);
});

test("errors are real ones, with their codes", async ({ page, site }) => {
  const codes = await withApi(page, site, null, async ({ api }) => {
    const redactor = await api.createRedactor({ device: "cpu" });
    const caught = async (promise: Promise<unknown>) => {
      try {
        await promise;
        return "resolved";
      } catch (error) {
        return error instanceof api.ScrubjayError && error instanceof Error && error.name === "ScrubjayError" ? error.code : String(error);
      }
    };
    const note = "Seen by Dr. Rajesh Patel.";
    const codes = [
      await caught(redactor.redact(note, { nonsense: 1 } as object)),
      await caught(redactor.redact(note, { threshold: "middling" as "balanced" })),
      await caught(redactor.redact(note, { signal: AbortSignal.abort() })),
      await caught(api.createRedactor({ assets: "https://other.example/" })),
    ];
    redactor.dispose();
    return [...codes, await caught(redactor.redact(note))];
  });
  expect(codes).toEqual(["OPTION_INVALID", "OPTION_INVALID", "CANCELLED", "OPTION_INVALID", "DISPOSED"]);
});

test("a worker that breaks down rejects what waits, and the next call has a new one", async ({ page, site, consoleLog }) => {
  const started = withApi(page, site, null, async ({ api }) => {
    const redactor = await api.createRedactor({ device: "cpu" });
    const pending = redactor.redact("Seen by Dr. Rajesh Patel. ".repeat(3000), {
      onProgress: () => document.documentElement.setAttribute("data-running", "yes"),
    });
    const code = await pending.then(() => "resolved", (error: scrubjay.ScrubjayError) => error.code);
    const { text } = await redactor.redact("Seen by Dr. Rajesh Patel.");
    redactor.dispose();
    return { code, text };
  });
  await page.waitForFunction(() => document.documentElement.hasAttribute("data-running"));
  await page.workers()[0]?.evaluate(() => void setTimeout(() => { throw new Error("Rajesh Patel"); }));
  const { code, text } = await started;
  expect(code).toBe("WORKER_FAILED");
  expect(text).not.toContain("Patel");
  expect(consoleLog.join("\n")).not.toContain("Patel");
});
