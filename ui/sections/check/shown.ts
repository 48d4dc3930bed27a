// A check as the page shows it: the one that runs in this window, or one that a report tells of. Pure.
import type { Report, Stage, StageOutcome, StageRecord, TranscriptLine } from "../../lib/bindings";

/** A stage as it is drawn. `pending`: not begun. */
export type StageView = { state: "pending" | "running" | StageOutcome; durationMs: number | null; summary: string };

/** Every stage that has something to say. */
export type StageViews = Partial<Record<Stage, StageView>>;

/** What the components of this folder need to know of a check. */
export type ShownCheck = {
  stage(stage: Stage): StageView;
  /** Null until the check has ended. */
  readonly report: Report | null;
  readonly transcript: TranscriptLine[];
};

export const PENDING: StageView = { state: "pending", durationMs: null, summary: "" };

export function viewOf(record: StageRecord): StageView {
  const ran = record.outcome !== "skipped";
  return { state: record.outcome, durationMs: ran ? record.duration_ms : null, summary: record.summary };
}

export function viewsOf(report: Report): StageViews {
  return Object.fromEntries(report.stages.map((record) => [record.stage, viewOf(record)]));
}

/** The check that a report tells of. */
export function checkOf(report: Report): ShownCheck {
  const views = viewsOf(report);
  return { report, transcript: report.transcript, stage: (stage) => views[stage] ?? PENDING };
}
