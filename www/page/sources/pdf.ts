/** The text layer of a PDF file, read by Mozilla's PDF.js. It is loaded with the first PDF file, and no sooner. */

import type { TextItem } from "pdfjs-dist/types/src/display/api.js";

/** Why a PDF file gives no text. */
export class PdfError extends Error {
  constructor(
    readonly code: "PDF_PASSWORD" | "PDF_DAMAGED" | "PDF_SCANNED",
    message: string,
  ) {
    super(message);
  }
}

export interface PdfText {
  readonly text: string;
  readonly pages: number;
  /** Numbers of the pages without a text layer. */
  readonly blank: readonly number[];
}

const WORDS = {
  PDF_PASSWORD: "This PDF file is locked with a password. Open it in its own program, save it without one, and open it here again.",
  PDF_DAMAGED: "This PDF file is damaged, or none.",
  PDF_SCANNED:
    "This PDF file has no text layer: it is probably a scan, a picture of a page. scrubjay does not read pictures. Have a program for text recognition (OCR) make text of it first.",
};

const fault = (code: keyof typeof WORDS) => new PdfError(code, WORDS[code]);

/** Whether `bytes` are a PDF file, whatever its name says. */
export function isPdf(bytes: Uint8Array): boolean {
  // Readers allow for something before the mark.
  return new TextDecoder("latin1").decode(bytes.subarray(0, 1024)).includes("%PDF-");
}

/** The text of a PDF file, pages with an empty line between. */
export async function pdfText(bytes: Uint8Array, signal: AbortSignal): Promise<PdfText> {
  const { PDFWorker, VerbosityLevel, getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const port = new Worker(new URL("./pdf-worker.ts", import.meta.url), { type: "module", name: "pdf" });
  const worker = PDFWorker.create({ port, verbosity: VerbosityLevel.ERRORS });
  const task = getDocument({
    data: bytes,
    worker,
    verbosity: VerbosityLevel.ERRORS,
    // Text needs neither fonts nor pictures, and the page's policy allows no code made of strings.
    disableFontFace: true,
    isEvalSupported: false,
    useSystemFonts: false,
    useWasm: false,
  });
  const stop = () => void task.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    signal.throwIfAborted();
    const document = await task.promise;
    const pages: string[] = [];
    const blank: number[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      signal.throwIfAborted();
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const text = lines(items.filter((item): item is TextItem => "str" in item));
      if (text === "") blank.push(number);
      pages.push(text);
      page.cleanup();
    }
    if (blank.length === pages.length) throw fault("PDF_SCANNED");
    return { text: pages.filter(Boolean).join("\n\n"), pages: pages.length, blank };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PdfError) throw error;
    throw fault(error instanceof Error && error.name === "PasswordException" ? "PDF_PASSWORD" : "PDF_DAMAGED");
  } finally {
    signal.removeEventListener("abort", stop);
    await task.destroy().catch(() => undefined);
    worker.destroy();
    port.terminate();
  }
}

/** The pieces of a page in a row: the reader says where lines end and where spaces are. */
function lines(items: readonly TextItem[]): string {
  const text = items.map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str)).join("");
  return text.replace(/[^\S\n]+\n/g, "\n").trim();
}

/** What a person must know of a text that came from a PDF file. */
export function caution({ pages, blank }: PdfText): string {
  const missing =
    blank.length === 0 ? "" : ` ${blank.length} of ${pages} pages have no text layer (scans or pictures) and are left out: ${blank.join(", ")}.`;
  return `The text layer of a PDF file, as text: its layout, its pictures and what is filled into forms are not kept. Compare it with the file.${missing}`;
}
