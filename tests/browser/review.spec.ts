import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { HARD_NOTE, expect, openReady, redactNote, test } from "./harness.js";

/** What is surely found, what is surely not, and a word that stands there three times. */
const NOTE = `Seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123.
Aspirin one tablet daily, each TABLET with water; no oedema today.
Half a tablet at night; tablets are counted.`;

const note = (page: Page) => page.locator("#highlighted");
const redacted = (page: Page) => page.locator("#redacted");
const inspector = (page: Page) => page.locator("#inspector");
const mark = (page: Page, text: string): Locator => note(page).locator("mark", { hasText: text });

/** Selects the `n`th `text` in the note, as a mouse does. */
async function select(page: Page, text: string, n = 0): Promise<void> {
  await note(page).evaluate(
    (pane, [text, n]) => {
      let at = -1;
      for (let i = 0; i <= n; i++) at = (pane.textContent ?? "").indexOf(text, at + 1);
      const point = (offset: number): [Node, number] => {
        const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
        let left = offset;
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          if (left <= (node.textContent ?? "").length) return [node, left];
          left -= (node.textContent ?? "").length;
        }
        return [pane, pane.childNodes.length];
      };
      getSelection()?.setBaseAndExtent(...point(at), ...point(at + text.length));
    },
    [text, n] as const,
  );
  await expect(inspector(page)).toContainText("Selected:");
}

/** Marks the `n`th `text` as `type`. */
async function add(page: Page, text: string, type: string, { same = false, n = 0 } = {}): Promise<void> {
  await select(page, text, n);
  await inspector(page).getByLabel("Type").selectOption({ label: type });
  if (same) await inspector(page).getByRole("checkbox").check();
  await inspector(page).getByRole("button", { name: "Mark it" }).click();
}

test.beforeEach(async ({ page, site }) => {
  await openReady(page, site);
  await redactNote(page, NOTE);
  await expect(mark(page, "617-555-0123")).toHaveCount(1);
});

test("a marked passage is left standing, and that is undone and done again", async ({ page }) => {
  await mark(page, "617-555-0123").click();
  await expect(inspector(page)).toContainText("617-555-0123");
  await inspector(page).getByRole("button", { name: "Leave standing" }).click();
  await expect(mark(page, "617-555-0123")).toHaveCount(0);
  await expect(redacted(page)).toContainText("617-555-0123");
  await expect(page.locator("#status")).toContainText("Left standing: 1 passage");
  await page.locator("#undo").click();
  await expect(mark(page, "617-555-0123")).toHaveCount(1);
  await expect(redacted(page)).not.toContainText("617-555-0123");
  await page.locator("#redo").click();
  await expect(redacted(page)).toContainText("617-555-0123");
  await expect(page.locator("#redo")).toBeDisabled();
  expect(await note(page).textContent()).toBe(NOTE);
});

test("a marked passage gets another type", async ({ page }) => {
  await mark(page, "617-555-0123").click();
  await inspector(page).getByLabel("Type").selectOption("FAX");
  await expect(mark(page, "617-555-0123")).toHaveAttribute("data-name", "Fax");
  await expect(redacted(page)).toContainText("[FAX]");
  await expect(inspector(page)).toContainText("marked by you");
});

test("missed text is selected and marked, here or all the same", async ({ page }) => {
  await add(page, "oedema", "Patient");
  await expect(redacted(page)).toContainText("no [PATIENT] today");
  await add(page, "tablet", "Patient", { same: true });
  await expect(page.locator("#status")).toContainText("Marked: 3 passages");
  await expect(redacted(page)).not.toContainText(/\btablet\b/i);
  await expect(redacted(page)).toContainText("tablets are counted");

  await mark(page, "TABLET").nth(1).click();
  await inspector(page).getByRole("checkbox", { name: "all 3 the same" }).check();
  await inspector(page).getByLabel("Type").selectOption("CITY");
  await expect(note(page).locator("mark[data-name=City]")).toHaveCount(3);
  await inspector(page).getByRole("checkbox", { name: "all 3 the same" }).check();
  await inspector(page).getByRole("button", { name: "Leave standing" }).click();
  await expect(redacted(page)).toContainText("one tablet daily, each TABLET with water; no [PATIENT] today");
  for (let i = 0; i < 4; i++) await page.keyboard.press("Control+z");
  await expect(redacted(page)).toContainText("oedema");
});

test("more of the same is marked from a mark", async ({ page }) => {
  await add(page, "TABLET", "Patient");
  await expect(redacted(page)).toContainText("one tablet daily, each [PATIENT]");
  await inspector(page).getByRole("button", { name: "Mark 2 more like it" }).click();
  await expect(redacted(page)).not.toContainText(/\btablet\b/i);
});

test("the ends of a mark move by characters and words", async ({ page }) => {
  await add(page, "oedema", "Patient");
  const text = () => note(page).locator("mark[aria-current]").textContent();
  const step = (name: string) => inspector(page).getByRole("button", { name, exact: true }).click();
  await step("End one word forward");
  expect(await text()).toBe("oedema today");
  await step("Start one word back");
  expect(await text()).toBe("no oedema today");
  await step("Start one character forward");
  expect(await text()).toBe("o oedema today");
  await step("End one word back");
  await step("End one character back");
  expect(await text()).toBe("o oedem");
  await expect(redacted(page)).toContainText("n[PATIENT]a today");
  await page.keyboard.press("Control+z");
  await expect(redacted(page)).toContainText("n[PATIENT] today");
});

test("the keyboard alone reviews a note", async ({ page }) => {
  await note(page).focus();
  // Words are selected by the arrow keys, and marked by Enter and a type.
  await page.keyboard.press("ArrowDown");
  await expect(inspector(page)).toContainText("Selected: Seen");
  await page.keyboard.press("ArrowDown");
  await expect(inspector(page)).not.toContainText("Selected: Seen");
  while ((await inspector(page).locator("q").textContent()) !== "tablet") await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(inspector(page)).toContainText("Selected: tablet daily");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByLabel("Type")).toBeFocused();
  await inspector(page).getByLabel("Type").selectOption("PATIENT");
  await page.keyboard.press("Enter");
  await expect(mark(page, "tablet")).toBeFocused();
  await expect(redacted(page)).toContainText("one [PATIENT] daily");

  // Marks are gone through by the arrow keys; one of them is in the order of Tab.
  expect(await note(page).locator("mark[tabindex='0']").count()).toBe(1);
  await page.keyboard.press("ArrowLeft");
  await expect(mark(page, "617-555-0123")).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expect(note(page).locator("mark").first()).toBeFocused();
  while ((await note(page).locator("mark:focus").textContent()) !== "tablet") await page.keyboard.press("ArrowRight");

  await page.keyboard.press("Control+Shift+ArrowRight");
  await expect(mark(page, "tablet daily")).toBeFocused();
  await page.keyboard.press("s");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(mark(page, "ablet daily")).toBeFocused();
  expect(await note(page).locator("mark[aria-current]").textContent()).toBe("ablet daily");
  for (let i = 0; i < 2; i++) await page.keyboard.press("Control+z");
  await page.keyboard.press("Shift+A");
  await expect(redacted(page)).not.toContainText(/\btablet\b/i);
  await page.keyboard.press("Shift+Delete");
  await expect(redacted(page)).toContainText("one tablet daily, each TABLET");
  await page.keyboard.press("Control+z");
  await expect(redacted(page)).not.toContainText("one tablet daily, each TABLET");
  await page.keyboard.press("Control+y");
  await expect(redacted(page)).toContainText("one tablet daily, each TABLET");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Shift+Z");
  await expect(redacted(page)).toContainText("one tablet daily, each TABLET");

  // From a mark to its actions, and back.
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByRole("button", { name: /Leave standing|Accept/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(note(page).locator("mark").first()).toBeFocused();
  await page.keyboard.press("t");
  await expect(inspector(page).getByLabel("Type")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Help" })).toBeHidden();
  expect(await note(page).textContent()).toBe(NOTE);
});

test("what is doubtful is shown as such, accepted and dismissed", async ({ page }) => {
  await page.locator("#edit").click();
  await page.getByLabel("Own threshold").check();
  await page.getByRole("slider").fill("0.95");
  await page.locator("#sample").selectOption({ index: 1 });
  const doubtful = note(page).locator("mark.doubtful");
  await expect(doubtful.first()).toBeVisible();
  const count = await doubtful.count();
  await expect(page.locator("#status")).toContainText(`, ${count} doubtful.`);
  const text = (await doubtful.first().textContent()) ?? "";
  await expect(redacted(page).locator("mark.doubtful").first()).toHaveText(text);
  await expect(doubtful.first()).toHaveAccessibleName(/^doubtful, /);

  const entities = await note(page).locator("mark.entity").count();
  await inspector(page).getByRole("button", { name: "Next doubtful passage" }).click();
  await inspector(page).getByRole("button", { name: "Accept" }).click();
  await expect(note(page).locator("mark.entity")).toHaveCount(entities + 1);
  await expect(doubtful).toHaveCount(count - 1);
  if (count > 1) {
    await page.keyboard.press("n");
    await page.keyboard.press("Delete");
    await expect(doubtful).toHaveCount(count - 2);
    await expect(note(page).locator("mark.entity")).toHaveCount(entities + 1);
  }
  while ((await page.locator("#undo").isEnabled())) await page.locator("#undo").click();
  await expect(doubtful).toHaveCount(count);
});

test("a type is switched off and its passages are left standing, shown as such", async ({ page }) => {
  const phone = page.getByRole("switch", { name: /^Phone/ });
  await phone.uncheck();
  await expect(redacted(page)).toContainText("617-555-0123");
  await expect(redacted(page).locator("mark.standing")).toHaveText("617-555-0123");
  await expect(mark(page, "617-555-0123")).toHaveAccessibleName(/^left standing, /);
  await expect(page.locator("#legend")).toContainText("left standing");
  await expect(phone).toBeFocused();
  await phone.check();
  await expect(redacted(page)).not.toContainText("617-555-0123");
});

test("another policy takes effect at once, without the model", async ({ page }) => {
  const seen: string[] = [];
  for (const policy of ["mask", "numbered", "surrogate", "safe-harbor", "limited-dataset", "i2b2"]) {
    await page.locator("#policy").selectOption(policy);
    await expect(page.locator("#promise")).toContainText(`policy ${policy}`);
    await expect(redacted(page)).not.toHaveAttribute("aria-busy");
    await expect(page.locator("#failure")).toBeHidden();
    await expect(redacted(page)).not.toContainText("Patel");
    seen.push((await redacted(page).textContent()) ?? "");
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen[0]).toContain("█");
  expect(seen[1]).toMatch(/\[\w+-1\]/);
  expect(seen[3]).toContain("2019");
});

test("substitutes hang on the key, and a key that is too short is refused", async ({ page }) => {
  await page.locator("#policy").selectOption("surrogate");
  await page.locator("#context summary").click();
  const withKey = async (key: string) => {
    await page.locator("#key").fill(key);
    await page.locator("#key").press("Tab");
    await expect(redacted(page)).not.toHaveAttribute("aria-busy");
    return redacted(page).textContent();
  };
  const first = await withKey("one secret of many characters");
  expect(await withKey("another secret of many characters")).not.toBe(first);
  expect(await withKey("one secret of many characters")).toBe(first);
  await withKey("short");
  await expect(page.locator("#failure")).toHaveAttribute("data-code", "OPTION_INVALID");
  await expect(redacted(page)).not.toContainText("Seen by");
  await withKey("one secret of many characters");
  await expect(page.locator("#failure")).toBeHidden();
  await expect(redacted(page)).toContainText("Seen by");
});

test("text, data and report are downloaded, and the report holds numbers alone", async ({ page }) => {
  await add(page, "oedema", "Patient");
  await page.locator("#export").click();
  const dialog = page.getByRole("dialog", { name: "Accept and export" });
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name, exact: true }).click()]);
    return { name: download.suggestedFilename(), text: readFileSync((await download.path()) ?? "", "utf8") };
  };
  const shown = await redacted(page).textContent();
  expect(await saved("Text (.txt)")).toEqual({ name: "redacted.txt", text: shown });
  const data = await saved("Data (.json)");
  expect(data.name).toBe("redacted.json");
  const parsed = JSON.parse(data.text) as { text: string; entities: { start: number; end: number; type: string; source: string }[] };
  expect(parsed.text).toBe(shown);
  expect(parsed.entities.find(({ start, end }) => NOTE.slice(start, end) === "oedema")).toMatchObject({ type: "PATIENT", source: "user" });
  const report = await saved("Report (.json)");
  expect(report.name).toBe("report.json");
  expect(JSON.parse(report.text)).toMatchObject({ policy: "i2b2", review: { added: 1, removed: 0 }, threshold: "balanced" });
  for (const file of [data, report]) for (const secret of ["oedema", "Patel", "617-555-0123"]) expect(file.text).not.toContain(secret);
  expect(report.text).not.toContain("Seen by");
  await expect(dialog.locator("#report")).toContainText("1 marked, 0 accepted");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#export")).toBeFocused();
});

test("only the redacted text is printed, and only the report where that is asked for", async ({ page }) => {
  await page.emulateMedia({ media: "print" });
  await expect(redacted(page)).toBeVisible();
  await expect(note(page)).toBeHidden();
  await expect(inspector(page)).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => (window.print = () => void (document.documentElement.dataset["printed"] = document.documentElement.dataset["print"])));
  await page.locator("#export").click();
  await page.getByRole("button", { name: "Print report" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-printed", "report");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("#report")).toBeVisible();
  await expect(redacted(page)).toBeHidden();
  await expect(note(page)).toBeHidden();
});

test("corrections are not lost without a question", async ({ page }) => {
  await add(page, "oedema", "Patient");
  const question = page.getByRole("alertdialog");
  await page.locator("#clear").click();
  await expect(question).toContainText("1 correction");
  await question.getByRole("button", { name: "Keep reviewing" }).click();
  await page.locator("#edit").click();
  await page.keyboard.press("Escape");
  await page.locator("#sample").selectOption({ index: 1 });
  await question.getByRole("button", { name: "Keep reviewing" }).click();
  await expect(page.locator("#sample")).toHaveValue("");
  await expect(redacted(page)).toContainText("no [PATIENT] today");

  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.evaluate(() => location.reload());
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await expect(redacted(page)).toContainText("no [PATIENT] today");

  // Once it is exported there is nothing to lose.
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
  expect(download.suggestedFilename()).toBe("redacted.txt");
  await page.locator("#edit").click();
  await expect(page.locator("#note")).toHaveValue(NOTE);
});

test("finding again replaces the marks, and is undone", async ({ page }) => {
  await add(page, "oedema", "Patient");
  await page.getByLabel("High recall").check();
  await expect(page.locator("#status")).toContainText("Find again");
  await page.locator("#redact").click();
  await expect(page.locator("#status")).toContainText("identifiers found");
  await expect(redacted(page)).not.toContainText("Patel");
  await page.locator("#undo").click();
  await expect(redacted(page)).toContainText("no [PATIENT] today");
});

test("a note that cannot be read is refused and stays", async ({ page }) => {
  await page.locator("#edit").click();
  const cases = [
    [" \n\t", "NOTE_EMPTY"],
    ["\u0000\u0001\ufffd\ufffdPK\u0003\u0004", "NOTE_NOT_TEXT"],
    ["word ".repeat(400_001), "NOTE_TOO_LONG"],
  ] as const;
  for (const [text, code] of cases) {
    // As a paste does it: typing two million characters takes its time.
    await page.locator("#note").evaluate((area: HTMLTextAreaElement, text) => (area.value = text), text);
    await page.locator("#redact").click();
    await expect(page.locator("#failure")).toHaveAttribute("data-code", code);
    expect((await page.locator("#note").inputValue()).length).toBe(text.length);
    await expect(redacted(page)).toHaveText("");
  }
  await page.locator("#note").fill("");
  expect(await redactNote(page, "Seen by Dr. Rajesh Patel.")).not.toContain("Patel");
  await expect(page.locator("#failure")).toBeHidden();
});

test("hard text is marked, moved over and redacted by whole characters", async ({ page }) => {
  await page.locator("#edit").click();
  await redactNote(page, HARD_NOTE);
  await add(page, "👩🏽‍⚕️", "Occupation");
  await expect(redacted(page)).toContainText("[PROFESSION] (");
  await inspector(page).getByRole("button", { name: "Start one character back", exact: true }).click();
  await inspector(page).getByRole("button", { name: "Start one character forward", exact: true }).click();
  expect(await note(page).locator("mark[aria-current]").textContent()).toBe("👩🏽‍⚕️");
  await add(page, "東京", "City");
  await expect(redacted(page)).toContainText("[CITY]. MRN");
  // A text area knows one kind of line end.
  expect(await note(page).textContent()).toBe(HARD_NOTE.replaceAll("\r\n", "\n"));
});
