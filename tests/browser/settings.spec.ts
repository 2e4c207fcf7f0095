/** What few persons open: policies, lists, thresholds and keys of their own. */

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { BUILT_IN } from "../../www/page/policy/policies.js";
import { HARD_NOTE, expect, openReady, redactNote, test, withApi } from "./harness.js";

const NOTE = "Seen by Dr. Rajesh Patel on 03/14/2019, tel. 617-555-0123. Zundel device XR-204417 in place.";

const redacted = (page: Page) => page.locator("#redacted");
const policyDialog = (page: Page) => page.getByRole("dialog", { name: "Own policy" });
const listsDialog = (page: Page) => page.getByRole("dialog", { name: "Own words and patterns" });

/** What `press` downloads. */
async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent("download");
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

async function give(page: Page, input: string, content: string | Buffer): Promise<void> {
  await page.locator(input).setInputFiles({ name: "given", mimeType: "application/json", buffer: Buffer.from(content) });
}

const stored = (page: Page) => page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);

test("the policies that one's own starts from are the engine's", async ({ page, site }) => {
  const hashes = await withApi(page, site, BUILT_IN, async ({ api, arg }) => {
    const redactor = await api.createRedactor({ device: "cpu", model: "/models/tiny-bert/" });
    const hash = async (policy: string | object) => (await redactor.apply("", [], { policy: policy as string })).report["policy_sha256"];
    return Promise.all(Object.entries(arg).map(async ([name, policy]) => [name, await hash(name), await hash({ ...policy, name })]));
  });
  expect(hashes).toHaveLength(6);
  for (const [name, theirs, ours] of hashes) expect(ours, String(name)).toBe(theirs);
});

test("a policy is chosen type by type, with the keyboard alone", async ({ page, site }) => {
  await openReady(page, site);
  await redactNote(page, NOTE);
  await page.locator("#policy-own").press("Enter");
  const dialog = policyDialog(page);
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Start from").selectOption("safe-harbor");
  await dialog.getByRole("button", { name: "Fill in" }).press("Enter");
  await expect(dialog.getByRole("combobox", { name: "Date", exact: true })).toHaveValue('"generalise"');
  await expect(page.locator("#policy-kept")).toHaveText("These stay as written: State, Country.");
  await dialog.getByLabel("Name, for the report").fill("ward <7>");
  await dialog.getByLabel("Clinician").selectOption('"remove"');
  await dialog.getByLabel("Phone").selectOption({ label: "Blocks: ████" });
  await dialog.getByRole("button", { name: "Use this policy" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.locator("#policy-own")).toBeFocused();
  await expect(redacted(page)).toContainText("on 2019, tel. ████████████");
  await expect(redacted(page)).not.toContainText("Patel");
  await expect(page.locator("#promise")).toContainText("policy ward <7> (own)");
  await expect(page.locator("#policy option:checked")).toHaveText("Own policy: ward <7>");

  // It stays at hand beside the others, and what was begun anew does not count before it is used.
  await page.locator("#policy").selectOption("i2b2");
  await expect(redacted(page)).toContainText("[DATE]");
  await page.locator("#policy-own").click();
  await dialog.getByLabel("Every identifier becomes").selectOption({ label: "Leave as written" });
  await expect(page.locator("#policy-kept")).toContainText("Patient");
  await page.keyboard.press("Escape");
  await page.locator("#policy").selectOption("own");
  await expect(redacted(page)).toContainText("on 2019, tel. ████████████");
});

test("a policy is saved and opened again, with settings and other spellings of types", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#policy-own").click();
  const policy = { name: "研究 🩺", default: "numbered-label", types: { LOCATION: "keep", IPADDRESS: { mask: { char: "•", length: 3 } }, DATE: { "date-shift": { max_days: 30 } } } };
  await give(page, "#policy-file", `\ufeff${JSON.stringify(policy)}`);
  const dialog = policyDialog(page);
  await expect(page.locator("#policy-said")).toContainText("Opened");
  await expect(dialog.getByLabel("IP address").locator("option:checked")).toHaveText("Blocks (char •, length 3)");
  await expect(page.locator("#policy-kept")).toContainText("Other place");
  const { name, bytes } = await saved(page, () => dialog.getByRole("button", { name: "Save as file" }).click());
  expect(name).toBe("policy.json");
  const { LOCATION, IPADDRESS, DATE } = policy.types;
  expect(JSON.parse(bytes.toString())).toEqual({ ...policy, types: { "LOCATION-OTHER": LOCATION, IPADDR: IPADDRESS, DATE } });
  await dialog.getByRole("button", { name: "Use this policy" }).click();
  // Dates are shifted by a key.
  await expect(page.locator("#context")).toBeVisible();
  expect(await redactNote(page, "Logged in from 192.168.10.24 on 03/14/2019.")).toContain("•••");
  expect(await stored(page)).toBe(0);
});

test("a policy that cannot be used is refused by the engine's own words, and nothing is lost", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#policy-own").click();
  const dialog = policyDialog(page);
  await dialog.getByLabel("City").selectOption({ label: "Nothing" });
  for (const [content, code, words] of [
    ['{"types": {"DATES": "remove"}}', "OPTION_INVALID", '"DATES" is no i2b2 2014 type'],
    ['{"types": {"DATE": "shred"}}', "OPTION_INVALID", "unknown variant `shred`"],
    ['{"default": {"mask": {"char": "\u200b"}}}', "OPTION_INVALID", "U+200B"],
    ['{"type": {}}', "OPTION_INVALID", "unknown field `type`"],
    ['{"__proto__": {"default": "keep"}}', "OPTION_INVALID", "unknown field"],
    ["[]", "OPTION_INVALID", "not a JSON object"],
    ['"mask"', "OPTION_INVALID", "not a JSON object"],
    ["null", "OPTION_INVALID", "not a JSON object"],
    ['{"types": {"DATE": "remove", "DATE": "keep"}}', "FILE_NOT_JSON", "a key stands twice"],
    ['{"types": {"IPADDR": "remove", "IPADDRESS": "keep"}}', "OPTION_INVALID", "stands there twice"],
    ["default: keep", "FILE_NOT_JSON", "not JSON"],
    [Buffer.from([0xff, 0xfe, 0x7b, 0x00]), "FILE_NOT_JSON", "not text in UTF-8"],
  ] as const) {
    await give(page, "#policy-file", content as string);
    await expect(page.locator("#policy-problem")).toContainText(words);
    await expect(page.locator("#policy-problem")).toHaveAttribute("data-code", code);
    await expect(dialog.getByLabel("City")).toHaveValue('"remove"');
  }
  // A name is free text, and the engine has the last word on it as well.
  await dialog.getByLabel("Name, for the report").fill("x".repeat(65));
  await dialog.getByRole("button", { name: "Use this policy" }).click();
  await expect(page.locator("#policy-problem")).toContainText("OPTION_INVALID: option policy: the name");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("#policy")).toHaveValue("i2b2");
  await expect(page.locator("#policy option")).toHaveCount(6);
});

test("words are left alone and taken out, and a form is found", async ({ page, site }) => {
  await openReady(page, site);
  await redactNote(page, NOTE);
  await page.locator("#lists-open").click();
  const dialog = listsDialog(page);
  await dialog.getByLabel("Leave alone").fill("rajesh  PATEL\n\n");
  await dialog.getByLabel("Always take out, type Patient").fill("zundel");
  await dialog.getByText("Patterns", { exact: true }).click();
  await dialog.getByLabel("Patterns, type Other number").fill("device (?<phi>XR-\\d{6})");
  await dialog.getByRole("button", { name: "Use these" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#lists-count")).toHaveText("In use: 1 word left alone, 1 word always taken out, 1 pattern");
  await expect(page.locator("#status")).toContainText("Press Find again");
  await page.locator("#redact").click();
  await expect(redacted(page)).toContainText("[PATIENT] device [IDNUM] in place");
  await expect(redacted(page)).toContainText("Rajesh Patel");
  await page.locator("#export").click();
  const { bytes } = await saved(page, () => page.locator("#export-report").click());
  const report = bytes.toString();
  expect(JSON.parse(report)).toMatchObject({ lists: { allow: 1, deny: 1, patterns: 1 } });
  for (const word of ["Patel", "PATEL", "undel", "XR-"]) expect(report).not.toContain(word);
  expect(await stored(page)).toBe(0);
});

test("lists find what is written otherwise in Unicode, and leave the rest to the letter", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#lists-open").click();
  const dialog = listsDialog(page);
  await dialog.getByLabel("Always take out, type Patient").fill("Zoë\nדוד כהן\n東京");
  await dialog.getByRole("button", { name: "Words of another type" }).press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.insertText("🎂");
  await dialog.getByRole("button", { name: "Use these" }).click();
  await expect(page.locator("#lists-count")).toHaveText("In use: 4 words always taken out");
  const text = await redactNote(page, HARD_NOTE);
  for (const gone of ["Zoe\u0308", "Zoë", "כהן", "東京", "🎂"]) expect(text).not.toContain(gone);
  expect(text).toContain("👩🏽‍⚕️");
});

test("a pattern that is none is shown in its line, and the lists in use stay", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#lists-open").click();
  const dialog = listsDialog(page);
  await dialog.getByText("Patterns", { exact: true }).click();
  const area = dialog.getByLabel("Patterns, type Other number");
  for (const [bad, words] of [
    ["(?=Okafor)", "look-around"],
    ["(Okafor", "unclosed group"],
    ["\\w{1000}{1000}", "bytes when compiled"],
  ] as const) {
    await area.fill(`\\d{7}\n\n${bad}\nfine`);
    await dialog.getByRole("button", { name: "Use these" }).click();
    const problem = page.locator("#lists-problem");
    await expect(problem).toContainText("The pattern in line 3 of type Other number cannot be used. (OPTION_INVALID: ");
    await expect(problem).toContainText(words);
    await expect(problem).not.toContainText("Okafor");
    await expect(area).toBeFocused();
    await expect(area).toHaveAttribute("aria-invalid", "true");
    await expect(area).toHaveAccessibleDescription(/cannot be used/);
    expect(await area.evaluate((node: HTMLTextAreaElement) => node.value.slice(node.selectionStart, node.selectionEnd))).toBe(bad);
  }
  await page.keyboard.press("Escape");
  await expect(page.locator("#lists-count")).toBeEmpty();
  // What was written is still there.
  await page.locator("#lists-open").click();
  await expect(area).toHaveValue(/fine/);
});

test("lists are saved and opened as the command line reads them", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#lists-open").click();
  const dialog = listsDialog(page);
  // A line break within an entry is white space; a line each would let "St" and "John" stand.
  await give(page, "#lists-file", JSON.stringify({ allow: ["St\nJohn"], deny: ["blue 7", { text: "Old\r\nMill", type: "HOSPITAL" }], patterns: [{ pattern: " XR ", type: "DEVICE" }] }));
  await expect(dialog.getByLabel("Leave alone")).toHaveValue("St John\n");
  await expect(dialog.getByLabel("Always take out, type Hospital")).toHaveValue("Old Mill\n");
  const { name, bytes } = await saved(page, () => dialog.getByRole("button", { name: "Save as file" }).click());
  expect(name).toBe("lists.json");
  expect(JSON.parse(bytes.toString())).toEqual({
    allow: ["St John"],
    deny: [{ text: "blue 7", type: "IDNUM" }, { text: "Old Mill", type: "HOSPITAL" }],
    patterns: [{ pattern: " XR ", type: "DEVICE" }],
  });
  for (const [content, words] of [
    ['{"deny": ["fine", {"text": "Okafor", "type": "NAME"}]}', "entry 2 of “deny” cannot be used"],
    ['{"patterns": [{"pattern": "(Okafor", "type": "AGE"}]}', "entry 1 of “patterns” cannot be used: unclosed group"],
    ['{"allow": ["fine", 7]}', "entry 2 of “allow”"],
    ['{"Okafor": []}', "a field other than"],
    ['{"allow": [], "allow": ["Okafor"]}', "a key stands twice"],
    ["Okafor", "not JSON"],
  ] as const) {
    await give(page, "#lists-file", content);
    await expect(page.locator("#lists-problem")).toContainText(words);
    await expect(page.locator("#lists-problem")).not.toContainText("Okafor");
    await expect(dialog.getByLabel("Leave alone")).toHaveValue("St John\n");
  }
});

test("single types have thresholds of their own, and the report says what the note was searched with", async ({ page, site }) => {
  await openReady(page, site);
  const note = "Met Zundel and Quorrax, then Brimtholm, at the Larkspur.";
  await page.getByLabel("Own threshold").check();
  await page.getByRole("slider").fill("0.05");
  await redactNote(page, note);
  const names = await page.locator("#highlighted mark.entity").count();
  expect(names).toBeGreaterThan(0);
  await page.locator("#thresholds summary").press("Enter");
  const types = page.locator("#threshold-types");
  for (const select of await types.getByRole("combobox").all()) await select.selectOption("0.95");
  await expect(page.locator("#threshold-count")).toHaveText("(28 set)");
  await expect(page.locator("#status")).toContainText("Press Find again");

  const report = async () => {
    await page.locator("#export").click();
    const { bytes } = await saved(page, () => page.locator("#export-report").click());
    await page.keyboard.press("Escape");
    return JSON.parse(bytes.toString()) as { threshold: number; thresholds: Record<string, number> };
  };
  expect((await report()).thresholds).toEqual({});
  await page.locator("#redact").click();
  await expect(page.locator("#status")).toContainText("It took");
  expect(await page.locator("#highlighted mark.entity").count()).toBeLessThan(names);
  const after = await report();
  expect(after.threshold).toBe(0.05);
  expect(after.thresholds["LOCATION-OTHER"]).toBe(0.95);
  await page.locator("#threshold-reset").click();
  await expect(page.locator("#threshold-count")).toBeEmpty();
  await expect(types.getByLabel("Patient")).toBeFocused();
});

test("one key file and one patient give the same substitutes after a reload, and another patient others", async ({ page, site }) => {
  const open = async () => {
    await openReady(page, site);
    await page.locator("#policy").selectOption("surrogate");
    await page.locator("#context summary").click();
    await expect(page.locator("#key-state")).toContainText("a random key that this page drew");
  };
  const result = async (patient: string) => {
    await page.getByLabel("Patient's name or number").fill(patient);
    await page.getByLabel("Patient's name or number").press("Tab");
    await expect(redacted(page)).not.toHaveAttribute("aria-busy");
    return redacted(page).textContent();
  };
  await open();
  await redactNote(page, NOTE);
  const { name, bytes } = await saved(page, () => page.getByRole("button", { name: "Make a key file" }).click());
  expect(name).toBe("scrubjay.key");
  expect(bytes).toHaveLength(32);
  const [one, other] = [await result("17 Zoë"), await result("18")];
  expect(other).not.toBe(one);
  await open();
  expect(await redactNote(page, NOTE)).not.toBe(one);
  await give(page, "#key-file", bytes);
  await expect(page.locator("#key-state")).toContainText("a key of 32 bytes from a file");
  expect(await result("17 Zoë")).toBe(one);
  // Bytes that are no text, and end in a line break, are taken as they are.
  await give(page, "#key-file", Buffer.concat([bytes, Buffer.from("\n")]));
  expect(await result("17 Zoë")).not.toBe(one);

  await give(page, "#key-file", Buffer.from("fifteen bytes!!"));
  await expect(page.locator("#key-problem")).toContainText("OPTION_INVALID: option key: 15 bytes");
  await expect(redacted(page)).not.toContainText("Seen by");
  await page.getByRole("button", { name: "Forget the key" }).press("Enter");
  await expect(page.locator("#key")).toBeFocused();
  await expect(page.locator("#key-problem")).toBeHidden();
  await expect(redacted(page)).toContainText("Seen by");
  expect(await stored(page)).toBe(0);
});

test("nothing of it is asked of the person before the model is there, or lost for it", async ({ page, site }) => {
  site.break("/assets/model/model.safetensors.gz", "stalled");
  await page.goto(`${site.origin}/?device=cpu`);
  await page.locator("#policy-own").click();
  const dialog = policyDialog(page);
  await dialog.getByLabel("City").selectOption({ label: "Nothing" });
  await dialog.getByRole("button", { name: "Use this policy" }).click();
  await expect(page.locator("#policy-problem")).toHaveAttribute("data-code", "NOT_READY");
  await expect(dialog.getByLabel("City")).toHaveValue('"remove"');
});
