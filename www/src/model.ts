/**
 * The model that the caller names, looked at by name before anything of it is read, in a form that crosses to a worker.
 *
 * Messages name the three files and no others: what else somebody picked may be called after a patient.
 */

import { MODEL_FILES, modelFiles } from "./assets.js";
import { ScrubjayError } from "./errors.js";
import type { ModelFile, ModelFromFiles, ModelHashes, ModelSource, NamedFile } from "./types.js";

/** Where to load a model from: `files`, else the folder `url`, else the shipped one. */
export interface ModelChoice {
  readonly url: URL | string | undefined;
  readonly files: Readonly<Record<ModelFile, Blob>> | undefined;
  readonly sha256: ModelHashes;
}

type Contents = Extract<ModelFromFiles["files"], Readonly<Record<ModelFile, unknown>>>;

const PICKLE = /\.(bin|pt|pth|ckpt|pkl|pickle)$/i;
const SHA256 = /^[0-9a-f]{64}$/;

function invalid(reason: string): ScrubjayError {
  return new ScrubjayError("OPTION_INVALID", `option model: ${reason}`);
}

function missing(names: readonly ModelFile[]): ScrubjayError {
  return new ScrubjayError("ASSET_MISSING", `${names.join(", ")}: not among the files given`);
}

/** Reading a pickle runs whatever code is in it. */
function pickle(): ScrubjayError {
  return new ScrubjayError("ASSET_INVALID", "a pickle (such as pytorch_model.bin) is never read; save the model as model.safetensors");
}

function isModelFile(name: string): name is ModelFile {
  return (MODEL_FILES as readonly string[]).includes(name);
}

/** By tag, not by class: it may come from another window. */
function isBlob(value: unknown): value is Blob {
  return ["[object Blob]", "[object File]"].includes(Object.prototype.toString.call(value));
}

/** The three of picked files. Those of a picked folder have a path, and belong to it only at its top. */
function fromList(list: Iterable<NamedFile>): Record<ModelFile, Blob> {
  const found: Partial<Record<ModelFile, Blob>> = {};
  let surplus = 0;
  let pickles = 0;
  for (const file of list) {
    if (!isBlob(file) || typeof file.name !== "string") throw invalid("files must be files with names");
    const depth = (file.webkitRelativePath ?? "").split("/").length;
    if (depth > 2) continue;
    const ofFolder = depth === 2;
    if (isModelFile(file.name)) {
      if (found[file.name] !== undefined) throw new ScrubjayError("ASSET_INVALID", `${file.name}: there are two of this name`);
      found[file.name] = file;
    } else if (PICKLE.test(file.name)) {
      if (!ofFolder) throw pickle();
      pickles += 1;
    } else if (!ofFolder) {
      surplus += 1;
    }
  }
  const absent = MODEL_FILES.filter((name) => found[name] === undefined);
  if (pickles > 0 && absent.includes("model.safetensors")) throw pickle();
  if (absent.length > 0) throw missing(absent);
  if (surplus > 0) {
    throw new ScrubjayError("ASSET_INVALID", `${surplus} more than ${MODEL_FILES.join(", ")}: give these three, or their folder`);
  }
  return found as Record<ModelFile, Blob>;
}

/** Buffers become blobs: a worker that breaks down is replaced later, when the caller may long have reused them. */
function fromContents(contents: Contents): Record<ModelFile, Blob> {
  for (const name of Object.keys(contents)) {
    if (isModelFile(name)) continue;
    throw PICKLE.test(name) ? pickle() : invalid(`files: the names are ${MODEL_FILES.join(", ")}`);
  }
  const absent = MODEL_FILES.filter((name) => contents[name] === undefined);
  if (absent.length > 0) throw missing(absent);
  const blob = (name: ModelFile): Blob => {
    const value = contents[name];
    if (isBlob(value)) return value;
    // Anything else would be turned into a string.
    const buffer: unknown = ArrayBuffer.isView(value) ? value.buffer : value;
    if (Object.prototype.toString.call(buffer) !== "[object ArrayBuffer]") {
      throw invalid(`files: ${name} must be a Blob, an ArrayBuffer or a view of one`);
    }
    return new Blob([value]);
  };
  return modelFiles(blob);
}

/** A hash that is given is checked; one that cannot be, by a slip in its name or value, is refused, not passed over. */
function checkedHashes(hashes: ModelHashes): ModelHashes {
  if (typeof hashes !== "object" || hashes === null) throw invalid("sha256 must map file names to hashes");
  const checked: Partial<Record<ModelFile, string>> = {};
  for (const [name, value] of Object.entries(hashes)) {
    if (!isModelFile(name)) throw invalid(`sha256: the names are ${MODEL_FILES.join(", ")}`);
    const hash = typeof value === "string" ? value.toLowerCase() : "";
    if (!SHA256.test(hash)) throw invalid(`sha256: ${name}: must be 64 hexadecimal digits`);
    checked[name] = hash;
  }
  return checked;
}

/** What `model` means. Throws before anything is fetched or read if that cannot be a model. */
export function chooseModel(model: ModelSource | undefined): ModelChoice {
  // A URL is known by its `href`: it may come from another window.
  if (model === undefined || typeof model === "string" || (typeof model === "object" && model !== null && "href" in model)) {
    return { url: model, files: undefined, sha256: {} };
  }
  if (typeof model !== "object" || model === null) throw invalid("must be a URL or an object");
  const { url, files, sha256 = {}, ...rest } = model as { url?: URL | string; files?: ModelFromFiles["files"]; sha256?: ModelHashes };
  if (Object.keys(rest).length > 0) throw invalid("knows url or files, and sha256");
  if ((url === undefined) === (files === undefined)) throw invalid("needs either url or files");
  const hashes = checkedHashes(sha256);
  if (files === undefined) return { url, files, sha256: hashes };
  if (typeof files !== "object" || files === null) throw invalid("files must be a list of files, or contents by name");
  return { url, files: Symbol.iterator in files ? fromList(files) : fromContents(files), sha256: hashes };
}
