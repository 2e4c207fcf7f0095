import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { ScrubjayRedactorElement } from "../../www/src/element/element.js";
import { PACKAGE } from "./project.js";
import { expect, serve, test, trustedTypes, type Site } from "./site.js";

type Host = ScrubjayRedactorElement;

const NOTE = "Mrs Smith was seen.";
const REDACTED = "Mrs [PATIENT] was seen.";

let site: Site;
test.beforeAll(async () => void (site = await serve(join(PACKAGE, "dist/lib"), { csp: trustedTypes("'none'") })));
test.afterAll(() => site.stop());

/** A page with a form and the element in it, on a redactor that knows Mrs Smith, and waits at the word "wait". */
async function open(page: Page, attributes: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.goto(`${site.origin}/`);
  await page.evaluate(async (attributes) => {
    document.documentElement.lang = "en";
    const { defineScrubjayElement, ScrubjayError } = (await import("/element/index.js" as string)) as typeof import("../../www/src/element/index.js");
    defineScrubjayElement();
    defineScrubjayElement();
    const seen: { calls: object[]; events: string[] } = { calls: [], events: [] };
    const redactor = {
      disposed: 0,
      async redact(text: string, { signal, onProgress, ...rest }: { signal: AbortSignal; onProgress(progress: object): void }) {
        seen.calls.push(rest);
        onProgress({ stage: "window", loaded: 1, total: 2 });
        if (text.includes("fail")) throw new ScrubjayError("ENCODER_FAILED", "the engine gave no result");
        if (text.includes("wait")) {
          await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new ScrubjayError("CANCELLED", "cancelled"))));
        }
        const start = text.indexOf("Smith");
        const entities = start < 0 ? [] : [{ start, end: start + 5, type: "PATIENT", score: 1, source: "model", replacement: "[PATIENT]" }];
        return { text: text.replace("Smith", "[PATIENT]"), entities, doubtful: [], report: { policy: "i2b2" }, timings: {} };
      },
      dispose() {
        this.disposed += 1;
      },
    };
    const form = document.createElement("form");
    const fieldset = document.createElement("fieldset");
    const element = document.createElement("scrubjay-redactor");
    for (const [name, value] of Object.entries({ name: "text", ...attributes })) element.setAttribute(name, value);
    element.redactor = redactor as never;
    const label = document.createElement("span");
    label.slot = "label";
    label.textContent = "Progress note";
    const action = document.createElement("button");
    action.slot = "actions";
    action.type = "button";
    action.textContent = "Copy";
    element.append(label, action);
    fieldset.append(element);
    form.append(fieldset);
    document.querySelector("main")?.append(form);
    for (const type of ["scrubjay-progress", "scrubjay-result", "scrubjay-error"]) {
      form.addEventListener(type, (event) => seen.events.push(`${type} ${JSON.stringify((event as CustomEvent).detail)}`));
    }
    Object.assign(globalThis, { seen, fake: redactor });
  }, attributes);
}

const host = <R>(page: Page, body: (element: Host) => R) => page.locator("scrubjay-redactor").evaluate(body as (element: Element) => R);
const inForm = (page: Page) => page.locator("form").evaluate((form) => [...new FormData(form as HTMLFormElement)]);
const seen = (page: Page) => page.evaluate(() => (globalThis as unknown as { seen: { calls: object[]; events: string[] } }).seen);
const ui = (page: Page) => ({
  note: page.getByRole("textbox", { name: "Progress note" }),
  button: page.getByRole("button", { name: "Redact" }),
  cancel: page.getByRole("button", { name: "Cancel" }),
  output: page.getByRole("textbox", { name: "Redacted text" }),
  status: page.getByRole("status"),
  alert: page.getByRole("alert"),
});

test("the form gets the redacted text, and never the note", async ({ page }) => {
  await open(page);
  const { note, output, status } = ui(page);
  await note.fill(NOTE);
  expect(await inForm(page)).toEqual([]);
  expect(await host(page, (element) => [element.checkValidity(), element.validity.customError, element.value])).toEqual([false, true, ""]);
  await note.press("Control+Enter");
  await expect(output).toHaveValue(REDACTED);
  await expect(status).toContainText("Redacted by policy i2b2: 1 found.");
  expect(await inForm(page)).toEqual([["text", REDACTED]]);
  expect(await host(page, (element) => [element.checkValidity(), element.value, element.note])).toEqual([true, REDACTED, NOTE]);
  const { events } = await seen(page);
  expect(events.map((event) => event.split(" ")[0])).toEqual(["scrubjay-progress", "scrubjay-result"]);
  expect(events.join()).not.toContain("Smith");
});

test("another note, policy or option takes the result back", async ({ page }) => {
  await open(page);
  const { note, button, output } = ui(page);
  const changes: ((element: Host) => void)[] = [
    (element) => void (element.policy = "mask"),
    (element) => void (element.policy = { default: "remove" }),
    (element) => void (element.threshold = 0.2),
    (element) => element.setAttribute("threshold", "high-recall"),
    (element) => void (element.options = { types: ["PATIENT"] }),
    (element) => void (element.note = "another"),
  ];
  await note.fill(NOTE);
  for (const change of changes) {
    await button.click();
    await expect(output).toBeVisible();
    await host(page, change);
    await expect(output).toBeHidden();
    expect(await inForm(page)).toEqual([]);
  }
  await note.fill(NOTE);
  await button.click();
  await note.press("End");
  await note.pressSequentially("!");
  await expect(output).toBeHidden();
  expect((await seen(page)).calls).toEqual([
    {},
    { policy: "mask" },
    { policy: { default: "remove" } },
    { policy: { default: "remove" }, threshold: 0.2 },
    { policy: { default: "remove" }, threshold: "high-recall" },
    { types: ["PATIENT"], policy: { default: "remove" }, threshold: "high-recall" },
    { types: ["PATIENT"], policy: { default: "remove" }, threshold: "high-recall" },
  ]);
});

test("a failure is said, and leaves nothing to send", async ({ page }) => {
  await open(page);
  const { note, button, alert } = ui(page);
  await note.fill("fail Smith");
  await button.click();
  await expect(alert).toHaveText("Nothing was redacted: the engine gave no result (ENCODER_FAILED)");
  expect(await inForm(page)).toEqual([]);
  expect((await seen(page)).events.at(-1)).toContain("ENCODER_FAILED");
  await note.fill(NOTE);
  await expect(alert).toHaveText("");
});

test("it is cancelled with the keyboard, whose place is kept", async ({ page }) => {
  await open(page);
  const { note, button, cancel, status } = ui(page);
  await note.fill("wait");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(cancel).toBeFocused();
  await expect(note).toHaveJSProperty("readOnly", true);
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await expect(status).toHaveText("Cancelled. Nothing was redacted.");
  await expect(note).toHaveJSProperty("readOnly", false);
  expect((await seen(page)).events.filter((event) => !event.startsWith("scrubjay-progress"))).toEqual([]);
});

test("it obeys its form: disabled, read-only, required, reset", async ({ page }) => {
  await open(page, { required: "", placeholder: "Paste it here" });
  const { note, button } = ui(page);
  await expect(note).toHaveAttribute("placeholder", "Paste it here");
  expect(await host(page, (element) => element.validity.valueMissing)).toBe(true);
  await host(page, (element) => void (element.required = false));
  expect(await host(page, (element) => element.checkValidity())).toBe(true);
  await page.locator("fieldset").evaluate((fieldset) => fieldset.toggleAttribute("disabled", true));
  await expect(note).toBeDisabled();
  await expect(button).toBeDisabled();
  await page.locator("fieldset").evaluate((fieldset) => fieldset.toggleAttribute("disabled", false));
  await host(page, (element) => void (element.readOnly = true));
  await expect(note).toHaveJSProperty("readOnly", true);
  await host(page, (element) => void ((element.readOnly = false), (element.note = "Mrs Smith")));
  await button.click();
  await expect(ui(page).output).toBeVisible();
  await page.locator("form").evaluate((form) => (form as HTMLFormElement).reset());
  await expect(note).toHaveValue("");
  expect(await inForm(page)).toEqual([]);
});

test("assistive technology has names for everything, in every state", async ({ page }) => {
  await open(page);
  const { note, button, output } = ui(page);
  const check = async (state: string) => {
    const { violations } = await new AxeBuilder({ page }).include("form").analyze();
    expect(violations.map(({ id, nodes }) => `${state}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  };
  await check("empty");
  await note.fill("wait");
  await button.click();
  await check("working");
  await page.keyboard.press("Escape");
  await note.fill(NOTE);
  await button.click();
  await expect(output).toBeVisible();
  await check("done");
  await note.fill("fail");
  await button.click();
  await check("failed");
  await host(page, (element) => void (element.strings = { redact: "Schwärzen" }));
  await expect(page.getByRole("button", { name: "Schwärzen" })).toBeVisible();
});

test("what is given is not disposed of, and a move interrupts nothing", async ({ page }) => {
  await open(page);
  const { note, button, cancel } = ui(page);
  await note.fill("wait");
  await button.click();
  await host(page, (element) => element.ownerDocument.body.append(element));
  await expect(cancel).toBeVisible();
  const left = await page.evaluate(async () => {
    const element = document.querySelector("scrubjay-redactor") as Host;
    element.remove();
    await Promise.resolve();
    const cancelled = element.shadowRoot?.querySelector("[part=cancel]")?.hasAttribute("hidden");
    return { cancelled, disposed: (globalThis as unknown as { fake: { disposed: number } }).fake.disposed };
  });
  expect(left).toEqual({ cancelled: true, disposed: 0 });
});

test("its own engine starts at the first note and ends with it; a page with Trusted Types starts the worker itself", async ({ page }) => {
  const strict = await serve(join(PACKAGE, "dist/lib"), { csp: trustedTypes("ehr") });
  const plain = await serve(join(PACKAGE, "dist/lib"));
  try {
    await page.goto(`${plain.origin}/`);
    const text = await page.evaluate(async () => {
      const { defineScrubjayElement } = (await import("/element/index.js" as string)) as typeof import("../../www/src/element/index.js");
      defineScrubjayElement("my-redactor");
      const element = document.createElement("my-redactor") as Host;
      element.device = "cpu";
      document.body.append(element);
      element.note = "Seen by Dr. Rajesh Patel.";
      return (await element.redact()).text;
    });
    expect(text).toBe("Seen by Dr. [DOCTOR].");
    expect(page.workers()).toHaveLength(1);
    await page.locator("my-redactor").evaluate((element) => element.remove());
    await expect.poll(() => page.workers().length).toBe(0);

    await page.goto(`${strict.origin}/`);
    const trusted = await page.evaluate(async () => {
      const { createRedactor } = (await import("/index.js" as string)) as typeof import("../../www/src/index.js");
      const { trustedTypes } = globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } } };
      const policy = trustedTypes.createPolicy("ehr", { createScriptURL: (url: string) => url });
      const worker = () => new Worker(policy.createScriptURL("/worker.js"), { type: "module" });
      const redactor = await createRedactor({ device: "cpu", worker });
      const { text } = await redactor.redact("Seen by Dr. Rajesh Patel.");
      redactor.dispose();
      return text;
    });
    expect(trusted).toBe("Seen by Dr. [DOCTOR].");
  } finally {
    await Promise.all([strict.stop(), plain.stop()]);
  }
});
