// How a part or a step of the guide stands, in the window's words and signs. What is proven is Rust's word. Pure.
import type { GuidePart, StepState } from "../../lib/bindings";
import type { IconState } from "../../widgets/OutcomeIcon.svelte";

/** The step that *Copy to Incorta* does. */
export const COPY_STEP = "copy";

export const ICONS: Record<StepState["state"], IconState> = {
  proven: "passed",
  contradicted: "failed",
  ticked: "ticked",
  not_known: "pending",
  not_needed: "skipped",
};

export function wordsOf(state: StepState): string {
  switch (state.state) {
    case "proven":
      return "Proven by the last check";
    case "contradicted":
      return `Contradicted: ${state.title}`;
    case "ticked":
      return "Ticked by you";
    case "not_known":
      return "Not known";
    case "not_needed":
      return "Not needed with this access path";
  }
}

/** The parts to turn to: all that the check contradicts, else the first of which nothing is known. */
export function partsToOpen(parts: GuidePart[]): number[] {
  const contradicted = parts.filter(({ state }) => state.state === "contradicted");
  const unknown = parts.filter(({ state }) => state.state === "not_known").slice(0, 1);
  return (contradicted.length > 0 ? contradicted : unknown).map(({ number }) => number);
}
