/** The last step: what is about to leave the page, in numbers, and the ways out. */

import { byId, element, plural } from "../dom.js";
import { nameOf } from "../names.js";
import type { EntityType } from "scrubjay";
import type { Report } from "./report.js";

const ui = {
  dialog: byId<HTMLDialogElement>("export-dialog"),
  undecided: byId("undecided"),
  exported: byId("exported"),
  report: byId("report"),
  buttons: { text: byId("export-text"), data: byId("export-data"), report: byId("export-report"), print: byId("print-report") },
};

/** What can leave the page. */
export type Way = keyof typeof ui.buttons;

function row(tag: "th" | "td", ...cells: (string | number)[]): HTMLTableRowElement {
  const node = element("tr");
  cells.forEach((cell, i) => {
    const one = element(i === 0 ? "th" : tag, "", String(cell));
    if (one.tagName === "TH") one.setAttribute("scope", tag === "th" ? "col" : "row");
    node.append(one);
  });
  return node;
}

function facts(pairs: readonly (readonly [string, string])[]): HTMLElement {
  return element("dl", "facts", ...pairs.flatMap(([name, value]) => [element("dt", "", name), element("dd", "", value)]));
}

/** The report as a page to read and to print. */
function reportView(report: Report): Node[] {
  const { types, review, model, program, lists } = report;
  const table = element("table");
  table.append(element("caption", "", "Identifiers by type"));
  const head = element("thead", "", row("th", "Type", "Replaced", "Kept by the policy", "Left standing"));
  const body = element("tbody");
  for (const [type, { replaced, kept, leftStanding }] of Object.entries(types)) body.append(row("td", nameOf(type as EntityType), replaced, kept, leftStanding));
  table.append(head, body, element("tfoot", "", row("td", "In all", report.replaced, report.kept, report.leftStanding)));
  return [
    element("h3", "", "Report of a redaction"),
    facts([
      ["Made", new Date(report.made).toLocaleString()],
      ["Program", `${program.name} ${program.version}`],
      ["Model", `${model.id}, on ${model.device === "cpu" ? "the processor" : "the graphics device"}`],
      ["SHA-256", model.sha256],
      ["Policy", report.policy],
      ["Threshold", [report.threshold, ...Object.entries(report.thresholds).map(([type, p]) => `${nameOf(type as EntityType)} ${p}`)].join(", ")],
      ["Own lists", `${plural(lists.allow, "word")} left alone, ${lists.deny} always taken out, ${plural(lists.patterns, "pattern")}`],
      [
        "Changed by hand",
        `${review.added} marked, ${review.accepted} accepted, ${review.changed} changed, ${review.removed} left standing, ${review.dismissed} dismissed`,
      ],
      ["Undecided", `${plural(report.undecided, "doubtful passage")} left standing`],
    ]),
    table,
    element("p", "", report.statement),
    element("p", "signature", "Read and accepted by"),
  ];
}

/** Opens the dialog on `report`. */
export function openExport(report: Report): void {
  ui.undecided.hidden = report.undecided === 0;
  ui.undecided.textContent = `${plural(report.undecided, "doubtful passage is", "doubtful passages are")} undecided, and will stand in the text as written.`;
  ui.exported.textContent = "";
  ui.report.replaceChildren(...reportView(report));
  ui.dialog.showModal();
}

/** Sets the dialog up. `leave` lets something leave the page, and says in words what it did. */
export function exportDialog(leave: (way: Way) => string): void {
  for (const [way, button] of Object.entries(ui.buttons)) {
    button.addEventListener("click", () => (ui.exported.textContent = leave(way as Way)));
  }
}
