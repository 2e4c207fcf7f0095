/** `<scrubjay-redactor>` as a component. */

import { createElement, useEffect, useRef, type ReactElement, type ReactNode, type Ref } from "react";
import type { ScrubjayRedactorElement } from "../element/element.js";
import { ELEMENT_NAME, defineScrubjayElement } from "../element/index.js";
import type { ElementStrings } from "../element/strings.js";
import type { ScrubjayError } from "../errors.js";
import type { Progress, RedactOptions, RedactResult, Redactor, RedactorOptions } from "../types.js";

/** Properties of the element, and its events as functions. Keep objects between renders: another one takes a result back. */
export interface ScrubjayRedactorProps {
  readonly policy?: RedactOptions["policy"];
  readonly threshold?: RedactOptions["threshold"];
  readonly device?: RedactorOptions["device"];
  readonly assets?: URL | string;
  readonly options?: RedactOptions;
  /** A redactor to share, such as that of `useRedactor`; else the element loads its own at the first note. */
  readonly redactor?: Redactor | undefined;
  readonly strings?: Partial<ElementStrings>;
  readonly name?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  readonly className?: string;
  readonly id?: string;
  readonly onResult?: (result: RedactResult) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly onError?: (error: ScrubjayError) => void;
  /** What stands in the slots: children with `slot="label"` or `slot="actions"`. */
  readonly children?: ReactNode;
  /** The element, as it is once mounted. */
  readonly elementRef?: Ref<ScrubjayRedactorElement>;
}

function assign(ref: Ref<ScrubjayRedactorElement> | undefined, element: ScrubjayRedactorElement | null): void {
  if (typeof ref === "function") ref(element);
  else if (ref) (ref as { current: ScrubjayRedactorElement | null }).current = element;
}

/** See the file's head. */
export function ScrubjayRedactor(props: ScrubjayRedactorProps): ReactElement {
  const { policy, threshold, device, assets, options, redactor, strings, elementRef, children } = props;
  const host = useRef<ScrubjayRedactorElement>(null);
  const latest = useRef(props);

  // By hand, because React 18 knows attributes only.
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    defineScrubjayElement();
    const listen = [
      ["scrubjay-result", (detail: unknown) => latest.current.onResult?.(detail as RedactResult)],
      ["scrubjay-progress", (detail: unknown) => latest.current.onProgress?.(detail as Progress)],
      ["scrubjay-error", (detail: unknown) => latest.current.onError?.(detail as ScrubjayError)],
    ] as const;
    const stop = new AbortController();
    for (const [type, tell] of listen) {
      element.addEventListener(type, (event: Event) => tell((event as CustomEvent).detail), { signal: stop.signal });
    }
    assign(elementRef, element);
    return () => {
      stop.abort();
      assign(elementRef, null);
    };
  }, [elementRef]);
  useEffect(() => void (host.current!.policy = policy), [policy]);
  useEffect(() => void (host.current!.threshold = threshold), [threshold]);
  useEffect(() => void (host.current!.device = device), [device]);
  const folder = assets?.toString();
  useEffect(() => void (host.current!.assets = folder), [folder]);
  useEffect(() => void (host.current!.options = options ?? {}), [options]);
  useEffect(() => void (host.current!.redactor = redactor), [redactor]);
  useEffect(() => void (host.current!.strings = strings ?? {}), [strings]);

  const { name, placeholder, disabled, readOnly, required, className, id } = props;
  const flags = { disabled, readonly: readOnly, required };
  const set = Object.entries(flags).flatMap(([flag, on]) => (on === true ? [[flag, true]] : []));
  return createElement(ELEMENT_NAME, { ref: host, id, class: className, name, placeholder, ...Object.fromEntries(set) }, children);
}
