/** The page: a note goes in, a person reviews what was found, and the redacted text follows. Uses the package and nothing else. */

import type { Candidate, EntityType, RedactOptions } from "scrubjay";
import { announce, byId, plural } from "./dom.js";
import { helpDialog, mayLose } from "./controls/dialogs.js";
import { focusInspector, showInspector, type InspectorActions } from "./controls/inspector.js";
import { showLegend } from "./controls/legend.js";
import { applyOptions, findOptions, forget, policy, settings } from "./controls/settings.js";
import { Engine } from "./engine/engine.js";
import { clearFailure, quiet, showFailure } from "./engine/status.js";
import { exportDialog, openExport, type Way } from "./export/dialog.js";
import { printOnly, save, saveJson } from "./export/files.js";
import { moreControl, openMore } from "./export/more.js";
import { report, type Report } from "./export/report.js";
import { keyOnMark, keysEverywhere } from "./keys.js";
import { TYPES } from "./names.js";
import { objection } from "./note-text.js";
import { Outcome } from "./outcome.js";
import { focusCurrent, notePane, showNote, showPlace } from "./panes/note.js";
import { onRedactedMark, pointAt } from "./panes/redacted.js";
import { restoreDialog } from "./restore/dialog.js";
import { inOrder, type Mark } from "./review/marks.js";
import { Review } from "./review/review.js";
import { SAMPLES } from "./samples.js";
import { Sources, sayOfNote } from "./sources/sources.js";

const ui = {
  sample: byId<HTMLSelectElement>("sample"),
  note: byId<HTMLTextAreaElement>("note"),
  highlighted: byId("highlighted"),
  redact: byId<HTMLButtonElement>("redact"),
  edit: byId<HTMLButtonElement>("edit"),
  undo: byId<HTMLButtonElement>("undo"),
  redo: byId<HTMLButtonElement>("redo"),
  clear: byId<HTMLButtonElement>("clear"),
  redacted: byId("redacted"),
  promise: byId("promise"),
  ways: ["copy", "download", "print", "export"].map((id) => byId<HTMLButtonElement>(id)),
};

let review: Review | undefined;
/** What the note under review was searched with. */
let looked: RedactOptions = {};
/** Types whose passages are left standing. A setting, not an edit: it holds from note to note. */
const off = new Set<EntityType>();
const outcome = new Outcome();
const engine = new Engine(() => {
  // What the model before found is not what this one finds; but a person's work is not thrown away for it.
  if (review?.unexported === 0) write();
  void sources.ready();
});
const sources = new Sources({
  engine,
  async openNote(text) {
    if (!(await setNote(text))) return false;
    ui.sample.value = "";
    void redact();
    return true;
  },
  options: () => ({ ...applyOptions(), ...findOptions(), ...(off.size === 0 ? {} : { types: TYPES.filter((type) => !off.has(type)) }) }),
});

const actions: InspectorActions = {
  decide(edit) {
    adjust(edit);
    focusCurrent();
  },
  adjust,
  go(by, doubtful = false) {
    const mark = review?.step(by, doubtful ? (one) => review?.isDoubtful(one) === true : undefined);
    if (mark !== undefined) review?.choose(mark);
  },
};

function adjust(edit: (review: Review) => string): void {
  if (review === undefined) return;
  const said = edit(review);
  // The status speaks of the work while there is some.
  if (said !== "") (engine.busy ? announce : quiet)(`${said}. ${counts()}`);
}

/** "12 identifiers found, 2 doubtful." */
function counts(): string {
  const { entities, doubtful } = review?.marks ?? { entities: [], doubtful: [] };
  return `${plural(entities.length, "identifier")} found${doubtful.length === 0 ? "" : `, ${doubtful.length} doubtful`}.`;
}

/** Draws where the person is. */
function showWhere(): void {
  showPlace();
  showInspector(review, actions);
  pointAt(review?.current);
}

/** Draws everything that shows how the review stands. */
function show(): void {
  const had = document.activeElement;
  showNote(review, off);
  showInspector(review, actions);
  showLegend(review?.marks, off, (type, on) => {
    if (on) off.delete(type);
    else off.add(type);
    follow();
  });
  ui.undo.disabled = !review?.canUndo;
  ui.redo.disabled = !review?.canRedo;
  // A button that is disabled would let the keyboard's place on the page go.
  if ((had === ui.undo || had === ui.redo) && (had as HTMLButtonElement).disabled) focusCurrent();
  pointAt(review?.current);
}

/** Draws the review and has the redacted text follow it. */
function follow(known?: Parameters<Outcome["follow"]>[3]): void {
  show();
  if (review === undefined || engine.redactor === undefined) return;
  outcome.follow(review, off, engine.redactor, known);
  ui.promise.textContent =
    `Redacted by policy ${policy()}. That says what was looked for, not that nothing was missed: this text may still identify somebody.`;
}

/** Goes back to writing. What stands on the right belongs to the note under review, or is not there. */
function write(): void {
  review = undefined;
  outcome.clear();
  show();
  mode();
}

function mode(): void {
  const reviewing = review !== undefined;
  ui.note.hidden = reviewing;
  ui.highlighted.hidden = !reviewing;
  for (const node of [ui.edit, ui.undo, ui.redo]) node.hidden = !reviewing;
  ui.redact.textContent = reviewing ? "Find again" : "Redact";
  ui.redact.classList.toggle("primary", !reviewing);
  for (const way of ui.ways) way.disabled = !reviewing;
  ui.promise.hidden = !reviewing;
}

function marked({ start, end, type, score, source }: Candidate): Mark {
  return { start, end, type, score, source };
}

async function redact(): Promise<void> {
  const note = review?.note ?? ui.note.value;
  const wrong = objection(note);
  if (wrong !== undefined) {
    showFailure(wrong.words, wrong.code);
    return;
  }
  const started = performance.now();
  const options = findOptions();
  const found = await engine.read("Reading the note …", (redactor, task) =>
    redactor.redact(note, { ...applyOptions(), ...options, doubtful: true, ...task }),
  );
  if (found === undefined) return;
  looked = options;
  engine.ran(found.device);
  const marks = { entities: found.entities.map(marked), doubtful: found.doubtful.map(marked) };
  if (review === undefined) {
    review = new Review(note, marks);
    review.listen((what) => (what === "marks" ? follow() : showWhere()));
    const focused = document.activeElement === ui.note;
    mode();
    follow(off.size === 0 ? found : undefined);
    if (focused) focusCurrent();
  } else {
    review.refind(marks);
  }
  quiet(`${counts()} It took ${Math.round(performance.now() - started)} ms.`);
}

async function copy(): Promise<void> {
  const result = await outcome.result();
  if (result === undefined || review === undefined) return;
  try {
    await navigator.clipboard.writeText(result.text);
    review.exported();
    quiet("The redacted text is on the clipboard.");
  } catch {
    getSelection()?.selectAllChildren(ui.redacted);
    quiet("The browser does not let this page use the clipboard. The text is selected: press Ctrl+C.");
  }
}

/** The redacted text as a file or on paper. */
async function take(how: "download" | "print"): Promise<void> {
  const result = await outcome.result();
  if (result === undefined || review === undefined) return;
  if (how === "download") save("redacted.txt", "text/plain", result.text);
  else printOnly("text");
  review.exported();
}

/** What the dialog lets out. It is modal, so that the review cannot change under it. */
let leaving: Readonly<Record<Way, () => string>> | undefined;

async function openDialog(): Promise<void> {
  const result = await outcome.result();
  const { redactor } = engine;
  if (result === undefined || review === undefined || redactor === undefined) return;
  const { info } = redactor;
  const { note, marks, changes } = review;
  const made: Report = report({ note, result, marks, off, changes, info, policy: policy(), looked, made: new Date() });
  leaving = {
    text() {
      save("redacted.txt", "text/plain", result.text);
      return "Saved as redacted.txt.";
    },
    data() {
      saveJson("redacted.json", { text: result.text, entities: result.entities, doubtful: marks.doubtful, report: made });
      return "Saved as redacted.json.";
    },
    report() {
      saveJson("report.json", made);
      return "Saved as report.json.";
    },
    print() {
      printOnly("report");
      return "Printed.";
    },
  };
  openMore({ redactor, note, result, options: applyOptions() });
  openExport(made);
}

/** Another note takes the place of this one, if the person agrees. */
async function setNote(text: string): Promise<boolean> {
  if (!(await mayLose(review?.unexported ?? 0))) return false;
  if (engine.reading) engine.cancel();
  clearFailure();
  sayOfNote("");
  write();
  ui.note.value = text;
  return true;
}

function undo(): void {
  adjust((now) => now.undo());
}

function redo(): void {
  adjust((now) => now.redo());
}

const help = helpDialog();
settings(
  () => engine.redactor,
  () => follow(),
  () => {
    if (review !== undefined) quiet("What to find has changed. Press Find again to read the note by it.");
  },
);
notePane({
  onMark: (mark, event) => review !== undefined && keyOnMark(review, mark, event, actions, help),
  toActions: () => focusInspector(),
});
onRedactedMark((start) => {
  const mark = review && inOrder(review.marks).find((one) => one.start === start);
  if (mark !== undefined) review?.choose(mark);
});
exportDialog((way) => {
  const said = leaving?.[way]() ?? "";
  // A report alone leaves the corrections where they were.
  if (way === "text" || way === "data") review?.exported();
  return said;
});
moreControl(() => review?.exported());
restoreDialog(() => engine.redactor);
keysEverywhere({
  redact: () => {
    if (review === undefined && !engine.busy) void redact();
  },
  cancel: () => engine.cancel(),
  undo,
  redo,
  reviewing: () => review !== undefined,
});

SAMPLES.forEach(({ title }, i) => ui.sample.append(new Option(title, String(i))));
ui.sample.addEventListener("change", () => {
  const sample = SAMPLES[Number(ui.sample.value)];
  if (ui.sample.value === "" || sample === undefined) return;
  void setNote(sample.text).then((done) => {
    if (done) void redact();
    else ui.sample.value = "";
  });
});
ui.redact.addEventListener("click", () => void redact());
ui.edit.addEventListener("click", () => {
  void mayLose(review?.unexported ?? 0).then((agreed) => {
    if (!agreed) return;
    if (engine.reading) engine.cancel();
    write();
    ui.note.focus();
  });
});
ui.undo.addEventListener("click", undo);
ui.redo.addEventListener("click", redo);
ui.clear.addEventListener("click", () => {
  void setNote("").then((done) => {
    if (!done) return;
    ui.sample.value = "";
    ui.note.focus();
  });
});
byId("copy").addEventListener("click", () => void copy());
byId("download").addEventListener("click", () => void take("download"));
byId("print").addEventListener("click", () => void take("print"));
byId("export").addEventListener("click", () => void openDialog());

addEventListener("beforeunload", (event) => {
  if ((review?.unexported ?? 0) > 0 || sources.unsaved) event.preventDefault();
});
// A browser that restores the page would otherwise bring the last note back.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  write();
  sources.close();
  sayOfNote("");
  ui.note.value = "";
  forget();
  // Each forgets what it holds when it closes.
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) dialog.close();
});
ui.note.value = "";
mode();
void engine.load();
