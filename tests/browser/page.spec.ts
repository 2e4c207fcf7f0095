import { expect, openReady, redactNote, test } from "./harness.js";

test("an example is highlighted and redacted on the processor", async ({ page, site }) => {
  await openReady(page, site);
  await expect(page.locator("#engine")).toContainText(/Device: Processor \(CPU[^)]*\):/);
  await expect(page.locator("#engine")).toContainText(/Model: \S+ \(SHA-256 [0-9a-f]{12}…\)/);
  await page.locator("#sample").selectOption({ index: 1 });
  await expect(page.locator("#copy")).toBeEnabled();

  const note = await page.locator("#note").inputValue();
  const redacted = (await page.locator("#redacted").textContent()) ?? "";
  for (const identifier of ["Tannenbaum", "Oyelaran", "555-0147", "piet.tannenbaum@example.org"]) {
    expect(note).toContain(identifier);
    expect(redacted).not.toContain(identifier);
  }
  for (const finding of ["productive cough and fever", "azithromycin 500 mg", "BP 148/86"]) expect(redacted).toContain(finding);

  const marks = await page.locator("#highlighted mark.entity").allTextContents();
  expect(marks.length).toBeGreaterThan(10);
  expect(await page.locator("#highlighted").textContent()).toBe(note);
  const counts = (await page.locator("#legend .count").allTextContents()).map(Number);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(marks.length);
  await expect(page.locator("#promise")).toContainText("Redacted by policy");
  await expect(page.locator("body")).not.toContainText(/anonymous|compliant/i);
});

test("every example gives a result", async ({ page, site }) => {
  await openReady(page, site);
  const options = await page.locator("#sample option").count();
  expect(options).toBe(4);
  for (let index = 1; index < options; index++) {
    await page.locator("#sample").selectOption({ index });
    await expect(page.locator("#copy")).toBeEnabled();
    expect(await page.locator("#highlighted mark").count()).toBeGreaterThan(3);
  }
});

test("markup in a note stays text", async ({ page, site }) => {
  await openReady(page, site);
  const note = `Seen by Dr. Rajesh Patel <img src=x onerror="alert(1)"><script>alert(2)</script> & <b>bold</b> on 03/14/2019.`;
  const redacted = await redactNote(page, note);
  expect(redacted).toContain("<script>");
  expect(await page.locator("#highlighted").textContent()).toBe(note);
  for (const tag of ["img", "script", "b"]) expect(await page.locator(`main ${tag}`).count()).toBe(0);
});

test("the redacted text is copied", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.origin });
  await openReady(page, site);
  const redacted = await redactNote(page, "Call Dr. Rajesh Patel at 617-555-0123.\nBP 120/80.");
  expect(redacted).not.toContain("Patel");
  await page.locator("#copy").click();
  await expect(page.locator("#status")).toContainText("clipboard");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(redacted);
});

test("the keyboard is enough", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#note").focus();
  await page.keyboard.insertText("Seen by Dr. Rajesh Patel.");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#copy")).toBeEnabled();
  await page.locator("#edit").press("Enter");
  await expect(page.locator("#note")).toBeFocused();
  await expect(page.locator("#redacted")).toHaveText("");
  await expect(page.locator("#copy")).toBeDisabled();
});

test("an empty note is refused, and one of emoji gives a result", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#redact").click();
  await expect(page.locator("#failure")).toContainText("There is no note yet");
  await expect(page.locator("#copy")).toBeDisabled();
  expect(await redactNote(page, "👩🏽‍⚕️🎂🫀")).toBe("👩🏽‍⚕️🎂🫀");
});

test("a long note is cancelled, and the next one is redacted", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#note").fill("Seen by Dr. Rajesh Patel for cough and fever. ".repeat(4000));
  await page.locator("#redact").click();
  await expect(page.locator("#status")).toContainText(/part \d+ of \d+/);
  await page.locator("#cancel").click();
  await expect(page.locator("#status")).toContainText("Cancelled");
  await expect(page.locator("#redacted")).toHaveText("");
  await expect(page.locator("#failure")).toBeHidden();
  const redacted = await redactNote(page, "Seen by Dr. Rajesh Patel.");
  expect(redacted).not.toContain("Patel");
});

test("a narrow screen does not scroll sideways", async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openReady(page, site);
  await page.locator("#sample").selectOption({ index: 2 });
  await expect(page.locator("#copy")).toBeEnabled();
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content).toBeLessThanOrEqual(width ?? 0);
});

test("loading is cancelled and taken up again", async ({ page, site }) => {
  site.break("/assets/model/model.safetensors.gz", "stalled");
  await page.goto(`${site.origin}/?device=cpu`);
  await expect(page.locator("#status")).toContainText(/Loading the model: [\d.]+ MB/);
  await page.locator("#cancel").click();
  await expect(page.locator("#status")).toContainText("The model is not loaded");
  await expect(page.locator("#redact")).toBeDisabled();
  site.heal();
  await page.locator("#retry").click();
  await expect(page.locator("#redact")).toBeEnabled();
});

test("an example chosen while another is read takes its place", async ({ page, site }) => {
  await openReady(page, site);
  await page.locator("#note").fill("Seen by Dr. Rajesh Patel for cough and fever. ".repeat(4000));
  await page.locator("#redact").click();
  await expect(page.locator("#status")).toContainText(/part \d+ of \d+/);
  await page.locator("#sample").selectOption({ index: 2 });
  await expect(page.locator("#copy")).toBeEnabled();
  await expect(page.locator("#highlighted")).toContainText("PRYDDERCH");
  await expect(page.locator("#redacted")).not.toContainText("PRYDDERCH");
});
