// Renders what developers read into dist/page/developers: the package's README and the reference of its types, as plain HTML that needs
// no script, since the page's content security policy has none of the inline ones that typedoc's own theme is made of.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, posix, relative } from "node:path";
import { Marked } from "marked";
import { getHeadingList, gfmHeadingId } from "marked-gfm-heading-id";
import { fail, generatedTypes, repo, root, run } from "../scripts/lib.mjs";

const here = import.meta.dirname;
const out = join(root, "dist/page/developers");
const layout = readFileSync(join(here, "layout.html"), "utf8");
const work = mkdtempSync(join(tmpdir(), "scrubjay-developers-"));
try {
  build();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function build() {
  reference();
  const sources = new Map([["index.md", readFileSync(join(root, "README.md"), "utf8")]]);
  // The list of modules is in the navigation. What everybody imports comes first.
  const modules = readdirSync(work).filter((name) => name.endsWith(".md") && name !== "overview.md" && name !== "index.md").sort();
  for (const file of ["index.md", ...modules]) sources.set(posix.join("reference", file), readFileSync(join(work, file), "utf8"));
  const pages = new Map([...sources].map(([file, markdown]) => [file.replace(/md$/, "html"), render(markdown)]));
  rmSync(out, { recursive: true, force: true });
  for (const [file, page] of pages) {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), dress(file, page, pages));
  }
  cpSync(join(here, "style.css"), join(out, "style.css"));
  cpSync(join(repo, "src/redact/policy.schema.json"), join(out, "policy.schema.json"));
  checkLinks();
  console.log(`${relative(root, out)}: ${pages.size} pages`);
}

/** typedoc's Markdown of every entry point that package.json exports. */
function reference() {
  generatedTypes();
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const types = Object.values(exports).flatMap((entry) => entry.types ?? []);
  const entries = types.map((file) => file.replace(/^\.\/dist\/lib\/(.*)\.d\.ts$/, "../src/$1.ts")).filter((file) => !file.endsWith("worker.ts"));
  const typedoc = join(here, "node_modules/typedoc/bin/typedoc");
  if (!existsSync(typedoc)) fail("www/developers/node_modules is missing: run scripts/setup.sh");
  const args = [typedoc, "--logLevel", "Warn", "--out", work, ...entries.flatMap((file) => ["--entryPoints", file])];
  run(process.execPath, args, { cwd: here });
}

/** `{ title, html }` of Markdown; links to its fellows go to their HTML. */
function render(markdown) {
  const marked = new Marked({ gfm: true, async: false }, gfmHeadingId());
  const html = marked.parse(markdown).replaceAll(/href="(?![a-z]+:)([^"#]*)\.md(#[^"]*)?"/g, 'href="$1.html$2"');
  const title = getHeadingList().find(({ level }) => level === 1)?.text ?? fail("a page has no title");
  // Its own scroll region, which the keyboard reaches too: a table may be wider than a screen.
  const scrolling = html.replaceAll("<table>", '<div class="wide" tabindex="0" role="region" aria-label="Table"><table>').replaceAll("</table>", "</table></div>");
  return { title, html: scrolling };
}

function dress(file, { title, html }, pages) {
  const up = "../".repeat(file.split("/").length - 1);
  const link = ([other, page]) => {
    const current = other === file ? ' aria-current="page"' : "";
    return `<li><a href="${up}${other}"${current}>${called(other, page)}</a></li>`;
  };
  const slots = { title: called(file, { title }), up, pages: [...pages].map(link).join(""), main: html };
  return layout.replaceAll(/\{\{(\w+)\}\}/g, (_, slot) => slots[slot]);
}

/** A page's name: of a module, what one imports. */
function called(file, { title }) {
  if (file === "index.html") return "Guide";
  return file === "reference/index.html" ? "scrubjay" : `scrubjay/${title}`;
}

/** Every link within these pages must go somewhere. Those to the page above are built by others. */
function checkLinks() {
  const files = readdirSync(out, { recursive: true }).map((name) => name.split("\\").join("/"));
  const ids = new Map();
  for (const file of files.filter((name) => name.endsWith(".html"))) {
    ids.set(file, new Set(Array.from(readFileSync(join(out, file), "utf8").matchAll(/ id="([^"]*)"/g), ([, id]) => id)));
  }
  for (const file of ids.keys()) {
    for (const [, href] of readFileSync(join(out, file), "utf8").matchAll(/ href="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(href)) continue;
      const [path, id] = href.split("#");
      const target = path === "" ? file : posix.join(posix.dirname(file), path);
      if (target.startsWith("..")) continue;
      if (!files.includes(target)) fail(`${file} links to ${href}, which is not there`);
      if (id !== undefined && !ids.get(target)?.has(decodeURIComponent(id))) fail(`${file} links to ${href}: ${basename(target)} has no such place`);
    }
  }
}
