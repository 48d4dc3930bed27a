// How a part or a step of the guide stands, in the window's words and signs. What is proven is Rust's word. Pure.
import type { Guide, GuidePart, Profile, StepState } from "../../lib/bindings";
import type { IconState } from "../../widgets/OutcomeIcon.svelte";
import type { Section } from "../shell/app.svelte";

/** The step that *Copy to Incorta* does. */
export const COPY_STEP = "copy";

/** The renewal of the secret: no part of the printed guide, and without a number there. */
export const RENEWAL = 7;

/** The step that Incorta's public API can do. */
export const REPORT_STEP = "report";

/** Steps that are done in another section, and what leads there. */
export const DONE_ELSEWHERE: Record<string, { section: Section; label: string }> = {
  [COPY_STEP]: { section: "copy", label: "Go to Copy to Incorta" },
  "renew-secret": { section: "settings", label: "Enter the new secret" },
  "renew-check": { section: "settings", label: "Go to the check" },
};

export const ICONS: Record<StepState["state"], IconState> = {
  proven: "passed",
  contradicted: "failed",
  ticked: "ticked",
  not_known: "pending",
  not_needed: "skipped",
};

export function wordsOf({ number, state }: GuidePart, { secret_expires_on }: Profile): string {
  switch (state.state) {
    case "proven":
      return number === 6 ? "Proven by a report from Incorta" : "Proven by the last check";
    case "contradicted":
      return number === RENEWAL ? state.title : `Contradicted: ${state.title}`;
    case "ticked":
      return number === RENEWAL ? "Done for this secret" : "Ticked by you";
    case "not_known":
      return number === RENEWAL ? "Last day not known" : "Not known";
    case "not_needed":
      return number === RENEWAL ? `Lasts until ${secret_expires_on}` : "Not needed with this access path";
  }
}

/** The parts to turn to: all that the check or the calendar contradicts, else the first of which nothing is known. */
export function partsToOpen({ parts, renewal }: Guide): number[] {
  const contradicted = [...parts, renewal].filter(({ state }) => state.state === "contradicted");
  const unknown = parts.filter(({ state }) => state.state === "not_known").slice(0, 1);
  return (contradicted.length > 0 ? contradicted : unknown).map(({ number }) => number);
}
