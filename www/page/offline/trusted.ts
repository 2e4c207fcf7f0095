/** The only scripts that this page ever starts in workers of their own: its engine, its reader of PDF files and its service worker. */

const OWN_WORKERS = /^(?:code\/(?:pdf-)?worker-[\w-]+\.js|sw\.js)$/;

interface TrustedTypes {
  createPolicy(name: "default", rules: { createScriptURL(url: string): string }): unknown;
}

/**
 * Lets these through under the page's content security policy, which makes a browser with Trusted Types refuse any script's address
 * or code that no policy has passed. It is the default policy because bundlers know a worker only by `new Worker(new URL(…))`, which
 * leaves no place to name another; it passes no more for that.
 */
export function trustOwnWorkers(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy("default", {
    createScriptURL(address) {
      const folder = new URL("./", document.baseURI).href;
      const { href } = new URL(address, folder);
      if (!href.startsWith(folder) || !OWN_WORKERS.test(href.slice(folder.length))) throw new TypeError("not a script of this page");
      return href;
    },
  });
}
