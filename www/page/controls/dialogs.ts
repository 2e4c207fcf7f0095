/** The help, and the question before corrections are lost. */

import { byId, element, plural } from "../dom.js";

const KEYS: readonly (readonly [title: string, keys: readonly (readonly [string, string])[]])[] = [
  [
    "Everywhere",
    [
      ["Ctrl + Enter", "Redact"],
      ["Ctrl + Z", "Undo"],
      ["Ctrl + Y or Ctrl + Shift + Z", "Redo"],
      ["Escape", "Cancel; back from the actions to the note"],
      ["?", "This help, from the note under review"],
    ],
  ],
  [
    "On a marked passage",
    [
      ["← →", "Previous, next"],
      ["Home, End", "First, last"],
      ["N", "Next doubtful one"],
      ["Enter", "Go to its actions"],
      ["T", "Change its type"],
      ["Delete", "Leave it standing, or dismiss it"],
      ["Shift + Delete", "The same for all the same in the note"],
      ["A", "Accept a doubtful one"],
      ["Shift + A", "Accept all the same, or mark all the same"],
      ["Shift + ← →", "Move its end by a character"],
      ["Ctrl + Shift + ← →", "Move its end by a word"],
      ["S", "From now on, move its start instead of its end, and back"],
    ],
  ],
  [
    "On the note",
    [
      ["← → ↑ ↓", "Select a word"],
      ["Shift + ← →", "More or fewer words"],
      ["Ctrl + Shift + ← →", "More or fewer characters"],
      ["Enter", "Mark the selection"],
    ],
  ],
];

const help = byId<HTMLDialogElement>("help");
const loss = byId<HTMLDialogElement>("loss");
const lossWords = byId("loss-words");

/** Sets the help up; returns what opens it. */
export function helpDialog(): () => void {
  const list = byId("keys");
  for (const [title, keys] of KEYS) {
    const group = element("dl");
    for (const [key, words] of keys) group.append(element("dt", "", element("kbd", "", key)), element("dd", "", words));
    list.append(element("h3", "", title), group);
  }
  const open = () => help.showModal();
  byId("help-open").addEventListener("click", open);
  return open;
}

/** Whether the person gives up `changes` corrections. Where there are none, nothing is asked. */
export function mayLose(changes: number): Promise<boolean> {
  if (changes === 0) return Promise.resolve(true);
  const words = `${plural(changes, "correction")} to this note ${changes === 1 ? "was" : "were"} not exported.`;
  return agrees("Give up your corrections?", words, "Keep reviewing");
}

/** Whether the person agrees to lose what `words` say. */
export function agrees(question: string, words: string, keep: string): Promise<boolean> {
  byId("loss-heading").textContent = question;
  lossWords.textContent = words;
  byId("loss-keep").textContent = keep;
  loss.returnValue = "keep";
  loss.showModal();
  return new Promise((resolve) => {
    loss.addEventListener("close", () => resolve(loss.returnValue === "lose"), { once: true });
  });
}
