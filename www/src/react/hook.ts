/** A redactor for as long as a component lives. */

import { useCallback, useEffect, useRef, useState } from "react";
import { ScrubjayError, abortable, toScrubjayError } from "../errors.js";
import { createRedactor } from "../redactor.js";
import type { Progress, RedactOptions, RedactResult, Redactor, RedactorOptions } from "../types.js";

/** What the redactor does: it is loaded, is ready, reads at least one note, or could not be loaded. */
export type RedactorStatus = "loading" | "ready" | "busy" | "failed";

/** Settings of {@link useRedactor}. Another value is another redactor, so keep objects between renders. */
export type UseRedactorOptions = Pick<RedactorOptions, "device" | "assets" | "model" | "worker">;

export interface UseRedactor {
  readonly status: RedactorStatus;
  /** Of the loading, then of the note. */
  readonly progress: Progress | undefined;
  /** Why it could not be loaded. What a call rejects with is the call's. */
  readonly error: ScrubjayError | undefined;
  /** Once it is loaded. */
  readonly redactor: Redactor | undefined;
  /** Redacts a note, after the loading if need be. Keeps its identity. Rejects with a `ScrubjayError`. */
  readonly redact: (text: string, options?: RedactOptions) => Promise<RedactResult>;
  /** Loads again after a failure. */
  readonly retry: () => void;
}

interface State {
  readonly redactor: Redactor | undefined;
  readonly error: ScrubjayError | undefined;
}

const LOADING: State = { redactor: undefined, error: undefined };

/** Loads a redactor when the component is mounted, and disposes of it when it is unmounted or the options change. */
export function useRedactor({ device, assets, model, worker }: UseRedactorOptions = {}): UseRedactor {
  const [state, setState] = useState(LOADING);
  const [progress, setProgress] = useState<Progress>();
  const [calls, setCalls] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const ready = useRef<Promise<Redactor>>(undefined);
  // An address made anew in each render is still the same.
  const folder = assets?.toString();

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const onProgress = (progress: Progress) => {
      if (!signal.aborted) setProgress(progress);
    };
    const given = { device, assets: folder, model, worker };
    const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as RedactorOptions;
    const loading = createRedactor({ ...options, onProgress, signal });
    ready.current = loading;
    loading.then(
      (redactor) => {
        if (signal.aborted) redactor.dispose();
        else setState({ redactor, error: undefined });
      },
      (error: unknown) => {
        if (!signal.aborted) setState({ redactor: undefined, error: toScrubjayError(error) });
      },
    );
    // Runs twice under StrictMode, which mounts everything twice.
    return () => {
      stop.abort();
      if (ready.current === loading) ready.current = undefined;
      setState(LOADING);
      setProgress(undefined);
      loading.then((redactor) => redactor.dispose(), () => undefined);
    };
  }, [device, folder, model, worker, attempt]);

  const redact = useCallback(async (text: string, options: RedactOptions = {}) => {
    const loading = ready.current;
    if (loading === undefined) throw new ScrubjayError("DISPOSED", "the component is not mounted");
    setCalls((n) => n + 1);
    try {
      const redactor = await abortable(loading, options.signal);
      const onProgress = (progress: Progress) => {
        if (ready.current === loading) setProgress(progress);
        options.onProgress?.(progress);
      };
      return await redactor.redact(text, { ...options, onProgress });
    } finally {
      setCalls((n) => n - 1);
    }
  }, []);
  const retry = useCallback(() => {
    setState(LOADING);
    setAttempt((n) => n + 1);
  }, []);

  const { redactor, error } = state;
  const status = error !== undefined ? "failed" : redactor === undefined ? "loading" : calls > 0 ? "busy" : "ready";
  return { status, progress, error, redactor, redact, retry };
}
