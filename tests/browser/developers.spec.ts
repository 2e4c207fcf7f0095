import { expect, test } from "./harness.js";

test("the page's footer leads to the reference and the licences, which keep the content security policy", async ({ page, site }) => {
  await page.goto(`${site.origin}/`);
  await page.getByRole("link", { name: "For developers" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("scrubjay");
  // The style sheet was let through.
  await expect(page.locator("body")).toHaveCSS("display", "grid");
  await page.getByRole("listitem").getByRole("link", { name: "scrubjay", exact: true }).click();
  await expect(page.getByRole("heading", { name: "RedactOptions", exact: true })).toBeVisible();
  expect(await page.locator("script, style, [style]").count()).toBe(0);
  for (const name of ["JSON schema of policies", "Third-party licences", "Bill of materials (CycloneDX)"]) {
    const href = await page.getByRole("link", { name }).getAttribute("href");
    const response = await page.request.get(new URL(href ?? "", page.url()).href);
    expect(response.ok(), name).toBe(true);
    expect(response.headers()["content-type"], name).toMatch(/^(application\/json|text\/plain; charset=utf-8)$/);
  }
});
