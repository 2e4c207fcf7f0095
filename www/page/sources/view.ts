/** The list of files on the screen. */

import { element, plural } from "../dom.js";
import type { Choices, Item } from "./item.js";

const FORMATS = {
  text: "Plain text",
  csv: "CSV",
  tsv: "TSV",
  jsonl: "JSON lines",
  hl7: "HL7 v2",
  fhir: "FHIR (JSON)",
  docx: "Word document",
} as const;

const ENCODINGS = [
  ["", "UTF-8, or as its byte order mark says"],
  ["windows-1252", "Windows-1252 (Latin-1)"],
  ["utf-16le", "UTF-16, low byte first"],
  ["utf-16be", "UTF-16, high byte first"],
] as const;

export interface ItemActions {
  choose(item: Item, choices: Partial<Choices>): void;
  review(item: Item): void;
  save(item: Item): void;
  remove(item: Item): void;
}

function size(bytes: number): string {
  return bytes < 1000 ? plural(bytes, "byte") : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function button(label: string, about: Item, press: () => void): HTMLButtonElement {
  const node = element("button", "", label);
  node.type = "button";
  node.setAttribute("aria-label", `${label}: ${about.file.name}`);
  node.addEventListener("click", press);
  return node;
}

function check(label: string, checked: boolean, change: (checked: boolean) => void, count = ""): HTMLLabelElement {
  const box = element("input");
  box.type = "checkbox";
  box.checked = checked;
  box.addEventListener("change", () => change(box.checked));
  return element("label", "choice", box, element("span", "", label), ...(count === "" ? [] : [element("span", "count", count)]));
}

function select(label: string, options: readonly (readonly [string, string])[], value: string, change: (value: string) => void): HTMLLabelElement {
  const node = element("select");
  for (const [key, words] of options) node.append(new Option(words, key, false, key === value));
  node.addEventListener("change", () => change(node.value));
  return element("label", "choice", element("span", "", label), node);
}

/** CSV: which columns are read. */
function columns(item: Item, choose: (choices: Partial<Choices>) => void): Node[] {
  const fields = item.found?.fields ?? [];
  const named = fields.length > 0;
  const header = check("The first row names the columns", named, (header) => choose({ header, columns: undefined }));
  if (!named) return [header, element("p", "quiet", "Every cell is read.")];
  const chosen = new Set(item.choices.columns ?? fields.map(({ name }) => name));
  const boxes = fields.map(({ name, filled }) => {
    const change = (on: boolean) => {
      if (on) chosen.add(name);
      else chosen.delete(name);
      // All means all, also cells beyond the header's.
      choose({ columns: chosen.size === new Set(fields.map((field) => field.name)).size ? undefined : new Set(chosen) });
    };
    return check(name === "" ? "(no name)" : name, chosen.has(name), change, plural(filled, "cell"));
  });
  const set = element("fieldset", "columns", element("legend", "", "Columns to redact"), element("div", "choices", ...boxes));
  return [set, element("p", "quiet", "A column that is not chosen stays as it is, names and all."), header];
}

/** JSON lines: which field is the note. */
function fields(item: Item, choose: (choices: Partial<Choices>) => void): Node[] {
  const found = item.found?.fields ?? [];
  const options = [["*", "Every string"], ...found.map(({ name, filled }) => [name, `Only “${name}” (${plural(filled, "line")})`] as const)] as const;
  return [
    select("What to redact", options, item.choices.textField, (textField) => choose({ textField })),
    element("p", "quiet", "What is not chosen stays as it is, names and all."),
  ];
}

/** What a person can choose about a file, if anything. */
function choices(item: Item, choose: (choices: Partial<Choices>) => void): Node | undefined {
  const { format, pdf, failure } = item;
  if (pdf || failure?.code === "TOO_LARGE" || failure?.code === "IO") return undefined;
  const nodes: Node[] = [];
  if (format === "csv" || format === "tsv") nodes.push(...columns(item, choose));
  if (format === "jsonl") nodes.push(...fields(item, choose));
  const more: Node[] = [];
  if (format !== "docx") more.push(select("Encoding", ENCODINGS, item.choices.encoding ?? "", (value) => choose({ encoding: value === "" ? undefined : (value as "utf-8") })));
  if (format === undefined || format === "docx" || format === "hl7" || format === "fhir") {
    const words = "Leave pictures, embedded files and the like in it, unread";
    more.push(check(words, item.choices.keepUnread, (keepUnread) => choose({ keepUnread })));
  }
  const details = element("details", "more", element("summary", "", "How it is read"), ...more);
  // It is what may help.
  details.open = failure !== undefined || item.choices.encoding !== undefined || item.choices.keepUnread;
  return element("div", "of-file", ...nodes, details);
}

/** How a file stands, in words. */
function standing(item: Item): string {
  if (item.state === "reading") return "Being redacted …";
  if (item.state === "failed") return `Failed. ${item.failure?.words ?? ""}`;
  if (item.result === undefined) return item.objection ?? "Waiting.";
  const { notes, report, unread } = item.result;
  const replaced = Number(report["entities"] ?? 0) - Number(report["kept"] ?? 0);
  const left = unread.length === 0 ? "" : ` Left in it, unread: ${unread.join(", ")}.`;
  return `Redacted by policy ${String(report["policy"])}: ${plural(replaced, "identifier")} replaced in ${plural(notes, "note")}.${left}${item.saved ? " Saved." : ""}`;
}

/** One file as an element of the list. */
export function itemView(item: Item, busy: boolean, { choose, review, save, remove }: ItemActions): HTMLLIElement {
  const { file, format, pdf, result, caution } = item;
  const kind = pdf ? "PDF, its text layer" : format === undefined ? "Not known yet" : FORMATS[format];
  const about = element("p", "quiet", `${item.number}. ${kind}, ${size(file.size)}`);
  const words = element("p", `standing ${item.state}`, standing(item));
  const tools = element("div", "tools");
  if (result !== undefined) tools.append(button("Save", item, () => save(item)));
  if (format === "text" && !busy) tools.append(button("Review as a note", item, () => review(item)));
  if (!busy) tools.append(button("Remove", item, () => remove(item)));
  const head = element("div", "head", element("div", "what", element("h3", "", file.name), about), tools);
  const node = element("li", "", head, words);
  if (caution !== "" && result !== undefined) node.append(element("p", "caution", caution));
  const chosen = busy ? undefined : choices(item, (choices) => choose(item, choices));
  if (chosen !== undefined) node.append(chosen);
  node.dataset["number"] = String(item.number);
  node.dataset["state"] = item.state;
  if (item.failure !== undefined) node.dataset["code"] = item.failure.code;
  return node;
}
