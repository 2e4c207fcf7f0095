/** The dialog of the person's lists: what is left alone, what is always taken out, and patterns. Kept in memory alone. */

import { byId } from "../dom.js";
import { refusal, type InUse } from "../engine/ask.js";
import { asFailure } from "../engine/status.js";
import { saveJson } from "../export/files.js";
import { readJson } from "../json-file.js";
import { nameOf } from "../names.js";
import { pickFile } from "../pick.js";
import { Blocks, linesOf, type Line } from "./blocks.js";
import { byType, counted, firstRefused, fromFile, NONE, reasonOf, type Ask, type Lists } from "./lists.js";

const ui = {
  dialog: byId<HTMLDialogElement>("lists-dialog"),
  form: byId<HTMLFormElement>("lists-form"),
  allow: byId<HTMLTextAreaElement>("lists-allow"),
  more: byId<HTMLDetailsElement>("lists-patterns-more"),
  problem: byId("lists-problem"),
  said: byId("lists-said"),
  count: byId("lists-count"),
};
const deny = new Blocks(byId("lists-deny"), "Always take out", "PATIENT");
const patterns = new Blocks(byId("lists-patterns"), "Patterns", "IDNUM");

let inUse: Lists = NONE;

/** For the engine. */
export function lists(): Lists {
  return inUse;
}

/** Forgets the lists, in use or not. */
export function forgetLists(): void {
  take(NONE);
  fill(NONE);
}

function take(lists: Lists): void {
  inUse = lists;
  const count = counted(lists);
  ui.count.textContent = count === "" ? "" : `In use: ${count}`;
}

/** Shows lists that the engine has taken. A line break within an entry is white space like any other. */
function fill({ allow, deny: denied, patterns: formed }: Lists): void {
  const flat = (text: string) => text.trim().replace(/\s+/gu, " ");
  ui.allow.value = allow.map((text) => `${flat(text)}\n`).join("");
  deny.fill(new Map([...byType(denied)].map(([type, entries]) => [type, entries.map(({ text }) => flat(text))])));
  patterns.fill(new Map([...byType(formed)].map(([type, entries]) => [type, entries.map(({ pattern }) => pattern)])));
  ui.more.open = formed.length > 0;
}

function current(): Lists {
  return {
    allow: linesOf(ui.allow).map(({ text }) => text.trim()),
    deny: deny.read().map(({ text, type }) => ({ text: text.trim(), type })),
    patterns: patterns.read().map(({ text, type }) => ({ pattern: text, type })),
  };
}

function say(words: string): void {
  ui.problem.hidden = true;
  ui.said.textContent = words;
  for (const area of ui.dialog.querySelectorAll("[aria-invalid]")) {
    area.removeAttribute("aria-invalid");
    area.removeAttribute("aria-describedby");
  }
}

function refuse(words: string, code: string, reason: string): void {
  say("");
  ui.problem.hidden = false;
  ui.problem.textContent = `${words} (${code}: ${reason})`;
  ui.problem.dataset["code"] = code;
}

/** Puts the keyboard on the line that is at fault. */
function pointAt({ area, start, text }: Line): void {
  ui.more.open = true;
  area.setAttribute("aria-invalid", "true");
  area.setAttribute("aria-describedby", ui.problem.id);
  area.focus();
  area.setSelectionRange(start, start + text.length);
}

/** What the form says, if the engine takes it. */
async function checked(ask: Ask): Promise<Lists | undefined> {
  const lists = current();
  const error = await ask({ ...lists });
  if (error === undefined) return lists;
  const found = await firstRefused(lists.patterns, (some) => ask({ patterns: some }));
  const line = found?.index === undefined ? undefined : patterns.read()[found.index];
  if (found === undefined || line === undefined) {
    refuse("These lists cannot be used.", error.code, error.message);
  } else {
    refuse(`The pattern in line ${line.line} of type ${nameOf(line.type)} cannot be used.`, found.error.code, reasonOf(found.error));
    pointAt(line);
  }
  return undefined;
}

/** Sets the dialog up. `changed` is called when other lists are in use. */
export function listsControl(engine: InUse, changed: () => void): void {
  const ask: Ask = (settings) => refusal(engine, settings);
  byId("lists-open").addEventListener("click", () => {
    say("");
    ui.dialog.showModal();
  });
  for (const [id, blocks] of [["lists-deny-add", deny], ["lists-patterns-add", patterns]] as const) {
    byId(id).addEventListener("click", () => blocks.add().type.focus());
  }
  pickFile("lists-load", "lists-file", async (file) => {
    try {
      fill(await fromFile(await readJson(file), ask));
      say("Opened. Look it through, then press “Use these”.");
    } catch (error) {
      const { code, message } = asFailure(error);
      refuse("This file cannot be used; the lists are as they were.", code, message);
    }
  });
  byId("lists-save").addEventListener("click", async () => {
    const lists = await checked(ask);
    if (lists === undefined) return;
    saveJson("lists.json", lists);
    say("Saved as lists.json. It may hold names: keep it as you keep the notes.");
  });
  ui.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const lists = await checked(ask);
    if (lists === undefined) return;
    take(lists);
    changed();
    ui.dialog.close();
  });
  byId("lists-cancel").addEventListener("click", () => ui.dialog.close());
  forgetLists();
}
