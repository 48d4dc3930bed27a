// Shows errors of commands as messages at the window's edge, with the words of the error table.
import type { ToastAction, Toasts } from "../widgets/toasts.svelte";
import { commandError, wordsFor } from "./errors";

/** Tells of a failed command; `retry` becomes a "Try again" button where repeating can help. */
export function showFailure(toasts: Toasts, caught: unknown, retry?: () => void): void {
  const words = wordsFor(commandError(caught));
  const action: ToastAction | undefined =
    retry && words.action === "try_again" ? { label: "Try again", run: retry } : undefined;
  toasts.show(words.title, { tone: "error", detail: words.detail, action });
}

/** Runs a command for its effect and tells of its failure; resolves to whether it worked. */
export async function attempt(toasts: Toasts, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (caught) {
    showFailure(toasts, caught, () => void attempt(toasts, run));
    return false;
  }
}

/** What a command answers; null when it failed, which was told then. */
export async function answered<T>(toasts: Toasts, ask: () => Promise<T>): Promise<T | null> {
  let answer: T | null = null;
  await attempt(toasts, async () => {
    answer = await ask();
  });
  return answer;
}
